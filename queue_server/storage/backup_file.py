r"""The form of a backup: one file, in frames of which each is authenticated (docs/backup.md).

    16 bytes  "NAVBAT BACKUP 1\n"
     4 bytes  length of the header, big endian
              header: JSON, in the clear; the key of the frames depends on each of its bytes
              frames: 256 KiB of the content each, the last one shorter, 16 bytes longer by their
              tag; ChaCha20-Poly1305, the nonce is the frame's number and whether it is the last
    content:  tar in gzip

Without a recipient the key follows from the header alone: everybody can read such a backup, and
the tags find damage only.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import secrets
import tarfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, Final, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from queue_server.storage import backup_keys
from queue_server.storage.errors import StorageError

MAGIC: Final = b"NAVBAT BACKUP 1\n"
FRAME: Final = 256 * 1024
_TAG: Final = 16
#: longest header that is believed
_LONGEST: Final = 64 * 1024
_LEVEL: Final = 3


@dataclass(frozen=True, slots=True)
class Header:
    """What anybody may know of a backup."""

    center: str
    #: RFC 3339
    made_at: str
    #: where the log ends in it
    seq: int
    hash: str
    #: `sqlite` or `postgresql`
    database: str = "sqlite"
    #: the public key that it is encrypted for, and the one made for it alone, in hex; or empty
    recipient: str = ""
    ephemeral: str = ""
    #: makes two backups of the same second differ
    salt: str = ""


@dataclass(frozen=True, slots=True)
class Frames:
    """A header as it is written, and the key of the frames behind it."""

    header: Header
    start: bytes
    key: bytes

    def writer(self, target: BinaryIO) -> _Writer:
        """Return what the content is written to; the start is written at once."""
        target.write(self.start)
        return _Writer(target, ChaCha20Poly1305(self.key))

    def reader(self, source: BinaryIO) -> _Reader:
        """Return what the content is read from, of a file that stands behind its start."""
        return _Reader(source, ChaCha20Poly1305(self.key))


def begin(header: Header, recipient: bytes | None) -> Frames:
    """Return the frames of a new backup, for a recipient's public key or for everybody."""
    facts, secret = asdict(header) | {"salt": secrets.token_hex(16)}, b""
    if recipient is not None:
        once, secret = backup_keys.ephemeral(recipient)
        facts |= {"recipient": recipient.hex(), "ephemeral": once.hex()}
    return _frames(Header(**facts), json.dumps(facts, sort_keys=True).encode(), secret)


def open_(source: BinaryIO, name: Path, private_key: bytes | None) -> Frames:
    """Return the frames of a backup that is read from its beginning; raises StorageError."""
    header, written = _header(source, name)
    if not header.recipient:
        return _frames(header, written, b"")
    if private_key is None:
        raise StorageError(f"{name} is encrypted; name the private key with --key FILE.")
    if backup_keys.public_of(private_key).hex() != header.recipient:
        raise StorageError(f"{name} is encrypted for another key.")
    try:
        secret = backup_keys.shared(private_key, bytes.fromhex(header.ephemeral))
    except ValueError as error:
        raise damaged(name) from error
    return _frames(header, written, secret)


def header_of(name: Path) -> Header:
    """Return what a backup says of itself, unproven; raises StorageError."""
    with name.open("rb") as source:
        return _header(source, name)[0]


def is_backup(name: Path) -> bool:
    """Whether a file begins as a backup does."""
    with name.open("rb") as source:
        return source.read(len(MAGIC)) == MAGIC


def pack(frames: Frames, target: BinaryIO, members: Mapping[str, Path | bytes]) -> None:
    """Write files and small contents, by their names within the backup."""
    writer = frames.writer(target)
    squeezed = gzip.GzipFile("", "wb", _LEVEL, cast("BinaryIO", writer), mtime=0)
    with squeezed, tarfile.open(fileobj=squeezed, mode="w|") as tar:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            if isinstance(content, bytes):
                entry.size = len(content)
                tar.addfile(entry, io.BytesIO(content))
            else:
                entry.size = content.stat().st_size
                with content.open("rb") as stream:
                    tar.addfile(entry, stream)
    writer.finish()


def unpack(
    frames: Frames, source: BinaryIO, name: Path, take: Callable[[str, BinaryIO], None]
) -> None:
    """Hand each member to `take`; raises StorageError unless every byte is as it was written."""
    reader = frames.reader(source)
    with _refusing(name):
        with gzip.GzipFile(fileobj=cast("BinaryIO", reader)) as plain:
            with tarfile.open(fileobj=plain, mode="r|") as tar:
                for entry in tar:
                    stream = tar.extractfile(entry)
                    if stream is not None:
                        take(entry.name, cast("BinaryIO", stream))
            while plain.read(FRAME):
                pass
        reader.finish()


def damaged(name: Path) -> StorageError:
    """Return the one sentence about a backup that is not what was written."""
    return StorageError(f"{name} is damaged; take another backup.")


class _Writer:
    """Cuts what is written into frames."""

    def __init__(self, target: BinaryIO, cipher: ChaCha20Poly1305) -> None:
        self._target, self._cipher = target, cipher
        self._rest, self._count = bytearray(), 0

    def write(self, data: bytes) -> int:
        """Take more; a frame goes out as soon as it is known not to be the last."""
        self._rest += data
        while len(self._rest) > FRAME:
            self._put(bytes(self._rest[:FRAME]), last=False)
            del self._rest[:FRAME]
        return len(data)

    def flush(self) -> None:
        """Do nothing: only `finish` ends a frame early."""

    def finish(self) -> None:
        """Write the last frame."""
        self._put(bytes(self._rest), last=True)

    def _put(self, plain: bytes, *, last: bool) -> None:
        nonce = _nonce(self._count, last=last)
        self._target.write(self._cipher.encrypt(nonce, plain, None))
        self._count += 1


class _Reader:
    """Puts frames together again; raises InvalidTag at the first one that is not right."""

    def __init__(self, source: BinaryIO, cipher: ChaCha20Poly1305) -> None:
        self._source, self._cipher = source, cipher
        self._next = source.read(FRAME + _TAG)
        self._plain, self._count, self._ended = b"", 0, False

    def read(self, size: int = -1) -> bytes:
        """Return at most so many bytes; nothing at the end."""
        while not self._plain and not self._ended:
            self._plain = self._frame()
        taken = self._plain if size < 0 else self._plain[:size]
        self._plain = self._plain[len(taken) :]
        return taken

    def finish(self) -> None:
        """Make sure that the last frame was seen; raises InvalidTag."""
        while not self._ended:
            self._plain = self._frame()

    def _frame(self) -> bytes:
        frame, self._next = self._next, self._source.read(FRAME + _TAG)
        self._ended = not self._next
        plain = self._cipher.decrypt(_nonce(self._count, last=self._ended), frame, None)
        self._count += 1
        return plain


@contextmanager
def _refusing(name: Path) -> Iterator[None]:
    try:
        yield
    except (InvalidTag, tarfile.TarError, zlib.error, gzip.BadGzipFile, EOFError) as error:
        raise damaged(name) from error


def _header(source: BinaryIO, name: Path) -> tuple[Header, bytes]:
    if source.read(len(MAGIC)) != MAGIC:
        raise StorageError(f"{name} is no backup of Navbat.")
    length = int.from_bytes(source.read(4), "big")
    written = source.read(length) if length <= _LONGEST else b""
    try:
        header = Header(**json.loads(written))
        bytes.fromhex(header.ephemeral + header.recipient)
    except (ValueError, TypeError) as error:
        raise damaged(name) from error
    if not isinstance(header.seq, int):
        raise damaged(name)
    return header, written


def _frames(header: Header, written: bytes, secret: bytes) -> Frames:
    start = MAGIC + len(written).to_bytes(4, "big") + written
    known = bytes.fromhex(header.ephemeral) + bytes.fromhex(header.recipient)
    derived = HKDF(SHA256(), 32, salt=hashlib.sha256(start).digest(), info=b"navbat backup 1")
    return Frames(header, start, derived.derive(b"backup" + secret + known))


def _nonce(count: int, *, last: bool) -> bytes:
    return count.to_bytes(11, "big") + bytes([last])

"""Copies of a center's database: taken while it works, proven before they are trusted.

This is SQLite's side; storage/backup_postgres.py is the other.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from pysqlite3 import dbapi2

from queue_server.storage import backup_file
from queue_server.storage.backup_file import Header
from queue_server.storage.errors import StorageError
from queue_server.storage.sqlite import connect, sentence

#: what lies beside a database file while it is open
SIDES: Final = ("", "-wal", "-shm")
#: the database's name within a backup, and those of the files without which it is not whole
DATABASE, SECRET, LEDGER_KEY = "navbat.db", "secret", "ledger.key"
#: largest of the small files, bytes
_SMALL: Final = 64 * 1024
_PIECE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Facts:
    """What was proven of a database."""

    center: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Staged:
    """What came out of a backup, beside the place where it is to go."""

    database: Path
    #: None: a bare copy of the database, as earlier versions wrote them
    header: Header | None = None
    small: Mapping[str, bytes] = field(default_factory=dict)


#: proves a database file and returns what it holds; raises StorageError
Prove = Callable[[Path], Facts]


def file_of(url: str) -> Path:
    """Return the file of a SQLite address; raises StorageError for another database."""
    if not url.startswith("sqlite:///"):
        raise StorageError("PostgreSQL is backed up with pg_dump and restored with pg_restore.")
    return Path(url.removeprefix("sqlite:///"))


@contextlib.contextmanager
def snapshot(database: Path) -> Iterator[Path]:
    """Lend one consistent copy, made while the center works; raises StorageError.

    It is written anew page by page, so what was erased is not in it.
    """
    if not database.exists():
        raise StorageError(f"There is no database at {database}.")
    copy = database.with_name(database.name + ".snapshot")
    with _alone(database), _cleared(copy):
        try:
            with contextlib.closing(connect(database)) as source:
                copy.touch(0o600)
                source.execute("VACUUM INTO ?", (str(copy),))
        except dbapi2.Error as error:
            raise StorageError(sentence(copy, error)) from error
        check(copy)
        yield copy


def copy_to(database: Path, target: Path) -> None:
    """Write one consistent copy under a name, whole or not at all; raises StorageError."""
    half = target.with_name(target.name + ".half")
    with snapshot(database) as copy, _cleared(half):
        try:
            shutil.copyfile(copy, half)
            half.chmod(0o600)
            _sync(half)
            half.replace(target)
            _sync(target.parent)
        except OSError as error:
            raise StorageError(f"{target} cannot be written: {error.strerror}.") from error


def write(
    target: Path, header: Header, recipient: bytes | None, members: Mapping[str, Path | bytes]
) -> Header:
    """Write a backup, read it back from the disk, and only then give it its name.

    Returns its header. Raises StorageError; no half of it stays behind.
    """
    half = target.with_name(target.name + ".half")
    frames = backup_file.begin(header, recipient)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _cleared(half):
            with open(half, "xb", opener=_private) as stream:
                backup_file.pack(frames, stream, members)
                stream.flush()
                os.fsync(stream.fileno())
            _read_back(frames, half, members)
            half.replace(target)
            _sync(target.parent)
    except OSError as error:
        raise StorageError(f"The backup {target} cannot be written: {error.strerror}.") from error
    return frames.header


@contextlib.contextmanager
def staged(file: Path, database: Path, private_key: bytes | None) -> Iterator[Staged]:
    """Lend what a backup holds, taken out beside the database; raises StorageError."""
    if not file.is_file():
        raise StorageError(f"There is no backup at {file}.")
    fresh = database.with_name(database.name + ".restored")
    with _alone(database), _cleared(fresh):
        try:
            fresh.parent.mkdir(parents=True, exist_ok=True)
            found = _taken_out(file, fresh, private_key)
        except OSError as error:
            raise StorageError(f"{file} cannot be taken out: {error.strerror}.") from error
        check(fresh)
        yield found


def check(copy: Path) -> None:
    """Raise StorageError unless SQLite finds the copy whole."""
    try:
        with contextlib.closing(dbapi2.connect(f"file:{copy}?mode=ro", uri=True)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()
    except dbapi2.Error as error:
        raise StorageError(sentence(copy, error)) from error
    if found != ("ok",):
        raise StorageError(f"{copy} is damaged; take another backup.")


def must_be_free(database: Path) -> None:
    """Raise StorageError while another program has the database open."""
    if not database.exists():
        return
    try:
        with contextlib.closing(dbapi2.connect(str(database), timeout=1.0)) as connection:
            connection.execute("PRAGMA locking_mode = exclusive").fetchone()
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
    except dbapi2.OperationalError as error:
        if "locked" in str(error):
            raise StorageError("The database is in use; stop the server first.") from error
    except dbapi2.DatabaseError:
        pass  # a damaged file is just what a backup is put back for


def put_back(fresh: Path, database: Path) -> Path | None:
    """Put a proven database in the place of the one that is there; the server must be stopped.

    Returns the name that the other has now, or None. Raises StorageError.
    """
    _sync(fresh)
    must_be_free(database)
    aside = keep_aside(database) if database.exists() else None
    fresh.replace(database)
    _sync(database.parent)
    return aside


def keep_aside(path: Path) -> Path:
    """Keep a file under another name too, with what lies beside it; return that name.

    The file itself stays until another takes its place: whatever stops in between, a server that
    starts then finds the old one, never none.
    """
    number = 1
    while (aside := path.with_name(f"{path.name}.before-{number}")).exists():
        number += 1
    os.link(path, aside)
    for side in filter(None, SIDES):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + side).replace(aside.with_name(aside.name + side))
    return aside


def put_small(content: bytes, path: Path) -> Path | None:
    """Put a small secret file in place; return the name that another one has now."""
    if path.exists() and path.read_bytes() == content:
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + ".half")
    with _cleared(half):
        with open(half, "xb", opener=_private) as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        # a server that started without it would make a new one
        aside = keep_aside(path) if path.exists() else None
        half.replace(path)
        _sync(path.parent)
    return aside


def taker(large: Mapping[str, Path], small: dict[str, bytes]) -> Callable[[str, BinaryIO], None]:
    """Return what takes the members of a backup: large ones to their files, secrets to `small`."""

    def take(name: str, stream: BinaryIO) -> None:
        if name in large:
            with open(large[name], "xb", opener=_private) as target:
                shutil.copyfileobj(stream, target, _PIECE)
        elif name in (SECRET, LEDGER_KEY):
            small[name] = stream.read(_SMALL)

    return take


def _taken_out(file: Path, fresh: Path, private_key: bytes | None) -> Staged:
    if not backup_file.is_backup(file):
        shutil.copyfile(file, fresh)
        return Staged(fresh)
    small: dict[str, bytes] = {}
    with file.open("rb") as source:
        frames = backup_file.open_(source, file, private_key)
        backup_file.unpack(frames, source, file, taker({DATABASE: fresh}, small))
    if not fresh.exists():
        raise StorageError(f"{file} holds no SQLite database.")
    return Staged(fresh, frames.header, small)


def _read_back(frames: backup_file.Frames, half: Path, members: Mapping[str, Path | bytes]) -> None:
    """Raise StorageError unless the disk gives back what it was given."""
    lengths: dict[str, int] = {}

    def take(name: str, stream: BinaryIO) -> None:
        lengths[name] = sum(len(piece) for piece in iter(lambda: stream.read(_PIECE), b""))

    with half.open("rb") as source:
        source.seek(len(frames.start))
        backup_file.unpack(frames, source, half, take)
    given = {
        name: len(content) if isinstance(content, bytes) else content.stat().st_size
        for name, content in members.items()
    }
    if lengths != given:
        raise StorageError(f"The disk of {half.parent} does not keep what is written to it.")


@contextlib.contextmanager
def _alone(database: Path) -> Iterator[None]:
    """Let one program at a time take or put back a backup; raises StorageError."""
    database.parent.mkdir(parents=True, exist_ok=True)
    with database.with_name(database.name + ".backing-up").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StorageError("Another backup is on its way; wait for its end.") from error
        yield


@contextlib.contextmanager
def _cleared(path: Path) -> Iterator[None]:
    """Make sure that nothing of a file is there before, and nothing is left behind."""
    _clear(path)
    try:
        yield
    finally:
        _clear(path)


def _clear(path: Path) -> None:
    for side in SIDES:
        path.with_name(path.name + side).unlink(missing_ok=True)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

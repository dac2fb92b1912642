"""The form of a backup: what went in comes out, and no damaged byte is believed."""

from __future__ import annotations

import io
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from queue_server.storage import backup_file, backup_keys
from queue_server.storage.backup_file import FRAME, Header
from queue_server.storage.errors import StorageError

NAME = Path("some.backup")
HEADER = Header("TAS", "2026-11-23T12:00:00.000Z", 7, "ab" * 32)
SMALL = {"secret": b"s" * 32, "navbat.db": bytes(range(256)) * 40}
PRIVATE = bytes(range(32))
PUBLIC = backup_keys.public_of(PRIVATE)


def packed(members: dict[str, bytes], recipient: bytes | None = None) -> bytes:
    """Return a backup of these members."""
    target = io.BytesIO()
    backup_file.pack(backup_file.begin(HEADER, recipient), target, members)
    return target.getvalue()


def unpacked(whole: bytes, private_key: bytes | None = None) -> dict[str, bytes]:
    """Return what a backup holds; raises StorageError."""
    found: dict[str, bytes] = {}

    def take(name: str, stream: BinaryIO) -> None:
        found[name] = stream.read()

    source = io.BytesIO(whole)
    frames = backup_file.open_(source, NAME, private_key)
    backup_file.unpack(frames, source, NAME, take)
    return found


OPEN, SEALED = packed(SMALL), packed(SMALL, PUBLIC)


@pytest.mark.parametrize("size", [0, 1, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME])
@pytest.mark.parametrize("key", [None, PRIVATE])
def test_what_went_in_comes_out(size: int, key: bytes | None) -> None:
    """Of every size round a frame's, encrypted or not."""
    chance = __import__("random").Random(size)
    members = {"navbat.db": chance.randbytes(size), "secret": b"x"}
    assert unpacked(packed(members, PUBLIC if key else None), key) == members


def test_an_encrypted_backup_shows_nothing() -> None:
    """Its header says whose it is; the content is noise, and never the same twice."""
    assert b"TAS" in SEALED
    assert bytes(range(64)) not in SEALED
    assert packed(SMALL, PUBLIC) != SEALED


def test_without_the_key_it_stays_shut() -> None:
    """No key, another key: each a sentence of its own."""
    with pytest.raises(StorageError, match="encrypted; name the private key"):
        unpacked(SEALED)
    with pytest.raises(StorageError, match="encrypted for another key"):
        unpacked(SEALED, b"o" * 32)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data(), st.sampled_from(["open", "sealed"]))
def test_any_damaged_byte_is_refused(data, kind) -> None:
    """One byte anywhere, header or frame: one sentence, never a wrong content."""
    whole = bytearray(OPEN if kind == "open" else SEALED)
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(StorageError, match=r"some\.backup .*\."):
        unpacked(bytes(whole), PRIVATE)


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(["open", "sealed"]))
def test_a_torn_or_lengthened_file_is_refused(data, kind) -> None:
    """Cut anywhere, or with anything behind its end."""
    whole = OPEN if kind == "open" else SEALED
    torn = whole[: data.draw(st.integers(0, len(whole) - 1))]
    more = whole + data.draw(st.binary(min_size=1, max_size=40))
    for wrong in (torn, more):
        with pytest.raises(StorageError, match=r"some\.backup"):
            unpacked(wrong, PRIVATE)


def test_frames_cannot_be_left_out_or_swapped() -> None:
    """A frame's number is part of what its tag is made over."""
    chance = __import__("random").Random(1)
    whole = packed({"navbat.db": chance.randbytes(4 * FRAME)})
    start = len(backup_file.MAGIC) + 4 + int.from_bytes(whole[16:20], "big")
    frame = FRAME + 16
    one, two, rest = (
        whole[start : start + frame],
        whole[start + frame : start + 2 * frame],
        whole[start + 2 * frame :],
    )
    for wrong in (two + one + rest, one + rest, one + two, one + one + two + rest):
        with pytest.raises(StorageError, match="damaged"):
            unpacked(whole[:start] + wrong)


def test_keys_are_made_once_and_read_back(tmp_path: Path) -> None:
    """The private half is its owner's alone; neither is ever written over."""
    public = backup_keys.make(tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    private = backup_keys.private(tmp_path / "key")
    assert backup_keys.public_of(private) == backup_keys.public(public)
    with pytest.raises(StorageError, match="is there already"):
        backup_keys.make(tmp_path / "key")
    with pytest.raises(StorageError, match="holds no private key"):
        backup_keys.private(public)
    with pytest.raises(StorageError, match="holds no public key"):
        backup_keys.public(tmp_path / "key")
    with pytest.raises(StorageError, match="cannot be read"):
        backup_keys.public(tmp_path / "nothing")

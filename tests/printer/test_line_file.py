from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printer.line_file import LineFile, LineFileTaken, whole_lines
from tests.printer.full_disk import files_end_at

LINES = [b"one", b"two", b"", "тўрт".encode()]


@pytest.fixture
def path(tmp_path):
    """Where the lines are kept: in a folder that is not there yet."""
    return tmp_path / "new" / "kept.jsonl"


@pytest.fixture
def file(path):
    """A file that is open."""
    made = LineFile(path)
    made.open()
    yield made
    made.close()


def opened(path):
    """Return what the next start finds."""
    file = LineFile(path)
    try:
        return whole_lines(file.open())
    finally:
        file.close()


@given(st.lists(st.binary().filter(lambda line: b"\n" not in line)), st.integers(min_value=0))
def test_only_lines_with_their_end_are_whole(lines, cut):
    """Cut anywhere: what ended before the cut is there, and nothing else."""
    data = b"".join(line + b"\n" for line in lines)[:cut]
    assert whole_lines(data) == lines[: data.count(b"\n")]


def test_a_new_file_is_empty(path):
    """Its folder is made for it."""
    assert opened(path) == []


def test_what_was_written_is_there_after_a_restart(file, path):
    """In its order, counted."""
    file.append(LINES[:1])
    file.append(LINES[1:])
    assert file.count == len(LINES)
    file.close()
    assert opened(path) == LINES


def test_a_torn_last_line_is_cut_off(file, path):
    """The next line stands alone, not glued to it."""
    file.append(LINES)
    file.close()
    path.write_bytes(path.read_bytes()[:-3])
    again = LineFile(path)
    assert whole_lines(again.open()) == LINES[:-1]
    again.append([b"after"])
    again.close()
    assert opened(path) == [*LINES[:-1], b"after"]


def test_a_rewritten_file_holds_just_what_it_is_given(file, path):
    """And takes more lines."""
    file.append(LINES)
    file.rewrite(iter(LINES[:1]))
    assert file.count == 1
    file.append([b"after"])
    file.close()
    assert opened(path) == [*LINES[:1], b"after"]
    assert not path.with_suffix(".part").exists()


def test_every_line_reaches_the_disk(file, path, monkeypatch):
    """A line counts as written only once the disk has it: each append ends with a sync."""
    synced, sizes = [], []
    monkeypatch.setattr(os, "fsync", lambda fd: synced.append(os.fstat(fd).st_size))
    for line in LINES[:3]:
        file.append([line])
        sizes.append(path.stat().st_size)
    assert synced == sizes
    file.rewrite(LINES[:1])
    assert path.stat().st_size in synced[3:]


def test_a_full_disk_leaves_it_as_it_was(file, path):
    """Nothing is half written, and the next line that fits is."""
    file.append([b"one"])
    with files_end_at(6), pytest.raises(OSError, match="too large"):
        file.append([b"two", b"three"])
    assert path.read_bytes() == b"one\n"
    file.append([b"four"])
    assert (path.read_bytes(), file.count) == (b"one\nfour\n", 2)


def test_a_full_disk_keeps_the_file_that_would_be_rewritten(file, path):
    """It is replaced whole or not at all, and takes more lines."""
    file.append([b"one"])
    with files_end_at(6), pytest.raises(OSError, match="too large"):
        file.rewrite([b"two", b"three"])
    file.append([b"four"])
    assert path.read_bytes() == b"one\nfour\n"


def test_one_program_owns_it(file, path):
    """A second one is refused until the first lets go."""
    with pytest.raises(LineFileTaken, match=r"another program .*kept\.lock"):
        LineFile(path).open()
    file.close()
    assert opened(path) == []


def test_a_damaged_file_is_kept_beside_it(file, path):
    """Whatever is written later, a person can look at what was there."""
    file.append([b"garbage"])
    file.set_aside()
    file.rewrite([])
    assert path.with_name("kept.damaged.jsonl").read_bytes() == b"garbage\n"


def test_a_file_that_cannot_be_opened_is_let_go(path):
    """A folder in its place is an error, and leaves it to nobody."""
    path.mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        LineFile(path).open()
    path.rmdir()
    assert opened(path) == []


def test_only_its_owner_may_read_it(file, path):
    """What it keeps is no one else's on the machine, before and after it is rewritten."""
    assert path.stat().st_mode & 0o077 == 0
    file.rewrite([b"one"])
    assert path.stat().st_mode & 0o077 == 0

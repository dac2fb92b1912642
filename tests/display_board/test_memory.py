from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from display_board.center import Center
from display_board.memory import Memory, Remembered, folder, from_text, to_text
from tests.display_board.scenes import NAMES, WALL, board

CENTER = Center(NAMES, "Asia/Tashkent")
AS_OF = "2026-11-22T05:42:00.000Z"
KNOWN = Remembered(board(3, 1), CENTER)


def test_round():
    """What is kept comes back, as old as it is, and nothing of it stands out."""
    known = from_text(to_text(KNOWN, AS_OF), WALL)
    assert [row.number for row in known.board.rows] == ["A042", "E117", "T208"]
    assert {row.lit_at for row in known.board.rows} == {None}
    assert (known.board.connection, known.board.seq) == ("connecting", None)
    assert known.board.stale_since == AS_OF
    assert known.center == CENTER


def test_yesterday():
    """Yesterday's numbers are not shown today; the center is still the same."""
    tomorrow = WALL + timedelta(days=1)
    known = from_text(to_text(KNOWN, AS_OF), tomorrow)
    assert known.board.rows == ()
    assert known.board.stale_since is None
    assert known.center == CENTER


def test_the_day_is_the_centers():
    """Midnight is that of the center: 19:30 UTC is tomorrow in Tashkent."""
    evening = to_text(KNOWN, "2026-11-22T18:00:00.000Z")
    assert from_text(evening, WALL.replace(hour=18, minute=30)).board.rows
    assert not from_text(evening, WALL.replace(hour=19, minute=30)).board.rows
    night = to_text(KNOWN, "2026-11-22T19:10:00.000Z")
    assert from_text(night, WALL.replace(hour=19, minute=30)).board.rows


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"as_of": "soon", "names": {}, "timezone": ""}', '{"names": [1]}'],
)
def test_damaged(text):
    """A damaged file is as if there were none."""
    assert from_text(text, WALL) is None


def test_half_damaged():
    """A file whose calls are damaged still knows the center."""
    text = to_text(KNOWN, AS_OF).replace('"calls": [', '"calls": [7, {}, ')
    assert len(from_text(text, WALL).board.rows) == 3


def test_unknown_time_zone():
    """A time zone that this machine does not know is no reason to forget the calls."""
    known = from_text(to_text(Remembered(board(3), Center(NAMES, "Mars/Olympus")), AS_OF), WALL)
    assert known.board.rows


def test_file(tmp_path):
    """Each hall has its file; it is replaced whole."""
    memory = Memory(tmp_path / "deep", 2)
    assert memory.recall(WALL) is None
    memory.keep(KNOWN, AS_OF)
    memory.keep(Remembered(board(1), CENTER), AS_OF)
    assert len(memory.recall(WALL).board.rows) == 1
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["board-2.json"]


def test_disk_that_does_not_take_it(tmp_path, caplog):
    """Where nothing can be written the board goes on, and the log says why."""
    (tmp_path / "file").write_text("")
    Memory(tmp_path / "file", 1).keep(KNOWN, AS_OF)
    assert "not kept" in caplog.text


def test_folder():
    """The folder is systemd's; without it, it is in the user's cache."""
    assert folder({"XDG_CACHE_HOME": "/var/cache/x"}) == Path("/var/cache/x/navbat")
    assert folder({"HOME": "/home/tv"}) == Path("/home/tv/.cache/navbat")

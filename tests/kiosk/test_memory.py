from __future__ import annotations

from kiosk.memory import Checkpoint, Cursor, Menu, write


def test_the_menu_is_there_after_a_restart(catalogue, tmp_path):
    """What was kept is recalled, whole."""
    Menu(tmp_path / "new" / "folder").keep(catalogue)
    assert Menu(tmp_path / "new" / "folder").recall() == catalogue


def test_a_menu_is_written_once_per_version(catalogue, tmp_path):
    """Queues change all day; the disk is spared."""
    menu = Menu(tmp_path)
    menu.keep(catalogue)
    (tmp_path / "catalogue.json").unlink()
    menu.keep(catalogue)
    assert menu.recall() is None
    menu.keep(catalogue.model_copy(update={"version": 2}))
    assert menu.recall() is not None


def test_a_damaged_memory_is_none(tmp_path):
    """Half a file, or another's, does not keep the kiosk from starting."""
    assert Menu(tmp_path).recall() is None
    (tmp_path / "catalogue.json").write_bytes(b'{"version": 1, "gro\xff')
    (tmp_path / "slips.cursor").write_bytes(b"\xff")
    assert Menu(tmp_path).recall() is None
    assert Cursor(tmp_path).read() is None


def test_a_disk_that_takes_nothing_costs_the_memory_only(catalogue, tmp_path):
    """A full or broken disk does not stop the kiosk."""
    (tmp_path / "file").write_text("")
    menu = Menu(tmp_path / "file" / "folder")
    menu.keep(catalogue)
    assert menu.recall() is None


def test_the_cursor_is_remembered(tmp_path):
    """How far the station has read survives it."""
    Cursor(tmp_path).write(41)
    Cursor(tmp_path).write(42)
    assert Cursor(tmp_path).read() == 42


def test_a_file_is_replaced_whole(tmp_path):
    """Nothing of the new one is left beside it."""
    write(tmp_path / "a.txt", "one")
    write(tmp_path / "a.txt", "two")
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("a.txt", "two")]


def line(seq, center="TAS"):
    """Return a checkpoint's line."""
    return f"navbat-checkpoint 1 {center} {seq} 2026-11-23T05:00:00.000Z {'ab' * 32} sig"


def test_the_newest_checkpoint_is_kept_for_good(tmp_path):
    """The highest place that was ever signed: a server that lost its tail cannot talk it away."""
    mark = Checkpoint(tmp_path)
    assert mark.recall() is None
    for seq in (1000, 2000, 1500):
        mark.keep(line(seq))
    assert (mark.recall(), Checkpoint(tmp_path).recall()) == (line(2000), line(2000))


def test_another_centers_checkpoint_takes_its_place(tmp_path):
    """A kiosk that was moved begins anew."""
    mark = Checkpoint(tmp_path)
    mark.keep(line(2000))
    mark.keep(line(7, "BUX"))
    assert Checkpoint(tmp_path).recall() == line(7, "BUX")


def test_what_is_no_checkpoint_is_not_kept(tmp_path):
    """Nor is a damaged file believed."""
    mark = Checkpoint(tmp_path)
    mark.keep("nonsense")
    assert mark.recall() is None
    (tmp_path / "checkpoint.txt").write_bytes(b"\xff\xfe")
    assert Checkpoint(tmp_path).recall() is None


def test_a_full_disk_costs_the_memory_not_the_kiosk(tmp_path):
    """The line is known until the next start."""
    (tmp_path / "checkpoint.new").mkdir()
    mark = Checkpoint(tmp_path)
    mark.keep(line(5))
    assert mark.recall() == line(5)
    assert Checkpoint(tmp_path).recall() is None

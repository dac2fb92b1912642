from __future__ import annotations

from kiosk.memory import Cursor, Menu, write


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

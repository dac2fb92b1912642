"""What is put in place of another: whatever stops in between, there is never none."""

from __future__ import annotations

from pathlib import Path

import pytest

from queue_server.storage import backup


class PowerCut(BaseException):
    """The plug was pulled."""


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pull the plug at the moment at which the new one would take the old one's place."""
    replace = Path.replace

    def stop(self: Path, target: Path) -> Path:
        if ".before-" in target.name:
            return replace(self, target)
        raise PowerCut

    monkeypatch.setattr(Path, "replace", stop)


def test_a_cut_leaves_the_old_database(tmp_path: Path, cut: None) -> None:
    """A server that starts then finds what was there, not an empty center."""
    database, fresh = tmp_path / "navbat.db", tmp_path / "fresh"
    database.write_bytes(b"")
    fresh.write_bytes(b"new")
    with pytest.raises(PowerCut):
        backup.put_back(fresh, database)
    assert database.exists()


def test_a_cut_leaves_the_old_key(tmp_path: Path, cut: None) -> None:
    """A server that starts then makes no new secret."""
    key = tmp_path / "secret"
    key.write_bytes(b"old")
    with pytest.raises(PowerCut):
        backup.put_small(b"new", key)
    assert key.read_bytes() == b"old"


def test_both_are_there_afterwards(tmp_path: Path) -> None:
    """The new one under its name, the old one beside it; the same again changes nothing."""
    key = tmp_path / "secret"
    key.write_bytes(b"old")
    aside = backup.put_small(b"new", key)
    assert aside is not None
    assert (key.read_bytes(), aside.read_bytes()) == (b"new", b"old")
    assert backup.put_small(b"new", key) is None
    assert sorted(path.name for path in tmp_path.iterdir()) == ["secret", "secret.before-1"]

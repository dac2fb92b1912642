from __future__ import annotations

import pytest

from kiosk import pin
from kiosk.pin import FREE, PAUSE, Lock, PinUnfit, Tries, after_wrong, checked, wait_left
from tests.kiosk.machines import Ticking

PIN = "480125"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    """A hash that is quick to compute."""
    monkeypatch.setattr(pin, "_N", 2)


@pytest.fixture
def ticking() -> Ticking:
    """The machine."""
    return Ticking()


@pytest.fixture
def lock(tmp_path, ticking) -> Lock:
    """A lock with a PIN."""
    made = Lock(tmp_path, ticking.machine)
    made.set(PIN)
    return made


def test_without_a_pin_nothing_opens(tmp_path, ticking):
    """There is no PIN that a manual could tell."""
    bare = Lock(tmp_path, ticking.machine)
    assert not bare.exists
    assert not bare.judge("").right
    assert not bare.judge("000000").right


def test_the_pin_opens(lock):
    """And only it."""
    assert lock.exists
    assert lock.judge(PIN).right
    assert not lock.judge("480126").right


def test_the_file_does_not_tell_it(lock, tmp_path):
    """A salted hash, for its owner's eyes only."""
    file = tmp_path / "pin.json"
    assert PIN not in file.read_text()
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("unfit", ["", "12345", "1234567890123", "48012a", "000000", "987654"])
def test_an_unfit_pin_is_refused(unfit):
    """Too short, too long, no digits, or the first one that anybody would try."""
    with pytest.raises(PinUnfit):
        checked(unfit)


def test_five_tries_then_a_pause_that_doubles(lock, ticking):
    """During the pause even the right one is refused; a right one ends it all."""
    for _ in range(FREE - 1):
        assert lock.judge("111112").wait == 0
    assert lock.judge("111112").wait == PAUSE
    assert not lock.judge(PIN).right
    ticking.pass_(PAUSE)
    for _ in range(FREE - 1):
        assert lock.judge("111112").wait == 0
    assert lock.judge("111112").wait == 2 * PAUSE
    ticking.pass_(2 * PAUSE)
    assert lock.judge(PIN).right
    assert lock.judge("111112").wait == 0


def test_neither_the_clock_nor_a_restart_shortens_the_pause(lock, ticking, tmp_path):
    """It counts the machine's own ticks, and begins again when it was switched off."""
    for _ in range(FREE):
        lock.judge("111112")
    ticking.clock += 10 * PAUSE
    again = Lock(tmp_path, ticking.machine)
    assert not again.judge(PIN).right
    ticking.reboot("boot-2", 0.0, ticks=10.0)
    again = Lock(tmp_path, ticking.machine)
    assert again.judge(PIN).wait == PAUSE - 10
    ticking.pass_(PAUSE)
    assert again.judge(PIN).right


def test_a_try_counts_before_it_is_judged(lock, tmp_path, ticking):
    """Pulling the plug at the right moment gives no try back."""
    lock.judge("111112")
    again = Lock(tmp_path, ticking.machine)
    assert again._read_tries().wrong == 1


def test_damaged_files_open_nothing(lock, tmp_path):
    """Whoever can damage them gains no tries."""
    (tmp_path / "pin-tries.json").write_bytes(b"{")
    assert lock.judge("111112").wait == PAUSE
    (tmp_path / "pin-tries.json").unlink()
    (tmp_path / "pin.json").write_bytes(b"{}")
    assert not lock.judge(PIN).right


def test_where_tries_cannot_be_counted_nothing_opens(lock, tmp_path):
    """A disk that takes nothing must not give tries for nothing."""
    (tmp_path / "pin-tries.new").mkdir()
    assert not lock.judge(PIN).right


def test_every_door_is_written_down(lock, caplog):
    """Opened, refused, tried during the pause: never with the PIN."""
    caplog.set_level("INFO")
    lock.judge(PIN)
    for _ in range(FREE + 1):
        lock.judge("111112")
    said = {record.action for record in caplog.records}
    assert said == {"pin_right", "pin_wrong", "pin_locked"}
    assert PIN not in caplog.text


def test_the_pause_has_an_end():
    """A day at most."""
    tries = Tries()
    for _ in range(20 * FREE):
        tries = after_wrong(tries, "boot", 0.0)
    assert wait_left(tries, "boot", 0.0) == pin.LONGEST_PAUSE

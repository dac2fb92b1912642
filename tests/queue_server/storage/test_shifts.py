from dataclasses import replace

import pytest

from queue_server.domain import window as windows
from queue_server.domain.errors import ClerkElsewhere, WindowTaken
from tests.factories import a_shift, at


def test_a_shift_goes_from_opening_to_closing(database):
    """A shift is found by window and by clerk while it is open, and as it was left."""
    with database.write() as work:
        work.shifts.add(a_shift())
        opened = work.shifts.at(3)
        assert replace(opened, id=None) == a_shift()
        assert work.shifts.of("ann") == opened
        paused = replace(windows.pause(opened, at(5), "tea"), streak=2)
        work.shifts.save(paused)
        assert work.shifts.at(3) == paused
        work.shifts.save(windows.close(paused, at(9)))
        assert work.shifts.at(3) is work.shifts.of("ann") is None


def test_open_shifts_stand_by_window(database):
    """All open shifts are listed by window, and those on a break are not ready."""
    with database.write() as work:
        for number in (7, 3, 5):
            work.shifts.add(a_shift(window=number, clerk=f"clerk{number}"))
        work.shifts.save(windows.pause(work.shifts.at(5), at(1), None))
        work.shifts.save(windows.close(work.shifts.at(7), at(1)))
        assert [shift.window for shift in work.shifts.open()] == [3, 5]
        assert work.shifts.ready() == {3}


def test_a_window_has_one_clerk(database):
    """Another clerk at an open window is refused by the database as WindowTaken."""
    with database.write() as work:
        work.shifts.add(a_shift())
    with pytest.raises(WindowTaken), database.write() as work:
        work.shifts.add(a_shift(clerk="bek"))


def test_a_clerk_has_one_window(database):
    """A second window of the same clerk is refused by the database as ClerkElsewhere."""
    with database.write() as work:
        work.shifts.add(a_shift())
    with pytest.raises(ClerkElsewhere), database.write() as work:
        work.shifts.add(a_shift(window=4))


def test_a_closed_window_is_free_again(database):
    """A closed shift stands in nobody's way."""
    with database.write() as work:
        work.shifts.add(a_shift())
        work.shifts.save(windows.close(work.shifts.at(3), at(1)))
        work.shifts.add(a_shift(opened_at=at(2)))
        assert work.shifts.at(3).opened_at == at(2)


def test_a_shift_that_was_never_kept_cannot_be_saved(database):
    """Saving a shift without its id is a mistake, not a new shift."""
    with pytest.raises(LookupError), database.write() as work:
        work.shifts.save(a_shift())

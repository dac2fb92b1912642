"""What became of the waits that were said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain import honesty
from queue_server.domain.estimate import Reckoning, shown
from queue_server.domain.honesty import Said, compared, figures, needed, said, stretch, unstretched
from queue_server.domain.measures_bag import Bag
from queue_server.domain.measures_facts import MINUTE

RECKONED = {"minutes": 14.0, "low": 9.0, "high": 21.0, "by": "simulated"}


def a_bag(*waits: float, promised: tuple[int, int] = (5, 25), **reckoned: object) -> Bag:
    """Return the bag of visitors who were told the same and waited so many minutes."""
    told, bag = said(promised, RECKONED | reckoned), Bag()
    assert told is not None
    for wait in waits:
        bag.count(compared(round(wait * MINUTE), told))
    return bag


def test_the_error_is_held_against_what_was_reckoned() -> None:
    """Not against the middle of the rounded range."""
    found = figures(a_bag(10, 20))
    assert (found.n, found.error, found.bias) == (2, 5.0, 1.0)


def test_an_old_ticket_is_held_against_the_middle_of_its_range() -> None:
    """Its log has no reckoning, and teaches nothing about the stretch."""
    told = said((10, 20), None)
    assert told == Said(10, 20, 15.0)
    bag = Bag(compared(18 * MINUTE, told))
    assert figures(bag).error == 3.0
    assert honesty.simulated(bag) == 0


def test_who_was_told_nothing_is_not_counted() -> None:
    """No range, no promise."""
    assert said(None, None) is None
    assert figures(Bag()).kept is None


def test_both_ends_are_inside_and_late_is_ten_minutes_past() -> None:
    """Kept: no later than was said. Late: more than ten minutes later."""
    found = figures(a_bag(4.9, 5, 25, 25.1, 35, 35.1))
    assert found.inside == pytest.approx(2 / 6, abs=1e-4)
    assert found.kept == 0.5
    assert found.late == pytest.approx(1 / 6, abs=1e-4)


def test_the_quick_way_teaches_nothing_about_the_simulations_range() -> None:
    """It is counted as quick."""
    bag = a_bag(14, by="quick")
    assert (figures(bag).quick, honesty.simulated(bag)) == (1.0, 0)


def test_a_wait_of_three_does_not_break_soon() -> None:
    """A range of moments is shown as "soon": up to five minutes."""
    assert needed(3, 0.2, 0.1, 0.4) == 0
    assert needed(6, 0.2, 0.1, 0.4) > 10


@given(
    middle=st.floats(0, 200),
    below=st.floats(0.1, 60),
    above=st.floats(0.1, 60),
    wait=st.floats(0, 300),
)
def test_the_needed_stretch_is_the_one_that_shows_the_wait(
    middle: float, below: float, above: float, wait: float
) -> None:
    """With it the shown range holds the wait; with a tenth less it does not."""
    raw = Reckoning(middle, max(middle - below, 0.0), middle + above, "simulated")
    tenths = needed(wait, middle, raw.low, raw.high)
    if tenths < honesty.MOST_TENTHS:
        enough = shown(raw, tenths / 10 + 1e-6)
        assert enough.low <= wait <= enough.high
    if tenths > 1 and wait >= 5:
        less = shown(raw, tenths / 10 - 0.1 - 1e-6)
        narrow = less.high - less.low <= 5
        assert narrow or not less.low < wait < less.high


@given(
    wait=st.integers(0, 10**8),
    numbers=st.lists(st.floats(0, 10**6), min_size=3, max_size=3),
)
def test_any_wait_and_any_reckoning_can_be_compared(wait: int, numbers: list[float]) -> None:
    """A range without width too."""
    low, middle, high = sorted(numbers)
    told = Said(0, 5, middle, (low, high))
    key = next(key for key in compared(wait, told) if key.startswith("stretch:"))
    assert 0 <= int(key.partition(":")[2]) <= honesty.MOST_TENTHS


def test_a_range_that_holds_is_not_widened() -> None:
    """Three quarters inside are enough."""
    bag = a_bag(*[14] * 75, *[60] * 25)
    assert unstretched(bag) == 0.75
    assert stretch(bag) == 1.0


def test_a_range_that_fails_is_widened_by_what_the_days_have_needed() -> None:
    """So that 85 % of them would have been inside."""
    # 30 minutes: beyond 25, which is 11 from the middle where the range was 7 wide
    bag = a_bag(*[14] * 70, *[29] * 30)
    assert stretch(bag) == 1.6


def test_a_range_is_at_most_three_times_as_wide() -> None:
    """Beyond that it would say nothing."""
    assert stretch(a_bag(*[14] * 50, *[200] * 50)) == 3.0


def test_a_few_visits_widen_nothing() -> None:
    """Below fifty nothing is concluded."""
    assert stretch(a_bag(*[200] * 49)) == 1.0
    assert unstretched(a_bag(*[200] * 49)) is None

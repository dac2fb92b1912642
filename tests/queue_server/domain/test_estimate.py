"""How long a visitor will wait."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.estimate import LONGEST, NOBODY, Estimate, Reckoning, quick, shown

AHEAD = st.integers(0, 300)
MEANS = st.floats(0.5, 60)
SERVERS = st.integers(0, 20)


@pytest.mark.parametrize(
    ("ahead", "mean", "servers", "low", "high"),
    [
        (0, 3, 3, 0, 5),  # one minute
        (2, 10, 2, 10, 25),  # fifteen minutes
        (9, 10, 1, 75, 135),  # a hundred
        (1, 10, 1, 15, 30),  # twenty: low falls on the step
        (0, 10, 0, 5, 15),  # no window open yet: as if one were
        (0, 0, 1, 0, 5),  # a service of no time at all: still a range
    ],
)
def test_the_wait_is_n_plus_one_services_shared_by_the_servers(ahead, mean, servers, low, high):
    """(n + 1) · mean / servers, as a range, rounded outwards to five minutes."""
    assert shown(quick(ahead, mean, servers)) == Estimate(low, high)


@given(AHEAD, MEANS, SERVERS)
def test_the_range_holds_the_mean_and_is_in_steps_of_five(ahead, mean, servers) -> None:
    """The shown range is never empty, never negative and spans the predicted minutes."""
    said = shown(quick(ahead, mean, servers))
    minutes = min((ahead + 1) * mean / max(servers, 1), LONGEST)
    assert 0 <= said.low <= minutes <= said.high
    assert said.low % 5 == said.high % 5 == 0 < said.high - said.low


@given(AHEAD, MEANS, SERVERS)
def test_one_more_ahead_never_shortens_the_wait(ahead, mean, servers) -> None:
    """More before me is at least as long, one more window at most as long."""
    said, longer = shown(quick(ahead, mean, servers)), shown(quick(ahead + 1, mean, servers))
    shorter = shown(quick(ahead, mean, servers + 1))
    assert longer.low >= said.low >= shorter.low
    assert longer.high >= said.high >= shorter.high


@pytest.mark.parametrize(
    ("low", "high", "soon", "long"),
    [(0, 5, True, False), (0, 10, False, False), (55, 90, False, False), (60, 90, False, True)],
)
def test_soon_and_long_are_told_apart(low, high, soon, long) -> None:
    """Up to five minutes is soon; from an hour on the visitor may go and come back."""
    assert (Estimate(low, high).soon, Estimate(low, high).long) == (soon, long)


@pytest.mark.parametrize("odd", [-5.0, float("inf"), float("nan")])
def test_nothing_odd_ever_stands_on_paper(odd) -> None:
    """Not a negative wait, not an endless one, not one that is no number."""
    said = shown(Reckoning(odd, odd, odd, "simulated"), stretch=3.0)
    assert 0 <= said.low < said.high <= LONGEST


def test_a_range_is_stretched_about_its_middle() -> None:
    """Twice as wide to both sides, but never below nothing."""
    said = Reckoning(20, 15, 25, "simulated")
    assert shown(said) == Estimate(15, 25)
    assert shown(said, 2.0) == Estimate(10, 30)
    assert shown(said, 9.0) == Estimate(0, 65)


def test_who_comes_later_waits_longer_by_the_work_before() -> None:
    """The whole reckoning moves."""
    assert Reckoning(20, 15, 25, "simulated").later(5) == Reckoning(25, 20, 30, "simulated")


def test_where_nobody_serves_no_number_means_anything() -> None:
    """Neither soon nor long."""
    assert (NOBODY.served, NOBODY.soon, NOBODY.long) == (False, False, False)

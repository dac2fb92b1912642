"""The measures' formulas."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain import measures
from queue_server.domain.measures_bag import LARGEST, Bag
from queue_server.domain.measures_facts import MINUTE


def waited(*minutes: float) -> Bag:
    """Return a bag of visitors who waited so long."""
    bag = Bag()
    for wait in minutes:
        bag.count({"served": 1, "wait_ms": round(wait * MINUTE), LARGEST: round(wait * MINUTE)})
    return bag


@given(st.lists(st.floats(0, 200), min_size=1, max_size=60), st.sampled_from((0.5, 0.9)))
def test_a_quantile_is_within_a_minute_of_the_true_one(waits: list[float], share: float) -> None:
    """Whole minutes are kept, so the median is off by less than one."""
    ordered = sorted(waits)
    rank = share * len(waits)
    true = ordered[max(-(-int(rank * 10) // 10) - 1, 0)]
    found = measures.quantile(waited(*waits), share)
    assert found is not None
    assert true - 1.01 <= found <= max(waits) + 0.01


def test_a_quantile_of_nobody_is_none() -> None:
    """Nobody waited."""
    assert measures.quantile(Bag(), 0.5) is None


def test_nobody_waited_longer_than_the_longest() -> None:
    """A median is even within its minute, but never over what anybody waited."""
    assert measures.quantile(waited(3.1), 0.9) == 3.1
    assert measures.quantile(waited(0, 0, 0), 0.5) == 0
    assert measures.quantile(waited(300, 400), 0.5) == 240


def test_the_service_level_counts_up_to_the_norm() -> None:
    """Whose wait is no longer than the norm is within it."""
    bag = waited(1, 14.9, 15, 15.1)
    assert measures.service_level(bag, 15) == 0.75
    assert measures.service_level(Bag(), 15) is None


@pytest.mark.parametrize(
    ("top", "n", "interval"),
    [
        (0, 0, (None, None)),
        (45, 50, (0.7864, 0.9565)),
        (50, 50, (0.9287, 1.0)),
        (0, 30, (0, 0.1135)),
    ],
)
def test_the_interval_is_wilsons(top: int, n: int, interval: tuple[float, float]) -> None:
    """It stays within 0 and 1 and is wide where there are few."""
    assert measures.wilson(top, n) == interval


def timed(count: int, seconds: int, service: str = "A01") -> Bag:
    """Return a clerk's bag of so many services, each so long."""
    work = count * seconds * 1000
    counts = {"timed": count, "work_ms": work, "work_s2": count * seconds**2}
    return Bag({**counts, f"mix:{service}": count})


def test_the_index_is_fair_to_a_hard_mix() -> None:
    """Who takes the long services is held against the center's own means of just these."""
    center = {"A01": timed(100, 300), "E01": timed(100, 900, "E01")}
    assert measures.index(timed(40, 300), center).value == 1.0
    assert measures.index(timed(40, 900, "E01"), center).value == 1.0
    assert measures.index(timed(40, 600, "E01"), center).value == pytest.approx(0.67)


def test_no_index_of_fewer_than_thirty() -> None:
    """Of few cases nothing is said of a person, only how many they are."""
    center = {"A01": timed(100, 300)}
    assert measures.index(timed(29, 300), center) == (29 * 300_000, None, None, None)
    assert measures.index(timed(30, 300), center).value == 1.0


def test_the_index_has_an_interval_as_wide_as_times_spread() -> None:
    """Services that always take as long leave no doubt."""
    steady = {"A01": timed(100, 300)}
    wild = {"A01": Bag({"timed": 100, "work_ms": 30_000_000, "work_s2": 100 * 180_000})}
    assert measures.index(timed(36, 300), steady)[1:] == (1.0, 1.0, 1.0)
    assert measures.index(timed(36, 300), wild)[1:] == (1.0, 0.67, 1.33)


def test_nothing_divided_by_nothing_is_none() -> None:
    """A share without a whole is absent, not zero."""
    assert measures.share(0, 0) is None
    assert measures.ratio(1, 0) is None
    assert measures.minutes(90_000) == 1.5

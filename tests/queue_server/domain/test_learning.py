"""From observations to beliefs."""

from datetime import timedelta
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.beliefs import Arrivals
from queue_server.domain.learning import PSEUDO, believe, believed, plan_ratio, thinned
from queue_server.domain.lessons import pooled
from queue_server.domain.observations import Observations
from tests.factories import DAY, a_catalogue, a_service, at

CATALOGUE = a_catalogue(services=(a_service("A01"), a_service("E01", minutes=20.0)))


def a_day(ago: int = 0, **changes) -> Observations:
    """Return the observations of a day so long ago; today's for 0."""
    return Observations((DAY - timedelta(days=ago)).isoformat(), **changes)


def served(minutes: list[float], clerk: str = "ann", service: str = "A01", ago: int = 0):
    """Return a day on which a clerk served so long each."""
    return a_day(ago, served={service: {clerk: minutes}}, calls=len(minutes))


def test_without_history_the_plan_stands() -> None:
    """Twenty values round the catalogue's minutes; nobody is expected."""
    found = believe(CATALOGUE, [], a_day(), at(0))
    assert len(found.minutes["A01"]) == PSEUDO
    assert found.means == pytest.approx({"A01": 10.0, "E01": 20.0})
    assert found.arrivals == Arrivals(statutory=0.05)
    assert (found.no_show, found.pause_after, found.between) == pytest.approx((0.05, 0.01, 0.0))


def test_the_plan_spreads_as_services_do() -> None:
    """Sorted, some half as long, some twice."""
    values = believe(CATALOGUE, [], a_day(), at(0)).minutes["A01"]
    assert list(values) == sorted(values)
    assert values[0] < 5
    assert values[-1] > 20


def test_the_plan_counts_as_twenty_visits() -> None:
    """Of the service's own minutes; the plan is scaled by all services' before."""
    today = a_day(served={"A01": {"ann": [12.0] * 20}, "E01": {"ben": [16.0] * 20}})
    found = believe(CATALOGUE, [], today, at(60))
    scale = plan_ratio(CATALOGUE, pooled([today]))
    assert found.means["A01"] == pytest.approx((12 + 10 * scale) / 2)


@pytest.mark.parametrize("true", [1 / 0.6, 1 / 1.5])
def test_a_plan_that_is_wrong_as_a_whole_is_corrected_in_an_hour(true: float) -> None:
    """Also for the service that nobody has asked for yet."""
    found = believe(CATALOGUE, [], served([10 * true] * 40), at(60))
    assert found.means["E01"] == pytest.approx(20 * true, rel=0.1)


def test_who_is_still_at_a_window_tells_that_the_plan_is_short() -> None:
    """Of eight windows none has finished after eighteen minutes."""
    hands = [("A01", 18.0)] * 8
    assert plan_ratio(CATALOGUE, pooled([]), hands) > 1.5
    assert plan_ratio(CATALOGUE, pooled([]), [("A01", 1.0)] * 8) == pytest.approx(1.0)


def test_a_service_that_is_no_more_teaches_nothing() -> None:
    """It was taken out of the catalogue."""
    assert plan_ratio(CATALOGUE, pooled([served([60.0] * 40, service="Z01")])) == 1.0


def test_sixty_days_outweigh_the_plan() -> None:
    """Then it says no more than a hundredth."""
    days = [served([5.0] * 40, ago=ago) for ago in range(1, 61)]
    assert believe(CATALOGUE, days, a_day(), at(0)).means["A01"] == pytest.approx(5, rel=0.01)


def test_a_slow_clerk_is_believed_slower_slowly() -> None:
    """Thirty visits say half of it."""
    few = served([10.0] * 300, "ann").served["A01"] | {"ben": [20.0] * 30}
    found = believe(CATALOGUE, [a_day(1, served={"A01": few})], a_day(), at(0))
    mean = found.means["A01"]
    assert found.clerks["ben"] == pytest.approx((20 + mean) / (2 * mean))
    assert 0.9 < found.clerks["ann"] < 1


def test_no_clerk_is_more_than_twice_as_slow_or_fast() -> None:
    """What is beyond is something else than the clerk."""
    day = a_day(1, served={"A01": {"ann": [2.0] * 900, "ben": [60.0] * 90, "cat": [0.1] * 900}})
    found = believe(CATALOGUE, [day], a_day(), at(0)).clerks
    assert (found["ben"], found["cat"]) == (2.0, 0.5)


def test_no_shows_breaks_and_gaps_are_shrunk_to_the_usual() -> None:
    """A few cases say little, many say it all."""
    day = a_day(calls=80, absent=[2.0] * 24, pauses=[9.0] * 3, gaps=20, gap_minutes=40.0)
    found = believe(CATALOGUE, [], day, at(60))
    assert found.no_show == pytest.approx(25 / 100)
    assert found.pause_after == pytest.approx(4 / 100)
    assert found.between == pytest.approx(1.0)
    assert 9.0 in found.pauses
    assert 2.0 in found.absent


def test_thinned_values_keep_their_mean() -> None:
    """Each stands for as many."""
    values = [float(n) ** 1.5 for n in range(1000)]
    found = thinned(values, 200)
    assert len(found) == 200
    assert fmean(found) == pytest.approx(fmean(values))
    assert list(found) == sorted(found)
    assert thinned([2.0, 1.0], 200) == (1.0, 2.0)


def test_pooling_once_a_day_is_as_pooling_all() -> None:
    """What was pooled before is not changed by what comes."""
    days = [served([5.0, 7.0], ago=2), served([6.0], "ben", ago=1)]
    past = pooled(days)
    now = believed(CATALOGUE, past, served([9.0]), at(60))
    assert now == believe(CATALOGUE, days, served([9.0]), at(60))
    assert past == pooled(days)


@given(
    minutes=st.lists(st.floats(0.01, 480), max_size=50),
    hands=st.lists(st.tuples(st.sampled_from(["A01", "Z09"]), st.floats(0, 80)), max_size=9),
    halves=st.dictionaries(st.integers(-3, 60), st.integers(0, 500), max_size=9),
    now=st.floats(-3000, 3000),
)
def test_beliefs_are_always_sane(minutes, hands, halves, now) -> None:
    """Whatever was seen: positive finite minutes, shares between 0 and 1."""
    today = a_day(
        served={"A01": {"ann": minutes}},
        calls=len(minutes),
        arrivals={"A01": halves},
        hands=hands,
    )
    found = believe(CATALOGUE, [served(minutes, ago=3)], today, at(now))
    assert all(0 < each < 2000 for values in found.minutes.values() for each in values)
    assert all(0.5 <= factor <= 2 for factor in found.clerks.values())
    assert 0 <= found.no_show <= 1
    assert 0 <= found.pause_after <= 1
    assert all(rate >= 0 for rate in found.arrivals.rates)
    assert 0 <= found.arrivals.statutory <= 1

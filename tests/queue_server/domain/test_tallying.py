"""A day's fold, and bags that add up."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.measures_bag import LARGEST, Bag, total
from queue_server.domain.measures_facts import MINUTE
from queue_server.domain.tallying import Tally, fold, rows
from tests.factories import DAY
from tests.queue_server.domain.day_log import DayLog

TODAY = DAY.isoformat()


def a_busy_log() -> DayLog:
    """Return a log with a little of everything."""
    log = DayLog()
    log.window("opened", 0)
    log.window("opened", 0, "ben")
    for number in range(8):
        log.issue(str(number), number, service=("A01", "E01")[number % 2])
    for number in range(6):
        log.serve(str(number), 10 + 5 * number, 13 + 6 * number, ("ann", "ben")[number % 2])
    log.undo("5", 43.5)
    log.rate("0", 50, 5)
    log.divert("A01", 51)
    log.window("closed", 60)
    return log


@given(cut=st.integers(0, 60))
def test_a_fold_may_stop_anywhere_and_go_on(cut: int) -> None:
    """A day read in two pieces is the day read in one."""
    events = a_busy_log().events
    first = fold(Tally(TODAY), events[:cut])
    before = rows(first, "Asia/Tashkent")
    whole = rows(fold(first, events[cut:]), "Asia/Tashkent")
    assert whole == rows(fold(Tally(TODAY), events), "Asia/Tashkent")
    assert rows(first, "Asia/Tashkent") == before


def test_every_dimension_adds_up_to_the_center() -> None:
    """All visitors have a group, a service, a category, a channel and an hour."""
    found = a_busy_log().rows()
    center = found["center", ""]
    for measure in ("visitors", "served", "wait_ms", "transactions", "calls", "serving_ms"):
        for dimension in ("group", "service", "category", "channel", "hour"):
            parts = [bag[measure] for key, bag in found.items() if key[0] == dimension]
            assert sum(parts) == center[measure], (dimension, measure)


def test_the_hours_are_the_centers_own_and_half_open() -> None:
    """What happens at ten sharp belongs to ten o'clock, by the clock on the wall."""
    log = DayLog()
    log.issue("a", 59.99)
    log.issue("b", 60)
    found = log.rows()
    assert (found["hour", "9"]["visitors"], found["hour", "10"]["visitors"]) == (1, 1)
    kathmandu = rows(log.tally(), "Asia/Kathmandu")
    assert kathmandu["hour", "10"]["visitors"] == 2


def test_late_events_of_earlier_days_are_left_out() -> None:
    """Yesterday's ticket is yesterday's; one of tomorrow that is here already counts today."""
    log = DayLog()
    log.issue("old", 0, day=DAY - timedelta(days=1))
    log.issue("early", 0, day=DAY + timedelta(days=1))
    assert log.center()["visitors"] == 1


def test_an_appointment_made_for_another_day_counts_as_made() -> None:
    """It is no visitor yet."""
    log = DayLog()
    log.book("a", 0, day=DAY + timedelta(days=1))
    assert (log.center()["booked"], log.center()["visitors"]) == (1, 0)


def test_a_visit_that_the_stretch_never_saw_begin_is_not_counted() -> None:
    """Half a history would be half a visitor."""
    log = a_busy_log()
    events = [event for event in log.events if event["type"] != "ticket_issued"]
    center = rows(fold(Tally(TODAY), events), "Asia/Tashkent")["center", ""]
    assert (center["visitors"], center["served"]) == (0, 0)


def test_doing_it_online_counts_under_its_service() -> None:
    """Nobody queued, so there is no group of a slip and no channel."""
    log = DayLog()
    log.divert("A01", 1)
    found = log.rows()
    assert found["service", "A01"]["diverted"] == found["center", ""]["diverted"] == 1
    assert {dimension for dimension, _ in found} == {"center", "service", "hour"}


bags = st.builds(
    Bag,
    st.dictionaries(st.sampled_from(("served", "wait_ms", LARGEST)), st.integers(0, 9)),
    st.lists(st.integers(0, 5), max_size=6),
)


@given(st.lists(bags, max_size=5), st.integers(0, 5))
def test_bags_add_up_in_any_pieces(some: list[Bag], cut: int) -> None:
    """A year is the sum of its days however they are bundled; the longest wait is the longest."""
    whole = total(some)
    pieces = total([total(some[:cut]), total(some[cut:])])
    assert (pieces.counts, pieces.waits) == (whole.counts, whole.waits)
    assert whole["served"] == sum(bag["served"] for bag in some)
    assert whole[LARGEST] == max((bag[LARGEST] for bag in some), default=0)
    assert sum(whole.waits) == sum(sum(bag.waits) for bag in some)


def test_a_wait_falls_into_its_begun_minute() -> None:
    """Fifteen minutes sharp are no longer than fifteen; what is over four hours is one bin."""
    bag = Bag()
    for wait in (0, 1, 15 * MINUTE, 15 * MINUTE + 1, 240 * MINUTE + 1, 999 * MINUTE):
        bag.count({"served": 1, "wait_ms": wait, LARGEST: wait})
    assert {n: count for n, count in enumerate(bag.waits) if count} == {
        0: 1,
        1: 1,
        15: 1,
        16: 1,
        241: 2,
    }

"""Two halls side by side: what a change does to the waits, and how sure that is."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.domain import hall_run
from queue_server.domain.beliefs import Arrivals, Beliefs
from queue_server.domain.hall_changes import REST_OF_DAY, Scene
from queue_server.domain.hall_now import HallNow
from queue_server.domain.hall_watch import STEP, Look
from queue_server.domain.opening import Opening
from queue_server.domain.what_if import AT_FIRST, LEAST, Comparison, Row, advise, compare
from tests.queue_server.domain.futures import AT, away, busy, desk, hall, sure, waits

LOOK = Look(15.0, {"a": "A", "b": "B"})
#: minutes as a hall's are: some take three times as long as others
MINUTES = {"a": (4.0, 6.0, 8.0, 12.0), "b": (5.0, 10.0, 15.0)}
#: twelve visitors an hour, of whom a third come for b
COMING = Arrivals((6.0,) * 48, {"a": 2.0, "b": 1.0})


def line(*services: str) -> tuple[object, ...]:
    """Return who waits: each has come a minute before the next."""
    return tuple(
        waits(f"t{n}", service, len(services) - n) for n, service in enumerate(services, 1)
    )


def row(found: Comparison, who: str, group: str | None = None) -> Row:
    """Return one row of an answer."""
    return next(each for each in found.rows if (each.who, each.group) == (who, group))


def compared(before: HallNow, after: HallNow, beliefs: Beliefs, **options: object) -> Comparison:
    """Return what differs between two halls with the same people."""
    asked = {"pairs": 40, "seed": 7} | options
    return compare(Scene(before, beliefs), Scene(after, beliefs), LOOK, **asked)


@pytest.fixture
def even(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no day be faster or slower than another."""
    monkeypatch.setattr(hall_run, "TEMPO", 0.0)


def test_a_second_window_halves_the_line(even: None) -> None:
    """Ten minutes each at one window: 0, 10, 20, 30; at two: 0, 0, 10, 10. Of waits, exactly."""
    four = line("a", "a", "a", "a")
    found = compared(
        hall(desk(1, "a"), waiting=four),
        hall(desk(1, "a"), desk(2, "a"), waiting=four),
        sure(a=10),
    )
    mean = row(found, "waiting").mean
    # they have waited 3, 2, 1 and 0 minutes already
    assert (mean.before, mean.after) == (pytest.approx(16.5), pytest.approx(6.5))
    change = mean.change
    assert (change.mean, change.low, change.high) == tuple(pytest.approx(-10.0) for _ in range(3))
    assert change.clear
    assert change.error == pytest.approx(0.0)
    longest = row(found, "waiting").longest
    assert (longest.before, longest.after) == (pytest.approx(30.0), pytest.approx(11.0))
    within = row(found, "waiting").within
    assert (within.before, within.after) == (0.5, 1.0)


def test_the_number_waiting_is_told_every_five_minutes(even: None) -> None:
    """Of three one is called at once, the others at 10 and 20: three, two, one, one, nobody."""
    found = compared(*[hall(desk(1, "a"), waiting=line("a", "a", "a"))] * 2, sure(a=10))
    assert found.points[:5] == (0.0, 5.0, 10.0, 15.0, 20.0)
    assert len(found.points) == len(found.before.waiting) == 90 // STEP + 1
    assert [band.middle for band in found.before.waiting[:6]] == [3, 2, 1, 1, 0, 0]


def test_the_same_hall_does_not_differ() -> None:
    """Pairs share their luck: what does not change makes no difference at all."""
    now = hall(desk(1, "a"), desk(2, "a", "b"), waiting=line("a", "b", "a", "a"))
    beliefs = Beliefs(MINUTES, arrivals=COMING)
    found = compared(now, now, beliefs)
    for each in found.rows:
        for effect in (each.mean, each.within, each.longest):
            assert (effect.change.mean, effect.change.low, effect.change.high) == (0, 0, 0)
            assert not effect.change.clear
    assert found.before == found.after


def test_what_is_far_from_the_change_does_not_differ() -> None:
    """A second window for b leaves a's waits as they are, to the minute."""
    waiting = line("a", "b", "a", "b", "b")
    before = hall(desk(1, "a"), desk(2, "b"), waiting=waiting)
    after = hall(desk(1, "a"), desk(2, "b"), desk(3, "b"), waiting=waiting)
    found = compared(before, after, Beliefs(MINUTES, arrivals=COMING))
    assert row(found, "waiting", "A").mean.change.mean == 0
    assert row(found, "coming", "A").mean.change.mean == 0
    assert row(found, "waiting", "B").mean.change.mean < -3
    assert row(found, "coming", "B").mean.change.clear


def test_a_seed_tells_the_whole_answer() -> None:
    """The same seed gives the same answer, another one another; the global chance is not used."""
    before = hall(desk(1, "a", "b"), waiting=line("a", "b"))
    after = hall(desk(1, "a"), waiting=line("a", "b"))
    beliefs = Beliefs(MINUTES, arrivals=COMING)
    first = compared(before, after, beliefs)
    assert compared(before, after, beliefs) == first
    assert compared(before, after, beliefs, seed=8) != first


def test_a_budget_ends_it_after_the_least_number() -> None:
    """Who is out of time still gets an answer that has a range."""
    now = hall(desk(1, "a"), waiting=line("a"))
    assert compared(now, now, sure(a=10), enough=lambda: True).pairs == LEAST
    assert compared(now, now, sure(a=10), pairs=5, enough=lambda: False).pairs == 5


def test_a_service_that_loses_its_last_window_is_not_compared(even: None) -> None:
    """Its visitors have no wait to tell of; they still stand in the number of those who wait."""
    waiting = line("a", "b")
    before = hall(desk(1, "a"), desk(2, "b", hand=busy("b", 0)), waiting=waiting)
    closed = desk(2, "b", hand=busy("b", 0), away=(Opening(AT, AT + REST_OF_DAY),))
    after = hall(desk(1, "a"), closed, waiting=waiting)
    found = compared(before, after, sure(a=10, b=10))
    assert {each.group for each in found.rows} == {None, "A"}
    assert row(found, "waiting").people == 1
    assert [found.before.waiting[-1].middle, found.after.waiting[-1].middle] == [0, 1]


def test_who_is_not_called_in_time_has_waited_at_least_so_long(even: None) -> None:
    """A line of forty at one window: the last ones count with what they have waited."""
    many = line(*("a" * 40))
    found = compared(*[hall(desk(1, "a"), waiting=many)] * 2, sure(a=10))
    assert row(found, "waiting").longest.before >= LOOK.span


def test_a_hall_without_windows_or_people_has_an_answer() -> None:
    """Nothing to compare is no fault."""
    empty = compared(hall(), hall(desk(1, "a")), Beliefs(MINUTES))
    assert empty.rows == ()
    assert {band.high for band in empty.after.waiting} == {0}
    assert set(empty.before.newcomer) == {None}
    crowded = compared(hall(waiting=line("a")), hall(desk(1, "a")), Beliefs(MINUTES))
    assert crowded.rows == ()


def test_a_clock_that_jumped_makes_no_negative_wait(even: None) -> None:
    """Who comes from the future has waited nothing yet."""
    now = hall(desk(1, "a"), waiting=(waits("t1", "a", -30),))
    assert row(compared(now, now, sure(a=10)), "waiting").mean.before == 0


def test_a_newcomers_wait_is_drawn_where_enough_come() -> None:
    """Its band is where the waits of those lie who come in these five minutes."""
    now = hall(desk(1, "a", "b"), waiting=line(*("a" * 8)))
    busy_hall = compared(now, now, Beliefs(MINUTES, arrivals=COMING))
    told = [band for band in busy_hall.before.newcomer if band is not None]
    assert len(told) > 10
    assert all(band.low <= band.middle <= band.high for band in told)
    assert told[0].middle > 30
    alone = compared(now, now, Beliefs(MINUTES))
    assert set(alone.before.newcomer) == {None}


@st.composite
def small_halls(draw: st.DrawFn) -> tuple[HallNow, HallNow]:
    """Draw a hall, and the same with one window more."""
    takes = st.sampled_from([("a",), ("b",), ("a", "b")])
    windows = draw(st.lists(takes, min_size=1, max_size=3))
    lunch = draw(st.booleans())
    desks = [desk(n, *services) for n, services in enumerate(windows, 1)]
    desks[0] = replace(desks[0], away=(away(10, 40),) if lunch else ())
    services = draw(st.lists(st.sampled_from("ab"), min_size=1, max_size=12))
    served = {service for services in windows for service in services}
    waiting = line(*[each for each in services if each in served])
    now = hall(*desks, waiting=waiting)
    return now, replace(now, desks=(*now.desks, desk(9, *draw(takes))))


@settings(max_examples=25)
@given(small_halls(), st.integers(0, 1000))
def test_one_window_more_never_lengthens_the_mean_wait(
    halls: tuple[HallNow, HallNow], seed: int
) -> None:
    """On average over the pairs, beyond what chance alone may do."""
    found = compared(*halls, Beliefs(MINUTES, arrivals=COMING), seed=seed)
    for each in found.rows:
        if each.group is None:
            change = each.mean.change
            assert change.mean <= 4 * change.error + 0.1, each


def choices(now: HallNow, *windows: tuple[str, ...]) -> dict[int, Scene]:
    """Return scenes in which one more window opens."""
    beliefs = Beliefs(MINUTES, arrivals=COMING)
    return {
        number: Scene(replace(now, desks=(*now.desks, desk(number, *services))), beliefs)
        for number, services in enumerate(windows, 11)
    }


def test_the_window_for_the_longest_line_is_advised_first() -> None:
    """Of four windows the best three are told, the one for b's line first, the useless one not."""
    now = hall(desk(1, "a"), desk(2, "b"), waiting=line(*("b" * 12), "a"))
    before = Scene(now, Beliefs(MINUTES, arrivals=COMING))
    found = advise(before, choices(now, ("a",), ("b",), ("c",), ("a", "b")), LOOK, pairs=30, seed=1)
    assert [each.window for each in found][:2] in ([12, 14], [14, 12])
    assert 13 not in {each.window for each in found}
    best = found[0].saved
    assert best.clear
    assert best.mean > 60
    assert {each.group for each in found[0].rows} == {None}


def test_a_window_for_those_whom_nobody_serves_saves_their_waiting() -> None:
    """Their waits cannot be compared, but that they wait no longer counts."""
    now = hall(desk(1, "a"), waiting=line(*("b" * 5)))
    before = Scene(now, Beliefs(MINUTES, arrivals=COMING))
    found = advise(before, choices(now, ("a",), ("b",)), LOOK, pairs=30, seed=1)
    assert found[0].window == 12
    assert found[0].saved.low > 100


def test_advice_keeps_to_its_budget() -> None:
    """Each window is tried a few times, the best ones as often as the time allows."""
    now = hall(desk(1, "a"), waiting=line("a", "a"))
    before, asked = Scene(now, Beliefs(MINUTES, arrivals=COMING)), count()
    found = advise(
        before, choices(now, ("a",)), LOOK, pairs=100, seed=1, enough=lambda: next(asked) >= 3
    )
    assert [each.pairs for each in found] == [LEAST + 3]
    assert AT_FIRST < LEAST
    assert advise(before, {}, LOOK, pairs=10, seed=1) == ()

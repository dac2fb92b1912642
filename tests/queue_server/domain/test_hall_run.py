"""One course of a hall."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain import hall_run
from queue_server.domain.beliefs import Arrivals, Beliefs
from tests.queue_server.domain.futures import (
    AT,
    HELPS,
    ago,
    away,
    busy,
    desk,
    hall,
    sure,
    waits,
)


@pytest.fixture(autouse=True)
def _even(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no day be faster or slower than another."""
    monkeypatch.setattr(hall_run, "TEMPO", 0.0)


def course(now, beliefs, **options):
    """Return a course by a fixed seed."""
    return hall_run.run(now, beliefs, random.Random(1), **options)


def test_one_after_the_other() -> None:
    """One window, ten minutes each: called at 0, 10 and 20."""
    three = tuple(waits(f"t{n}", "a", 9 - n) for n in range(3))
    called = course(hall(desk(1, "a"), waiting=three), sure(a=10)).called
    assert called == {"t0": 0.0, "t1": 10.0, "t2": 20.0}


def test_a_busy_window_is_free_when_its_visitor_leaves() -> None:
    """Of ten minutes four are gone: the next is called in six."""
    now = hall(desk(1, "a", hand=busy("a", 4)), waiting=(waits("t1", "a", 1),))
    assert course(now, sure(a=10)).called == {"t1": pytest.approx(6.0)}


def test_a_forgotten_visitor_does_not_stop_the_hall_for_ever() -> None:
    """Six hours at the window: it may end at any moment, within one usual service."""
    now = hall(desk(1, "a", hand=busy("a", 360)), waiting=(waits("t1", "a", 1),))
    assert 0 <= course(now, sure(a=10)).called["t1"] <= 10


def test_a_clock_that_jumped_back_makes_no_negative_minutes() -> None:
    """A visitor called in the future has just been called."""
    now = hall(desk(1, "a", hand=busy("a", -30)), waiting=(waits("t1", "a", -5),))
    assert course(now, sure(a=10)).called == {"t1": pytest.approx(10.0)}


def test_lunch_is_eaten() -> None:
    """A window that is away from 5 to 20 calls the second visitor at 20."""
    two = (waits("t1", "a", 2), waits("t2", "a", 1))
    now = hall(desk(1, "a", away=(away(5, 20),)), waiting=two)
    assert course(now, sure(a=10)).called == {"t1": 0.0, "t2": 20.0}


def test_a_window_that_opens_later() -> None:
    """Away from the beginning: nobody is called before it comes."""
    now = hall(desk(1, "a", away=(away(0, 30),)), waiting=(waits("t1", "a", 2),))
    assert course(now, sure(a=10)).called == {"t1": 30.0}


def test_a_break_ends() -> None:
    """A clerk on a break of six minutes, four of them gone, calls in two."""
    now = hall(desk(1, "a", paused_at=ago(4)), waiting=(waits("t1", "a", 1),))
    beliefs = replace(sure(a=10), pauses=(6.0,))
    assert course(now, beliefs).called == {"t1": pytest.approx(2.0)}


def test_who_does_not_come_costs_little() -> None:
    """Nobody comes: each call costs the window what an absent one does."""
    beliefs = replace(sure(a=10), no_show=1.0, absent=(0.5,))
    two = (waits("t1", "a", 2), waits("t2", "a", 1))
    assert course(hall(desk(1, "a"), waiting=two), beliefs).called == {"t1": 0.0, "t2": 0.5}


def test_a_slow_clerk_takes_longer() -> None:
    """A factor of two doubles the minutes."""
    beliefs = replace(sure(a=10), clerks={"clerk1": 2.0})
    two = (waits("t1", "a", 2), waits("t2", "a", 1))
    assert course(hall(desk(1, "a"), waiting=two), beliefs).called["t2"] == 20.0


def test_the_rule_is_the_halls_own() -> None:
    """A statutory visitor goes first, a helper serves its own before it helps."""
    first = waits("t2", "a", 1, statutory=True)
    now = hall(desk(1, "a"), waiting=(waits("t1", "a", 9), replace(first, order_key=ago(1e6))))
    assert course(now, sure(a=10)).called == {"t2": 0.0, "t1": 10.0}
    helper = hall(desk(1, "b", helps=("a",)), waiting=(waits("t1", "a", 9), waits("t2", "b", 1)))
    assert course(helper, sure(a=10, b=10)).called == {"t2": 0.0, "t1": 10.0}
    assert helper.desks[0].desk.takes["a"] == HELPS


def test_somebody_asked_for_takes_no_time() -> None:
    """A newcomer's wait is known, and nobody's grows by it."""
    waiting = (waits("t1", "a", 2),)
    called = course(hall(desk(1, "a"), waiting=waiting, ask="a"), sure(a=10)).called
    assert called == {"t1": 0.0, "a": 10.0}


def test_a_second_service_is_waited_for_again() -> None:
    """Who has another leg stands in its line once the first is served, at the place it had."""
    visit = waits("t1", "a", 9, legs=("b",))
    now = hall(desk(1, "a"), desk(2, "b", hand=busy("b", 0)), waiting=(visit, waits("t2", "b", 1)))
    called = course(now, sure(a=5, b=10), until=60).called
    assert called["t1"] == 0.0
    assert called["t2"] == pytest.approx(20.0), "t1 came earlier and goes before"


def test_who_has_an_appointment_comes_about_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not here yet: nobody waits for it, and then it goes before by its key."""
    monkeypatch.setattr(hall_run, "COME", 1.1)
    monkeypatch.setattr(hall_run, "EARLY", 0.0)
    monkeypatch.setattr(hall_run, "LATE", 0.0)
    slot = waits("t9", "a", -15, not_before=AT + timedelta(minutes=15))
    three = tuple(waits(f"t{n}", "a", 9 - n) for n in range(3))
    booked = replace(slot, order_key=ago(60))
    called = course(
        hall(desk(1, "a"), waiting=three, booked=(booked,)), sure(a=10), until=90
    ).called
    assert called == {"t0": 0.0, "t1": 10.0, "t9": 20.0, "t2": 30.0}


def test_who_comes_later_is_told_apart() -> None:
    """Arrivals follow the rates of their half hours, and stop when the doors close."""
    arrivals = Arrivals((30.0,) * 48, {"a": 1.0})
    now = hall(desk(1, "a"), desk(2, "a"), ends=AT + timedelta(minutes=60))
    seen = course(now, replace(sure(a=1), arrivals=arrivals), until=120)
    assert 40 <= len(seen.later) <= 80
    assert max(minute for _, minute in seen.later.values()) < 60
    assert set(seen.later) == set(seen.called)


def test_nobody_comes_where_no_rate_is_known() -> None:
    """Without history the hall empties."""
    assert course(hall(desk(1, "a")), sure(a=1), until=120).later == {}


def test_a_service_that_nobody_serves_is_never_called() -> None:
    """Its visitor is not named, and the run ends."""
    assert course(hall(desk(1, "a"), waiting=(waits("t1", "b", 1),)), sure(a=5)).called == {}


@given(st.integers(0, 1000))
def test_the_same_seed_meets_the_same_people(seed) -> None:
    """One more window changes when they are called, but not who comes, when, for what."""
    rates = Arrivals((20.0,) * 48, {"a": 2.0, "b": 1.0}, 0.1, {20.0: 0.1})
    beliefs = Beliefs({"a": (5.0, 9.0, 14.0), "b": (3.0, 4.0)}, arrivals=rates)
    few = tuple(waits(f"t{n}", "a", 9 - n) for n in range(5))
    one, two = desk(1, "a", "b"), desk(2, "a", "b")
    some = hall_run.run(hall(one, waiting=few), beliefs, random.Random(seed), until=300)
    more = hall_run.run(hall(one, two, waiting=few), beliefs, random.Random(seed), until=300)
    shared = some.later.keys() & more.later.keys()
    assert {who: some.later[who] for who in shared} == {who: more.later[who] for who in shared}
    assert len(shared) > 20


@given(st.integers(0, 1000), st.integers(1, 4), st.integers(0, 30))
def test_nobody_is_called_twice_or_before_he_came(seed, windows, people) -> None:
    """Each window serves one at a time; whoever waits is called in the end."""
    chance = random.Random(seed)
    waiting = tuple(
        waits(f"t{n}", chance.choice("ab"), chance.random() * 30) for n in range(people)
    )
    beliefs = Beliefs({"a": (2.0, 4.0), "b": (1.0, 8.0)}, pause_after=0.2)
    desks = [desk(n, "a", "b") for n in range(1, windows + 1)]
    called = hall_run.run(hall(*desks, waiting=waiting), beliefs, chance).called
    assert called.keys() == {who.id for who in waiting}
    assert all(0 <= minute < hall_run.HORIZON for minute in called.values())

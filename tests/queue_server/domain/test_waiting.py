"""How long visitors will wait."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.domain.beliefs import Beliefs
from queue_server.domain.catalogue import Taking
from queue_server.domain.estimate import LONGEST, shown
from queue_server.domain.routing import Desk
from queue_server.domain.waiting import LEAST, predict, reckon
from tests.queue_server.domain.futures import away, busy, desk, hall, sure, waits

MINUTES = {"a": (4.0, 6.0, 8.0, 10.0, 20.0), "b": (2.0, 3.0, 5.0)}


def test_the_same_seed_sees_the_same() -> None:
    """A prediction is a function of its arguments."""
    now = hall(desk(1, "a", "b"), waiting=(waits("t1", "a", 1), waits("t2", "b", 0)), ask="a b")
    first = predict(now, Beliefs(MINUTES), runs=20, seed=7)
    assert predict(now, Beliefs(MINUTES), runs=20, seed=7) == first
    assert predict(now, Beliefs(MINUTES), runs=20, seed=8) != first


def test_everybody_is_told_in_one_pass() -> None:
    """All who wait, and a newcomer of each service that is asked for."""
    now = hall(desk(1, "a", "b"), waiting=(waits("t1", "a", 1), waits("t2", "b", 0)), ask="a b c")
    seen = predict(now, Beliefs(MINUTES), runs=20, seed=7)
    assert seen.tickets.keys() == {"t1", "t2"}
    assert seen.newcomers.keys() == {"a", "b", "c"}
    assert seen.tickets["t1"].minutes == 0.0
    assert seen.tickets["t1"].by == "simulated"


def test_a_service_that_no_window_serves_has_no_number() -> None:
    """None, not a long wait."""
    assert predict(hall(desk(1, "a"), ask="a c"), sure(a=5), runs=12, seed=1).newcomers["c"] is None
    assert predict(hall(ask="a"), sure(a=5), runs=12, seed=1).newcomers == {"a": None}


def test_services_of_the_same_windows_share_a_newcomer() -> None:
    """The same windows at the same level: the same wait; another window makes another."""
    now = hall(desk(1, "a", "b"), desk(2, "c", hand=busy("c", 0)), ask="a b c")
    seen = predict(now, sure(a=5, b=9, c=30), runs=12, seed=1).newcomers
    assert seen["a"] == seen["b"]
    assert seen["a"] is not None
    assert seen["c"] is not None
    assert seen["a"].minutes == 0 < seen["c"].minutes


def test_a_service_that_is_helped_after_a_while_stands_alone() -> None:
    """Where a first ticket's wait brings help, lines differ even of the same windows."""
    takes = {"a": Taking(2, timedelta(minutes=5)), "b": Taking(2, timedelta(minutes=5))}
    helper = replace(desk(1), desk=Desk(1, "clerk1", takes))
    now = hall(helper, ask="a b", waiting=(waits("t1", "a", 20),))
    assert predict(now, sure(a=5, b=5), runs=12, seed=1).newcomers.keys() == {"a", "b"}


def test_a_budget_ends_it_early_but_not_too_early() -> None:
    """Enough is asked only once the least number of runs is done."""
    now = hall(desk(1, "a"), waiting=(waits("t1", "a", 1),))
    assert predict(now, sure(a=5), runs=99, seed=1, enough=lambda: True).runs == LEAST
    assert predict(now, sure(a=5), runs=30, seed=1).runs == 30


def test_whoever_is_never_called_waits_longest_and_not_for_ever() -> None:
    """A window that never comes back: a number that may stand on paper."""
    now = hall(desk(1, "a", away=(away(0, 10_000),)), waiting=(waits("t1", "a", 1),))
    seen = predict(now, sure(a=5), runs=12, seed=1).tickets["t1"]
    assert (seen.minutes, shown(seen).high) == (LONGEST, LONGEST)


@given(st.lists(st.floats(0, 500), min_size=12, max_size=60))
def test_the_range_holds_the_middle(waits_) -> None:
    """Low ≤ middle ≤ high, whatever the runs say, and inside what they saw."""
    seen = reckon(waits_)
    assert min(waits_) - 0.1 <= seen.low <= seen.high <= max(waits_) + 0.1
    assert seen.low <= seen.high
    assert all(math.isfinite(each) for each in (seen.minutes, seen.low, seen.high))


@settings(max_examples=25)
@given(st.integers(0, 100), st.integers(0, 20), st.integers(1, 4))
def test_a_newcomer_waits_no_less_than_the_last_of_the_line(seed, people, windows) -> None:
    """Of one service nobody ordinary is overtaken by whoever comes after."""
    chance = random.Random(seed)
    line = tuple(waits(f"t{n}", "a", 30 * chance.random()) for n in range(people))
    now = hall(*(desk(n, "a") for n in range(1, windows + 1)), waiting=line, ask="a")
    seen = predict(now, Beliefs(MINUTES), runs=15, seed=seed)
    newest = seen.newcomers["a"]
    assert newest is not None
    assert all(newest.minutes >= each.minutes for each in seen.tickets.values())

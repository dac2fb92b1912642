"""What is foreseen, as a value: how long it holds, and what is left of a wait."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.beliefs import Beliefs
from queue_server.domain.estimate import Reckoning
from queue_server.domain.routing import arrival
from queue_server.domain.waiting import Outlook
from queue_server.usecases.foreseen import LULL, OLD, Blind, Foreseen, Learned, Seen
from tests.factories import DAY, OPENING, a_ticket, at

TICKET = a_ticket(serial=1)
BEHIND = a_ticket(serial=2, issued_at=at(4))
WAIT = Reckoning(9.0, 6.0, 13.0, "simulated")
LINE = ((arrival(TICKET), TICKET.id), (arrival(BEHIND), BEHIND.id))
FORESEEN = Foreseen(
    Outlook(OPENING, 40, {TICKET.id: WAIT, BEHIND.id: WAIT.later(5)}, {"A01": WAIT, "E01": None}),
    Learned(Beliefs({})),
    DAY,
    version=7,
    seq=3,
    seen={each.id: Seen(each.service, arrival(each)) for each in (TICKET, BEHIND)},
    lines={"A": LINE},
)


@pytest.mark.parametrize("sign", [1, -1])
def test_it_holds_for_a_while(sign: int) -> None:
    """A clock that went back makes it as old as one that went on."""
    assert FORESEEN.holds(OPENING + sign * OLD, DAY, 7, 99)
    late = OPENING + sign * (OLD + timedelta(milliseconds=1))
    assert not FORESEEN.holds(late, DAY, 7, 3)


def test_it_is_of_one_day_and_one_catalogue() -> None:
    """Another of either, and it says nothing."""
    assert not FORESEEN.holds(OPENING, DAY + timedelta(days=1), 7, 3)
    assert not FORESEEN.holds(OPENING, DAY, 8, 3)


def test_of_an_idle_hall_it_holds_while_nothing_happens() -> None:
    """One event, and it is as old as it is."""
    quiet = replace(FORESEEN, busy=False)
    assert quiet.holds(OPENING + LULL, DAY, 7, 3)
    assert not quiet.holds(OPENING + LULL, DAY, 7, 4)


@given(gone=st.floats(0, 60))
def test_what_is_left_is_never_less_than_nothing(gone: float) -> None:
    """Each end of the range shrinks with time, and none turns negative or passes another."""
    left = FORESEEN.of(TICKET, at(gone))
    assert left is not None
    assert 0 <= left.low <= left.minutes <= left.high <= WAIT.high
    assert left.minutes == pytest.approx(max(WAIT.minutes - gone, 0), abs=1e-3)


@given(back=st.floats(0, 60))
def test_a_clock_that_went_back_makes_no_wait_longer(back: float) -> None:
    """What was foreseen is the most."""
    assert FORESEEN.of(TICKET, at(-back)) == WAIT


@pytest.mark.parametrize(
    "moved",
    [
        a_ticket(serial=9),
        replace(TICKET, service="A02"),
        replace(TICKET, order_key=at(3)),
    ],
)
def test_who_stood_elsewhere_was_not_seen(moved) -> None:
    """Another ticket, another service, another place."""
    assert FORESEEN.of(moved, OPENING) is None


def test_who_steps_before_others_waits_as_the_first_of_them() -> None:
    """Behind the last one there is nobody to go by."""
    first = FORESEEN.behind("A", arrival(a_ticket(serial=8, issued_at=at(-1))), OPENING)
    between = FORESEEN.behind("A", arrival(a_ticket(serial=8, issued_at=at(1))), OPENING)
    assert (first, between) == (WAIT, WAIT.later(5))
    assert FORESEEN.behind("A", arrival(a_ticket(serial=8, issued_at=at(5))), OPENING) is None
    assert FORESEEN.behind("T", arrival(TICKET), OPENING) is None


@given(ahead=st.integers(0, 30), more=st.integers(0, 5))
def test_a_longer_line_is_a_longer_wait(ahead: int, more: int) -> None:
    """Each one more costs the minutes; a shorter line than was seen gains nothing."""
    wait = FORESEEN.newcomer("A01", "A", ahead, 4.0)
    longer = FORESEEN.newcomer("A01", "A", ahead + more, 4.0)
    assert wait is not None
    assert longer is not None
    assert longer.minutes >= wait.minutes >= WAIT.minutes
    assert wait.minutes == WAIT.minutes + 4.0 * max(ahead - 2, 0)


def test_what_nobody_serves_has_no_wait() -> None:
    """Nor has what was not asked for."""
    assert FORESEEN.newcomer("E01", "E", 0, 4.0) is None
    assert FORESEEN.newcomer("Z99", "Z", 0, 4.0) is None


def test_the_blind_see_nothing() -> None:
    """And have cost nothing."""
    assert Blind().newest() is None
    assert (Blind().doings().refreshes, Blind().doings().at) == (0, None)

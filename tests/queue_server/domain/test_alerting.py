"""Levels against the norm, and what a supervisor must see."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain import alerting, moves, routing
from queue_server.domain.alerting import Alert, Hall, Level, Line, Place
from queue_server.domain.routing import eligible
from queue_server.domain.ticket import Ticket, at_window
from tests.factories import a_catalogue, a_shift, a_ticket, at, minutes

NORM = minutes(15)
CATALOGUE = a_catalogue()


def hall(*waiting: Ticket, **places: Any) -> Hall:
    """Return a hall: `w1=a shift` opens window 1; the others are closed."""
    found = [places.get(f"w{plan.number}", Place(plan)) for plan in CATALOGUE.windows]
    return Hall(CATALOGUE, waiting, found)


def opened(number: int, **facts: Any) -> Place:
    """Return a window that is open since the opening."""
    shift = facts.pop("shift", a_shift(window=number, clerk=f"clerk{number}"))
    return Place(CATALOGUE.window(number), shift, **facts)


@pytest.mark.parametrize(
    ("waited", "expected"),
    [
        (0, Level.GREEN),
        (10.5, Level.GREEN),
        (10.51, Level.AMBER),
        (15, Level.AMBER),
        (15.01, Level.RED),
    ],
)
def test_green_until_seven_tenths_amber_until_the_norm_then_red(
    waited: float, expected: Level
) -> None:
    """The bounds themselves belong to the calmer side."""
    assert alerting.level(minutes(waited), NORM) is expected


@given(st.integers(0, 7200), st.integers(0, 7200), st.integers(60, 3600))
def test_a_longer_wait_is_never_calmer(one: int, other: int, norm: int) -> None:
    """The levels follow the wait."""
    order = list(Level)
    shorter, longer = sorted((one, other))
    found = [
        order.index(alerting.level(timedelta(seconds=each), timedelta(seconds=norm)))
        for each in (shorter, longer)
    ]
    assert found == sorted(found)


def test_the_wait_begins_anew_for_who_was_called_before() -> None:
    """A first wait counts from the issue, the next leg's from the end of the one before."""
    first = a_ticket(issued_at=at(0))
    served = moves.start(moves.call(first, 3, "ann", at(5)), "ann", at(6))
    onward = moves.finish(served, "ann", at(20), outcome="solved", delivery=None, onward="E01")
    assert alerting.waits_since(first) == at(0)
    assert alerting.waits_since(onward) == at(20)


def test_a_line_knows_its_longest_wait() -> None:
    """Each group has its line; who may not be called yet is counted, but waits for nobody."""
    early = a_ticket(serial=1, issued_at=at(3))
    late = a_ticket(serial=2, issued_at=at(9))
    delayed = a_ticket(serial=3, issued_at=at(0), not_before=at(60))
    found = alerting.lines(CATALOGUE, [late, early, delayed], at(10))
    assert found["A"] == Line("A", waiting=3, since=at(3))
    assert found["A"].waited(at(10)) == minutes(7)
    assert found["E"] == Line("E")
    assert found["E"].waited(at(10)) == timedelta()


def test_a_transferred_ticket_waits_in_the_group_of_its_service() -> None:
    """The letter on the slip stays, the line does not."""
    moved = a_ticket(service="E01", prefix="A")
    assert alerting.lines(CATALOGUE, [moved], at(1))["E"].waiting == 1


def test_the_norm_is_exceeded_by_group() -> None:
    """The alert says how many wait too long, and since when the first one does."""
    waiting = [a_ticket(serial=n, issued_at=at(n)) for n in (1, 2, 9)]
    found = alerting.alerts(hall(*waiting, w1=opened(1, hand=a_ticket())), at(18))
    assert found == [Alert("norm", "A", 2, at(1))]
    lines = alerting.lines(CATALOGUE, waiting, at(18))
    assert alerting.beyond(lines, NORM, at(18)) == {"A"}


def test_within_the_norm_and_served_there_is_nothing_to_say() -> None:
    """A window at work and a short line make no alert."""
    assert alerting.alerts(hall(a_ticket(), w1=opened(1, hand=a_ticket())), at(2)) == []


def test_a_service_without_an_open_window() -> None:
    """Those who wait for it cannot be called by anybody."""
    found = alerting.alerts(hall(a_ticket(service="E01"), w1=opened(1)), at(1))
    assert found == [Alert("unserved", "E01", 1, at(0), "service")]


def test_a_need_that_nobody_open_can_meet() -> None:
    """The service has its window, the visitor has none."""
    deaf = a_ticket(needs=frozenset({"sign_language"}))
    found = alerting.alerts(hall(deaf, w1=opened(1, hand=a_ticket())), at(1))
    assert found == [Alert("unserved", "A01", 1, at(0), "need")]


def test_a_visitor_sent_to_a_closed_window() -> None:
    """Nobody else may call, so somebody must be told."""
    sent = a_ticket(place=at_window(2))
    found = alerting.alerts(hall(sent, w1=opened(1, hand=a_ticket())), at(1))
    assert found == [Alert("unserved", "A01", 1, at(0), "place")]


def test_an_idle_window_while_somebody_waits_for_it() -> None:
    """After a breath it is told; the idleness begins with the first whom it could call."""
    waiting = a_ticket(issued_at=at(5))
    idle = hall(waiting, w1=opened(1))
    assert alerting.alerts(idle, at(6)) == []
    assert alerting.alerts(idle, at(7)) == [Alert("idle", "1", 1, at(5))]
    assert alerting.alerts(hall(a_ticket(service="E01"), w2=opened(2), w1=opened(1)), at(9)) == [
        Alert("idle", "2", 1, at(0))
    ]


@pytest.mark.parametrize(
    "place",
    [
        opened(1, hand=a_ticket(serial=9)),
        opened(1, shift=a_shift(window=1, paused_at=at(0))),
        opened(1, shift=a_shift(window=1, wrapping_at=at(0))),
        opened(1, shift=a_shift(window=1, ready_at=at(19))),
        opened(1, last_move=at(19)),
    ],
    ids=["a visitor", "a break", "papers", "just back", "just finished"],
)
def test_a_clerk_with_something_to_do_is_not_idle(place: Place) -> None:
    """A visitor, a break, papers, or a moment ago something of these."""
    found = alerting.alerts(hall(a_ticket(issued_at=at(10)), w1=place), at(20))
    assert [alert.kind for alert in found] == []


@given(
    st.lists(st.sampled_from(["A01", "A02", "E01", "E02"]), max_size=12),
    st.sets(st.sampled_from([1, 2, 3])),
)
def test_whoever_waits_has_a_window_or_an_alert(services: list[str], numbers: set[int]) -> None:
    """No visitor is forgotten: some open window may call them, or the supervisor is told."""
    waiting = [a_ticket(serial=n, service=s) for n, s in enumerate(services, 1)]
    places = {f"w{n}": opened(n, hand=a_ticket(serial=99)) for n in numbers}
    told = {
        a.subject for a in alerting.alerts(hall(*waiting, **places), at(1)) if a.kind == "unserved"
    }
    desks = [routing.desk(p.plan, p.shift) for p in places.values()]
    for ticket in waiting:
        assert any(eligible(ticket, desk, at(1)) for desk in desks) != (ticket.service in told)

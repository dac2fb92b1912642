"""The picture of the hall, its figures, and the watch on the norm."""

from __future__ import annotations

from typing import Any

import pytest

from queue_server.contracts.asks import CallTicket
from queue_server.contracts.floor import FloorOut
from queue_server.domain.errors import Forbidden
from queue_server.domain.ticket import State
from queue_server.usecases import floor, serving, shifts
from queue_server.usecases.access import SYSTEM, Actor
from queue_server.usecases.ports import Center
from tests.conftest import HandClock
from tests.queue_server.usecases.foretelling import Teller, foreseeing, minutes
from tests.queue_server.usecases.people import (
    RECEPTION,
    SUPERVISOR,
    call_next,
    clerk,
    do,
    events,
    issue,
    open_window,
)

CONTROLLER = Actor("person", "controller", "controller")


def picture(center: Center) -> FloorOut:
    """Return the hall as the supervisor sees it."""
    return do(center, SUPERVISOR, floor.picture)


def window(seen: FloorOut, number: int) -> Any:
    """Return one window of a picture."""
    return next(each for each in seen.windows if each.number == number)


def watched(center: Center) -> list[tuple[object, object, object]]:
    """Watch the norm as the ticker does; return all that was ever written about it."""
    if floor.norm_crossed(center):
        do(center, SYSTEM, floor.watch_norm)
    return [
        (event["type"], event["subject"], event["detail"])
        for event in events(center)
        if str(event["type"]).startswith("norm_")
    ]


def test_the_picture_shows_everything_open(center: Center, clock: HandClock) -> None:
    """Windows with clerk and ticket, who waits in the order of the queue, who is set aside."""
    for number in (1, 2):
        open_window(center, number)
    first, second, third = (issue(center) for _ in range(3))
    call_next(center, 1)
    do(center, clerk(2), lambda act: shifts.pause_window(act, 2, "tea"))
    clock.pass_(minutes=1)
    do(center, clerk(1), lambda act: serving.no_show(act, first.id, None))
    called = call_next(center, 1)
    seen = picture(center)
    assert called is not None
    at_work, paused, closed = (window(seen, number) for number in (1, 2, 3))
    assert (at_work.state, at_work.clerk, at_work.ticket.id) == ("open", "clerk1", second.id)
    assert (paused.state, paused.reason, paused.ticket) == ("paused", "tea", None)
    assert (closed.state, closed.clerk, closed.since) == ("closed", None, None)
    assert [ticket.id for ticket in seen.waiting] == [third.id]
    assert [(ticket.id, ticket.state) for ticket in seen.parked] == [(first.id, State.NO_SHOW)]
    assert seen.clerks[0].name
    assert seen.norm == 15


def test_the_order_is_the_queue_s(center: Center) -> None:
    """A statutory visitor stands first, whoever came before."""
    ordinary, statutory = issue(center), issue(center)
    change = "disability_child"
    from queue_server.usecases import reception  # noqa: PLC0415 - only here

    do(
        center,
        RECEPTION,
        lambda act: reception.change_category(act, statutory.id, change, "papers seen", None),
    )
    assert [ticket.id for ticket in picture(center).waiting] == [statutory.id, ordinary.id]


def test_a_controller_looks_and_a_clerk_does_not(center: Center) -> None:
    """The floor is for those who oversee it."""
    assert do(center, CONTROLLER, floor.picture).windows
    with pytest.raises(Forbidden):
        do(center, clerk(1), floor.picture)


def test_figures_by_group(center: Center, clock: HandClock) -> None:
    """How many wait, since when the first one, and which open windows take any of it."""
    issue(center)
    since = picture(center).waiting[0].issued_at
    clock.pass_(minutes=2)
    issue(center)
    open_window(center, 1)
    group = next(g for g in picture(center).figures.groups if g.prefix == "A")
    assert (group.waiting, group.since, group.windows) == (2, since, [1])
    assert 0 <= group.low < group.high


def test_the_day_s_figures(center: Center, clock: HandClock) -> None:
    """Waits count from the issue to the first call, also of who was called twice."""
    open_window(center, 1)
    first, second = issue(center), issue(center)
    clock.pass_(minutes=4)
    call_next(center, 1)
    clock.pass_(minutes=1)
    do(center, clerk(1), lambda act: serving.give_back(act, first.id, "x", None))
    again = CallTicket(ticket=first.id)
    do(center, clerk(1), lambda act: serving.call_this(act, 1, again))
    clock.pass_(minutes=15)
    assert call_next(center, 1) is not None
    day = picture(center).figures.day
    assert second.id
    assert (day.issued, day.served, day.at_windows, day.waiting) == (2, 1, 1, 0)
    assert (day.called, day.mean_wait, day.within_norm) == (2, 12.0, 0.5)


def test_an_empty_morning_has_no_mean(center: Center) -> None:
    """Nothing is divided by nobody."""
    day = picture(center).figures.day
    assert (day.called, day.mean_wait, day.within_norm) == (0, None, None)


def test_an_idle_window_and_visitors_nobody_can_call(center: Center, clock: HandClock) -> None:
    """Both are told in the picture, as the domain finds them."""
    open_window(center, 1)
    issue(center)
    issue(center, "U01")
    clock.pass_(minutes=3)
    alerts = picture(center).figures.alerts
    assert [(a.kind, a.subject, a.lack) for a in alerts] == [
        ("unserved", "U01", "service"),
        ("idle", "1", None),
    ]


def test_a_clerk_who_has_just_finished_is_not_idle(center: Center, clock: HandClock) -> None:
    """The last move of the clerk's tickets counts, and so does the end of a break."""
    open_window(center, 1)
    done = issue(center)
    call_next(center, 1)
    issue(center)
    clock.pass_(minutes=10)
    do(center, clerk(1), lambda act: serving.give_back(act, done.id, "x", None))
    assert picture(center).figures.alerts == []
    clock.pass_(minutes=2)
    assert [a.kind for a in picture(center).figures.alerts] == ["idle"]
    do(center, clerk(1), lambda act: shifts.pause_window(act, 1, None))
    clock.pass_(minutes=1)
    open_window(center, 1)
    assert picture(center).figures.alerts == []


def test_a_crossing_of_the_norm_is_written_once(center: Center, clock: HandClock) -> None:
    """Beyond it once, however often it is looked at, and back within it once."""
    issue(center)
    assert watched(center) == []
    clock.pass_(minutes=15, seconds=1)
    exceeded = ("norm_exceeded", "A", "15")
    assert watched(center) == [exceeded]
    clock.pass_(minutes=5)
    assert watched(center) == [exceeded]
    open_window(center, 1)
    call_next(center, 1)
    assert watched(center) == [exceeded, ("norm_kept", "A", "0")]
    issue(center)
    clock.pass_(minutes=16)
    assert watched(center)[2:] == [("norm_exceeded", "A", "16")]


def test_a_new_day_begins_within_the_norm(center: Center, clock: HandClock) -> None:
    """What waited yesterday has expired; its crossing does not end today."""
    issue(center)
    clock.pass_(minutes=20)
    watched(center)
    clock.pass_(days=1)
    assert len(watched(center)) == 1
    issue(center)
    clock.pass_(minutes=20)
    assert len(watched(center)) == 2


def test_before_the_first_day_nothing_is_watched(center: Center) -> None:
    """A center that has never opened has no norm to cross."""
    assert not floor.norm_crossed(center)


def test_what_was_foreseen_of_each_is_shown(center: Center) -> None:
    """In how many minutes each is likely to be called, and what the visitor was told."""
    open_window(center, 1)
    ticket = issue(foreseeing(center, Teller({"A02": minutes(22)})), "A02")
    seeing = foreseeing(center, Teller({"A02": minutes(30)}, {ticket.id: minutes(17.4)}))
    seen = picture(seeing)
    assert seen.figures.expected == {ticket.id: 17}
    assert seen.waiting[0].promised == (15, 30)
    groups = {group.prefix: group for group in seen.figures.groups}
    assert (groups["A"].low, groups["A"].high) == (25, 35)
    unserved = [group for group in seen.figures.groups if not group.windows]
    assert unserved
    assert all((group.low, group.high) == (None, None) for group in unserved)
    assert picture(center).figures.expected == {}


def test_who_is_served_by_nobody_is_not_expected(center: Center) -> None:
    """The alert says it; hours that nobody meant would only frighten."""
    with center.read() as work:
        takers = work.catalogues.current().takers
    other = next(service for service in takers if 1 not in takers[service] and takers[service])
    open_window(center, 1)
    issue(center, other)
    assert picture(foreseeing(center)).figures.expected == {}

"""The hall as plain values."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from queue_server.contracts.asks import BookTicket, FinishTicket
from queue_server.domain.hall_now import HallNow
from queue_server.domain.ticket import FIRST, QUEUE, State
from queue_server.usecases import booking, reception, serving, shifts
from queue_server.usecases.access import SYSTEM
from queue_server.usecases.act import Act
from queue_server.usecases.expecting import hall_now
from queue_server.usecases.ports import Center
from tests.conftest import HandClock
from tests.queue_server.usecases.people import (
    RECEPTION,
    call_next,
    clerk,
    do,
    issue,
    open_window,
)

#: ten in the morning in Tashkent, as the tests' clock begins
MORNING = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


def seen(center: Center) -> HallNow:
    """Return the hall, read as the foresight does."""
    with center.read() as work:
        return hall_now(Act(center, work, SYSTEM, center.clock.now()))


def changed(center: Center, change: Callable[[dict[str, Any]], None]) -> None:
    """Put a changed catalogue in force."""
    with center.write() as work:
        document = dict(work.catalogues.document())
        change(document)
        work.catalogues.add(document, "test", center.clock.now())


def keeping_hours(document: dict[str, Any]) -> None:
    """Let tickets be given inside the hours only."""
    document["rules"] = {**document["rules"], "keep_hours": True}


def eating(document: dict[str, Any]) -> None:
    """Let window 1 eat from ten to eleven."""
    document["hours"] = {**document["hours"], "lunch": [["10:00", "11:00"]]}
    windows = [dict(each) for each in document["windows"]]
    for each in windows:
        each["lunch"] = 1 if each["number"] == 1 else 0
    document["windows"] = windows


def test_who_waits_is_seen_with_all_that_the_rule_reads(center: Center) -> None:
    """Place, right and needs; no more than that."""
    ordinary = issue(center, "E01", language="ru", needs=["sign_language"])
    late = issue(center, "E02")
    first = do(
        center,
        RECEPTION,
        lambda act: reception.change_category(act, late.id, "disability", "seen", None),
    )
    hall = seen(center)
    found = {who.id: who for who in hall.waiting}
    assert (found[ordinary.id].language, found[ordinary.id].needs) == ("ru", {"sign_language"})
    assert (found[first.id].statutory, found[first.id].order_key) == (True, FIRST)
    assert [who.id for who in hall.waiting] == [first.id, ordinary.id]
    assert hall.offset == 300


def test_every_service_is_asked_for(center: Center) -> None:
    """A kiosk shows them all."""
    with center.read() as work:
        services = [service.id for service in work.catalogues.current().services]
    assert [who.id for who in seen(center).asked] == services


def test_open_windows_work_with_whom_they_have(center: Center) -> None:
    """Who was called, and whether the visitor has come; a break has its beginning."""
    issue(center, "A02")
    open_window(center, 1)
    open_window(center, 2)
    called = call_next(center, 1)
    assert called is not None
    do(center, clerk(2), lambda act: shifts.pause_window(act, 2, None))
    first, second = seen(center).desks
    assert (first.desk.number, first.desk.clerk) == (1, "clerk1")
    assert first.hand is not None
    assert (first.hand.service, first.hand.came, first.hand.called_at) == ("A02", False, MORNING)
    assert (second.hand, second.paused_at) == (None, MORNING)
    do(center, clerk(1), lambda act: serving.start(act, called.id, None))
    assert seen(center).desks[0].hand is not None
    assert seen(center).desks[0].hand.came  # type: ignore[union-attr]


def test_the_rest_of_a_visit_comes_after_the_one_at_the_window(center: Center) -> None:
    """A second leg waits in the queue again, with the place that it had."""
    ticket = issue(center, "A02", legs=["E01"])
    open_window(center, 1)
    call_next(center, 1)
    hand = seen(center).desks[0].hand
    assert hand is not None
    assert hand.then is not None
    assert (hand.then.id, hand.then.service, hand.then.place) == (ticket.id, "E01", QUEUE)


def test_who_is_set_aside_or_missing_is_left_out(center: Center, clock: HandClock) -> None:
    """They may come back, or not."""
    issue(center, "A02")
    open_window(center, 1)
    called = call_next(center, 1)
    assert called is not None
    clock.pass_(minutes=2)
    do(center, clerk(1), lambda act: serving.no_show(act, called.id, None))
    hall = seen(center)
    assert (hall.waiting, hall.desks[0].hand) == ((), None)


def test_before_any_window_is_open_the_plan_s_are_taken_to_be(center: Center) -> None:
    """At once where hours are not kept; else once the doors are open."""
    hall = seen(center)
    assert len(hall.desks) == 12
    assert all(not each.holds(MORNING) for desk in hall.desks for each in desk.away)
    assert hall.ends is None


def test_before_the_doors_open_nobody_calls(center: Center, clock: HandClock) -> None:
    """The plan's windows are away until nine; visitors are let in until the stop."""
    clock.at = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    changed(center, keeping_hours)
    hall = seen(center)
    opening = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
    assert {each.away[0].ends for each in hall.desks} == {opening}
    assert hall.ends is not None
    assert opening < hall.ends < opening + timedelta(hours=12)


def test_a_lunch_still_to_come_is_foreseen(center: Center, clock: HandClock) -> None:
    """By the window's own shift of it; one that is over is not."""
    clock.at = MORNING - timedelta(minutes=30)
    changed(center, eating)
    open_window(center, 1)
    open_window(center, 2)
    first, second = seen(center).desks
    assert [(each.begins, each.ends) for each in first.away] == [
        (MORNING, MORNING + timedelta(hours=1))
    ]
    assert second.away == ()
    clock.at = MORNING + timedelta(hours=1)
    assert seen(center).desks[0].away == ()


def test_a_lunch_is_not_eaten_twice(center: Center, clock: HandClock) -> None:
    """Who is back from a break that lay in it goes on; a break before it was no lunch."""
    clock.at = MORNING - timedelta(minutes=20)
    changed(center, eating)
    open_window(center, 1)
    do(center, clerk(1), lambda act: shifts.pause_window(act, 1, None))
    clock.pass_(minutes=5)
    do(center, clerk(1), lambda act: shifts.open_window(act, 1))
    clock.at = MORNING + timedelta(minutes=1)
    assert seen(center).desks[0].away
    do(center, clerk(1), lambda act: shifts.pause_window(act, 1, "lunch"))
    assert seen(center).desks[0].away
    clock.pass_(minutes=25)
    do(center, clerk(1), lambda act: shifts.open_window(act, 1))
    assert seen(center).desks[0].away == ()


def first_slot(center: Center) -> datetime:
    """Book a time of this afternoon and return it."""
    at = MORNING + timedelta(hours=3)
    wish = BookTicket(service="A02", at=at.isoformat())
    do(center, RECEPTION, lambda act: booking.book_at_desk(act, wish))
    return at


def test_an_appointment_of_today_is_expected_at_its_time(center: Center) -> None:
    """It will stand at its slot less the head start; yesterday's and tomorrow's are nobody's."""
    slot = first_slot(center)
    hall = seen(center)
    (booked,) = hall.booked
    assert (booked.not_before, booked.state) == (slot, State.WAITING)
    assert booked.order_key == slot - timedelta(minutes=20)


def test_a_finished_visit_is_gone(center: Center) -> None:
    """Nobody waits, nobody is served: the hall is idle."""
    issue(center, "A02")
    open_window(center, 1)
    called = call_next(center, 1)
    assert called is not None
    do(center, clerk(1), lambda act: serving.start(act, called.id, None))
    wish = FinishTicket(outcome="solved")
    do(center, clerk(1), lambda act: serving.finish(act, called.id, wish))
    hall = seen(center)
    assert (hall.waiting, [each.hand for each in hall.desks]) == ((), [None])

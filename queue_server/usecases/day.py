"""The day's course: opening, what time alone brings about, and the close."""

from __future__ import annotations

from queue_server.domain import moves
from queue_server.domain import window as windows
from queue_server.domain.calendar import service_day
from queue_server.domain.ticket import State, Ticket
from queue_server.usecases import leasing, recording
from queue_server.usecases.access import SYSTEM
from queue_server.usecases.act import Act
from queue_server.usecases.ports import Center


def open_today(act: Act) -> None:
    """Roll to today's service day; what an earlier day left open expires."""
    today = service_day(act.work.day, act.now, act.catalogue.timezone)
    if today == act.work.day:
        return
    if act.work.day is not None:
        leasing.settle(act, act.work.day)
    act.work.open_day(today)
    for left in act.work.tickets.open_before(today):
        recording.moved(act, "ticket_expired", left, moves.expire(left, act.now))
    for shift in act.work.shifts.open():
        closed = windows.close(shift, act.now)
        act.work.shifts.save(closed)
        recording.shift_changed(act, "window_closed", closed)
    recording.noted(act, "day_opened", today.isoformat())


def pass_time(act: Act) -> None:
    """Do what time alone brings about: holds that are over, visitors who never came."""
    for held in act.work.tickets.holds_over(act.now):
        recording.moved(act, "ticket_hold_ended", held, moves.hold_over(held, act.now))
    for called in act.work.tickets.at_windows():
        if _never_came(act, called):
            gone = moves.no_show(called, "system", act.now, act.catalogue.rules.least_call_time)
            recording.moved(act, "ticket_missed", called, gone)


def due(center: Center) -> bool:
    """Return whether time alone has brought something about; reads only."""
    with center.read() as work:
        if work.catalogue_version == 0:
            return False
        act = Act(center, work, SYSTEM, center.clock.now())
        return (
            service_day(work.day, act.now, act.catalogue.timezone) != work.day
            or bool(work.tickets.holds_over(act.now))
            or any(_never_came(act, called) for called in work.tickets.at_windows())
        )


def _never_came(act: Act, ticket: Ticket) -> bool:
    """Whether the center lets a ticket become a no-show by itself, and this one is due."""
    calls, gap = act.catalogue.rules.no_show_calls, act.catalogue.rules.least_call_time
    return (
        calls is not None
        and ticket.state is State.CALLED
        and ticket.recalls + 1 >= calls
        and ticket.moved_at is not None
        and act.now >= ticket.moved_at + gap
    )

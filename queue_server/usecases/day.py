"""The day's course: opening, what time alone brings about, and the close."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from queue_server.domain import calendar, halt, moves
from queue_server.domain import window as windows
from queue_server.domain.ticket import QUEUE, State, Ticket
from queue_server.usecases import administration, checking, leasing, recording, reporting
from queue_server.usecases.access import SYSTEM
from queue_server.usecases.act import Act
from queue_server.usecases.ports import Center

#: with nobody left in the hall, a day ends by itself so long after the doors have closed
AFTER_HOURS: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)


def open_today(act: Act) -> None:
    """Roll to today's service day where one has begun; what an earlier day left open ends."""
    today = new_day(act)
    if today is None:
        return
    kept, last = halt.parse(act.work.halted), 0
    if act.work.day is not None:
        keep = kept is not None and kept.keep
        end_day(act, act.work.day, keep=keep)
        last = act.work.numbers.highest(act.work.day) if keep else 0
    _begin(act, today)
    _number_on(act, last)
    if kept is not None and kept.kind == "closed":
        act.work.halted = None


def new_day(act: Act) -> date | None:
    """Return the service day that has begun, or None while the open one goes on.

    A day whose windows are still open goes on past midnight, at most until the center's hour.
    """
    today = calendar.service_day(act.work.day, act.now, act.catalogue.timezone)
    if act.work.day is None or today == act.work.day:
        return None if today == act.work.day else today
    ends = calendar.latest_end(act.work.day, act.catalogue.rules.day_ends, act.catalogue.timezone)
    return None if act.now < ends and act.work.shifts.open() else today


def end_day(act: Act, day: date, *, keep: bool = False, reason: str | None = None) -> None:
    """Close a day: visitors left in it expire, or with `keep` they wait on; windows close."""
    leasing.settle(act, day)
    for left in act.work.tickets.open_before(day + _DAY):
        _keep(act, left) if keep and left.state in _KEPT else _expire(act, left)
    for shift in act.work.shifts.open():
        closed = windows.close(shift, act.now)
        act.work.shifts.save(closed)
        recording.shift_changed(act, "window_closed", closed)
    recording.noted(act, "queue_kept" if keep else "day_closed", day.isoformat(), reason=reason)
    act.work.days.close(day, act.work.seq)
    reporting.roll_up(act, day)
    checking.checked(act, day)


def pass_time(act: Act) -> None:
    """Do what time alone brings about: holds that are over, visitors who never came, the end."""
    if act.work.halted is not None:
        return
    for held in act.work.tickets.holds_over(act.now):
        recording.moved(act, "ticket_hold_ended", held, moves.hold_over(held, act.now))
    for called in act.work.tickets.at_windows():
        if _never_came(act, called):
            gone = moves.no_show(called, "system", act.now, act.catalogue.rules.least_call_time)
            recording.moved(act, "ticket_missed", called, gone)
    if _is_done(act):
        end_day(act, act.day)
        act.work.halted = str(halt.Halt("closed"))


def due(center: Center) -> bool:
    """Return whether time alone has brought something about; reads only."""
    with center.read() as work:
        if work.catalogue_version == 0:
            return False
        act = Act(center, work, SYSTEM, center.clock.now())
        if new_day(act) is not None:
            return True
        return work.halted is None and (
            bool(work.tickets.holds_over(act.now))
            or any(_never_came(act, called) for called in work.tickets.at_windows())
            or _is_done(act)
        )


#: who keeps the place in a queue that is kept; a no-show or a booking of a past day does not
_KEPT: Final = frozenset({State.WAITING, State.CALLED, State.SERVING, State.ON_HOLD})


def _begin(act: Act, today: date) -> None:
    act.work.open_day(today)
    act.work.days.add(today, act.work.seq + 1)
    recording.noted(act, "day_opened", today.isoformat())
    administration.drop_past(act, today)


def _number_on(act: Act, last: int) -> None:
    """Let the numbers go on after those that still wait: two visitors never share one."""
    for group in act.catalogue.groups if last else ():
        act.work.numbers.skip_to(act.day, group.prefix, last)


def _expire(act: Act, left: Ticket) -> None:
    recording.moved(act, "ticket_expired", left, moves.expire(left, act.now))


def _keep(act: Act, left: Ticket) -> None:
    if left.state is State.ON_HOLD:
        recording.moved(act, "ticket_hold_ended", left, moves.hold_over(left, act.now))
    elif left.state is not State.WAITING or left.place != QUEUE:
        back = moves.transfer(left, SYSTEM.name, act.now, service=left.service)
        recording.moved(act, "ticket_transferred", left, back, reason="queue kept")


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


def _is_done(act: Act) -> bool:
    """Whether a center that keeps its hours has closed a while ago, with nobody left in it."""
    if not act.catalogue.rules.keep_hours:
        return False
    openings = act.catalogue.calendar.opens(act.day)
    over = not openings or act.now >= openings[-1].ends + AFTER_HOURS
    return over and not act.work.shifts.open() and not sum(act.work.tickets.waiting().values())

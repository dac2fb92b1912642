"""The hall stands still: an emergency that keeps the queue, or the end of the day."""

from __future__ import annotations

from queue_server.contracts.api import StandstillOut
from queue_server.contracts.asks import CloseDay, SuspendHall
from queue_server.domain import halt
from queue_server.domain import window as windows
from queue_server.domain.errors import WindowBusy
from queue_server.domain.halt import Halt
from queue_server.usecases import day, recording
from queue_server.usecases.act import Act
from queue_server.usecases.ports import Center
from queue_server.usecases.rights import right


@right("hall:suspend")
def suspend(act: Act, wish: SuspendHall) -> StandstillOut:
    """Stop issuing and calling; everyone keeps the place, and with `keep` overnight too."""
    if (now := halt.parse(act.work.halted)) and now.kind == "closed":
        halt.must_work(act.work.halted)
    act.work.halted = str(Halt("suspended", wish.reason, wish.keep))
    for shift in act.work.shifts.open():
        if shift.paused_at is None:
            paused = windows.pause(shift, act.now, wish.reason)
            act.work.shifts.save(paused)
            recording.shift_changed(act, "window_paused", paused)
    detail = "kept overnight" if wish.keep else None
    recording.noted(act, "hall_suspended", str(act.day), detail, reason=wish.reason)
    return _out(act)


@right("hall:suspend")
def resume(act: Act) -> StandstillOut:
    """Let the hall work again, also a day that was closed; its clerks end their breaks."""
    if act.work.halted is not None:
        act.work.halted = None
        act.work.days.close(act.day, None)
        recording.noted(act, "hall_resumed", str(act.day))
    return _out(act)


@right("day:close")
def close_day(act: Act, wish: CloseDay) -> StandstillOut:
    """End the day: who still waits expires, and no tickets are issued until tomorrow.

    Raises WindowBusy while a visitor is at a window.
    """
    busy = sorted(ticket.window for ticket in act.work.tickets.at_windows() if ticket.window)
    if busy:
        raise WindowBusy("Visitors are still at windows; finish them first.", windows=busy)
    if (now := halt.parse(act.work.halted)) is None or now.kind != "closed":
        day.end_day(act, act.day, reason=wish.reason)
        act.work.halted = str(Halt("closed"))
    return _out(act)


def state(center: Center) -> StandstillOut:
    """Return whether the hall works."""
    with center.read() as work:
        return _shown(str(work.day), halt.parse(work.halted))


def _out(act: Act) -> StandstillOut:
    return _shown(str(act.day), halt.parse(act.work.halted))


def _shown(day: str, now: Halt | None) -> StandstillOut:
    return StandstillOut(
        day=day,
        state=now.kind if now else "open",
        reason=now.reason or None if now else None,
        keep=bool(now and now.keep),
    )

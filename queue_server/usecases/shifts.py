"""A clerk's shift at a window: open, pause, close."""

from __future__ import annotations

from queue_server.contracts.api import WindowOut
from queue_server.contracts.messages import WindowEventType
from queue_server.domain import moves, routing
from queue_server.domain import window as windows
from queue_server.domain.errors import (
    ClerkElsewhere,
    Forbidden,
    WindowBusy,
    WindowClosed,
    WindowTaken,
)
from queue_server.domain.window import Shift
from queue_server.usecases import recording, views
from queue_server.usecases.access import Actor
from queue_server.usecases.act import Act
from queue_server.usecases.rights import right


@right("window:work")
def open_window(act: Act, number: int) -> WindowOut:
    """Open the window for the clerk, or end the break.

    Raises WindowTaken when another clerk has it, ClerkElsewhere when this clerk has another.
    """
    act.catalogue.window(number)
    at_own_window(act.actor, number)
    shift = act.work.shifts.at(number)
    if shift is None:
        _begin(act, number)
    elif shift.clerk != act.actor.name and not act.actor.may("window:any"):
        raise WindowTaken
    elif shift.paused_at is not None:
        _keep(act, "window_resumed", windows.resume(shift))
    return views.window(act, number)


@right("window:work")
def pause_window(act: Act, number: int, reason: str | None) -> WindowOut:
    """Begin a break."""
    shift = own_shift(act, number)
    _keep(act, "window_paused", windows.pause(shift, act.now, reason))
    return views.window(act, number)


@right("window:work")
def close_window(act: Act, number: int) -> WindowOut:
    """End the shift; raises WindowBusy while a visitor is at the window.

    Who waited for just this window or this clerk joins the queue, at the place of old.
    """
    shift = own_shift(act, number)
    if act.work.tickets.in_hand(number) is not None:
        raise WindowBusy("Finish the visitor at the window first.")
    desk = routing.desk(act.catalogue.window(number), shift)
    for placed in (t for t in act.work.tickets.line(desk) if t.place in desk.own_places):
        freed = moves.transfer(placed, act.actor.name, act.now, service=placed.service)
        recording.moved(act, "ticket_transferred", placed, freed, reason="window closed")
    _keep(act, "window_closed", windows.close(shift, act.now))
    return views.window(act, number)


def own_shift(act: Act, number: int) -> Shift:
    """Return the open shift of the actor's own window; a supervisor may act for any.

    Raises UnknownWindow, Forbidden for another clerk's window, WindowClosed.
    """
    act.catalogue.window(number)
    at_own_window(act.actor, number)
    shift = act.work.shifts.at(number)
    if shift is None:
        raise WindowClosed
    if shift.clerk != act.actor.name and not act.actor.may("window:any"):
        raise Forbidden("Another clerk has this window.")
    return shift


def at_own_window(actor: Actor, number: int) -> None:
    """Raise Forbidden where a clerk's fixed window is another one."""
    if actor.window is not None and actor.window != number and not actor.may("window:any"):
        raise Forbidden(f"Your window is {actor.window}.")


def _begin(act: Act, number: int) -> None:
    elsewhere = act.work.shifts.of(act.actor.name)
    if elsewhere is not None:
        raise ClerkElsewhere(f"You have window {elsewhere.window} open.")
    shift = Shift(number, act.actor.name, act.now)
    act.work.shifts.add(shift)
    recording.shift_changed(act, "window_opened", shift)


def _keep(act: Act, event: WindowEventType, shift: Shift) -> None:
    act.work.shifts.save(shift)
    recording.shift_changed(act, event, shift)

"""A clerk's shift at a window: open, pause, finish papers, close."""

from __future__ import annotations

from typing import Final

from queue_server.contracts.api import WindowOut
from queue_server.contracts.messages import WindowEventType
from queue_server.domain import moves, routing
from queue_server.domain import window as windows
from queue_server.domain.errors import (
    ClerkElsewhere,
    Forbidden,
    UnknownClerk,
    WindowBusy,
    WindowClosed,
    WindowTaken,
)
from queue_server.domain.window import Shift
from queue_server.usecases import recording, views
from queue_server.usecases.access import Actor
from queue_server.usecases.act import Act
from queue_server.usecases.rights import right

#: a device at a window, whose keys are the keys of the clerk who works there
CALL_PAD: Final = "callpad"


@right("window:work")
def open_window(
    act: Act, number: int, clerk: str | None = None, reason: str | None = None
) -> WindowOut:
    """Open the window, or end the break; a supervisor may name the clerk who is to work there.

    Raises WindowTaken when another clerk has it, ClerkElsewhere when the clerk has another,
    UnknownClerk, and WindowClosed for a call pad: it begins no shift.
    """
    act.catalogue.window(number)
    at_own_window(act.actor, number)
    shift = act.work.shifts.at(number)
    if shift is None:
        _begin(act, number, _who_opens(act, number, clerk), reason)
    elif not _acts_for(act.actor, shift) or clerk not in (None, shift.clerk):
        raise WindowTaken
    elif shift.paused_at is not None:
        _keep(act, "window_resumed", windows.resume(shift, act.now), reason)
    return views.window(act, number)


@right("window:work")
def pause_window(act: Act, number: int, reason: str | None) -> WindowOut:
    """Begin a break; one already begun goes on."""
    shift = end_wrap_up(act, own_shift(act, number))
    if shift.paused_at is None:
        _keep(act, "window_paused", windows.pause(shift, act.now, reason))
    return views.window(act, number)


@right("window:work")
def wrap_up(act: Act, number: int) -> WindowOut:
    """Finish the last visitor's papers before the next call; raises WindowBusy with a visitor."""
    shift = own_shift(act, number)
    wrapping = windows.wrap_up(shift, act.now)
    must_be_free(act, number)
    if wrapping != shift:
        _keep(act, "window_wrap_up_began", wrapping)
    return views.window(act, number)


@right("window:work")
def ready(act: Act, number: int) -> WindowOut:
    """Have finished the papers; calls nobody yet."""
    end_wrap_up(act, own_shift(act, number))
    return views.window(act, number)


@right("window:work")
def close_window(act: Act, number: int, reason: str | None = None) -> WindowOut:
    """End the shift; raises WindowBusy while a visitor is at the clerk's window.

    Who waited for just this window or this clerk joins the queue, at the place of old; so does
    a visitor whose clerk has gone, when a supervisor closes the window.
    """
    shift = own_shift(act, number)
    if shift.clerk != clerk_of(act):
        _free(act, number)
    must_be_free(act, number)
    desk = routing.desk(act.catalogue.window(number), shift)
    for placed in (t for t in act.work.tickets.line(desk) if t.place in desk.own_places):
        freed = moves.transfer(placed, act.actor.name, act.now, service=placed.service)
        recording.moved(act, "ticket_transferred", placed, freed, reason="window closed")
    shift = end_wrap_up(act, shift)
    _keep(act, "window_closed", windows.close(shift, act.now), reason)
    return views.window(act, number)


def own_shift(act: Act, number: int) -> Shift:
    """Return the open shift of the actor's own window.

    A supervisor may act for any, a call pad for the clerk at its window. Raises UnknownWindow,
    Forbidden for another clerk's window, WindowClosed.
    """
    act.catalogue.window(number)
    at_own_window(act.actor, number)
    shift = act.work.shifts.at(number)
    if shift is None:
        raise WindowClosed
    if not _acts_for(act.actor, shift):
        raise Forbidden("Another clerk has this window.")
    return shift


def at_own_window(actor: Actor, number: int) -> None:
    """Raise Forbidden where a clerk's fixed window is another one."""
    if actor.window is not None and actor.window != number and not actor.may("window:any"):
        raise Forbidden(f"Your window is {actor.window}.")


def clerk_of(act: Act) -> str:
    """Return whose moves the actor makes: a call pad's are those of the clerk at its window."""
    if act.actor.role != CALL_PAD or act.actor.window is None:
        return act.actor.name
    return own_shift(act, act.actor.window).clerk


def end_wrap_up(act: Act, shift: Shift) -> Shift:
    """Return the shift once no papers are left to finish; says so where there were some."""
    if shift.wrapping_at is None:
        return shift
    return _keep(act, "window_wrap_up_ended", windows.wrapped_up(shift, act.now))


def must_be_free(act: Act, number: int) -> None:
    """Raise WindowBusy while a visitor is at the window."""
    if act.work.tickets.in_hand(number) is not None:
        raise WindowBusy("Finish the visitor at the window first.")


def _free(act: Act, number: int) -> None:
    """Let a visitor at the window queue again, with the wait kept."""
    hand = act.work.tickets.in_hand(number)
    if hand is not None:
        back = moves.transfer(hand, act.actor.name, act.now, service=hand.service)
        recording.moved(act, "ticket_transferred", hand, back, reason="window closed")


def _acts_for(actor: Actor, shift: Shift) -> bool:
    """Whether the actor may do what the clerk of the shift may."""
    at_the_pad = actor.role == CALL_PAD and actor.window == shift.window
    return shift.clerk == actor.name or at_the_pad or actor.may("window:any")


def _who_opens(act: Act, number: int, clerk: str | None) -> str:
    """Return who is to work at a closed window."""
    if act.actor.role == CALL_PAD:
        raise WindowClosed("A call pad opens no window; its clerk does.")
    if clerk in (None, act.actor.name):
        return act.actor.name
    if not act.actor.may("window:any"):
        raise Forbidden("Only a supervisor opens a window for somebody else.")
    person = act.work.access.person(clerk)
    if person is None or person.role != "clerk" or person.disabled:
        raise UnknownClerk(f"There is no clerk {clerk!r}.", field="clerk")
    if person.window not in (None, number):
        raise ClerkElsewhere(f"The window of {clerk} is {person.window}.")
    return person.login


def _begin(act: Act, number: int, clerk: str, reason: str | None) -> None:
    elsewhere = act.work.shifts.of(clerk)
    if elsewhere is not None:
        raise ClerkElsewhere(f"{clerk} has window {elsewhere.window} open.")
    shift = Shift(number, clerk, act.now, ready_at=act.now)
    act.work.shifts.add(shift)
    recording.shift_changed(act, "window_opened", shift, reason)


def _keep(act: Act, event: WindowEventType, shift: Shift, reason: str | None = None) -> Shift:
    act.work.shifts.save(shift)
    recording.shift_changed(act, event, shift, reason)
    return shift

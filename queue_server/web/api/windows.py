"""Windows: `/api/v1/windows/<number>`, the clerk's shift and the calls."""

from __future__ import annotations

from flask import Response

from queue_server.contracts.api import TicketOut, WindowOut
from queue_server.contracts.asks import (
    CallNext,
    CallTicket,
    CloseWindow,
    OpenWindow,
    PauseWindow,
)
from queue_server.usecases import serving, shifts, views
from queue_server.usecases.act import Act
from queue_server.web.api.calls import asked, command, done, once, read
from queue_server.web.auth import current_actor
from queue_server.web.site import site


@read("/windows/<int:number>", "window:read", WindowOut)
def window(number: int) -> Response:
    """Read a window: its shift, the ticket in hand, who waits for it."""
    center, actor = site().center, current_actor()
    shifts.at_own_window(actor, number)
    with center.read() as work:
        return done(views.window(Act(center, work, actor, center.clock.now()), number))


@command("/windows/<int:number>/open", "window:work", WindowOut, body=OpenWindow)
def open_window(number: int) -> Response:
    """Open the window, or end the break; a supervisor may name the clerk."""
    wish = asked(OpenWindow)
    return once(lambda act: shifts.open_window(act, number, wish.clerk, wish.reason))


@command("/windows/<int:number>/pause", "window:work", WindowOut, body=PauseWindow)
def pause_window(number: int) -> Response:
    """Begin a break."""
    wish = asked(PauseWindow)
    return once(lambda act: shifts.pause_window(act, number, wish.reason))


@command("/windows/<int:number>/wrap-up", "window:work", WindowOut)
def wrap_up(number: int) -> Response:
    """Finish the last visitor's papers before the next call."""
    return once(lambda act: shifts.wrap_up(act, number))


@command("/windows/<int:number>/ready", "window:work", WindowOut)
def ready(number: int) -> Response:
    """Have finished the papers; calls nobody yet."""
    return once(lambda act: shifts.ready(act, number))


@command("/windows/<int:number>/close", "window:work", WindowOut, body=CloseWindow)
def close_window(number: int) -> Response:
    """End the shift."""
    wish = asked(CloseWindow)
    return once(lambda act: shifts.close_window(act, number, wish.reason))


@command("/windows/<int:number>/next", "window:work", TicketOut, body=CallNext)
def call_next(number: int) -> Response:
    """Finish the ticket in hand and call the next; 204 when nobody eligible waits."""
    wish = asked(CallNext)
    return once(lambda act: serving.call_next(act, number, wish))


@command("/windows/<int:number>/call", "ticket:call_this", TicketOut, body=CallTicket)
def call_this(number: int) -> Response:
    """Call this one; out of order it needs a reason."""
    wish = asked(CallTicket)
    return once(lambda act: serving.call_this(act, number, wish))

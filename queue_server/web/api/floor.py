"""The supervisor's floor: the picture of the hall, and what is changed while it works."""

from __future__ import annotations

from flask import Response

from queue_server.contracts.floor import (
    ChangeDuty,
    CloseIssuing,
    ClosuresOut,
    EndDuty,
    FloorOut,
    FloorWindowOut,
    MessageOut,
    MessagesOut,
    OpenIssuing,
    SendMessage,
)
from queue_server.usecases import floor, supervision
from queue_server.usecases.act import Act
from queue_server.web.api.calls import asked, command, done, once, read
from queue_server.web.auth import current_actor
from queue_server.web.site import site


@read("/floor", "floor:read", FloorOut)
def picture() -> Response:
    """Read the whole hall: windows, lines, who waits, alerts, the day's figures."""
    here = site().center
    with here.read() as work:
        return done(floor.picture(Act(here, work, current_actor(), here.clock.now())))


@command("/windows/<int:number>/duty", "skills:change", FloorWindowOut, body=ChangeDuty)
def change_duty(number: int) -> Response:
    """Change what a window takes, for today or for good."""
    wish = asked(ChangeDuty)
    return once(lambda act: supervision.change_duty(act, number, wish))


@command("/windows/<int:number>/duty/end", "skills:change", FloorWindowOut, body=EndDuty)
def end_duty(number: int) -> Response:
    """Let a window take again what the catalogue says."""
    wish = asked(EndDuty)
    return once(lambda act: supervision.end_duty(act, number, wish))


@command("/issuing/close", "issuing:close", ClosuresOut, body=CloseIssuing)
def close_issuing() -> Response:
    """Give out no more tickets today for a service or a group."""
    wish = asked(CloseIssuing)
    return once(lambda act: supervision.close_issuing(act, wish))


@command("/issuing/open", "issuing:close", ClosuresOut, body=OpenIssuing)
def open_issuing() -> Response:
    """Give out tickets for a service or a group again."""
    wish = asked(OpenIssuing)
    return once(lambda act: supervision.open_issuing(act, wish))


@command("/windows/<int:number>/message", "message:send", MessageOut, body=SendMessage)
def send_message(number: int) -> Response:
    """Write to the clerk at a window."""
    wish = asked(SendMessage)
    return once(lambda act: supervision.send_message(act, number, wish))


@read("/windows/<int:number>/messages", "message:read", MessagesOut)
def messages(number: int) -> Response:
    """Read a window's messages of today."""
    here = site().center
    with here.read() as work:
        act = Act(here, work, current_actor(), here.clock.now())
        return done(supervision.messages(act, number))


@command("/messages/<int:message_id>/read", "message:read", MessageOut)
def read_message(message_id: int) -> Response:
    """Say that a message has been read."""
    return once(lambda act: supervision.read_message(act, message_id))

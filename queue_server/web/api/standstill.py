"""The hall stands still: `/api/v1/hall` and the close of the day."""

from __future__ import annotations

from flask import Response

from queue_server.contracts.api import StandstillOut
from queue_server.contracts.asks import CloseDay, SuspendHall
from queue_server.usecases import standstill
from queue_server.web.api.calls import asked, command, done, once, read
from queue_server.web.site import site


@read("/hall", "catalogue:read", StandstillOut)
def state() -> Response:
    """Read whether the hall works."""
    return done(standstill.state(site().center))


@command("/hall/suspend", "hall:suspend", StandstillOut, body=SuspendHall)
def suspend() -> Response:
    """Stop issuing and calling; everyone keeps the place."""
    wish = asked(SuspendHall)
    return once(lambda act: standstill.suspend(act, wish))


@command("/hall/resume", "hall:suspend", StandstillOut)
def resume() -> Response:
    """Let the hall work again, also a day that was closed."""
    return once(standstill.resume)


@command("/day/close", "day:close", StandstillOut, body=CloseDay)
def close_day() -> Response:
    """End the day; who still waits expires."""
    wish = asked(CloseDay)
    return once(lambda act: standstill.close_day(act, wish))

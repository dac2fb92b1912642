"""Replay over HTTP: a day's course, and the hall at any of its minutes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from flask import Response, current_app, request

from queue_server.contracts.replay import ReplayCourseOut, ReplayHallOut
from queue_server.domain.errors import Invalid
from queue_server.usecases.replaying import Replays
from queue_server.web.api.calls import done, read
from queue_server.web.auth import current_actor
from queue_server.web.site import site

#: the name under which the app keeps the days that were looked at
_READY: Final = "replays"


@read("/replay", "replay:read", ReplayCourseOut)
def course() -> Response:
    """Read the course of `?day=YYYY-MM-DD`, by default the open day's: a sample a minute."""
    asked = request.args.get("day")
    day = _day(asked) if asked else None
    return done(_replays().course(site().center, current_actor(), day))


@read("/replay/hall", "replay:read", ReplayHallOut)
def hall() -> Response:
    """Read the hall as it was at `?at=` (RFC 3339) of `&day=YYYY-MM-DD`."""
    day, at = _day(request.args.get("day", "")), _instant(request.args.get("at", ""))
    return done(_replays().hall(site().center, current_actor(), day, at))


def _replays() -> Replays:
    found: Replays = current_app.extensions.setdefault(_READY, Replays())
    return found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(f"{text[:20]!r} is no date; write YYYY-MM-DD.", field="day") from None


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
        at.timestamp()
    except (ValueError, OverflowError):
        at = None
    if at is None or at.tzinfo is None:
        raise Invalid("Write the time as RFC 3339, with its offset.", field="at")
    return at

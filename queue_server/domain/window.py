"""A clerk's shift at a window: opened, on a break, finishing papers, closed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from queue_server.domain.errors import WindowClosed, WindowPaused


@dataclass(frozen=True, slots=True)
class Shift:
    """One clerk at one window, from opening to closing."""

    window: int
    clerk: str
    opened_at: datetime
    paused_at: datetime | None = None
    pause_reason: str | None = None
    closed_at: datetime | None = None
    #: statutory tickets called in a row, for the cap
    streak: int = 0
    #: since when the clerk has been finishing the papers of the last visitor
    wrapping_at: datetime | None = None
    #: when it last became ready to call: opened, a break or the papers' finishing ended
    ready_at: datetime | None = None
    id: int | None = None


def pause(shift: Shift, at: datetime, reason: str | None) -> Shift:
    """Begin a break; a break already begun goes on."""
    if shift.paused_at is not None:
        return shift
    return replace(shift, paused_at=at, pause_reason=reason, wrapping_at=None)


def resume(shift: Shift, at: datetime) -> Shift:
    """End the break."""
    return replace(shift, paused_at=None, pause_reason=None, ready_at=at)


def wrap_up(shift: Shift, at: datetime) -> Shift:
    """Begin to finish the last visitor's papers; raises WindowClosed or WindowPaused.

    What has begun already goes on.
    """
    return shift if ready(shift).wrapping_at is not None else replace(shift, wrapping_at=at)


def wrapped_up(shift: Shift, at: datetime) -> Shift:
    """Have finished the papers: the clerk may call again."""
    return replace(shift, wrapping_at=None, ready_at=at)


def close(shift: Shift, at: datetime) -> Shift:
    """End the shift."""
    return replace(shift, closed_at=at, wrapping_at=None)


def ready(shift: Shift | None) -> Shift:
    """Return the shift of a window that may call, or raise WindowClosed or WindowPaused."""
    if shift is None or shift.closed_at is not None:
        raise WindowClosed
    if shift.paused_at is not None:
        raise WindowPaused
    return shift


def after_call(shift: Shift, *, statutory: bool) -> Shift:
    """Count a statutory call in a row; an ordinary one begins anew."""
    return replace(shift, streak=shift.streak + 1 if statutory else 0)

"""The hall at one moment, as plain values: what a look into its future begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from queue_server.domain.opening import Opening
from queue_server.domain.routing import Desk
from queue_server.domain.ticket import QUEUE, State

#: a serial after all others
LAST: Final = 1 << 62


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who waits, or may come, with all that the rule reads."""

    id: str
    service: str
    issued_at: datetime
    order_key: datetime
    serial: int
    statutory: bool = False
    place: str = QUEUE
    needs: frozenset[str] = frozenset()
    language: str = ""
    not_before: datetime | None = None
    state: State = State.WAITING
    #: services of the same visit that come after this one
    legs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hand:
    """The visitor whom a window has called."""

    service: str
    called_at: datetime
    #: whether the visitor stands at the window
    came: bool
    #: the rest of the visit
    then: Waiting | None = None


@dataclass(frozen=True, slots=True)
class DeskNow:
    """A window with its clerk, now and as far as is known."""

    desk: Desk
    hand: Hand | None = None
    #: since when its clerk is on a break
    paused_at: datetime | None = None
    #: when it will not call: lunch, or a plan
    away: tuple[Opening, ...] = ()


@dataclass(frozen=True, slots=True)
class HallNow:
    """Who waits and who works at one moment."""

    at: datetime
    desks: tuple[DeskNow, ...]
    waiting: tuple[Waiting, ...]
    #: appointments of today whose holders have not checked in; `not_before` is when they may come
    booked: tuple[Waiting, ...] = ()
    #: after so many statutory tickets in a row one ordinary ticket is called
    cap: int | None = None
    #: until when visitors are let in
    ends: datetime | None = None
    #: newcomers whose wait is asked, by their id: they take no window's time
    asked: tuple[Waiting, ...] = ()
    #: offset of the center's clock from UTC, minutes
    offset: int = 0


def newcomer(service: str, at: datetime, language: str = "") -> Waiting:
    """Return an ordinary visitor who would come just now for a service, whose id it bears."""
    return Waiting(service, service, at, at, LAST, language=language)

"""What a supervisor must see: waits against the norm, idle windows, visitors nobody can call.

A wait runs from the issue to the first call; of a visitor who was called before (the next leg of
a visit, back from another window) it runs from the moment the waiting began again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Literal

from queue_server.domain import routing
from queue_server.domain.catalogue import Catalogue, Window
from queue_server.domain.routing import Desk
from queue_server.domain.ticket import QUEUE, Ticket
from queue_server.domain.window import Shift

#: up to this share of the norm a wait is calm
NEAR: Final = 0.7
#: a service that lasts so many times its planned minutes is long
OVERLONG: Final = 2.0
#: a called visitor who has not come for so long is missing
MISSING: Final = timedelta(minutes=3)
#: a clerk may take breath for so long before the window counts as idle
BREATH: Final = timedelta(minutes=2)

Kind = Literal["norm", "idle", "unserved"]
#: why nobody can call a visitor: no open window takes the service, none can meet the need or
#: speak the language, or the window or clerk that alone may call is not there
Lack = Literal["service", "need", "place"]


class Level(StrEnum):
    """How a wait stands to the norm."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Place:
    """A window of the hall at this moment."""

    plan: Window
    shift: Shift | None = None
    hand: Ticket | None = None
    #: when the clerk last did something with a ticket
    last_move: datetime | None = None

    @property
    def idle_since(self) -> datetime | None:
        """Since when it could call; None while it is closed, on a break, or has a visitor."""
        shift = self.shift
        busy = self.hand is not None
        if shift is None or busy or shift.paused_at is not None or shift.wrapping_at is not None:
            return None
        began = shift.ready_at or shift.opened_at
        return max(began, self.last_move) if self.last_move else began


@dataclass(frozen=True, slots=True)
class Hall:
    """What alerts follow from."""

    catalogue: Catalogue
    waiting: Sequence[Ticket]
    places: Sequence[Place]


@dataclass(frozen=True, slots=True)
class Line:
    """Those who wait under one prefix letter."""

    prefix: str
    waiting: int = 0
    #: since when the one waits that has waited longest; None while nobody does
    since: datetime | None = None

    def waited(self, now: datetime) -> timedelta:
        """Return the longest wait."""
        return now - self.since if self.since else timedelta()


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that a supervisor should look at."""

    kind: Kind
    #: a prefix letter, the number of a window, or a service's id
    subject: str
    #: how many wait for it
    count: int
    since: datetime
    lack: Lack | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """How a day's visitors were answered so far."""

    #: tickets that were called at least once
    called: int = 0
    #: all their waits from the issue to the first call
    waited: timedelta = timedelta()
    #: those of them that waited no longer than the norm
    within: int = 0


def level(waited: timedelta, norm: timedelta) -> Level:
    """Return how a wait stands to the norm: green up to 70 %, amber up to all of it, then red."""
    if waited > norm:
        return Level.RED
    return Level.AMBER if waited > NEAR * norm else Level.GREEN


def waits_since(ticket: Ticket) -> datetime:
    """Return when the wait began that this ticket has now."""
    return ticket.issued_at if ticket.called_at is None else ticket.since


def lines(catalogue: Catalogue, waiting: Iterable[Ticket], now: datetime) -> Mapping[str, Line]:
    """Return the line of each group; who is not yet callable is counted, but does not wait."""
    found = {group.prefix: Line(group.prefix) for group in catalogue.groups}
    for ticket in waiting:
        prefix = group_of(catalogue, ticket)
        line = found.get(prefix, Line(prefix))
        since = None if _delayed(ticket, now) else waits_since(ticket)
        known = [each for each in (line.since, since) if each is not None]
        found[prefix] = Line(prefix, line.waiting + 1, min(known, default=None))
    return found


def group_of(catalogue: Catalogue, ticket: Ticket) -> str:
    """Return the prefix letter under which a ticket waits: a transfer changes it."""
    service = catalogue.service_by_id.get(ticket.service)
    return service.group if service else ticket.prefix


def beyond(lines: Mapping[str, Line], norm: timedelta, now: datetime) -> frozenset[str]:
    """Return the groups whose longest wait is beyond the norm."""
    return frozenset(
        prefix for prefix, line in lines.items() if level(line.waited(now), norm) is Level.RED
    )


def alerts(hall: Hall, now: datetime) -> list[Alert]:
    """Return what needs the supervisor: the unserved, the idle, then waits beyond the norm."""
    return [*_unserved(hall, now), *_idle(hall, now), *_norms(hall, now)]


def _norms(hall: Hall, now: datetime) -> Iterator[Alert]:
    norm = hall.catalogue.rules.wait_norm
    found = lines(hall.catalogue, hall.waiting, now)
    for prefix in sorted(beyond(found, norm, now), key=lambda each: -found[each].waited(now)):
        since = found[prefix].since
        late = [t for t in hall.waiting if _is_late(hall, t, prefix, now)]
        if since is not None:
            yield Alert("norm", prefix, len(late), since)


def _is_late(hall: Hall, ticket: Ticket, prefix: str, now: datetime) -> bool:
    return (
        group_of(hall.catalogue, ticket) == prefix
        and not _delayed(ticket, now)
        and now - waits_since(ticket) > hall.catalogue.rules.wait_norm
    )


def _unserved(hall: Hall, now: datetime) -> Iterator[Alert]:
    """Tell of visitors whom no open window may call, by service and by what is lacking."""
    desks = [_desk(place) for place in hall.places if place.shift is not None]
    found: dict[tuple[str, Lack], list[Ticket]] = {}
    for ticket in hall.waiting:
        if _delayed(ticket, now) or any(routing.eligible(ticket, desk, now) for desk in desks):
            continue
        found.setdefault((ticket.service, _lack(ticket, desks)), []).append(ticket)
    for (service, lack), tickets in found.items():
        since = min(waits_since(ticket) for ticket in tickets)
        yield Alert("unserved", service, len(tickets), since, lack)


def _lack(ticket: Ticket, desks: Iterable[Desk]) -> Lack:
    if ticket.place != QUEUE:
        return "place"
    return "need" if any(ticket.service in desk.takes for desk in desks) else "service"


def _idle(hall: Hall, now: datetime) -> Iterator[Alert]:
    """Tell of windows that call nobody although somebody waits whom they may call."""
    for place in hall.places:
        since = place.idle_since
        if since is None or now - since < BREATH:
            continue
        desk = _desk(place)
        mine = [t for t in hall.waiting if routing.eligible(t, desk, now)]
        if mine:
            since = max(since, min(waits_since(ticket) for ticket in mine))
        if mine and now - since >= BREATH:
            yield Alert("idle", str(place.plan.number), len(mine), since)


def _desk(place: Place) -> Desk:
    assert place.shift is not None
    return routing.desk(place.plan, place.shift)


def _delayed(ticket: Ticket, now: datetime) -> bool:
    return ticket.not_before is not None and ticket.not_before > now

"""A day that was played in memory, as the events that a center would have logged of it.

They carry what the folds over a day's log read (figures, observations), no more: no prices of a
database for sixty days of history.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from queue_server.domain.numbering import number
from queue_server.domain.ticket import QUEUE
from queue_server.simulation.memory_hall import MemoryHall, Shift, Stay, Visit
from queue_server.usecases.recording import instant

Event = dict[str, Any]
#: what happened, in the order in which it happens in one and the same instant
_FIRST, _THEN, _LAST = 0, 1, 2
#: how a stay ends → the event, and the ticket's state after it
_ENDS: Final[Mapping[str, tuple[str, str]]] = {
    "served": ("ticket_finished", "finished"),
    "missed": ("ticket_missed", "no_show"),
    "sent_on": ("ticket_transferred", "waiting"),
    "held": ("ticket_held", "on_hold"),
}
_Due = tuple[datetime, int, Event]


def events(hall: MemoryHall) -> list[Event]:
    """Return the events of a day that was played, in order."""
    due: list[_Due] = []
    for shift in hall.shifts:
        due += _of_shift(shift)
    counts: dict[str, int] = {}
    for visit in hall.visits.values():
        prefix = hall.catalogue.service(visit.ticket.service).group
        counts[prefix] = counts.get(prefix, 0) + 1
        due += _Pen(visit, number(prefix, counts[prefix]), hall.day.isoformat()).written()
    due.sort(key=lambda each: each[:2])
    return [event | {"seq": seq} for seq, (_, _, event) in enumerate(due, start=1)]


class _Pen:
    """Writes down what happened to one ticket."""

    def __init__(self, visit: Visit, called: str, day: str) -> None:
        self._visit, self._number, self._day = visit, called, day
        self._state = "waiting"
        self._version = 0

    def written(self) -> Iterator[_Due]:
        """Yield the ticket's events with their times."""
        visit = self._visit
        yield self._due(visit.ticket.issued_at, "ticket_issued", "waiting", _FIRST)
        for place, stay in enumerate(visit.stays):
            back = place > 0 and visit.stays[place - 1].ended == "held"
            kind = "ticket_resumed" if back else "ticket_called"
            yield self._due(stay.called_at, kind, "called", _LAST, stay)
            if stay.started_at is not None:
                yield self._due(stay.started_at, "ticket_started", "serving", _FIRST, stay)
            if stay.freed_at is not None:
                yield self._ended(stay, stay.freed_at, is_last=stay is visit.stays[-1])
        if visit.cancelled_at is not None:
            yield self._due(visit.cancelled_at, "ticket_cancelled", "cancelled", _FIRST)

    def _ended(self, stay: Stay, at: datetime, *, is_last: bool) -> _Due:
        kind, state = _ENDS[stay.ended]
        if stay.ended == "served" and not (is_last and all(leg.done for leg in self._visit.legs)):
            kind, state = "ticket_leg_finished", "waiting"
        return self._due(at, kind, state, _FIRST, stay)

    def _due(
        self, at: datetime, kind: str, state: str, rank: int, stay: Stay | None = None
    ) -> _Due:
        was, self._state = self._state, state
        self._version += 1
        event = {
            "v": 1,
            "type": kind,
            "at": instant(at),
            "actor": _clerk(stay.clerk) if stay else _ALONE[kind],
            "ticket": self._facts(stay, at_window=state in ("called", "serving")),
            "was": None if kind == "ticket_issued" else was,
            "window": stay.window if stay else None,
            "outcome": "solved" if stay and stay.ended == "served" else None,
            "rule_rank": 1 if kind == "ticket_called" else None,
        }
        return at, rank, event

    def _facts(self, stay: Stay | None, *, at_window: bool) -> Event:
        ticket = self._visit.ticket
        return {
            "id": ticket.id,
            "number": self._number,
            "service": stay.service if stay else ticket.service,
            "state": self._state,
            "language": ticket.language,
            "day": self._day,
            "issued_at": instant(ticket.issued_at),
            "order_key": instant(ticket.order_key),
            "serial": ticket.serial,
            "version": self._version,
            "place": QUEUE,
            "category": self._visit.category,
            "statutory": ticket.statutory,
            "needs": sorted(ticket.needs),
            "window": stay.window if stay and at_window else None,
            "clerk": stay.clerk if stay else None,
            "called_at": instant(stay.called_at) if stay else None,
            "legs": [leg.service for leg in self._visit.legs],
        }


#: who does what nobody at a window does
_ALONE: Final[Mapping[str, Event]] = {
    "ticket_issued": {"kind": "device", "name": "kiosk-1", "role": "kiosk"},
    "ticket_cancelled": {"kind": "visitor", "name": "visitor", "role": "visitor"},
}


def _clerk(login: str) -> Event:
    return {"kind": "person", "name": login, "role": "clerk"}


def _of_shift(shift: Shift) -> Iterator[_Due]:
    yield _window(shift, "window_opened", shift.opened_at, _FIRST)
    for reason, begins, ends in shift.breaks:
        yield _window(shift, "window_paused", begins, _THEN, reason)
        if ends is not None:
            yield _window(shift, "window_resumed", ends, _THEN)
    if shift.closed_at is not None:
        yield _window(shift, "window_closed", shift.closed_at, _LAST)


def _window(shift: Shift, kind: str, at: datetime, rank: int, reason: str | None = None) -> _Due:
    event = {
        "v": 1,
        "type": kind,
        "at": instant(at),
        "actor": _clerk(shift.clerk),
        "window": shift.window,
        "hall": 1,
        "clerk": shift.clerk,
        "reason": reason,
    }
    return at, rank, event

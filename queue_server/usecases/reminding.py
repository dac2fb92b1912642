"""Reminders of appointments: an event each, once, which the web hooks carry on.

How far each reminder has come is kept as a cursor: the last slot that it has looked at. So nobody
is reminded twice, and an appointment made later than its reminder is not reminded by it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from queue_server.domain.ticket import FIRST, Ticket
from queue_server.usecases import recording
from queue_server.usecases.access import SYSTEM
from queue_server.usecases.act import Act
from queue_server.usecases.ports import Center

_MILLISECOND, _MINUTE = timedelta(milliseconds=1), timedelta(minutes=1)


def is_due(center: Center) -> bool:
    """Return whether somebody is to be reminded now; reads only."""
    with center.read() as work:
        if work.catalogue_version == 0:
            return False
        act = Act(center, work, SYSTEM, center.clock.now())
        return any(_found(act, lead) for lead in act.catalogue.booking.reminders)


def due(act: Act) -> None:
    """Say of each appointment whose reminder has come that it is due, once for each reminder."""
    for lead in act.catalogue.booking.reminders:
        for slot, ticket in _found(act, lead):
            recording.noted(act, "reminder_due", ticket.number, str(lead), ticket=ticket.id)
            act.work.cursors.put(_name(lead), (slot - FIRST) // _MILLISECOND)


def forget(act: Act) -> None:
    """Forget where visitors of earlier days were reminded."""
    act.work.contacts.purge(act.day)


def _found(act: Act, lead: int) -> list[tuple[datetime, Ticket]]:
    """Return the appointments that this reminder is due for, with their slots, in order of them.

    Those that a shorter reminder is due for as well are left to it.
    """
    shorter = max((each for each in act.catalogue.booking.reminders if each < lead), default=0)
    seen = FIRST + (act.work.cursors.get(_name(lead)) or 0) * _MILLISECOND
    since, ahead = max(seen, act.now + shorter * _MINUTE), lead * _MINUTE
    return [
        (ticket.slot, ticket)
        for ticket in act.work.tickets.booked_after(since, act.now + ahead)
        if ticket.slot is not None and ticket.issued_at + ahead <= ticket.slot
    ]


def _name(lead: int) -> str:
    return f"reminder:{lead}"

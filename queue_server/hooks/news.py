"""Which events are news outside of the house, and what is told of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from queue_server.usecases.ports import Center, UnitOfWork
from queue_server.usecases.recording import instant

REMINDER: Final = "reminder_due"
#: what may be told; a center chooses among these
TOLD: Final = (
    "norm_exceeded",
    "norm_kept",
    "device_alerted",
    "device_recovered",
    "device_revoked",
    "help_called",
    "hall_suspended",
    "hall_resumed",
    "queue_kept",
    "day_opened",
    "day_closed",
    "issuing_closed",
    "issuing_opened",
    REMINDER,
)


@dataclass(frozen=True, slots=True)
class News:
    """One event, as it is told outside."""

    #: `<center>:<seq>`: the same for every try
    id: str
    type: str
    at: str
    center: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        """Return the news as JSON's data."""
        told = {"id": self.id, "type": self.type, "at": self.at, "center": self.center}
        return {**told, **self.facts}


def news(
    center: Center, work: UnitOfWork, wire: Mapping[str, Any], wanted: Collection[str]
) -> News | None:
    """Return what is told of an event of the log, or None where it is no news."""
    if wire["type"] not in wanted:
        return None
    code = work.catalogues.current().code
    facts = {name: wire[name] for name in ("subject", "detail", "reason") if name in wire}
    if wire["type"] == REMINDER:
        reminder = _reminder(center, work, wire)
        if reminder is None:
            return None
        facts = reminder
    return News(f"{code}:{wire['seq']}", wire["type"], wire["at"], code, facts)


def _reminder(center: Center, work: UnitOfWork, wire: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return whom to remind of what; None for whoever left no contact or is not expected."""
    ticket = work.tickets.get(wire["ticket_id"])
    contact = work.contacts.get(wire["ticket_id"])
    if ticket is None or contact is None or ticket.state != "booked" or ticket.slot is None:
        return None
    offered = work.catalogues.current()
    key = center.signer.key(ticket.id)
    return {
        "contact": contact.contact,
        "language": ticket.language,
        "number": ticket.number,
        "service": offered.service(ticket.service).texts[ticket.language],
        "center_name": offered.name[ticket.language],
        "slot": instant(ticket.slot),
        "minutes_before": int(wire["detail"]),
        "url": f"{center.public_url}/t/{ticket.id}?key={key}",
    }

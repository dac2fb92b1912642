"""Every event on the wire, version 1.

The log keeps this form (plus `prev`, the hash of the event before), so every reader hears the
same words after an upgrade. A new field is added with a default; a changed meaning raises `v`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

TicketEventType = Literal[
    "ticket_booked",
    "ticket_unbooked",
    "ticket_checked_in",
    "ticket_issued",
    "ticket_called",
    "ticket_recalled",
    "ticket_started",
    "ticket_returned",
    "ticket_missed",
    "ticket_revived",
    "ticket_held",
    "ticket_resumed",
    "ticket_hold_ended",
    "ticket_transferred",
    "ticket_leg_added",
    "ticket_leg_finished",
    "ticket_finished",
    "ticket_category_changed",
    "ticket_cancelled",
    "ticket_expired",
    "ticket_undone",
    "slip_requested",
    "ticket_stepped_back",
    "ticket_category_confirmed",
    "ticket_category_refused",
    "ticket_rated",
    "ticket_noted",
]
WindowEventType = Literal[
    "window_opened",
    "window_paused",
    "window_resumed",
    "window_closed",
    "window_wrap_up_began",
    "window_wrap_up_ended",
    "message_sent",
]
CenterEventType = Literal[
    "day_opened",
    "day_closed",
    "catalogue_imported",
    "person_added",
    "device_enrolled",
    "numbers_leased",
    "numbers_used",
    "hand_over_refused",
    "device_alerted",
    "device_recovered",
    "help_called",
    "help_answered",
    "online_diverted",
    "corner_began",
    "corner_ended",
    "person_changed",
    "person_disabled",
    "person_enabled",
    "person_reset",
    "person_signed_in",
    "person_signed_out",
    "device_changed",
    "device_revoked",
    "duty_changed",
    "duty_ended",
    "issuing_closed",
    "issuing_opened",
    "hall_suspended",
    "hall_resumed",
    "queue_kept",
    "catalogue_changed",
    "norm_exceeded",
    "norm_kept",
    "reminder_due",
    "report_exported",
    "alert_raised",
    "alert_explained",
    "alert_confirmed",
    "alert_dismissed",
    "ledger_contradicted",
    "ledger_accepted",
    "backup_restored",
    "estimates_checked",
]


class Message(BaseModel):
    """A frozen fact."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class ActorFacts(Message):
    """Who did it."""

    kind: Literal["person", "device", "visitor", "system"]
    name: str
    role: str


class TicketFacts(Message):
    """The whole ticket after the event, without anything personal."""

    id: str
    number: str
    service: str
    state: str
    language: str
    day: str
    issued_at: str
    order_key: str
    serial: int
    version: int
    recalls: int = 0
    place: str = "queue"
    category: str | None = None
    statutory: bool = False
    needs: tuple[str, ...] = ()
    window: int | None = None
    clerk: str | None = None
    called_at: str | None = None
    not_before: str | None = None
    hold_until: str | None = None
    legs: tuple[str, ...] = ()
    paper: str = "station"
    event: str | None = None
    claimed: str | None = None
    late: bool | None = None
    #: minutes said at issue
    promised: tuple[int, int] | None = None
    #: of an appointment
    slot: str | None = None
    #: whether the visitor made the appointment without staff
    online: bool | None = None


class ReckonedFacts(Message):
    """A wait as it was reckoned, in minutes: its middle, the range that holds most, and how."""

    minutes: float
    low: float
    high: float
    by: Literal["simulated", "quick"]


class EventBase(Message):
    """What every event carries."""

    v: Literal[1] = 1
    seq: int = 0
    #: RFC 3339, UTC, milliseconds
    at: str
    actor: ActorFacts


class TicketEvent(EventBase):
    """Something was done to a ticket."""

    type: TicketEventType
    ticket: TicketFacts
    #: the state it came from; null when it was made
    was: str | None = None
    #: the service and the place that it left; null where the event changed neither
    was_service: str | None = None
    was_place: str | None = None
    #: the window of the clerk at whose place it waits, or has waited
    clerks_window: int | None = None
    #: the window and hall that it is at, or has just left
    window: int | None = None
    hall: int | None = None
    reason: str | None = None
    #: the place under the rule of a ticket that was called; 1 unless picked by hand
    rule_rank: int | None = None
    #: ids of the tickets that a call overtook
    overtook: tuple[str, ...] = ()
    outcome: str | None = None
    delivery: str | None = None
    #: which copy of the slip is asked for
    copy_number: int | None = None
    #: what the visitor thought of it, and whether a document was demanded that may not be
    stars: int | None = None
    demanded: bool | None = None
    #: the document for which the visitor was turned away
    document: str | None = None
    #: the note that was written; its text stands in no log
    note: int | None = None
    #: at an issue: the wait as it was reckoned, of which `promised` is what was said
    reckoned: ReckonedFacts | None = None


class WindowEvent(EventBase):
    """A clerk's shift changed."""

    type: WindowEventType
    window: int
    hall: int
    clerk: str
    reason: str | None = None
    #: the message that was sent; its text stands in no log
    message: int | None = None


class CenterEvent(EventBase):
    """Something about the whole center changed."""

    type: CenterEventType
    subject: str
    detail: str | None = None
    reason: str | None = None
    #: the ticket that it is about
    ticket_id: str | None = None


Event = Annotated[TicketEvent | WindowEvent | CenterEvent, Field(discriminator="type")]
_EVENT: TypeAdapter[Event] = TypeAdapter(Event)


def parse(wire: dict[str, Any]) -> Event:
    """Return the event that a line of the log holds; raises pydantic's ValidationError."""
    return _EVENT.validate_python(wire)


def to_wire(event: EventBase) -> dict[str, Any]:
    """Return the event as plain data, without what is absent."""
    return event.model_dump(mode="json", exclude_none=True, exclude_defaults=False)

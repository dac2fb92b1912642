"""What HTTP asks and answers, `/api/v1`.

Requests are strict: an unknown or ill-typed field is refused by name. Times are RFC 3339.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

#: blanks give no reason
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Outcome = Literal["solved", "turned_away", "forwarded"]
Delivery = Literal["hand", "post", "electronic"]
Identifier = Annotated[str, Field(min_length=1, max_length=64)]


class Request(BaseModel):
    """A request's body: strict, without unknown fields."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Reply(BaseModel):
    """A reply's body."""

    model_config = ConfigDict(frozen=True)


class SignIn(Request):
    """Who wants to work."""

    login: Identifier
    password: Annotated[str, Field(min_length=1, max_length=200)]


class IssueTicket(Request):
    """What a visitor came for."""

    service: Identifier
    category: Identifier | None = None
    language: Annotated[str, Field(max_length=16)] | None = None
    needs: Annotated[list[Identifier], Field(max_length=8)] = []
    #: who prints the slip: the issuer itself, or the hall's print station
    paper: Literal["own", "station"] = "station"


class CallTicket(Request):
    """Call this one."""

    ticket: Identifier
    reason: Reason | None = None


class PauseWindow(Request):
    """Why the window takes a break."""

    reason: Reason | None = None


class NoBody(Request):
    """A call that takes no fields."""


class Versioned(Request):
    """A move; `version` refuses it if the ticket has changed since the caller saw it."""

    version: Annotated[int, Field(ge=1)] | None = None


class MoveWithReason(Versioned):
    """A move that may say why."""

    reason: Reason | None = None


class HoldTicket(Versioned):
    """Set a ticket aside, with a reason and optionally for so many minutes."""

    reason: Reason
    minutes: Annotated[int, Field(ge=1, le=480)] | None = None


class TransferTicket(Versioned):
    """Send a ticket on; at least one of the three says where to."""

    to_service: Identifier | None = None
    to_window: Annotated[int, Field(ge=1)] | None = None
    to_clerk: Identifier | None = None
    with_return: bool = False
    reason: Reason | None = None


class FinishTicket(Versioned):
    """How the service ended and how its result reaches the visitor."""

    outcome: Outcome = "solved"
    delivery: Delivery | None = None


class CallNext(Request):
    """How the service of the visitor in hand ended, where one is."""

    outcome: Outcome = "solved"
    delivery: Delivery | None = None


class ChangeCategory(Versioned):
    """Grant a category, or take it with null."""

    category: Identifier | None
    reason: Reason


class AddLeg(Versioned):
    """One more service for this visit."""

    service: Identifier


class ReprintSlip(Request):
    """Print the slip again, marked as a copy."""

    reason: Reason | None = None


class EstimateOut(Reply):
    """The expected wait, in minutes, and in words of the ticket's language."""

    low: int
    high: int
    text: str


class LegOut(Reply):
    """One service of the visit."""

    service: str
    state: Literal["to_come", "in_hand", "done"]
    outcome: str | None = None


class TicketOut(Reply):
    """A ticket, as its reply and its slip need it."""

    id: str
    number: str
    service: str
    state: str
    category: str | None
    language: str
    needs: list[str]
    issued_at: str
    window: int | None
    legs: list[LegOut]
    #: how many are before it in the queue; 0 once it is called
    ahead: int
    #: null once it is called
    estimate: EstimateOut | None
    #: opens the ticket's page to its holder; only in the issuer's and the holder's replies
    key: str | None
    url: str | None
    version: int
    #: when it was last called, how often again, and when its present state began
    called_at: str | None
    recalls: int
    since: str
    #: how many times the slip was asked for again
    copies: int


class TicketsOut(Reply):
    """A list of tickets, the newest first."""

    tickets: list[TicketOut]


class WaitingOut(Reply):
    """A ticket in the line of a window."""

    id: str
    number: str
    service: str
    language: str
    needs: list[str]
    category: str | None
    issued_at: str
    #: the place in the queue: ordered by level, then order key, then serial
    order_key: str
    serial: int
    level: int
    #: waits for just this window or this clerk
    placed: bool
    version: int


class ParkedOut(Reply):
    """A ticket on hold or a no-show that this window may take up again."""

    id: str
    number: str
    service: str
    state: str
    since: str
    hold_until: str | None
    reason: str | None
    version: int


class WindowOut(Reply):
    """A window: the clerk's shift, the ticket in hand and who waits for it."""

    #: the log position that this shows
    seq: int
    number: int
    hall: int
    state: Literal["closed", "open", "paused"]
    clerk: str | None
    opened_at: str | None
    pause_reason: str | None
    ticket: TicketOut | None
    waiting: list[WaitingOut]
    parked: list[ParkedOut]
    #: services that the window takes → level
    takes: dict[str, int]


class CallOut(Reply):
    """A row of a board; it holds no more than this."""

    number: str
    window: int
    called_at: str
    recalls: int
    language: str


class BoardOut(Reply):
    """The snapshot of a hall's boards."""

    seq: int
    hall: int
    #: the tickets now at windows, the newest call first
    calls: list[CallOut]
    #: numbers of the open windows
    windows: list[int]


class PersonOut(Reply):
    """Who is signed in."""

    login: str
    name: str
    role: str
    window: int | None
    csrf_token: str


class EventsOut(Reply):
    """A stretch of the event log, in wire form."""

    events: list[dict[str, object]]
    #: the newest event's seq at that instant
    head: int


class GroupOut(Reply):
    """A service group with its services."""

    prefix: str
    texts: dict[str, str]
    icon: str
    services: list[ServiceOut]


class ServiceOut(Reply):
    """A service, with texts in every language."""

    id: str
    group: str
    texts: dict[str, str]
    minutes: float
    documents: list[dict[str, str]]
    fee: str
    flags: list[str]
    #: how many wait for it now, and the expected wait of one more, minutes
    waiting: int
    low: int
    high: int


class CategoryOut(Reply):
    """A category; `head_start_minutes` is null where it is unlimited."""

    id: str
    texts: dict[str, str]
    head_start_minutes: float | None
    statutory: bool
    proof: str


class WindowPlanOut(Reply):
    """A window of the catalogue."""

    number: int
    hall: int
    services: list[str]


class CatalogueOut(Reply):
    """Everything that a kiosk shows."""

    version: int
    code: str
    name: dict[str, str]
    timezone: str
    languages: list[str]
    groups: list[GroupOut]
    windows: list[WindowPlanOut]
    categories: list[CategoryOut]
    #: documents that may not be demanded
    not_required: list[dict[str, str]]


class Problem(Reply):
    """RFC 9457 problem details; `code` is stable."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    #: the field at fault
    field: str | None = None
    #: every fault of the request, where there are several
    errors: list[FieldError] | None = None


class FieldError(Reply):
    """One fault of a request."""

    field: str
    message: str


GroupOut.model_rebuild()
Problem.model_rebuild()

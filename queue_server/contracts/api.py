"""What HTTP answers, `/api/v1`. Times are RFC 3339."""

from __future__ import annotations

from typing import Literal

from queue_server.contracts.catalogue import NoticeOut
from queue_server.contracts.shapes import Reply


class EstimateOut(Reply):
    """The expected wait, in minutes, and in words of the ticket's language.

    Without minutes no open window serves it, and the words say so.
    """

    low: int | None
    high: int | None
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
    #: how many are before it in the queue; 0 once it is called; null where nobody could count
    ahead: int | None
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
    #: the life event that brought the visitor
    event: str | None = None
    #: a category that was declared and waits for its papers to be seen
    claimed: str | None = None
    #: the visitor was late once, and may not be so again
    late: bool = False
    rated: bool = False
    #: an appointment's code and slot; only in its issuer's and holder's replies
    code: str | None = None
    slot: str | None = None


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
    #: of an appointment
    slot: str | None = None


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
    language: str = ""
    needs: list[str] = []
    category: str | None = None


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
    paused_at: str | None = None
    wrapping_at: str | None = None
    #: why the whole hall stands still
    halted: str | None = None


class CallOut(Reply):
    """A row of a board; it holds no more than this."""

    number: str
    window: int
    called_at: str
    recalls: int
    language: str


class WaitOut(Reply):
    """How many wait under a prefix letter, and how long one more would."""

    prefix: str
    texts: dict[str, str]
    waiting: int
    #: minutes; null while no open window serves it
    low: int | None
    high: int | None


class BoardOut(Reply):
    """The snapshot of a hall's boards."""

    seq: int
    hall: int
    #: the tickets now at windows, the newest call first
    calls: list[CallOut]
    #: numbers of the open windows
    windows: list[int]
    #: the numbers that are likely to be called next, the first one first
    next: list[str] = []
    #: how many wait, by prefix letter, and the expected wait in minutes
    waits: list[WaitOut] = []
    notices: list[NoticeOut] = []


class StandstillOut(Reply):
    """Whether the hall works."""

    day: str
    state: Literal["open", "suspended", "closed"]
    reason: str | None
    #: whether those who wait keep their places overnight
    keep: bool


class RatingOut(Reply):
    """A rating was noted."""

    stars: int


class PersonOut(Reply):
    """Who is signed in."""

    login: str
    name: str
    role: str
    window: int | None
    csrf_token: str
    #: what must be done at the own account before all else
    pending: Literal["password", "second_factor"] | None = None


class EventsOut(Reply):
    """A stretch of the event log, in wire form."""

    events: list[dict[str, object]]
    #: the newest event's seq at that instant
    head: int


class FieldError(Reply):
    """One fault of a request."""

    field: str
    message: str


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

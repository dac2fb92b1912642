"""The supervisor's floor over HTTP and on the topic `floor`: what is seen, and what is asked."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from queue_server.contracts.shapes import Identifier, Reason, Reply, Request

#: a clerk reads it at a glance
MessageText = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
Names = Annotated[list[Identifier], Field(max_length=200)]


class ChangeDuty(Request):
    """What a window takes from now on: groups and services first, `helps` at level 2."""

    groups: Names = []
    services: Names = []
    helps: Names = []
    #: what it helps with counts as first once somebody has waited so long
    help_after_minutes: Annotated[float, Field(ge=0, le=480)] | None = None
    skills: Names = []
    #: empty means all
    languages: Names = []
    until: Literal["today", "always"] = "today"
    reason: Reason


class EndDuty(Request):
    """Let a window take again what the catalogue says."""

    reason: Reason


class SendMessage(Request):
    """A word to the clerk at a window."""

    text: MessageText


class OpenIssuing(Request):
    """A service, or a whole group by its prefix letter."""

    service: Identifier | None = None
    group: Identifier | None = None

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        if (self.service is None) == (self.group is None):
            raise ValueError("Name a service or a group.")
        return self


class CloseIssuing(OpenIssuing):
    """Give out no more tickets today; `reason` is a key of the texts `closing.*`."""

    reason: Identifier


class FloorTicketOut(Reply):
    """A ticket on the floor: waiting, at a window, on hold, or a no-show."""

    id: str
    number: str
    service: str
    state: str
    language: str
    needs: list[str]
    category: str | None
    #: a category that was declared and waits for its papers to be seen
    claimed: str | None
    statutory: bool
    issued_at: str
    #: when the present state began
    since: str
    #: the place in the queue: by order key, then time of issue, then serial
    order_key: str
    serial: int
    #: `queue`, `window:<n>` or `clerk:<login>`
    place: str
    not_before: str | None
    hold_until: str | None
    #: an appointment's time
    slot: str | None
    window: int | None
    clerk: str | None
    called_at: str | None
    recalls: int
    #: how many were called before it though they came later
    overtaken: int
    reason: str | None
    version: int
    #: the wait that the visitor was told of, minutes from the issue
    promised: tuple[int, int] | None = None


class TakingOut(Reply):
    """How a window takes a service."""

    level: int
    #: seconds; null for never
    help_after: float | None


class FloorWindowOut(Reply):
    """A window, who is there, and what it takes."""

    number: int
    hall: int
    label: str
    state: Literal["closed", "open", "paused", "wrap_up"]
    #: the clerk's login
    clerk: str | None
    opened_at: str | None
    #: when the present state began
    since: str | None
    reason: str | None
    ticket: FloorTicketOut | None
    takes: dict[str, TakingOut]
    skills: list[str]
    languages: list[str]
    #: whether it takes something else than the catalogue says, for today
    duty: bool


class FloorClerkOut(Reply):
    """A clerk who may be given a window."""

    login: str
    name: str
    window: int | None


class ClosureOut(Reply):
    """A service for which no tickets are given out, and why."""

    service: str
    reason: str


class ClosuresOut(Reply):
    """Every service for which no tickets are given out."""

    closures: list[ClosureOut]


class FloorGroupOut(Reply):
    """A group's line: how many wait, since when, how long one more would, and who takes it."""

    prefix: str
    waiting: int
    since: str | None
    #: minutes; null while no open window serves it
    low: int | None
    high: int | None
    #: open windows that take any of it, breaks included
    windows: list[int]


class FloorAlertOut(Reply):
    """Something that needs the supervisor: domain/alerting.py says what."""

    kind: Literal["norm", "idle", "unserved"]
    subject: str
    count: int
    since: str
    lack: Literal["service", "need", "place"] | None


class FloorDayOut(Reply):
    """The day so far."""

    issued: int
    waiting: int
    at_windows: int
    served: int
    booked: int
    no_shows: int
    cancelled: int
    #: tickets that were called at least once, their mean wait in minutes, and the share of them
    #: that waited no longer than the norm
    called: int
    mean_wait: float | None
    within_norm: float | None


class FloorFiguresOut(Reply):
    """What follows from the state of the hall: sent anew at most once a second."""

    groups: list[FloorGroupOut]
    alerts: list[FloorAlertOut]
    day: FloorDayOut
    #: ticket → minutes that it is likely to wait still, of those that were foreseen
    expected: dict[str, int] = {}


class FloorOut(Reply):
    """The whole hall in one picture."""

    #: the log position that this shows, and its time
    seq: int
    at: str
    #: null, `closed`, or `suspended:<reason>`
    halted: str | None
    #: minutes
    norm: float
    windows: list[FloorWindowOut]
    #: in the order of the queue
    waiting: list[FloorTicketOut]
    parked: list[FloorTicketOut]
    clerks: list[FloorClerkOut]
    closures: list[ClosureOut]
    figures: FloorFiguresOut


class MessageOut(Reply):
    """A word to the clerk at a window."""

    id: int
    window: int
    #: who sent it
    sender: str
    text: str
    at: str
    read_at: str | None


class MessagesOut(Reply):
    """A window's messages of today, the newest first."""

    messages: list[MessageOut]

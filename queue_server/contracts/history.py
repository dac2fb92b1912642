"""The history of a visit, for staff: `GET /api/v1/tickets/<id>/history`."""

from __future__ import annotations

from queue_server.contracts.shapes import Reply


class ByOut(Reply):
    """Who did it; `name` is how people call them, where a person did."""

    kind: str
    login: str
    name: str
    role: str


class HistoryEventOut(Reply):
    """One thing that happened to the ticket, and where that left it."""

    seq: int
    at: str
    type: str
    by: ByOut
    state: str
    service: str
    #: the service that it left; null where it stayed
    was_service: str | None = None
    #: who may call it from here: `queue`, `window:<n>` or `clerk:<login>`
    place: str = "queue"
    #: the window that it is at, or has just left, and the clerk there
    window: int | None = None
    clerk: str | None = None
    category: str | None = None
    reason: str | None = None
    #: the place under the rule of a ticket that was called; 1 unless picked by hand
    rule_rank: int | None = None
    outcome: str | None = None
    delivery: str | None = None
    #: what a visitor who was turned away did not have, and whether nobody may demand it
    document: str | None = None
    demanded: bool = False
    hold_until: str | None = None


class NoteOut(Reply):
    """What a colleague wrote on the ticket."""

    id: int
    at: str
    by: ByOut
    text: str


class HistoryOut(Reply):
    """The visit from its beginning: what happened, and what was noted, each in order."""

    ticket: str
    number: str
    service: str
    state: str
    language: str
    issued_at: str
    events: list[HistoryEventOut]
    notes: list[NoteOut]

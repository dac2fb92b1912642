"""What people ask over HTTP, `/api/v1`: an unknown or ill-typed field is refused by name."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from queue_server.contracts.shapes import Identifier, Reason, Request

Outcome = Literal["solved", "turned_away", "forwarded"]
Delivery = Literal["hand", "post", "electronic"]


class SignIn(Request):
    """Who wants to work."""

    login: Identifier
    password: Annotated[str, Field(min_length=1, max_length=200)]
    #: of the second factor
    code: Annotated[str, Field(max_length=12)] | None = None


class IssueTicket(Request):
    """What a visitor came for."""

    service: Identifier
    category: Identifier | None = None
    language: Annotated[str, Field(max_length=16)] | None = None
    needs: Annotated[list[Identifier], Field(max_length=8)] = []
    #: who prints the slip: the issuer itself, or the hall's print station
    paper: Literal["own", "station"] = "station"
    #: the life event that brings the visitor, and those of its services that are wanted beside
    #: `service`; their order follows from the event
    event: Identifier | None = None
    legs: Annotated[list[Identifier], Field(max_length=8)] = []


class CallTicket(Request):
    """Call this one."""

    ticket: Identifier
    reason: Reason | None = None


class OpenWindow(Request):
    """A supervisor names the clerk who is to work there; a clerk opens the own window."""

    clerk: Identifier | None = None
    reason: Reason | None = None


class PauseWindow(Request):
    """Why the window takes a break."""

    reason: Reason | None = None


class CloseWindow(Request):
    """Why the window closes."""

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
    """How the service ended and how its result reaches the visitor.

    `document` is what a visitor who is turned away did not have: an id of the catalogue's
    documents, or `not_required-<n>` for the n-th that may not be demanded.
    """

    outcome: Outcome = "solved"
    delivery: Delivery | None = None
    reason: Reason | None = None
    document: Identifier | None = None


class CallNext(Request):
    """How the service of the visitor in hand ended, where one is; as in FinishTicket."""

    outcome: Outcome = "solved"
    delivery: Delivery | None = None
    reason: Reason | None = None
    document: Identifier | None = None


class ChangeCategory(Versioned):
    """Grant a category, or take it with null."""

    category: Identifier | None
    reason: Reason


class AddLeg(Versioned):
    """One more service for this visit."""

    service: Identifier


class ConfirmCategory(Versioned):
    """Whether the papers for a category were shown."""

    confirmed: bool


class RateTicket(Request):
    """What the visitor thinks of the service, 1 to 5; `demanded`: a document that none may ask."""

    stars: Annotated[int, Field(ge=1, le=5)]
    reason: Reason | None = None
    demanded: bool = False


class BookTicket(Request):
    """An appointment: a service and the time of its slot, RFC 3339."""

    service: Identifier
    at: Annotated[str, Field(max_length=40)]
    category: Identifier | None = None
    language: Annotated[str, Field(max_length=16)] | None = None
    needs: Annotated[list[Identifier], Field(max_length=8)] = []
    event: Identifier | None = None
    legs: Annotated[list[Identifier], Field(max_length=8)] = []


class CheckIn(Request):
    """An appointment's code, typed or scanned, or the address from its slip."""

    code: Annotated[str, Field(min_length=1, max_length=300)]


class NoteTicket(Request):
    """What the next colleague should know."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


class SuspendHall(Request):
    """Why the hall stands still; `keep` takes those who wait over to the next day."""

    reason: Reason
    keep: bool = False


class CloseDay(Request):
    """Why the day ends, where that is worth saying."""

    reason: Reason | None = None


class ReprintSlip(Request):
    """Print the slip again, marked as a copy."""

    reason: Reason | None = None

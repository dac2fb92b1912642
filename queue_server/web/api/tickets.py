"""Tickets: `/api/v1/tickets`, one call for each move of domain/ticket.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Response, request
from pydantic import BaseModel

from queue_server.contracts.api import RatingOut, TicketOut, TicketsOut
from queue_server.contracts.asks import (
    AddLeg,
    BookTicket,
    ChangeCategory,
    ConfirmCategory,
    FinishTicket,
    HoldTicket,
    IssueTicket,
    MoveWithReason,
    NoteTicket,
    RateTicket,
    ReprintSlip,
    TransferTicket,
    Versioned,
)
from queue_server.contracts.history import HistoryOut, NoteOut
from queue_server.domain.errors import Invalid, UnknownTicket
from queue_server.usecases import booking, history, reception, serving, views, visiting
from queue_server.usecases.access import VISITOR
from queue_server.usecases.act import Act
from queue_server.web.api.calls import asked, command, done, once, read
from queue_server.web.auth import current_actor
from queue_server.web.site import site

Body = TypeVar("Body", bound=BaseModel)
#: most tickets that one list shows
RECENT = 100


@command("/tickets", "ticket:issue", TicketOut, body=IssueTicket, status=201)
def issue() -> Response:
    """Issue a ticket."""
    wish = asked(IssueTicket)
    return once(lambda act: reception.issue(act, wish), 201)


@read("/tickets", "reception:work", TicketsOut)
def recent() -> Response:
    """List the newest tickets of the day, `?recent=N` of them."""
    wanted = request.args.get("recent", "30")
    if not wanted.isdecimal() or not 1 <= int(wanted) <= RECENT:
        raise Invalid(f"recent must be a number from 1 to {RECENT}.", field="recent")
    return done(TicketsOut(tickets=views.recent(site().center, current_actor(), int(wanted))))


@read("/tickets/<ticket_id>", "ticket:read", TicketOut)
def ticket(ticket_id: str) -> Response:
    """Read a ticket; a visitor reads the own one with `?key=`."""
    key, actor = request.args.get("key"), current_actor()
    if actor is VISITOR or key:
        return done(views.held_ticket(site().center, actor, ticket_id, key or ""))
    return done(views.ticket(site().center, actor, ticket_id))


@read("/tickets/<ticket_id>/history", "ticket:history", HistoryOut)
def visit(ticket_id: str) -> Response:
    """Read what happened on a visit, and what was noted."""
    return done(history.of_ticket(site().center, current_actor(), ticket_id))


@command("/tickets/<ticket_id>/note", "ticket:note", NoteOut, body=NoteTicket, status=201)
def note(ticket_id: str) -> Response:
    """Write on a ticket what the next colleague should know."""
    wish = asked(NoteTicket)
    return once(lambda act: history.note(act, ticket_id, wish.text), 201)


@command("/tickets/book", "ticket:book", TicketOut, body=BookTicket, status=201)
def book() -> Response:
    """Make an appointment."""
    wish = asked(BookTicket)
    return once(lambda act: booking.book_at_desk(act, wish), 201)


@command("/tickets/<ticket_id>/rating", "ticket:rate", RatingOut, body=RateTicket)
def rate(ticket_id: str) -> Response:
    """Rate the own visit with `?key=`, once, after the service has ended."""
    wish = asked(RateTicket)

    def run(act: Act) -> RatingOut:
        _must_hold(act, ticket_id)
        return visiting.rate(act, ticket_id, wish)

    return once(run)


def _move(
    name: str, right: str, body: type[Body], move: Callable[[Act, str, Body], TicketOut]
) -> None:
    """Declare `POST /tickets/<id>/<name>`."""

    def view(ticket_id: str) -> Response:
        wish = asked(body)
        return once(lambda act: move(act, ticket_id, wish))

    view.__name__ = view.__qualname__ = name.replace("-", "_")
    view.__doc__ = (move.__doc__ or f"Make the move {name}.").strip()
    command(f"/tickets/<ticket_id>/{name}", right, TicketOut, body=body)(view)


def _cancel(act: Act, ticket_id: str, wish: MoveWithReason) -> TicketOut:
    """Cancel a ticket; staff say why, a visitor cancels the own one with `?key=`."""
    _must_hold(act, ticket_id)
    return reception.cancel(act, ticket_id, wish.reason, wish.version)


def _unbook(act: Act, ticket_id: str, wish: MoveWithReason) -> TicketOut:
    """Give an appointment back; a visitor the own one with `?key=`."""
    _must_hold(act, ticket_id)
    return booking.unbook(act, ticket_id, wish.reason, wish.version)


def _must_hold(act: Act, ticket_id: str) -> None:
    """Raise UnknownTicket to a visitor without the ticket's key, or once its day is over."""
    if act.actor is not VISITOR:
        return
    if not act.center.signer.opens(ticket_id, request.args["key"]):
        raise UnknownTicket
    views.of_today(act, act.ticket(ticket_id))


def _held(
    move: Callable[[Act, str, int | None], TicketOut],
) -> Callable[[Act, str, Versioned], TicketOut]:
    """Make a visitor's move, which takes the key of the ticket."""

    def made(act: Act, ticket_id: str, wish: Versioned) -> TicketOut:
        _must_hold(act, ticket_id)
        return move(act, ticket_id, wish.version)

    made.__doc__ = move.__doc__
    return made


def _simple(
    move: Callable[[Act, str, int | None], TicketOut],
) -> Callable[[Act, str, Versioned], TicketOut]:
    def made(act: Act, ticket_id: str, wish: Versioned) -> TicketOut:
        return move(act, ticket_id, wish.version)

    made.__doc__ = move.__doc__
    return made


_move("recall", "ticket:serve", Versioned, _simple(serving.recall))
_move("start", "ticket:serve", Versioned, _simple(serving.start))
_move("no-show", "ticket:serve", Versioned, _simple(serving.no_show))
_move("resume", "ticket:serve", Versioned, _simple(serving.resume))
_move("undo", "ticket:serve", Versioned, _simple(serving.undo))
_move("revive", "ticket:revive", Versioned, _simple(reception.revive))
_move("check-in", "ticket:check_in", Versioned, _simple(reception.check_in))
_move("finish", "ticket:serve", FinishTicket, serving.finish)
_move("transfer", "ticket:transfer", TransferTicket, serving.transfer)
_move("cancel", "ticket:cancel", MoveWithReason, _cancel)
_move("unbook", "ticket:unbook", MoveWithReason, _unbook)
_move(
    "return",
    "ticket:serve",
    MoveWithReason,
    lambda act, id_, wish: serving.give_back(act, id_, wish.reason, wish.version),
)
_move(
    "hold",
    "ticket:serve",
    HoldTicket,
    lambda act, id_, wish: serving.hold(act, id_, wish.reason, wish.minutes, wish.version),
)
_move(
    "leg",
    "ticket:leg",
    AddLeg,
    lambda act, id_, wish: serving.add_leg(act, id_, wish.service, wish.version),
)
_move(
    "category",
    "ticket:category",
    ChangeCategory,
    lambda act, id_, wish: reception.change_category(
        act, id_, wish.category, wish.reason, wish.version
    ),
)
_move("late", "ticket:late", Versioned, _held(visiting.step_back))
_move(
    "confirm",
    "ticket:confirm",
    ConfirmCategory,
    lambda act, id_, wish: reception.confirm(
        act, id_, confirmed=wish.confirmed, version=wish.version
    ),
)
_move(
    "slip",
    "ticket:reprint",
    ReprintSlip,
    lambda act, id_, wish: reception.reprint(act, id_, wish.reason),
)

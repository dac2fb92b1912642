"""At the window: call, recall, start, finish, and what else may become of a ticket there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from queue_server.contracts.api import TicketOut
from queue_server.contracts.asks import CallNext, CallTicket, FinishTicket, TransferTicket
from queue_server.contracts.messages import TicketEventType
from queue_server.domain import journey, moves, papers, routing
from queue_server.domain import ticket as tickets
from queue_server.domain import window as windows
from queue_server.domain.errors import (
    Forbidden,
    Invalid,
    ReasonRequired,
    UnknownClerk,
)
from queue_server.domain.ticket import Move, State, Ticket
from queue_server.domain.window import Shift
from queue_server.usecases import recording, views
from queue_server.usecases.act import Act
from queue_server.usecases.rights import right
from queue_server.usecases.shifts import (
    clerk_of,
    end_wrap_up,
    must_be_free,
    own_shift,
)


@right("window:work")
def call_next(act: Act, number: int, ending: CallNext | None = None) -> TicketOut | None:
    """Finish the ticket in hand and call the next one; None when nobody eligible waits."""
    shift = _calling(act, number)
    if shift.clerk != clerk_of(act):
        raise Forbidden("Another clerk has this window.")
    hand = act.work.tickets.in_hand(number)
    if hand is not None:
        _finish(act, hand, ending or CallNext(), Move.NEXT)
    desk = routing.desk(act.catalogue.window(number), shift)
    cap = act.catalogue.rules.statutory_cap
    heads = act.work.tickets.heads(desk, act.now)
    chosen = routing.pick_next(heads, desk, act.now, cap)
    if chosen is None:
        return None
    called = moves.call(chosen, number, shift.clerk, act.now)
    overtook = _overtaken(act, desk, chosen) if routing.may_overtake(heads, chosen) else ()
    return _claim(act, shift, chosen, called, overtook=overtook)


@right("ticket:call_this")
def call_this(act: Act, number: int, wish: CallTicket) -> TicketOut:
    """Call a ticket picked by hand; out of order it needs a reason, which the log keeps."""
    shift = _calling(act, number)
    chosen = act.ticket(wish.ticket)
    called = moves.call_this(chosen, number, shift.clerk, act.now, wish.reason)
    must_be_free(act, number)
    desk = routing.desk(act.catalogue.window(number), shift)
    cap = act.catalogue.rules.statutory_cap
    rank = routing.rule_rank(act.work.tickets.line(desk), chosen, desk, act.now, cap)
    in_order = rank == 1 and routing.eligible(chosen, desk, act.now)
    if not in_order and not wish.reason:
        raise ReasonRequired("Say why this ticket is called out of order.")
    overtook = _overtaken(act, desk, chosen)
    return _claim(act, shift, chosen, called, rank=rank, reason=wish.reason, overtook=overtook)


@right("ticket:serve")
def recall(act: Act, ticket_id: str, version: int | None) -> TicketOut:
    """Announce the called ticket again."""
    before = _own(act, ticket_id, version)
    return _moved(act, "ticket_recalled", before, moves.recall(before, clerk_of(act), act.now))


@right("ticket:serve")
def start(act: Act, ticket_id: str, version: int | None) -> TicketOut:
    """Begin to serve."""
    before = _own(act, ticket_id, version)
    return _moved(act, "ticket_started", before, moves.start(before, clerk_of(act), act.now))


@right("ticket:serve")
def finish(act: Act, ticket_id: str, wish: FinishTicket) -> TicketOut:
    """End the leg in hand: back to the sender, on to the next leg, or finished."""
    after = _finish(act, _own(act, ticket_id, wish.version), wish)
    return views.ticket_reply(act, after)


@right("ticket:serve")
def no_show(act: Act, ticket_id: str, version: int | None) -> TicketOut:
    """Note that the visitor did not come; raises TooEarly before the least call time."""
    before = _own(act, ticket_id, version)
    least = act.catalogue.rules.least_call_time
    after = moves.no_show(before, clerk_of(act), act.now, least)
    return _moved(act, "ticket_missed", before, after)


@right("ticket:serve")
def give_back(act: Act, ticket_id: str, reason: str | None, version: int | None) -> TicketOut:
    """Return the called ticket to the place it had."""
    of_any = act.actor.may("window:any")
    before = act.ticket(ticket_id, version) if of_any else _own(act, ticket_id, version)
    after = moves.give_back(before, clerk_of(act), act.now, reason)
    return _moved(act, "ticket_returned", before, after, reason)


@right("ticket:serve")
def hold(
    act: Act, ticket_id: str, reason: str, minutes: int | None, version: int | None
) -> TicketOut:
    """Set the ticket aside, for so many minutes where given."""
    before = _own(act, ticket_id, version)
    until = act.now + timedelta(minutes=minutes) if minutes else None
    after = moves.hold(before, clerk_of(act), act.now, reason, until)
    return _moved(act, "ticket_held", before, after, reason)


@right("ticket:serve")
def resume(act: Act, ticket_id: str, version: int | None) -> TicketOut:
    """Call a ticket back from hold, to the window of the clerk who resumes it."""
    before = act.ticket(ticket_id, version)
    shift = _shift_for(act, before)
    after = moves.resume(before, shift.window, shift.clerk, act.now)
    must_be_free(act, shift.window)
    end_wrap_up(act, shift)
    return _moved(act, "ticket_resumed", before, after)


@right("ticket:transfer")
def transfer(act: Act, ticket_id: str, wish: TransferTicket) -> TicketOut:
    """Send the ticket to another service, window or clerk; its wait is kept."""
    before = act.ticket(ticket_id, wish.version)
    if before.at_window:
        _must_own(act, before)
    elif act.actor.role == "clerk":
        raise Forbidden("Only reception and supervisors transfer a ticket that waits.")
    after = moves.transfer(
        before,
        act.actor.name,
        act.now,
        service=_wanted_service(act, before, wish),
        place=_wanted_place(act, wish),
        with_return=wish.with_return,
        reason=wish.reason,
    )
    return _moved(act, "ticket_transferred", before, after, wish.reason)


@right("ticket:leg")
def add_leg(act: Act, ticket_id: str, service: str, version: int | None) -> TicketOut:
    """Add one more service to the visit."""
    before = act.ticket(ticket_id, version)
    if act.actor.role == "clerk":
        _must_own(act, before)
    wanted = act.catalogue.service(service)
    after = moves.add_leg(before, act.actor.name, act.now, wanted.id)
    return _moved(act, "ticket_leg_added", before, after)


@right("ticket:serve")
def undo(act: Act, ticket_id: str, version: int | None) -> TicketOut:
    """Take back the clerk's own last move on this ticket, while nothing followed from it."""
    before = act.ticket(ticket_id, version)
    after = moves.undo(before, clerk_of(act), act.now, act.catalogue.rules.undo_within)
    if after.window is not None and not before.at_window:
        shift = own_shift(act, after.window)
        must_be_free(act, after.window)
        end_wrap_up(act, shift)
    return _moved(act, "ticket_undone", before, after)


def _claim(
    act: Act,
    shift: Shift,
    chosen: Ticket,
    called: Ticket,
    *,
    overtook: tuple[str, ...],
    rank: int = 1,
    reason: str | None = None,
) -> TicketOut:
    act.work.tickets.count_overtaken(overtook)
    after = windows.after_call(shift, statutory=chosen.statutory)
    if after != shift:
        act.work.shifts.save(after)
    recording.moved(
        act, "ticket_called", chosen, called, rule_rank=rank, overtook=overtook, reason=reason
    )
    return views.ticket_reply(act, called)


def _overtaken(act: Act, desk: routing.Desk, chosen: Ticket) -> tuple[str, ...]:
    line = act.work.tickets.line(desk)
    return tuple(ticket.id for ticket in routing.overtaken(line, chosen, desk, act.now))


def _calling(act: Act, number: int) -> Shift:
    """Return the shift of a window that calls: its papers are finished, and the hall is at work."""
    shift = own_shift(act, number)
    act.must_work()
    return end_wrap_up(act, windows.ready(shift))


def _finish(
    act: Act, before: Ticket, wish: FinishTicket | CallNext, by: Move = Move.FINISH
) -> Ticket:
    facts = _ending(act, wish)
    waits = {
        service: float(
            views.expected(act, service, act.work.tickets.waiting().get(service, 0)).high
        )
        for service in journey.open_legs(before)
    }
    after = moves.finish(
        before,
        clerk_of(act),
        act.now,
        outcome=wish.outcome,
        delivery=wish.delivery,
        onward=journey.onward(before, waits),
        by=by,
        reason=wish.reason,
    )
    ended = after.state is State.FINISHED
    event: TicketEventType = "ticket_finished" if ended else "ticket_leg_finished"
    return recording.moved(act, event, before, after, **facts)


def _ending(act: Act, wish: FinishTicket | CallNext) -> dict[str, Any]:
    """Return what the log keeps of an ending; raises Invalid for a document out of place."""
    if wish.document and wish.outcome != "turned_away":
        raise Invalid("Only who is turned away lacks a document.", field="document")
    unlawful = wish.document and not papers.may_be_demanded(act.catalogue, wish.document)
    return {
        "outcome": wish.outcome,
        "delivery": wish.delivery,
        "reason": wish.reason,
        "document": wish.document,
        "demanded": True if unlawful else None,
    }


def _moved(
    act: Act, event: TicketEventType, before: Ticket, after: Ticket, reason: str | None = None
) -> TicketOut:
    recording.moved(act, event, before, after, reason=reason)
    return views.ticket_reply(act, after)


def _own(act: Act, ticket_id: str, version: int | None) -> Ticket:
    """Return the ticket, which the actor must have in hand if anyone has."""
    ticket = act.ticket(ticket_id, version)
    if ticket.at_window:
        _must_own(act, ticket)
    return ticket


def _must_own(act: Act, ticket: Ticket) -> None:
    """Raise Forbidden unless the ticket is the actor's: nobody serves in another's name."""
    if ticket.clerk != clerk_of(act):
        raise Forbidden("Another clerk has this ticket.")


def _shift_for(act: Act, ticket: Ticket) -> Shift:
    """Return the open shift that takes a ticket up again: the actor's own, or the ticket's."""
    clerk = clerk_of(act)
    own = act.work.shifts.of(clerk)
    if own is not None:
        if ticket.clerk != clerk:
            raise Forbidden("Another clerk has put this ticket on hold.")
        return windows.ready(own)
    kind, _, where = ticket.place.partition(":")
    if act.actor.may("window:any") and kind == "window":
        return windows.ready(act.work.shifts.at(int(where)))
    return windows.ready(None)


def _wanted_service(act: Act, ticket: Ticket, wish: TransferTicket) -> str:
    if wish.to_service is None and wish.to_window is None and wish.to_clerk is None:
        raise Invalid("Say where to: a service, a window or a clerk.", field="to_service")
    if wish.to_service is None:
        return ticket.service
    if wish.to_service not in act.catalogue.service_by_id:
        raise Invalid(f"There is no service {wish.to_service!r}.", field="to_service")
    return wish.to_service


def _wanted_place(act: Act, wish: TransferTicket) -> str:
    if wish.to_window is not None and wish.to_clerk is not None:
        raise Invalid("Say a window or a clerk, not both.", field="to_clerk")
    if wish.to_window is not None:
        if wish.to_window not in act.catalogue.windows_by_number:
            raise Invalid(f"There is no window {wish.to_window}.", field="to_window")
        return tickets.at_window(wish.to_window)
    if wish.to_clerk is not None:
        person = act.work.access.person(wish.to_clerk)
        if person is None or person.role != "clerk":
            raise UnknownClerk(f"There is no clerk {wish.to_clerk!r}.")
        return tickets.at_clerk(wish.to_clerk)
    return tickets.QUEUE

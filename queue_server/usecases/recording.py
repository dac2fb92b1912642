"""Writing down what happened: the ticket's next value and its event, in one transaction."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from queue_server.contracts.messages import (
    ActorFacts,
    CenterEvent,
    CenterEventType,
    ReckonedFacts,
    TicketEvent,
    TicketEventType,
    TicketFacts,
    WindowEvent,
    WindowEventType,
)
from queue_server.domain.ticket import Ticket
from queue_server.domain.window import Shift
from queue_server.usecases.access import VISITOR, Actor
from queue_server.usecases.act import Act


def instant(at: datetime) -> str:
    """Return the wire form of a time: RFC 3339 in UTC with milliseconds."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def issued(act: Act, ticket: Ticket) -> None:
    """Keep a new ticket."""
    act.work.tickets.add(ticket)
    logged(act, "ticket_issued", ticket, reckoned=reckoned_facts(ticket))


def logged(act: Act, event: TicketEventType, ticket: Ticket, **facts: Any) -> None:
    """Say what happened to a ticket that did not move."""
    _log(act, event, ticket, None, **facts)


def moved(act: Act, event: TicketEventType, before: Ticket, after: Ticket, **facts: Any) -> Ticket:
    """Keep a ticket's next value and say what happened; returns it."""
    act.work.tickets.save(after)
    _log(act, event, after, before, **facts)
    return after


def shift_changed(
    act: Act, event: WindowEventType, shift: Shift, reason: str | None = None
) -> None:
    """Say what happened to a clerk's shift, and why; the reason of a break is the shift's own."""
    act.work.log.append(
        WindowEvent(
            type=event,
            at=instant(act.now),
            actor=actor_facts(act.actor),
            window=shift.window,
            hall=act.catalogue.window(shift.window).hall,
            clerk=shift.clerk,
            reason=reason or shift.pause_reason,
        )
    )


def noted(
    act: Act,
    event: CenterEventType,
    subject: str,
    detail: str | None = None,
    *,
    reason: str | None = None,
    ticket: str | None = None,
) -> None:
    """Say what happened in the center beside tickets and windows."""
    act.work.log.append(
        CenterEvent(
            type=event,
            at=instant(act.now),
            actor=actor_facts(act.actor),
            subject=subject,
            detail=detail,
            reason=reason,
            ticket_id=ticket,
        )
    )


def reckoned_facts(ticket: Ticket) -> ReckonedFacts | None:
    """Return the wire form of the wait that was reckoned when it was told."""
    return ReckonedFacts(**asdict(ticket.reckoned)) if ticket.reckoned else None


def actor_facts(actor: Actor) -> ActorFacts:
    """Return the actor's wire form."""
    return ActorFacts(kind=actor.kind, name=actor.name, role=actor.role)


def _log(
    act: Act, event: TicketEventType, ticket: Ticket, before: Ticket | None, **facts: Any
) -> None:
    window = ticket.window or (before.window if before else None)
    plan = act.catalogue.windows_by_number.get(window) if window else None
    act.work.log.append(
        TicketEvent(
            type=event,
            at=instant(act.now),
            actor=actor_facts(act.actor),
            ticket=_facts(ticket),
            was=before.state if before else None,
            window=window,
            hall=plan.hall if plan else None,
            was_service=before.service if before and before.service != ticket.service else None,
            was_place=before.place if before and before.place != ticket.place else None,
            clerks_window=_clerks_window(act, before, ticket),
            **facts,
        )
    )


def _clerks_window(act: Act, before: Ticket | None, after: Ticket) -> int | None:
    """Return the window of the clerk at whose own place the ticket waits or waited."""
    for ticket in (after, before):
        kind, _, login = ticket.place.partition(":") if ticket else ("", "", "")
        if kind == "clerk" and (shift := act.work.shifts.of(login)):
            return shift.window
    return None


def _facts(ticket: Ticket) -> TicketFacts:
    return TicketFacts(
        id=ticket.id,
        number=ticket.number,
        service=ticket.service,
        state=ticket.state,
        language=ticket.language,
        day=ticket.day.isoformat(),
        issued_at=instant(ticket.issued_at),
        order_key=instant(ticket.order_key),
        serial=ticket.serial,
        version=ticket.version,
        recalls=ticket.recalls,
        place=ticket.place,
        category=ticket.category,
        statutory=ticket.statutory,
        needs=tuple(sorted(ticket.needs)),
        window=ticket.window,
        clerk=ticket.clerk,
        called_at=instant(ticket.called_at) if ticket.called_at else None,
        not_before=instant(ticket.not_before) if ticket.not_before else None,
        hold_until=instant(ticket.hold_until) if ticket.hold_until else None,
        legs=tuple(leg.service for leg in ticket.legs),
        paper=ticket.paper,
        event=ticket.event,
        claimed=ticket.claimed,
        late=ticket.late or None,
        promised=ticket.promised,
        slot=instant(ticket.slot) if ticket.slot else None,
        online=(ticket.slot is not None and ticket.issued_by == VISITOR.name) or None,
    )

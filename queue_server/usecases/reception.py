"""A visitor comes in: tickets are issued, corrected, cancelled, revived, printed again."""

from __future__ import annotations

from dataclasses import replace

from queue_server.contracts.api import IssueTicket, TicketOut
from queue_server.domain import journey
from queue_server.domain import ticket as tickets
from queue_server.domain.errors import ReasonRequired
from queue_server.domain.ticket import QUEUE, Ticket
from queue_server.usecases import recording, views
from queue_server.usecases.act import Act


def issue(act: Act, wish: IssueTicket) -> TicketOut:
    """Issue a ticket; raises UnknownService, UnknownCategory, UnknownLanguage, UnknownNeed."""
    service = act.catalogue.service(wish.service)
    category = act.catalogue.category(wish.category) if wish.category else None
    order_key, statutory = tickets.head_start(category, act.now)
    serial = act.work.seq + 1
    ahead = views.counted_ahead(act, service.id, QUEUE, (order_key, act.now, serial))
    wait = views.expected(act, service.id, ahead)
    ticket = Ticket(
        id=act.center.names.ticket_id(act.now),
        day=act.day,
        prefix=service.group,
        count=act.work.numbers.next(act.day, service.group),
        serial=serial,
        service=service.id,
        legs=journey.legs(service),
        language=act.catalogue.language(wish.language),
        issued_at=act.now,
        order_key=order_key,
        issued_by=act.actor.name,
        since=act.now,
        category=category.id if category else None,
        statutory=statutory,
        needs=act.catalogue.needs(tuple(wish.needs)),
        paper=wish.paper,
        promised=(wait.low, wait.high),
    )
    recording.issued(act, ticket)
    return views.ticket_reply(act, ticket, holder=True, ahead=ahead)


def check_in(act: Act, ticket_id: str, version: int | None) -> TicketOut:
    """Let a booked visitor wait."""
    booked, rules = act.ticket(ticket_id, version), act.catalogue.rules
    here = tickets.check_in(
        booked, act.actor.name, act.now, rules.appointment_head_start, rules.appointment_tolerance
    )
    recording.moved(act, "ticket_checked_in", booked, here)
    return views.ticket_reply(act, here, holder=True)


def change_category(
    act: Act, ticket_id: str, category_id: str | None, reason: str, version: int | None
) -> TicketOut:
    """Grant a category, or take it; the ticket's place follows."""
    before = act.ticket(ticket_id, version)
    category = act.catalogue.category(category_id) if category_id else None
    after = tickets.change_category(before, act.actor.name, act.now, category, reason)
    recording.moved(act, "ticket_category_changed", before, after, reason=reason)
    return views.ticket_reply(act, after)


def cancel(act: Act, ticket_id: str, reason: str | None, version: int | None) -> TicketOut:
    """End a ticket that will not be served; staff say why, visitors need not."""
    before = act.ticket(ticket_id, version)
    if act.actor.kind != "visitor" and not reason:
        raise ReasonRequired
    after = tickets.cancel(before, act.actor.name, act.now, reason)
    recording.moved(act, "ticket_cancelled", before, after, reason=reason)
    return views.ticket_reply(act, after)


def revive(act: Act, ticket_id: str, version: int | None) -> TicketOut:
    """Let a no-show wait again at the old place; raises TooLate beyond the tolerance."""
    before = act.ticket(ticket_id, version)
    after = tickets.revive(before, act.actor.name, act.now, act.catalogue.rules.revive_within)
    recording.moved(act, "ticket_revived", before, after)
    return views.ticket_reply(act, after)


def reprint(act: Act, ticket_id: str, reason: str | None) -> TicketOut:
    """Ask the hall's print station for one more slip, marked as a copy."""
    before = act.ticket(ticket_id)
    after = replace(before, copies=before.copies + 1, version=before.version + 1)
    recording.moved(act, "slip_requested", before, after, reason=reason, copy_number=after.copies)
    return views.ticket_reply(act, after)

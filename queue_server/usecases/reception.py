"""A visitor comes in: tickets are issued, booked, corrected, cancelled, revived, printed again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final, Protocol

from queue_server.contracts.api import TicketOut
from queue_server.contracts.asks import IssueTicket
from queue_server.contracts.messages import TicketEventType
from queue_server.domain import journey, moves
from queue_server.domain.errors import (
    AlreadyHere,
    Forbidden,
    Invalid,
    ReasonRequired,
    UnknownCode,
    WrongDay,
)
from queue_server.domain.routing import arrival
from queue_server.domain.ticket import QUEUE, State, Ticket
from queue_server.usecases import leasing, offering, recording, views, waits
from queue_server.usecases.act import Act
from queue_server.usecases.rights import right

#: a ticket's page, as a scanner reads it from a slip
ADDRESS: Final = re.compile(r"/t/(?P<id>[\w.]{1,64})\?key=(?P<key>[\w=-]{1,80})")


class Wish(Protocol):
    """What every way of asking for a ticket says."""

    @property
    def service(self) -> str:
        """The service to begin with."""
        ...

    @property
    def category(self) -> str | None:
        """Why the visitor may go first."""
        ...

    @property
    def language(self) -> str | None:
        """The visitor's language."""
        ...

    @property
    def needs(self) -> Sequence[str]:
        """What the window must be able to do."""
        ...

    @property
    def event(self) -> str | None:
        """The life event that brings the visitor."""
        ...

    @property
    def legs(self) -> Sequence[str]:
        """Further services of the same visit."""
        ...


@right("ticket:issue")
def issue(act: Act, wish: IssueTicket) -> TicketOut:
    """Issue a ticket.

    Raises UnknownService, UnknownCategory, UnknownLanguage, UnknownNeed; HallSuspended, DayClosed
    or ServiceClosed while none is given.
    """
    act.must_work()
    offering.must_be_open(act.work, act.now, (wish.service, *wish.legs))
    prefix = act.catalogue.service(wish.service).group
    ticket = new_ticket(
        act,
        wish,
        id_=act.center.names.ticket_id(act.now),
        day=act.day,
        count=leasing.next_count(act, act.day, prefix),
        issued_at=act.now,
    )
    ahead = views.counted_ahead(act, ticket.service, QUEUE, arrival(ticket))
    ticket = waits.promised(act, replace(ticket, paper=wish.paper), ahead)
    recording.issued(act, ticket)
    return views.ticket_reply(act, ticket, holder=True, ahead=ahead, told=True)


def new_ticket(
    act: Act, wish: Wish, *, id_: str, day: date, count: int, issued_at: datetime
) -> Ticket:
    """Return a ticket that waits, not yet kept.

    Without staff a category is only declared: the catalogue says who sees its papers, and whether
    it counts before.
    """
    service = act.catalogue.service(wish.service)
    event = act.catalogue.event(wish.event) if wish.event else None
    asked = act.catalogue.category(wish.category) if wish.category else None
    claims = asked is not None and act.actor.kind != "person" and asked.confirm != "none"
    granted = None if claims and asked and asked.confirm == "reception" else asked
    order_key, statutory = moves.head_start(granted, issued_at)
    return Ticket(
        id=id_,
        day=day,
        prefix=service.group,
        count=count,
        serial=act.work.seq + 1,
        service=service.id,
        legs=journey.visit(service, wish.legs, event),
        language=act.catalogue.language(wish.language),
        issued_at=issued_at,
        order_key=order_key,
        issued_by=act.actor.name,
        since=issued_at,
        category=granted.id if granted else None,
        statutory=statutory,
        needs=act.catalogue.needs(tuple(wish.needs)),
        paper="own",
        event=event.id if event else None,
        claimed=asked.id if claims and asked else None,
    )


def promised(act: Act, ticket: Ticket) -> Ticket:
    """Return a ticket of this day with the wait that its holder is told, wherever it stands."""
    if ticket.day != act.day:
        return ticket
    ahead = views.counted_ahead(act, ticket.service, ticket.place, arrival(ticket))
    return waits.promised(act, ticket, ahead)


@right("ticket:check_in")
def check_in_by_code(act: Act, code: str) -> TicketOut:
    """Let a booked visitor wait by the code, or by the address on a slip.

    Raises UnknownCode, AlreadyHere, WrongDay.
    """
    booked = _booked(act, code.strip())
    if booked.day != act.day:
        raise WrongDay
    if booked.state is not State.BOOKED:
        raise AlreadyHere
    return check_in(act, booked.id, None)


def _booked(act: Act, code: str) -> Ticket:
    """Return the ticket that a code or a ticket's address means; raises UnknownCode."""
    address = ADDRESS.search(code)
    if address and act.center.signer.opens(address["id"], address["key"]):
        found = act.work.tickets.get(address["id"])
    else:
        found = act.work.tickets.by_code(code.upper().replace("-", "").replace(" ", ""))
    if found is None:
        raise UnknownCode
    return found


@right("ticket:check_in")
def check_in(act: Act, ticket_id: str, version: int | None) -> TicketOut:
    """Let a booked visitor wait; raises WrongDay on another day than the slot's."""
    booked, rules = act.ticket(ticket_id, version), act.catalogue.rules
    if booked.state is State.BOOKED and booked.day != act.day:
        raise WrongDay
    here = moves.check_in(
        booked, act.actor.name, act.now, rules.appointment_head_start, rules.appointment_tolerance
    )
    ahead = views.counted_ahead(act, here.service, here.place, arrival(here))
    here = waits.promised(act, here, ahead)
    reckoned = recording.reckoned_facts(here)
    recording.moved(act, "ticket_checked_in", booked, here, reckoned=reckoned)
    return views.ticket_reply(act, here, holder=True, ahead=ahead, told=True)


@right("ticket:category")
def change_category(
    act: Act, ticket_id: str, category_id: str | None, reason: str, version: int | None
) -> TicketOut:
    """Grant a category, or take it; the ticket's place follows."""
    before = act.ticket(ticket_id, version)
    category = act.catalogue.category(category_id) if category_id else None
    after = moves.change_category(before, act.actor.name, act.now, category, reason)
    recording.moved(act, "ticket_category_changed", before, after, reason=reason)
    return views.ticket_reply(act, after)


@right("ticket:confirm")
def confirm(act: Act, ticket_id: str, *, confirmed: bool, version: int | None) -> TicketOut:
    """Note whether the papers for a declared category were shown; the place follows."""
    before = act.ticket(ticket_id, version)
    if act.actor.role == "clerk" and before.clerk != act.actor.name:
        raise Forbidden("Another clerk has this visitor.")
    category = act.catalogue.category(before.claimed) if before.claimed and confirmed else None
    after = moves.confirm(before, act.actor.name, act.now, category)
    event: TicketEventType = "ticket_category_confirmed" if confirmed else "ticket_category_refused"
    recording.moved(act, event, before, after, reason=before.claimed)
    return views.ticket_reply(act, after)


@right("ticket:cancel")
def cancel(act: Act, ticket_id: str, reason: str | None, version: int | None) -> TicketOut:
    """End a ticket that will not be served; staff say why, visitors need not."""
    before = act.ticket(ticket_id, version)
    if act.actor.kind != "visitor" and not reason:
        raise ReasonRequired
    after = moves.cancel(before, act.actor.name, act.now, reason)
    recording.moved(act, "ticket_cancelled", before, after, reason=reason)
    return views.ticket_reply(act, after)


@right("ticket:revive")
def revive(act: Act, ticket_id: str, version: int | None) -> TicketOut:
    """Let a no-show wait again at the old place; raises TooLate beyond the tolerance."""
    before = act.ticket(ticket_id, version)
    after = moves.revive(before, act.actor.name, act.now, act.catalogue.rules.revive_within)
    recording.moved(act, "ticket_revived", before, after)
    return views.ticket_reply(act, after)


@right("ticket:reprint")
def reprint(act: Act, ticket_id: str, reason: str | None) -> TicketOut:
    """Ask the hall's print station for one more slip, marked as a copy."""
    before = act.ticket(ticket_id)
    after = replace(before, copies=before.copies + 1, version=before.version + 1)
    recording.moved(act, "slip_requested", before, after, reason=reason, copy_number=after.copies)
    return views.ticket_reply(act, after)


def instant(text: str, field: str) -> datetime:
    """Return a time of the wire in UTC, cut to milliseconds; raises Invalid naming the field."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Invalid(f"{text!r} is no RFC 3339 time.", field=field) from None
    if moment.tzinfo is None:
        raise Invalid("The time needs an offset.", field=field)
    utc = moment.astimezone(UTC)
    return utc.replace(microsecond=utc.microsecond // 1000 * 1000)

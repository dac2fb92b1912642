"""Tickets that a kiosk issued without the server take their true place.

A ticket that was handed over before is only named again. What cannot be taken is refused one by
one, and the refusal is written down: the visitor holds a paper.
"""

from __future__ import annotations

import json

from queue_server.contracts.devices import HandedOver, HandOver, OfflineTicket, RefusedTicket
from queue_server.domain import moves, numbering
from queue_server.domain.calendar import day_then
from queue_server.domain.errors import DomainError, NotYourNumber, NumberTaken
from queue_server.domain.ticket import MOVES, Move, Ticket
from queue_server.usecases import reception, recording
from queue_server.usecases.act import Act
from queue_server.usecases.records import Lease, StoredReply
from queue_server.usecases.rights import right

#: what a request is answered whose ticket the kiosk has replaced by one of its own
_REPLACED = json.dumps(
    {
        "type": "about:blank",
        "title": "Replaced",
        "status": 409,
        "code": "replaced",
        "detail": "The kiosk issued this ticket by itself.",
    }
)


@right("numbers:lease")
def take(act: Act, wish: HandOver) -> HandedOver:
    """Take the tickets in their order; raises NotYourNumber for a kiosk without own numbers."""
    lease = act.work.devices.lease(act.actor.name)
    if lease is None:
        raise NotYourNumber("This kiosk has no numbers of its own.")
    taken, refused = [], []
    for offline in wish.tickets:
        try:
            _take(act, lease, offline)
        except DomainError as error:
            recording.noted(act, "hand_over_refused", offline.number, error.code)
            refused.append(RefusedTicket(id=offline.id, code=error.code, detail=str(error)))
        else:
            taken.append(offline.id)
    return HandedOver(taken=taken, refused=refused)


def _take(act: Act, lease: Lease, offline: OfflineTicket) -> None:
    if act.work.tickets.get(offline.id) is not None:
        return
    ticket = reception.promised(act, _ticket(act, lease, offline))
    recording.issued(act, ticket)
    if offline.instead_of is not None:
        _void(act, offline.instead_of, ticket.number)
    if ticket.day != act.day:
        recording.moved(act, "ticket_expired", ticket, moves.expire(ticket, act.now))


def _ticket(act: Act, lease: Lease, offline: OfflineTicket) -> Ticket:
    """Return the ticket as the paper says; raises NotYourNumber, NumberTaken, Invalid."""
    prefix, count = numbering.parse(offline.number) or ("", 0)
    own = offline.id.startswith(f"{lease.id}.") and count in lease.block
    if not own or act.catalogue.service(offline.service).group != prefix:
        raise NotYourNumber(f"{offline.number} is not a number of this kiosk for this service.")
    issued_at = min(reception.instant(offline.issued_at, "issued_at"), act.now)
    day = day_then(act.day, issued_at, act.catalogue.timezone)
    if act.work.tickets.find(day, prefix, count) is not None:
        raise NumberTaken(f"{offline.number} of {day} is another ticket's.")
    return reception.new_ticket(
        act, offline, id_=offline.id, day=day, count=count, issued_at=issued_at
    )


def _void(act: Act, key: str, number: str) -> None:
    """End the ticket of a request whose answer never came; a later such request is refused."""
    answer = act.work.replies.get(act.actor.ref, key)
    if answer is None:
        kept = StoredReply(act.actor.ref, key, f"replaced by {number}", 409, _REPLACED, act.now)
        act.work.replies.add(kept)
        return
    ghost = act.work.tickets.get(json.loads(answer.body or "{}").get("id", ""))
    if ghost is not None and ghost.state in MOVES[Move.CANCEL]:
        reason = f"the kiosk had no answer and issued {number}"
        ended = moves.cancel(ghost, act.actor.name, act.now, reason)
        recording.moved(act, "ticket_cancelled", ghost, ended, reason=reason)

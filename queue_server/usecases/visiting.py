"""What a visitor does with the own ticket: lets others go before, says how it was."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from queue_server.contracts.api import RatingOut, TicketOut
from queue_server.contracts.asks import RateTicket
from queue_server.domain import moves, routing
from queue_server.domain.catalogue import Taking
from queue_server.domain.errors import NothingToRate
from queue_server.domain.routing import Desk
from queue_server.domain.ticket import QUEUE, Ticket
from queue_server.usecases import recording, views
from queue_server.usecases.act import Act
from queue_server.usecases.rights import right

#: a visit as long as this is still found by the window's rating pad
VISIT: Final = timedelta(hours=10)


@right("ticket:late")
def step_back(act: Act, ticket_id: str, version: int | None) -> TicketOut:
    """Let a late visitor wait behind the next few; raises AlreadyLate the second time."""
    before = act.ticket(ticket_id, version)
    after = moves.step_back(before, act.now, _behind(act, before))
    recording.moved(act, "ticket_stepped_back", before, after)
    return views.ticket_reply(act, after, holder=True)


@right("ticket:rate")
def rate(act: Act, ticket_id: str, wish: RateTicket) -> RatingOut:
    """Note what a visitor thought; raises NothingToRate, AlreadyRated."""
    return _rated(act, act.ticket(ticket_id), wish)


@right("window:rate")
def rate_at(act: Act, window: int, wish: RateTicket) -> RatingOut:
    """Note what the visitor just served at a window thought, at the window's pad."""
    act.catalogue.window(window)
    served = act.work.tickets.served_at(window, act.now - VISIT)
    if served is None or not moves.just_ended(served, act.now):
        raise NothingToRate
    return _rated(act, served, wish)


def _rated(act: Act, before: Ticket, wish: RateTicket) -> RatingOut:
    after = moves.rate(before, wish.stars)
    act.work.tickets.save(after)
    recording.logged(
        act, "ticket_rated", after, stars=wish.stars, reason=wish.reason, demanded=wish.demanded
    )
    return RatingOut(stars=wish.stars)


def _behind(act: Act, ticket: Ticket) -> datetime:
    """Return the order key of the one that a late visitor steps behind, in the own line."""
    group = act.catalogue.service(ticket.service).group
    desk = Desk(0, "", {s: Taking() for s in act.catalogue.services_by_group[group]})
    line = [t for t in act.work.tickets.line(desk) if t.place == QUEUE]
    return routing.place_behind(ticket, line, act.catalogue.rules.late_behind)

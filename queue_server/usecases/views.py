"""What people and devices see: domain values as replies. Reads only."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from queue_server.contracts.api import (
    BoardOut,
    CallOut,
    EstimateOut,
    LegOut,
    ParkedOut,
    TicketOut,
    WaitingOut,
    WindowOut,
)
from queue_server.domain import calendar, routing
from queue_server.domain.errors import UnknownTicket
from queue_server.domain.estimate import LONGEST, NOBODY, Estimate
from queue_server.domain.routing import Arrival, arrival
from queue_server.domain.ticket import FINAL, QUEUE, State, Ticket, at_clerk, at_window
from queue_server.domain.window import Shift
from queue_server.usecases import waits
from queue_server.usecases.access import Actor
from queue_server.usecases.act import Act
from queue_server.usecases.figures import Figures, of_hall
from queue_server.usecases.ports import Center
from queue_server.usecases.recording import instant

#: a panel lists no more than this many of those who wait
LINE = 300


def ticket_reply(
    act: Act, ticket: Ticket, *, holder: bool = False, ahead: int | None = None, told: bool = False
) -> TicketOut:
    """Return a ticket's reply; only its holder's and issuer's carries the key.

    `ahead` spares the count to whoever has just counted. `told`: the wait is the one that was just
    promised, for paper and books must say the same.
    """
    counts = ticket.state in (State.WAITING, State.BOOKED)
    if ahead is None:
        ahead = counted_ahead(act, ticket.service, ticket.place, arrival(ticket)) if counts else 0
    key = act.center.signer.key(ticket.id) if holder else None
    return TicketOut(
        id=ticket.id,
        number=ticket.number,
        service=ticket.service,
        state=ticket.state,
        category=ticket.category,
        language=ticket.language,
        needs=sorted(ticket.needs),
        issued_at=instant(ticket.issued_at),
        window=ticket.window,
        legs=_legs(ticket),
        ahead=ahead,
        estimate=_estimate(act, ticket, ahead, told=told) if counts else None,
        key=key,
        url=f"{act.center.public_url}/t/{ticket.id}?key={key}" if key else None,
        version=ticket.version,
        called_at=_or_none(ticket.called_at),
        recalls=ticket.recalls,
        since=instant(ticket.since),
        copies=ticket.copies,
        event=ticket.event,
        claimed=ticket.claimed,
        late=ticket.late,
        rated=ticket.stars is not None,
        code=ticket.code if holder else None,
        slot=_or_none(ticket.slot),
    )


def counted_ahead(act: Act, service: str, place: str, before: Arrival) -> int:
    """Return how many stand before an arrival in its service group, at the same place."""
    group = act.catalogue.service(service).group
    return act.work.tickets.ahead(place, before, act.catalogue.services_by_group[group])


def expected(act: Act, service: str, ahead: int) -> Estimate:
    """Return the expected wait for a service with so many ahead: the longest where none serves."""
    wait = waits.prospect(act).newcomer(service, ahead)
    return wait if wait.served else Estimate(LONGEST, LONGEST, served=False)


def board(act: Act, hall: int, figures: Figures | None = None) -> BoardOut:
    """Return the snapshot of a hall's boards: numbers, windows, languages, nothing personal.

    `figures` spares counting to whoever has just counted.
    """
    work, catalogue = act.work, act.catalogue
    figures = figures or of_hall(act, hall)
    here = {window.number for window in catalogue.windows if window.hall == hall}
    calls = [
        CallOut(
            number=ticket.number,
            window=ticket.window,
            called_at=instant(ticket.called_at),
            recalls=ticket.recalls,
            language=ticket.language,
        )
        for ticket in work.tickets.at_windows()
        if ticket.window in here and ticket.called_at is not None
    ]
    windows = [shift.window for shift in work.shifts.open() if shift.window in here]
    return BoardOut(
        seq=work.seq,
        hall=hall,
        calls=calls,
        windows=windows,
        next=list(figures.next),
        waits=list(figures.waits),
        notices=list(figures.notices),
    )


def window(act: Act, number: int) -> WindowOut:
    """Return a window: its shift, the ticket in hand, who waits for it and who is parked."""
    plan = act.catalogue.window(number)
    shift = act.work.shifts.at(number)
    desk = routing.desk(plan, shift or Shift(number, "", act.now))
    hand = act.work.tickets.in_hand(number)
    cap = act.catalogue.rules.statutory_cap
    line = routing.rule_order(act.work.tickets.line(desk), desk, act.now, cap)[:LINE]
    return WindowOut(
        seq=act.work.seq,
        number=number,
        hall=plan.hall,
        state="closed" if shift is None else "paused" if shift.paused_at else "open",
        clerk=shift.clerk if shift else None,
        opened_at=instant(shift.opened_at) if shift else None,
        pause_reason=shift.pause_reason if shift else None,
        ticket=ticket_reply(act, hand) if hand else None,
        waiting=[_waiting(ticket, desk) for ticket in line],
        parked=[_parked(t) for t in act.work.tickets.parked() if _concerns(t, desk)],
        takes={service: taking.level for service, taking in plan.takes.items()},
        paused_at=_or_none(shift.paused_at) if shift else None,
        wrapping_at=_or_none(shift.wrapping_at) if shift else None,
        halted=act.work.halted,
    )


def ticket(center: Center, actor: Actor, ticket_id: str) -> TicketOut:
    """Return a ticket to staff and devices; raises UnknownTicket."""
    with center.read() as work:
        act = Act(center, work, actor, center.clock.now())
        prints = actor.may("ticket:issue") or actor.may("slips:follow")
        return ticket_reply(act, act.ticket(ticket_id), holder=prints)


def held_ticket(center: Center, actor: Actor, ticket_id: str, key: str) -> TicketOut:
    """Return the visitor's own ticket.

    A wrong key, an unknown id and a day that is over are the same UnknownTicket.
    """
    if not center.signer.opens(ticket_id, key):
        raise UnknownTicket
    with center.read() as work:
        act = Act(center, work, actor, center.clock.now())
        return ticket_reply(act, of_today(act, act.ticket(ticket_id)), holder=True)


def of_today(act: Act, held: Ticket) -> Ticket:
    """Return the ticket; raises UnknownTicket once its day is over and it was not kept."""
    kept = held.day != act.work.day and held.state not in FINAL
    if not kept and calendar.is_over(held.day, act.now, act.catalogue.timezone):
        raise UnknownTicket
    return held


def recent(center: Center, actor: Actor, limit: int) -> list[TicketOut]:
    """Return the newest tickets of the open day."""
    with center.read() as work:
        act = Act(center, work, actor, center.clock.now())
        if work.day is None:
            return []
        return [ticket_reply(act, t) for t in work.tickets.recent(work.day, limit)]


def _legs(ticket: Ticket) -> list[LegOut]:
    """Return the legs; in hand is the first of the ticket's service that is not yet done."""
    legs, found = [], False
    for leg in ticket.legs:
        in_hand = leg.service == ticket.service and not leg.done and not found
        found = found or in_hand
        state: Literal["to_come", "in_hand", "done"] = (
            "done" if leg.done else "in_hand" if in_hand else "to_come"
        )
        legs.append(LegOut(service=leg.service, state=state, outcome=leg.outcome))
    return legs


def _waiting(ticket: Ticket, desk: routing.Desk) -> WaitingOut:
    placed = ticket.place != QUEUE
    return WaitingOut(
        id=ticket.id,
        number=ticket.number,
        service=ticket.service,
        language=ticket.language,
        needs=sorted(ticket.needs),
        category=ticket.category,
        issued_at=instant(ticket.issued_at),
        order_key=instant(ticket.order_key),
        serial=ticket.serial,
        level=1 if placed else desk.takes[ticket.service].level,
        placed=placed,
        version=ticket.version,
        slot=_or_none(ticket.slot),
    )


def _parked(ticket: Ticket) -> ParkedOut:
    return ParkedOut(
        id=ticket.id,
        number=ticket.number,
        service=ticket.service,
        state=ticket.state,
        since=instant(ticket.since),
        hold_until=_or_none(ticket.hold_until),
        reason=ticket.reason,
        version=ticket.version,
        language=ticket.language,
        needs=sorted(ticket.needs),
        category=ticket.category,
    )


def _concerns(ticket: Ticket, desk: routing.Desk) -> bool:
    """Whether this desk may take up a parked ticket: its own hold, or a service it takes."""
    if ticket.state is State.ON_HOLD:
        return ticket.place in (at_window(desk.number), at_clerk(desk.clerk))
    return ticket.service in desk.takes


def _estimate(act: Act, ticket: Ticket, ahead: int, *, told: bool) -> EstimateOut:
    if told:
        wait = Estimate(*ticket.promised) if ticket.promised else NOBODY
    else:
        wait = waits.prospect(act).of_ticket(ticket, ahead)
    local = act.now.astimezone(ZoneInfo(act.catalogue.timezone))
    text = act.center.say_wait(wait, ticket.language, local)
    if not wait.served:
        return EstimateOut(low=None, high=None, text=text)
    return EstimateOut(low=wait.low, high=wait.high, text=text)


def _or_none(at: datetime | None) -> str | None:
    return instant(at) if at else None

"""The hall at this moment as plain values, for whoever lets it go on: predictions, what-ifs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from queue_server.domain import journey, routing
from queue_server.domain.calendar import service_day
from queue_server.domain.catalogue import Window
from queue_server.domain.hall_now import DeskNow, HallNow, Hand, Waiting, newcomer
from queue_server.domain.opening import Opening
from queue_server.domain.routing import Desk
from queue_server.domain.ticket import FIRST, QUEUE, State, Ticket
from queue_server.domain.window import Shift
from queue_server.usecases.act import Act

#: a hall holds fewer than so many who wait
MOST: Final = 2000
#: events of the log that are read at once
STRETCH: Final = 200


def hall_now(act: Act) -> HallNow:
    """Return who waits and who works; on hold and missing visitors may come back, or not.

    Before any window is open, all of the plan are taken to open with the center, or now.
    """
    rules = act.catalogue.rules
    offset = act.now.astimezone(ZoneInfo(act.catalogue.timezone)).utcoffset() or timedelta()
    return HallNow(
        at=act.now,
        desks=tuple(_open_desks(act)) or tuple(_planned_desks(act)),
        waiting=tuple(_waiting(ticket) for ticket in _who_waits(act)),
        booked=tuple(_booked(act)),
        cap=rules.statutory_cap,
        ends=_ends(act),
        asked=tuple(
            newcomer(service.id, act.now, act.catalogue.languages[0])
            for service in act.catalogue.services
        ),
        offset=round(offset.total_seconds() / 60),
    )


def _who_waits(act: Act) -> Iterator[Ticket]:
    """Yield who waits, wherever; of a day that is over nobody comes any more."""
    day = service_day(act.work.day, act.now, act.catalogue.timezone)
    over = day != act.work.day
    return (t for t in act.work.tickets.waiting_all(MOST) if not over or t.day == day)


def _open_desks(act: Act) -> Iterator[DeskNow]:
    hands = {ticket.window: ticket for ticket in act.work.tickets.at_windows()}
    shifts = [s for s in act.work.shifts.open() if s.window in act.catalogue.windows_by_number]
    ate = _ate(act, shifts)
    for shift in shifts:
        plan = act.catalogue.windows_by_number[shift.window]
        lunch = () if shift.window in ate else _lunch(act, plan)
        hand = hands.get(shift.window)
        yield DeskNow(
            desk=routing.desk(plan, shift),
            hand=None if hand is None else _hand(hand),
            paused_at=shift.paused_at,
            away=tuple(each for each in lunch if each.ends > act.now),
        )


def _planned_desks(act: Act) -> Iterator[DeskNow]:
    """Yield the plan's windows: they call once the doors are open, where hours are kept."""
    before: tuple[Opening, ...] = ()
    if act.catalogue.rules.keep_hours:
        opens = act.catalogue.calendar.opens(act.catalogue.calendar.day_of(act.now))
        if opens and opens[0].begins > act.now:
            before = (Opening(act.now, opens[0].begins),)
    for plan in act.catalogue.windows:
        lunch = tuple(each for each in _lunch(act, plan) if each.ends > act.now)
        desk = Desk(plan.number, "", plan.takes, plan.skills, plan.languages)
        yield DeskNow(desk, away=(*before, *lunch))


def _lunch(act: Act, plan: Window) -> tuple[Opening, ...]:
    """Return when a window's lunch shift is today; nothing where it has none."""
    spans = act.catalogue.facts.lunch
    if not 0 < plan.lunch <= len(spans):
        return ()
    calendar = act.catalogue.calendar
    begins, ends = (calendar.instant(calendar.day_of(act.now), at) for at in spans[plan.lunch - 1])
    return (Opening(begins, ends),) if begins < ends else ()


def _ate(act: Act, shifts: list[Shift]) -> frozenset[int]:
    """Return the windows whose clerks are back from the lunch that still goes on by the plan."""
    going_on = {
        shift.window: lunch.begins
        for shift in shifts
        if shift.paused_at is None
        for lunch in _lunch(act, act.catalogue.windows_by_number[shift.window])
        if lunch.holds(act.now)
    }
    if not going_on:
        return frozenset()
    back = _resumed(act, min(going_on.values()))
    return frozenset(w for w, begins in going_on.items() if w in back and back[w] >= begins)


def _resumed(act: Act, since: datetime) -> dict[int, datetime]:
    """Return when each window's last break ended, of those that ended since; reads backwards."""
    found: dict[int, datetime] = {}
    last = act.work.seq
    while last > 0:
        first = max(last - STRETCH + 1, 1)
        stretch = list(act.work.log.between(first, last))
        for wire in reversed(stretch):
            at = datetime.fromisoformat(wire["at"])
            if at < since:
                return found
            if wire["type"] == "window_resumed":
                found.setdefault(int(wire["window"]), at)
        last = first - 1
    return found


def _ends(act: Act) -> datetime | None:
    """Return until when visitors are let in; None where hours are not kept."""
    if not act.catalogue.rules.keep_hours:
        return None
    calendar = act.catalogue.calendar
    opens = calendar.opens(calendar.day_of(act.now))
    return opens[-1].ends - calendar.hours.stop_before_close if opens else act.now


def _booked(act: Act) -> Iterator[Waiting]:
    """Yield today's appointments whose holders may still come, with the place they will have."""
    rules, calendar = act.catalogue.rules, act.catalogue.calendar
    tomorrow = calendar.day_of(act.now) + timedelta(days=1)
    midnight = calendar.instant(tomorrow, "00:00") - timedelta(milliseconds=1)
    since = act.now - rules.appointment_tolerance
    for ticket in act.work.tickets.booked_after(since, midnight):
        slot = ticket.slot or ticket.not_before or act.now
        key = FIRST if ticket.statutory else slot - rules.appointment_head_start
        yield _person(ticket, order_key=key, not_before=slot)


def _waiting(ticket: Ticket) -> Waiting:
    return _person(ticket, ticket.order_key, ticket.not_before, ticket.place)


def _person(
    ticket: Ticket, order_key: datetime, not_before: datetime | None, place: str = QUEUE
) -> Waiting:
    return Waiting(
        id=ticket.id,
        service=ticket.service,
        issued_at=ticket.issued_at,
        order_key=order_key,
        serial=ticket.serial,
        statutory=ticket.statutory,
        place=place,
        needs=ticket.needs,
        language=ticket.language,
        not_before=not_before,
        legs=journey.open_legs(ticket),
    )


def _hand(ticket: Ticket) -> Hand:
    """Return the visitor at a window, and what is left of the visit: back to a sender, a leg."""
    came = ticket.state is State.SERVING
    return Hand(ticket.service, ticket.called_at or ticket.since, came, _then(ticket))


def _then(ticket: Ticket) -> Waiting | None:
    legs = journey.open_legs(ticket)
    if ticket.sender is not None:
        service, place = ticket.sender.service, ticket.sender.place
    elif legs:
        (service, *rest), place = legs, QUEUE
        legs = tuple(rest)
    else:
        return None
    return Waiting(
        id=ticket.id,
        service=service,
        issued_at=ticket.issued_at,
        order_key=ticket.order_key,
        serial=ticket.serial,
        statutory=ticket.statutory,
        place=place,
        needs=ticket.needs,
        language=ticket.language,
        legs=legs,
    )

"""Appointments: what can be booked and when, made by the public or at the desk, given back.

Every booking reads its slot's room and takes it in the one write transaction, so that the last
place is given once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from queue_server.contracts.api import TicketOut
from queue_server.contracts.asks import BookTicket
from queue_server.contracts.booking import (
    BookableGroupOut,
    BookableOut,
    BookableServiceOut,
    BookAppointment,
    DayOut,
    SlotOut,
    SlotsOut,
)
from queue_server.domain import contact as contacts
from queue_server.domain import moves, slots
from queue_server.domain.calendar import service_day
from queue_server.domain.catalogue import Catalogue, Group, Service
from queue_server.domain.errors import (
    BookingsClosed,
    Invalid,
    NoSuchSlot,
    SlotTaken,
    TooManyBookings,
)
from queue_server.domain.slots import Slot
from queue_server.domain.ticket import State, Ticket
from queue_server.usecases import leasing, recording, views
from queue_server.usecases.access import Actor
from queue_server.usecases.act import Act
from queue_server.usecases.ports import Center, UnitOfWork
from queue_server.usecases.reception import instant, new_ticket
from queue_server.usecases.records import Contact
from queue_server.usecases.rights import right

_MINUTE: Final = timedelta(minutes=1)
_DAY: Final = timedelta(days=1)


def services(center: Center, actor: Actor) -> BookableOut:
    """Return all that can be booked."""
    _may_look(actor)
    with center.read() as work:
        offered = work.catalogues.current()
    booking = offered.booking
    groups = (_group(offered, group) for group in offered.groups)
    return BookableOut(
        name=dict(offered.name),
        timezone=offered.timezone,
        languages=list(offered.languages),
        slot_minutes=booking.slot // _MINUTE,
        horizon_days=booking.horizon_days,
        lead_minutes=booking.lead // _MINUTE,
        per_contact=booking.per_contact,
        tolerance_minutes=offered.rules.appointment_tolerance // _MINUTE,
        groups=[group for group in groups if group.services],
    )


def free_slots(center: Center, actor: Actor, service_id: str, day: date | None) -> SlotsOut:
    """Return the days that can be booked and the times of one; raises BookingsClosed."""
    _may_look(actor)
    with center.read() as work:
        offered, now = work.catalogues.current(), center.clock.now()
        service = _offered(offered, service_id)
        table = {each: _slots(work, service, each, now) for each in slots.days(offered, now)}
    shown = day if day is not None else _first_free(table)
    return SlotsOut(
        service=service.id,
        day=shown.isoformat() if shown else None,
        days=[_day(offered, service, each, found) for each, found in table.items()],
        slots=[
            SlotOut(at=recording.instant(slot.at), free=slot.free)
            for slot in (table.get(shown, ()) if shown else ())
        ],
    )


@right("appointment:book")
def book(act: Act, wish: BookAppointment) -> TicketOut:
    """Make an appointment at a free slot of the grid.

    Raises BookingsClosed, NoSuchSlot, SlotTaken, TooManyBookings.
    """
    service, at = _offered(act.catalogue, wish.service), instant(wish.at, "at")
    day = service_day(None, at, act.catalogue.timezone)
    slot = next((each for each in _slots(act.work, service, day, act.now) if each.at == at), None)
    if slot is None:
        raise NoSuchSlot
    if not slot.free:
        raise SlotTaken
    known = contacts.normal(wish.contact) if wish.contact else None
    if known:
        _must_not_hoard(act, known, service)
    asked = wish.model_dump(exclude={"contact"}, exclude_none=True)
    booked = _kept(act, BookTicket(**asked), at)
    if known:
        act.work.contacts.add(Contact(booked.id, known, _hashed(act, known), act.now))
    return views.ticket_reply(act, booked, holder=True)


@right("ticket:book")
def book_at_desk(act: Act, wish: BookTicket) -> TicketOut:
    """Make an appointment at any time to come; inside a slot of the grid only while it has room.

    Raises Invalid for a time that has passed, SlotTaken.
    """
    at = instant(wish.at, "at")
    if at <= act.now:
        raise Invalid("The slot must lie in the future.", field="at")
    service = act.catalogue.service(wish.service)
    day, step = act.catalogue.calendar.day_of(at), act.catalogue.booking.slot
    for begins in slots.grid(act.catalogue, service, day):
        if begins <= at < begins + step and not _slot(act.work, service, begins).free:
            raise SlotTaken
    return views.ticket_reply(act, _kept(act, wish, at), holder=True)


@right("ticket:unbook")
def unbook(act: Act, ticket_id: str, reason: str | None, version: int | None) -> TicketOut:
    """Give an appointment back; its place is free again."""
    before = act.ticket(ticket_id, version)
    after = moves.unbook(before, act.actor.name, act.now, reason)
    recording.moved(act, "ticket_unbooked", before, after, reason=reason)
    return views.ticket_reply(act, after)


def _may_look(actor: Actor) -> None:
    if not actor.may("ticket:book"):
        actor.must("appointment:book")


def _offered(catalogue: Catalogue, service_id: str) -> Service:
    """Return a service that can be booked; raises UnknownService, BookingsClosed."""
    service = catalogue.service(service_id)
    if not slots.offers(catalogue, service):
        raise BookingsClosed
    return service


def _slots(work: UnitOfWork, service: Service, day: date, now: datetime) -> list[Slot]:
    """Return the times of a day that can be booked now, with their room; full ones too."""
    catalogue = work.catalogues.current()
    times = slots.bookable(catalogue, service, day, now)
    if not times or _quota_spent(work, service, day):
        return []
    booked = work.tickets.booked(service.group, times[0], times[-1] + catalogue.booking.slot)
    return [slots.slot(catalogue, service, at, booked) for at in times]


def _slot(work: UnitOfWork, service: Service, at: datetime) -> Slot:
    """Return one time with its room."""
    catalogue = work.catalogues.current()
    booked = work.tickets.booked(service.group, at, at + catalogue.booking.slot)
    return slots.slot(catalogue, service, at, booked)


def _quota_spent(work: UnitOfWork, service: Service, day: date) -> bool:
    if service.quota is None:
        return False
    return work.tickets.issued(day, (service.id,)).get(service.id, 0) >= service.quota


def _first_free(table: dict[date, list[Slot]]) -> date | None:
    free = (day for day, found in table.items() if any(slot.free for slot in found))
    return next(free, next(iter(table), None))


def _kept(act: Act, wish: BookTicket, at: datetime) -> Ticket:
    """Keep a booked ticket of the slot's day."""
    day = service_day(None, at, act.catalogue.timezone)
    prefix = act.catalogue.service(wish.service).group
    ticket = new_ticket(
        act,
        wish,
        id_=act.center.names.ticket_id(act.now),
        day=day,
        count=leasing.next_count(act, day, prefix),
        issued_at=act.now,
    )
    code = act.center.names.code()
    booked = replace(ticket, state=State.BOOKED, slot=at, not_before=at, code=code, paper="station")
    act.work.tickets.add(booked)
    recording.logged(act, "ticket_booked", booked)
    return booked


def _must_not_hoard(act: Act, contact: str, service: Service) -> None:
    """Raise TooManyBookings beyond so many appointments of a contact, or a second for a service."""
    held = act.work.contacts.open_of(_hashed(act, contact))
    most = act.catalogue.booking.per_contact
    if len(held) >= most:
        raise TooManyBookings(most=most)
    if any(ticket.service == service.id for ticket in held):
        raise TooManyBookings("You have an appointment for this service already.", most=1)


def _hashed(act: Act, contact: str) -> str:
    """Return what a contact is found by; without the center's secret nobody can try numbers."""
    return act.center.signer.key(f"contact {contact}")


def _day(catalogue: Catalogue, service: Service, day: date, found: Sequence[Slot]) -> DayOut:
    holiday = catalogue.calendar.holiday(day)
    return DayOut(
        day=day.isoformat(),
        free=sum(slot.free for slot in found),
        holiday=dict(holiday.texts) if holiday else {},
        open=bool(catalogue.calendar.opens(day, service.hours)),
    )


def _group(catalogue: Catalogue, group: Group) -> BookableGroupOut:
    return BookableGroupOut(
        prefix=group.prefix,
        texts=dict(group.texts),
        icon=group.icon,
        services=[
            _service(catalogue, service)
            for service in catalogue.services
            if service.group == group.prefix and slots.offers(catalogue, service)
        ],
    )


def _service(catalogue: Catalogue, service: Service) -> BookableServiceOut:
    return BookableServiceOut(
        id=service.id,
        group=service.group,
        texts=dict(service.texts),
        minutes=service.minutes,
        documents=[dict(catalogue.documents[each]) for each in service.documents],
        fee_texts=dict(service.fee_texts),
        hint=dict(service.hint),
        search=list(service.search),
        online=service.online,
    )

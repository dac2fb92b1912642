"""What the center offers, as a kiosk shows it: with how many wait for what, and how long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from queue_server.contracts.catalogue import (
    CatalogueOut,
    CategoryOut,
    EventLegOut,
    FactsOut,
    GroupOut,
    HallOut,
    HolidayOut,
    LifeEventOut,
    NoticeOut,
    PlaceOut,
    ServiceOut,
    WindowPlanOut,
)
from queue_server.domain.catalogue import Catalogue, Category, Group, LifeEvent, Service
from queue_server.domain.catalogue_checks import NO_WINDOW
from queue_server.domain.errors import ServiceClosed
from queue_server.domain.facts import Facts, Place
from queue_server.domain.opening import Holiday
from queue_server.usecases import kept_word
from queue_server.usecases.ports import Center, UnitOfWork
from queue_server.usecases.waits import Prospect

#: for whoever has asked for no certain time
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Hall:
    """The hall at this moment."""

    offered: Catalogue
    waiting: Mapping[str, int]
    prospect: Prospect
    #: None where nobody has asked for a certain time
    now: datetime | None = None
    #: tickets of today, of the services that have a quota
    issued: Mapping[str, int] = field(default_factory=dict)

    def waiting_in(self, prefix: str) -> int:
        return sum(self.waiting.get(s, 0) for s in self.offered.services_by_group[prefix])


def catalogue(work: UnitOfWork, center: Center | None = None) -> CatalogueOut:
    """Return all that a kiosk shows now.

    Without a center there is no time: hours and quotas close nothing, and nothing is foreseen.
    """
    offered = work.catalogues.current()
    now = center.clock.now() if center else None
    issued = _issued(work, offered.services) if now else {}
    newest = center.foresight.newest() if center else None
    prospect = Prospect(work, offered, now or _NEVER, work.shifts.ready(), newest)
    hall = _Hall(offered, work.tickets.waiting(), prospect, now, issued)
    told = kept_word.notices(center, offered) if center else ()
    return CatalogueOut(
        version=work.catalogue_version,
        code=offered.code,
        name=dict(offered.name),
        timezone=offered.timezone,
        languages=list(offered.languages),
        groups=[_group(group, hall) for group in offered.groups],
        windows=[
            WindowPlanOut(number=w.number, hall=w.hall, services=sorted(w.takes))
            for w in offered.windows
        ],
        categories=[_category(category) for category in offered.categories],
        not_required=[dict(texts) for texts in offered.not_required],
        events=[_event(event) for event in offered.events],
        facts=_facts(offered.facts, offered.holidays),
        notices=[
            *(NoticeOut(id=each.id, texts=dict(each.texts)) for each in offered.notices),
            *told,
        ],
        halls=[
            HallOut(number=number, texts=dict(texts))
            for number, texts in sorted(offered.hall_names.items())
        ],
    )


def closed_for(
    offered: Catalogue, service_id: str, local: datetime, issued_today: int
) -> str | None:
    """Return why no ticket is given for a service at a time, a key of `closing.*`, or None.

    `issued_today` is how many tickets of the day it has.
    """
    service, calendar = offered.service(service_id), offered.calendar
    if service.id in offered.closures:
        return offered.closures[service.id]
    if offered.rules.keep_hours:
        if calendar.holiday(calendar.day_of(local)) is not None:
            return "holiday"
        if not calendar.takes_tickets(local, service.hours):
            return "hours"
    if service.quota is not None and issued_today >= service.quota:
        return "quota"
    if not offered.takers[service.id] and NO_WINDOW not in service.flags:
        return "no_window"
    return None


def must_be_open(work: UnitOfWork, now: datetime, services: Sequence[str]) -> None:
    """Raise ServiceClosed for the first of these services that gives no tickets now."""
    offered = work.catalogues.current()
    issued = _issued(work, [offered.service(each) for each in services])
    for service in services:
        if reason := closed_for(offered, service, now, issued.get(service, 0)):
            raise ServiceClosed(service=service, reason=reason)


def _issued(work: UnitOfWork, services: Sequence[Service]) -> Mapping[str, int]:
    """Return how many tickets today has of those services that have a quota."""
    limited = [service.id for service in services if service.quota is not None]
    return work.tickets.issued(work.day, limited) if limited and work.day else {}


def _group(group: Group, hall: _Hall) -> GroupOut:
    return GroupOut(
        prefix=group.prefix,
        texts=dict(group.texts),
        icon=group.icon,
        services=[_service(s, hall) for s in hall.offered.services if s.group == group.prefix],
    )


def _service(service: Service, hall: _Hall) -> ServiceOut:
    ahead = hall.waiting_in(service.group)
    wait = hall.prospect.newcomer(service.id, ahead)
    return ServiceOut(
        id=service.id,
        group=service.group,
        texts=dict(service.texts),
        minutes=service.minutes,
        documents=[dict(hall.offered.documents[d]) for d in service.documents],
        fee=service.fee,
        flags=sorted(service.flags),
        fee_texts=dict(service.fee_texts),
        fee_checked=service.fee_checked,
        search=list(service.search),
        hint=dict(service.hint),
        legs=[leg.service for leg in service.legs],
        online=service.online,
        waiting=hall.waiting.get(service.id, 0),
        low=wait.low if wait.served else None,
        high=wait.high if wait.served else None,
        closed=_closed(service, hall),
        bookable=service.bookable,
    )


def _closed(service: Service, hall: _Hall) -> str | None:
    if hall.now is None:
        return hall.offered.closures.get(service.id)
    return closed_for(hall.offered, service.id, hall.now, hall.issued.get(service.id, 0))


def _category(category: Category) -> CategoryOut:
    head_start = category.head_start
    return CategoryOut(
        id=category.id,
        texts=dict(category.texts),
        head_start_minutes=None if head_start is None else head_start.total_seconds() / 60,
        statutory=category.statutory,
        proof=category.proof,
        confirm=category.confirm,
    )


def _event(event: LifeEvent) -> LifeEventOut:
    return LifeEventOut(
        id=event.id,
        texts=dict(event.texts),
        icon=event.icon,
        legs=[EventLegOut(service=leg.service, after=list(leg.after)) for leg in event.legs],
        hint=dict(event.hint),
    )


def _facts(facts: Facts, holidays: Sequence[Holiday]) -> FactsOut:
    return FactsOut(
        hours={day: list(span) for day, span in facts.hours.items()},
        lunch=[list(span) for span in facts.lunch],
        holidays=[HolidayOut(date=f"{h.day}", texts=dict(h.texts)) for h in holidays],
        address=dict(facts.address),
        phone=facts.phone,
        legal_advice=dict(facts.legal_advice),
        sign_language=dict(facts.sign_language),
        facilities=[dict(texts) for texts in facts.facilities],
        places=[_place(place) for place in facts.places],
    )


def _place(place: Place) -> PlaceOut:
    return PlaceOut(
        id=place.id,
        kind=place.kind,
        texts=dict(place.texts),
        hall=place.hall,
        x=place.x,
        y=place.y,
        w=place.w,
        h=place.h,
        window=place.window,
    )

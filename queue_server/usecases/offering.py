"""What the center offers, as a kiosk shows it: with how many wait for what, and how long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from queue_server.contracts.catalogue import (
    CatalogueOut,
    CategoryOut,
    EventLegOut,
    FactsOut,
    GroupOut,
    LifeEventOut,
    NoticeOut,
    PlaceOut,
    ServiceOut,
    WindowPlanOut,
)
from queue_server.domain.catalogue import Catalogue, Category, Group, LifeEvent, Service
from queue_server.domain.facts import Facts, Place
from queue_server.domain.waiting import Estimate, estimate
from queue_server.usecases.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class _Hall:
    """The hall at this moment."""

    offered: Catalogue
    waiting: Mapping[str, int]
    ready_windows: frozenset[int]

    def waiting_in(self, prefix: str) -> int:
        return sum(self.waiting.get(s, 0) for s in self.offered.services_by_group[prefix])


def catalogue(work: UnitOfWork) -> CatalogueOut:
    """Return all that a kiosk shows."""
    offered = work.catalogues.current()
    hall = _Hall(offered, work.tickets.waiting(), work.shifts.ready())
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
        facts=_facts(offered.facts),
        notices=[NoticeOut(id=each.id, texts=dict(each.texts)) for each in offered.notices],
    )


def expected(
    offered: Catalogue, service: str, ahead: int, ready_windows: frozenset[int]
) -> Estimate:
    """Return the expected wait for a service with so many ahead.

    Before any of its windows is open, all of them are taken to be.
    """
    return _estimate(offered, (service,), ahead, ready_windows)


def expected_in(
    offered: Catalogue, prefix: str, ahead: int, ready_windows: frozenset[int]
) -> Estimate:
    """Return the expected wait under a prefix letter, for a visitor of whom no more is known."""
    return _estimate(offered, offered.services_by_group[prefix], ahead, ready_windows)


def _estimate(
    offered: Catalogue, services: Sequence[str], ahead: int, ready_windows: frozenset[int]
) -> Estimate:
    takers = frozenset[int]().union(*(offered.takers[service] for service in services))
    servers = len(takers & ready_windows) or len(takers)
    return estimate(ahead, fmean(offered.service(one).minutes for one in services), servers)


def _group(group: Group, hall: _Hall) -> GroupOut:
    return GroupOut(
        prefix=group.prefix,
        texts=dict(group.texts),
        icon=group.icon,
        services=[_service(s, hall) for s in hall.offered.services if s.group == group.prefix],
    )


def _service(service: Service, hall: _Hall) -> ServiceOut:
    ahead = hall.waiting_in(service.group)
    wait = expected(hall.offered, service.id, ahead, hall.ready_windows)
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
        low=wait.low,
        high=wait.high,
    )


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


def _facts(facts: Facts) -> FactsOut:
    return FactsOut(
        hours={day: list(span) for day, span in facts.hours.items()},
        lunch=[list(span) for span in facts.lunch],
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

"""What a kiosk is told that the center offers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from queue_server.contracts.catalogue import (
    EventLegOut,
    FactsOut,
    LifeEventOut,
    NoticeOut,
    PlaceOut,
    ServiceOut,
)
from queue_server.domain.catalogue import Catalogue, Leg, LifeEvent
from queue_server.domain.facts import Facts, Notice, Place
from queue_server.usecases import offering
from queue_server.usecases.ports import Center
from tests.factories import DISABILITY, a_catalogue, a_service, texts


@dataclass
class Work:
    """A center's books, as far as an offer needs them."""

    offered: Catalogue
    queue: Mapping[str, int]
    open_windows: frozenset[int] = frozenset()
    catalogue_version: int = 7

    @property
    def catalogues(self) -> "Work":
        """The catalogues."""
        return self

    tickets = shifts = catalogues

    def current(self) -> Catalogue:
        """Return the catalogue in force."""
        return self.offered

    def waiting(self) -> Mapping[str, int]:
        """Return how many wait for what."""
        return self.queue

    def ready(self) -> frozenset[int]:
        """Return the open windows."""
        return self.open_windows


def offer(offered: Catalogue, **queue: int) -> Any:
    """Return what is told of a catalogue."""
    return offering.catalogue(Work(offered, queue))  # type: ignore[arg-type]


def offered_service(**more: Any) -> ServiceOut:
    """Return what is told of a service A01 with more to it."""
    return offer(a_catalogue(services=(a_service("A01", **more),))).groups[0].services[0]


@pytest.mark.parametrize(
    ("field", "known", "told"),
    [
        ("search", ("metrika", "метрика"), ["metrika", "метрика"]),
        ("fee_texts", texts("free"), texts("free")),
        ("fee_checked", "2026-11-01", "2026-11-01"),
        ("hint", texts("do not queue again"), texts("do not queue again")),
        ("online", "https://my.gov.uz", "https://my.gov.uz"),
        ("flags", frozenset({"post", "online"}), ["online", "post"]),
        ("legs", (Leg("E02", ("E01",)), Leg("E01")), ["E02", "E01"]),
    ],
)
def test_whatever_is_known_of_a_service_is_told(field, known, told) -> None:
    """Every field of it reaches the kiosk, each under its own name."""
    assert getattr(offered_service(**{field: known}), field) == told


@pytest.mark.parametrize("confirm", ["none", "clerk", "reception"])
def test_a_category_says_who_sees_its_papers(confirm) -> None:
    """The kiosk does not have to know which category is a statutory one."""
    category = replace(DISABILITY, confirm=confirm)
    (told,) = offer(a_catalogue(categories=(category,))).categories
    assert (told.id, told.confirm, told.statutory) == ("disability", confirm, True)


def test_a_life_event_is_told_with_its_legs() -> None:
    """The order of the visit is seen before a ticket is taken."""
    legs = (Leg("A01"), Leg("E01", ("A01",)))
    event = LifeEvent("birth", texts("birth"), "family", legs, texts("hint"))
    assert offer(a_catalogue(events=(event,))).events == [
        LifeEventOut(
            id="birth",
            texts=dict(texts("birth")),
            icon="family",
            legs=[EventLegOut(service="A01"), EventLegOut(service="E01", after=["A01"])],
            hint=dict(texts("hint")),
        )
    ]


def test_the_center_is_told_with_its_plan() -> None:
    """Hours, rooms and what stands where."""
    facts = Facts(
        hours={"mon_fri": ("09:00", "18:00"), "sun": ()},
        lunch=(("12:30", "13:15"),),
        address=texts("street"),
        phone="1099",
        legal_advice=texts("Madad"),
        sign_language=texts("Tuesdays"),
        facilities=(texts("lift"),),
        places=(Place("w1", "window", texts("1"), 1, 2, 3, 4, hall=2, window=1),),
    )
    assert offer(a_catalogue(facts=facts)).facts == FactsOut(
        hours={"mon_fri": ["09:00", "18:00"], "sun": []},
        lunch=[["12:30", "13:15"]],
        address=dict(texts("street")),
        phone="1099",
        legal_advice=dict(texts("Madad")),
        sign_language=dict(texts("Tuesdays")),
        facilities=[dict(texts("lift"))],
        places=[
            PlaceOut(
                id="w1", kind="window", texts=dict(texts("1")), hall=2, x=1, y=2, w=3, h=4, window=1
            )
        ],
    )


def test_notices_are_told() -> None:
    """What the center tells everybody stands in every language."""
    notices = (Notice("n1", texts("closed on Sunday")),)
    assert offer(a_catalogue(notices=notices)).notices == [
        NoticeOut(id="n1", texts=dict(texts("closed on Sunday")))
    ]


def test_a_group_shares_one_queue() -> None:
    """Who waits for E01 is ahead of whoever comes for E02; A01 has nothing to do with it."""
    told = offer(a_catalogue(), E01=2, E02=1)
    waits = {s.id: (s.waiting, s.low, s.high) for group in told.groups for s in group.services}
    assert (waits["E01"][0], waits["E02"][0], waits["A01"][0]) == (2, 1, 0)
    assert waits["E01"][1:] == waits["E02"][1:] > waits["A01"][1:]


def test_the_demo_tells_all_that_it_knows(center: Center) -> None:
    """From the file through the database: as many of everything, and nobody waits yet."""
    with center.read() as work:
        told, known = offering.catalogue(work), work.catalogues.current()
    services = [service for group in told.groups for service in group.services]
    assert [s.id for s in services] == [s.id for s in known.services]
    assert [e.id for e in told.events] == [e.id for e in known.events]
    assert len(told.facts.places) == len(known.facts.places)
    assert {s.waiting for s in services} == {0}

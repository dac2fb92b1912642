"""What a kiosk is told that the center offers."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from queue_server.contracts.catalogue import (
    CatalogueOut,
    EventLegOut,
    FactsOut,
    LifeEventOut,
    NoticeOut,
    PlaceOut,
    ServiceOut,
)
from queue_server.domain.catalogue import Catalogue, Closure, Leg, LifeEvent, Rules
from queue_server.domain.errors import ServiceClosed
from queue_server.domain.estimate import Estimate
from queue_server.domain.facts import Facts, Notice, Place
from queue_server.domain.opening import Holiday, Hours, Surge
from queue_server.domain.window import Shift
from queue_server.usecases import offering, reception
from queue_server.usecases.ports import Center
from queue_server.usecases.waits import Prospect
from tests.factories import DISABILITY, a_catalogue, a_service, texts
from tests.queue_server.usecases.people import RECEPTION, do, issue


@dataclass
class Work:
    """A center's books, as far as an offer needs them."""

    offered: Catalogue
    queue: Mapping[str, int]
    open_windows: frozenset[int] = frozenset()
    catalogue_version: int = 7
    seq: int = 1
    day: date | None = None

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

    def open(self) -> list[Shift]:
        """Return their shifts."""
        return [Shift(window, "ann", monday("09:00")) for window in self.open_windows]


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


# --- when no ticket is given ---------------------------------------------------------------------

WEEK = {"mon_fri": ("09:00", "18:00"), "sat": ("09:00", "15:00")}
OPEN = a_catalogue(
    facts=Facts(WEEK, stop_before_close=timedelta(minutes=30)),
    rules=Rules(keep_hours=True),
    holidays=(Holiday(date(2026, 12, 8), texts("holiday")),),
)


def monday(clock: str) -> datetime:
    """Return a wall time of the tests' Monday."""
    return datetime.fromisoformat(f"2026-11-23T{clock}+05:00")


def test_an_open_service_is_not_closed() -> None:
    """Ten in the morning, no quota, windows there."""
    assert offering.closed_for(OPEN, "A01", monday("10:00"), 900) is None


@pytest.mark.parametrize("clock", ["08:59", "17:30", "23:00"])
def test_outside_of_the_hours_no_ticket_is_given_where_they_are_kept(clock: str) -> None:
    """Before nine and in the last half hour; a center that does not keep hours gives them."""
    assert offering.closed_for(OPEN, "A01", monday(clock), 0) == "hours"
    assert offering.closed_for(replace(OPEN, rules=Rules()), "A01", monday(clock), 0) is None


def test_a_holiday_has_its_own_reason() -> None:
    """Visitors are told that it is a day off, not that they are late."""
    day_off = datetime.fromisoformat("2026-12-08T10:00+05:00")
    assert offering.closed_for(OPEN, "A01", day_off, 0) == "holiday"


def test_a_services_own_hours_close_it_alone() -> None:
    """Mornings only; the others of the center go on."""
    morning = a_service("A01", hours=Hours({"mon_fri": ("09:00", "13:00")}))
    center = replace(OPEN, services=(morning, *OPEN.services[1:]))
    assert offering.closed_for(center, "A01", monday("14:00"), 0) == "hours"
    assert offering.closed_for(center, "A02", monday("14:00"), 0) is None


def test_a_quota_closes_a_service_when_it_is_spent() -> None:
    """The fortieth ticket is given, the next one is not."""
    center = replace(OPEN, services=(a_service("A01", quota=40), *OPEN.services[1:]))
    assert offering.closed_for(center, "A01", monday("10:00"), 39) is None
    assert offering.closed_for(center, "A01", monday("10:00"), 40) == "quota"


def test_what_somebody_closed_goes_before_every_rule() -> None:
    """A supervisor's reason is shown also at night; a service's own before its group's."""
    closed = (Closure("emergency", group="A"), Closure("technical", service="A01"))
    center = replace(OPEN, closed=closed)
    assert offering.closed_for(center, "A01", monday("23:00"), 0) == "technical"
    assert offering.closed_for(center, "A02", monday("10:00"), 0) == "emergency"
    assert offering.closed_for(center, "E01", monday("10:00"), 0) is None


def test_a_service_whose_windows_all_do_something_else_gives_no_tickets() -> None:
    """Duties took its windows away; a service that needs none goes on."""
    windows = tuple(
        replace(window, takes={s: t for s, t in window.takes.items() if s != "A01"})
        for window in OPEN.windows
    )
    center = replace(OPEN, windows=windows)
    assert offering.closed_for(center, "A01", monday("10:00"), 0) == "no_window"
    corner = replace(center.service("A01"), flags=frozenset({"no-window"}))
    other = replace(center, services=(corner, *OPEN.services[1:]))
    assert offering.closed_for(other, "A01", monday("10:00"), 0) is None


def test_a_surge_lets_the_expected_wait_reach_further() -> None:
    """The lower end stays, the upper one grows, rounded outwards; a quiet day changes nothing."""

    def told(offered: Catalogue, day: int) -> Estimate:
        work: Any = Work(offered, {}, day=date(2026, 11, day))
        return Prospect(work, offered, monday("10:00"), frozenset()).newcomer("A01", 6)

    busy = replace(OPEN, surges=(Surge(date(2026, 11, 23), 1.5, texts("rush")),))
    usual, rush = told(busy, 24), told(busy, 23)
    assert (rush.low, rush.high) == (usual.low, 5 * math.ceil(usual.high * 1.5 / 5))
    quiet = replace(OPEN, surges=(Surge(date(2026, 11, 23), 0.5, texts("quiet")),))
    assert told(quiet, 23) == usual


def test_a_service_that_no_open_window_takes_has_no_minutes() -> None:
    """Not closed: a ticket is given, but no number of minutes would mean anything."""
    work: Any = Work(a_catalogue(), {"E01": 3}, frozenset({1}))
    waits = {s.id: (s.low, s.high, s.closed) for g in offer_of(work).groups for s in g.services}
    assert waits["E01"] == (None, None, None)
    assert waits["A01"][0] is not None


def offer_of(work: Any) -> CatalogueOut:
    """Return what is told by these books."""
    return offering.catalogue(work)


def test_a_kiosk_is_told_why_a_service_is_closed_and_gets_no_ticket(center: Center) -> None:
    """The tile has the reason; who asks all the same is refused with it, also for a further leg."""
    with center.write() as work:
        document = dict(work.catalogues.document())
        document["closures"] = [{"service": "A02", "reason": "system_down"}]
        work.catalogues.add(document, "test", center.clock.now())
    with center.read() as work:
        told = offering.catalogue(work, center)
    found = {s.id: s.closed for group in told.groups for s in group.services}
    assert (found["A02"], found["A03"]) == ("system_down", None)
    for wish in ({"service": "A02"}, {"service": "A03", "legs": ["A02"]}):
        with pytest.raises(ServiceClosed) as refused:
            issue(center, **wish)
        assert refused.value.facts == {"service": "A02", "reason": "system_down"}


def test_a_spent_quota_refuses_the_next_one(center: Center) -> None:
    """Two a day: the third is refused, a cancelled one makes room again."""
    with center.write() as work:
        document = dict(work.catalogues.document())
        document["services"] = [
            each | ({"quota": 2} if each["id"] == "A02" else {}) for each in document["services"]
        ]
        work.catalogues.add(document, "test", center.clock.now())
    first, _ = issue(center, "A02"), issue(center, "A02")
    with pytest.raises(ServiceClosed) as refused:
        issue(center, "A02")
    assert refused.value.facts["reason"] == "quota"
    do(center, RECEPTION, lambda act: reception.cancel(act, first.id, "has left", None))
    assert issue(center, "A02").number == "A003"


def test_halls_and_holidays_are_told_by_name(center: Center) -> None:
    """Kiosks and boards show them."""
    with center.read() as work:
        told = offering.catalogue(work, center)
    assert [(hall.number, hall.texts["en"]) for hall in told.halls] == [(1, "Main hall")]
    assert told.facts.holidays[0].date == "2026-12-08"

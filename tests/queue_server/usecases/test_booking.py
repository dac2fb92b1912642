"""Appointments: booked by the public and at the desk, given back, and called in their turn."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from queue_server.contracts.api import TicketOut
from queue_server.contracts.asks import BookTicket
from queue_server.contracts.booking import BookAppointment
from queue_server.domain.errors import (
    BookingsClosed,
    Forbidden,
    Invalid,
    NoSuchSlot,
    SlotTaken,
    TooManyBookings,
    TransitionNotAllowed,
    UnknownService,
)
from queue_server.usecases import booking, day, reception
from queue_server.usecases.access import VISITOR
from queue_server.usecases.ports import Center
from tests.conftest import HandClock
from tests.queue_server.usecases.people import (
    KIOSK,
    RECEPTION,
    call_next,
    clerk,
    do,
    events,
    issue,
    open_window,
)

#: the tests' center opens at nine, 4:00 UTC; its clock stands at ten
TOMORROW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
ELEVEN = datetime(2026, 11, 23, 6, 15, tzinfo=UTC)


def book(center: Center, at: datetime = TOMORROW, service: str = "A02", **wish: Any) -> TicketOut:
    """Book as the public does."""
    asked = BookAppointment(service=service, at=at.isoformat(), **wish)
    return do(center, VISITOR, lambda act: booking.book(act, asked))


def book_at_desk(center: Center, at: datetime, service: str = "A02") -> TicketOut:
    """Book as the reception does."""
    asked = BookTicket(service=service, at=at.isoformat())
    return do(center, RECEPTION, lambda act: booking.book_at_desk(act, asked))


def free_at(center: Center, at: datetime, service: str = "A02") -> int | None:
    """Return how many places a time has, None where there is no such time."""
    found = booking.free_slots(center, VISITOR, service, at.date())
    wanted = at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return next((slot.free for slot in found.slots if slot.at == wanted), None)


def changed(center: Center, **changes: Any) -> None:
    """Put another catalogue in force: the document with these sections changed."""
    with center.write() as work:
        document = dict(work.catalogues.document())
        for section, value in changes.items():
            kept = document.get(section)
            document[section] = kept | value if isinstance(kept, dict) else value
        work.catalogues.add(document, "test", center.clock.now())


def test_what_can_be_booked_is_told_with_what_to_bring(center: Center) -> None:
    """Every service but those without a window, in its group, in five languages."""
    told = booking.services(center, VISITOR)
    found = {service.id: service for group in told.groups for service in group.services}
    assert found["A02"].documents[0]["ru"].startswith("Документ")
    assert set(found["A02"].texts) == set(told.languages)
    with center.read() as work:
        without = [s.id for s in work.catalogues.current().services if "no-window" in s.flags]
    assert without
    assert not set(without) & set(found)


def test_the_first_day_with_a_free_time_is_shown(center: Center, clock: HandClock) -> None:
    """In the evening today has none left, so it is tomorrow."""
    clock.at = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
    found = booking.free_slots(center, VISITOR, "A02", None)
    assert (found.day, found.days[0].free) == ("2026-11-24", 0)
    assert found.slots[0].at == "2026-11-24T04:00:00.000Z"


def test_holidays_and_sundays_are_told_as_closed(center: Center, clock: HandClock) -> None:
    """A holiday has its name, a Sunday none."""
    clock.at += timedelta(days=7)
    days = {each.day: each for each in booking.free_slots(center, VISITOR, "A02", None).days}
    assert days["2026-12-08"].holiday["en"] == "Constitution Day"
    assert (days["2026-12-06"].open, days["2026-12-06"].holiday) == (False, {})
    assert days["2026-12-07"].open


def test_a_booked_time_is_taken_and_its_ticket_is_of_that_day(center: Center) -> None:
    """The last place of a time is gone once it is booked, for the whole group."""
    assert free_at(center, TOMORROW) == 1
    booked = book(center)
    assert (booked.state, booked.slot) == ("booked", "2026-11-24T05:00:00.000Z")
    assert booked.code
    assert booked.key
    assert free_at(center, TOMORROW) == 0
    assert free_at(center, TOMORROW, "A01") == 0
    with center.read() as work:
        kept = work.tickets.get(booked.id)
    assert kept is not None
    assert (kept.day, kept.slot, kept.number) == (date(2026, 11, 24), TOMORROW, booked.number)


def test_a_time_that_was_taken_meanwhile_is_refused_and_nothing_is_kept(center: Center) -> None:
    """The second is told at the field, and no number was used up."""
    book(center)
    before = len(events(center))
    with pytest.raises(SlotTaken) as refused:
        book(center, service="A03")
    assert refused.value.field == "at"
    assert len(events(center)) == before
    assert book(center, TOMORROW + timedelta(minutes=15)).number == "A002"


@pytest.mark.parametrize(
    "at",
    [
        TOMORROW + timedelta(minutes=7),
        TOMORROW + timedelta(seconds=1),
        TOMORROW.replace(hour=15),
        datetime(2026, 11, 23, 5, 15, tzinfo=UTC),
        datetime(2026, 11, 22, 5, 0, tzinfo=UTC),
        datetime(2026, 11, 29, 5, 0, tzinfo=UTC),
        datetime(2026, 12, 8, 5, 0, tzinfo=UTC),
        datetime(2036, 11, 24, 5, 0, tzinfo=UTC),
    ],
    ids=["odd", "second", "evening", "too soon", "past", "sunday", "holiday", "far"],
)
def test_the_public_books_only_what_the_grid_has(center: Center, at: datetime) -> None:
    """Any other time names the field."""
    with pytest.raises(NoSuchSlot) as refused:
        book(center, at)
    assert refused.value.field == "at"


def test_what_is_no_time_or_no_service_is_refused_by_name(center: Center) -> None:
    """Bad input is told at its field."""
    for wish in ({"at": "tomorrow"}, {"at": "2026-11-24T10:00:00"}):
        asked = BookAppointment(service="A02", **wish)
        with pytest.raises(Invalid) as refused:
            do(center, VISITOR, lambda act, asked=asked: booking.book(act, asked))
        assert refused.value.field == "at"
    with pytest.raises(UnknownService):
        book(center, service="Z99")


def test_a_service_that_is_not_bookable_has_no_times(center: Center) -> None:
    """It says so when looked at, and when booked."""
    with center.read() as work:
        services = work.catalogues.document()["services"]
    closed = [each | {"bookable": each["id"] != "A02"} for each in services]
    changed(center, services=closed)
    with pytest.raises(BookingsClosed):
        booking.free_slots(center, VISITOR, "A02", None)
    with pytest.raises(BookingsClosed):
        book(center)


def test_a_center_without_a_horizon_books_nothing_for_the_public(center: Center) -> None:
    """The reception still may."""
    changed(center, booking={"horizon_days": 0})
    assert booking.services(center, VISITOR).groups == []
    with pytest.raises(BookingsClosed):
        book(center)
    assert book_at_desk(center, TOMORROW).state == "booked"


def test_a_closed_service_has_no_free_day(center: Center) -> None:
    """Closed until further notice: all days are empty, and booking finds no such time."""
    changed(center, closures=[{"service": "A02", "reason": "technical"}])
    assert sum(each.free for each in booking.free_slots(center, VISITOR, "A02", None).days) == 0
    with pytest.raises(NoSuchSlot):
        book(center)


def test_a_quota_counts_appointments(center: Center) -> None:
    """With a quota of one, the second of that day finds no time; the next day has its own."""
    with center.read() as work:
        services = work.catalogues.document()["services"]
    changed(center, services=[e | ({"quota": 1} if e["id"] == "A02" else {}) for e in services])
    book(center)
    with pytest.raises(NoSuchSlot):
        book(center, TOMORROW + timedelta(hours=1))
    assert book(center, TOMORROW + timedelta(days=1)).state == "booked"


def test_one_contact_has_at_most_so_many_appointments(center: Center) -> None:
    """Two, however the number is written, and one for each service; the third is refused."""
    book(center, contact="+998 90 123 45 67")
    with pytest.raises(TooManyBookings, match="for this service already"):
        book(center, TOMORROW + timedelta(hours=1), contact="90 1234567")
    book(center, TOMORROW + timedelta(hours=1), "E01", contact="998901234567")
    with pytest.raises(TooManyBookings) as refused:
        book(center, TOMORROW + timedelta(hours=2), "F01", contact="(90) 123-45-67")
    assert (refused.value.field, refused.value.facts["most"]) == ("contact", 2)
    assert book(center, TOMORROW + timedelta(hours=2), "F01", contact="a@example.uz").number


def test_giving_one_back_frees_the_place_and_the_contact(center: Center) -> None:
    """The same person may book again, at the same time."""
    booked = book(center, contact="90 123 45 67")
    given = do(center, VISITOR, lambda act: booking.unbook(act, booked.id, None, None))
    assert given.state == "cancelled"
    assert free_at(center, TOMORROW) == 1
    assert book(center, contact="90 123 45 67").number == "A002"
    with pytest.raises(TransitionNotAllowed):
        do(center, VISITOR, lambda act: booking.unbook(act, booked.id, None, None))


def test_a_contact_stands_in_no_event(center: Center) -> None:
    """It is kept apart, found by a hash that needs the center's secret, and forgotten."""
    booked = book(center, contact="90 123 45 67")
    assert "1234567" not in str(events(center)).replace(booked.id, "")
    with center.read() as work:
        kept = work.contacts.get(booked.id)
    assert kept is not None
    assert kept.contact == "+998901234567"
    assert "901234567" not in kept.contact_hash


def test_a_bad_contact_is_refused_before_anything_is_kept(center: Center) -> None:
    """A sentence at the field; the time is still free."""
    with pytest.raises(Invalid) as refused:
        book(center, contact="call me")
    assert refused.value.field == "contact"
    assert free_at(center, TOMORROW) == 1


def test_the_reception_books_beside_the_grid_but_not_into_a_full_time(center: Center) -> None:
    """Seven past ten takes ten's place; in the evening there is no grid and no limit."""
    assert book_at_desk(center, TOMORROW + timedelta(minutes=7)).state == "booked"
    assert free_at(center, TOMORROW) == 0
    for at in (TOMORROW, TOMORROW + timedelta(minutes=14)):
        with pytest.raises(SlotTaken):
            book_at_desk(center, at)
    for _ in range(3):
        assert book_at_desk(center, TOMORROW.replace(hour=15)).state == "booked"
    with pytest.raises(Invalid, match="future"):
        book_at_desk(center, datetime(2026, 11, 23, 5, 0, tzinfo=UTC))


def test_each_books_with_the_own_right(center: Center) -> None:
    """A clerk books nothing, and the public not beside the grid."""
    asked = BookTicket(service="A02", at=TOMORROW.isoformat())
    with pytest.raises(Forbidden):
        do(center, VISITOR, lambda act: booking.book_at_desk(act, asked))
    with pytest.raises(Forbidden):
        do(center, clerk(1), lambda act: booking.book(act, BookAppointment(service="A02", at="")))
    with pytest.raises(Forbidden):
        booking.services(center, replace(clerk(1), role="analyst"))


# --- at the center ------------------------------------------------------------------------------


def check_in(center: Center, ticket: TicketOut) -> TicketOut:
    """Check in at the kiosk by the code."""
    assert ticket.code is not None
    code = ticket.code
    return do(center, KIOSK, lambda act: reception.check_in_by_code(act, code))


def called(center: Center, window: int = 1) -> list[str]:
    """Press Next until nobody is left; return the numbers in order."""
    open_window(center, window)
    found = []
    while (ticket := call_next(center, window)) is not None:
        found.append(ticket.number)
    return found


def test_who_comes_early_does_not_overtake(center: Center, clock: HandClock) -> None:
    """Booked for 11:15 and here at ten: those who come before 10:55 go first, later ones after."""
    booked = book(center, ELEVEN)
    assert check_in(center, booked).slot == "2026-11-23T06:15:00.000Z"
    clock.pass_(minutes=50)
    before = issue(center, "A02")
    clock.pass_(minutes=10)
    after = issue(center, "A02")
    assert called(center) == [before.number, booked.number, after.number]


def test_who_is_on_time_goes_before_those_of_the_last_minutes(
    center: Center, clock: HandClock
) -> None:
    """At the slot, or a little late, the head start of twenty minutes counts."""
    booked = book(center, ELEVEN)
    clock.pass_(minutes=50)
    long_here = issue(center, "A02")
    clock.pass_(minutes=10)
    just_come = issue(center, "A02")
    clock.at = ELEVEN + timedelta(minutes=10)
    check_in(center, booked)
    assert called(center) == [long_here.number, booked.number, just_come.number]


def test_who_is_too_late_queues_from_the_check_in(center: Center, clock: HandClock) -> None:
    """A moment beyond the tolerance, and everybody who is here goes first."""
    booked = book(center, ELEVEN)
    clock.at = ELEVEN
    here = issue(center, "A02")
    clock.at = ELEVEN + timedelta(minutes=10, milliseconds=1)
    check_in(center, booked)
    clock.pass_(minutes=1)
    later = issue(center, "A02")
    assert called(center) == [here.number, booked.number, later.number]


def test_an_appointment_that_nobody_came_for_ends_with_its_day(
    center: Center, clock: HandClock
) -> None:
    """It expires at the roll-over; its place was never anybody else's."""
    booked = book(center, ELEVEN)
    clock.at = TOMORROW
    do(center, RECEPTION, day.open_today)
    with center.read() as work:
        kept = work.tickets.get(booked.id)
    assert kept is not None
    assert kept.state == "expired"

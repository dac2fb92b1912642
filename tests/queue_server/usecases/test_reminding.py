"""Reminders of appointments: each once, when its time has come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from queue_server.contracts.api import TicketOut
from queue_server.usecases import booking, reception, reminding
from queue_server.usecases.access import SYSTEM, VISITOR
from queue_server.usecases.ports import Center
from tests.conftest import HandClock
from tests.queue_server.usecases.people import RECEPTION, do, events
from tests.queue_server.usecases.test_booking import book, changed

#: two days after the tests' now, at ten
SLOT = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)


def pass_time(center: Center) -> list[tuple[Any, Any]]:
    """Let the ticker look; return who was reminded, with the minutes before."""
    before = len(events(center))
    if reminding.is_due(center):
        do(center, SYSTEM, reminding.due)
    told = events(center)[before:]
    return [(e["subject"], e["detail"]) for e in told if e["type"] == "reminder_due"]


@pytest.fixture
def booked(center: Center) -> TicketOut:
    """An appointment two days ahead."""
    return book(center, SLOT, contact="90 123 45 67")


def test_each_reminder_comes_once_at_its_time(
    center: Center, clock: HandClock, booked: TicketOut
) -> None:
    """A day before and two hours before; a moment earlier nothing is due."""
    for lead in (1440, 120):
        clock.at = SLOT - timedelta(minutes=lead, milliseconds=1)
        assert not reminding.is_due(center)
        clock.pass_(milliseconds=1)
        assert pass_time(center) == [(booked.number, str(lead))]
        assert not reminding.is_due(center)
        assert pass_time(center) == []


def test_a_reminder_names_the_ticket_and_no_contact(
    center: Center, clock: HandClock, booked: TicketOut
) -> None:
    """Who carries it on looks the contact up by the ticket's id."""
    clock.at = SLOT - timedelta(hours=24)
    pass_time(center)
    told = events(center)[-1]
    assert (told["type"], told["ticket_id"]) == ("reminder_due", booked.id)
    assert "90123" not in str(told)


def test_a_server_that_slept_reminds_late_and_only_of_the_shorter_one(
    center: Center, clock: HandClock, booked: TicketOut
) -> None:
    """An hour before the slot both are due: one is enough."""
    clock.at = SLOT - timedelta(hours=1)
    assert pass_time(center) == [(booked.number, "120")]
    clock.at = SLOT - timedelta(minutes=1)
    assert pass_time(center) == []


def test_nobody_is_reminded_of_what_has_passed(
    center: Center, clock: HandClock, booked: TicketOut
) -> None:
    """After the slot nothing is due."""
    assert booked.slot
    clock.at = SLOT
    assert not reminding.is_due(center)


def test_who_books_after_a_reminders_time_does_not_get_it(center: Center, clock: HandClock) -> None:
    """Booked three hours before: the day's reminder is none, the two hours' one comes."""
    clock.at = SLOT - timedelta(hours=3)
    late = book(center, SLOT)
    assert not reminding.is_due(center)
    clock.at = SLOT - timedelta(hours=2)
    assert pass_time(center) == [(late.number, "120")]


def test_several_at_one_time_are_all_reminded(center: Center, clock: HandClock) -> None:
    """Each group has room of its own at that time."""
    numbers = {book(center, SLOT, service).number for service in ("A02", "E01", "F01")}
    clock.at = SLOT - timedelta(hours=24)
    assert {number for number, _ in pass_time(center)} == numbers


def test_who_has_cancelled_or_checked_in_is_not_reminded(
    center: Center, clock: HandClock, booked: TicketOut
) -> None:
    """Only appointments that still wait for their visitors."""
    given = book(center, SLOT + timedelta(hours=1), "E01")
    do(center, VISITOR, lambda act: booking.unbook(act, given.id, None, None))
    clock.at = SLOT - timedelta(hours=9)
    do(center, RECEPTION, lambda act: reception.check_in(act, booked.id, None))
    clock.at = SLOT - timedelta(hours=2)
    assert pass_time(center) == []


def test_a_center_may_remind_nobody(center: Center, clock: HandClock, booked: TicketOut) -> None:
    """An empty list is no reminder."""
    changed(center, booking={"reminder_minutes": []})
    clock.at = SLOT - timedelta(hours=2)
    assert booked.slot
    assert not reminding.is_due(center)


def test_contacts_are_forgotten_after_their_day(
    center: Center, clock: HandClock, booked: TicketOut
) -> None:
    """On the day they are there; on the next they are not."""
    clock.at = SLOT + timedelta(hours=6)
    do(center, SYSTEM, reminding.forget)
    with center.read() as work:
        assert work.contacts.get(booked.id) is not None
    clock.at = SLOT + timedelta(days=1)
    do(center, SYSTEM, reminding.forget)
    with center.read() as work:
        assert work.contacts.get(booked.id) is None

"""Appointments in both databases: counted, found by their time, and the last place given once."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config import catalogue as shipped
from config.loader import FOLDER
from queue_server.contracts.booking import BookAppointment
from queue_server.domain import catalogue_document
from queue_server.domain.errors import SlotTaken
from queue_server.domain.ticket import State
from queue_server.storage import contacts, slots
from queue_server.storage.database import Database
from queue_server.system import Ed25519Notary, RandomNames, SecretSigner
from queue_server.usecases import booking, commands
from queue_server.usecases.access import VISITOR
from queue_server.usecases.ports import Center
from queue_server.usecases.records import Contact
from tests.conftest import HandClock
from tests.factories import DAY, OPENING, a_ticket, at
from tests.queue_server.storage.test_plans import postgres_plan, sqlite_plan

SLOT = OPENING + timedelta(days=1)
THREADS = 20


def booked(serial: int, slot: datetime = SLOT, **changes: object):
    """Return an appointment."""
    usual = {"state": State.BOOKED, "slot": slot, "not_before": slot, "day": slot.date()}
    return a_ticket(serial=serial, **(usual | changes))


def keep(database: Database, *tickets) -> None:
    """Keep tickets."""
    with database.write() as work:
        for ticket in tickets:
            work.tickets.add(ticket)


def test_appointments_are_counted_by_group_and_time(database):
    """Other groups, other days and those given back do not count; who has come still does."""
    later = SLOT + timedelta(minutes=15)
    keep(
        database,
        booked(1),
        booked(2, service="A02"),
        booked(3, service="E01"),
        booked(4, state=State.CANCELLED),
        booked(5, state=State.FINISHED),
        booked(6, later),
        booked(7, SLOT + timedelta(days=1)),
        a_ticket(serial=8),
    )
    with database.read() as work:
        assert work.tickets.booked("A", SLOT, later) == {SLOT: 3}
        assert work.tickets.booked("A", SLOT, later + timedelta(minutes=1)) == {SLOT: 3, later: 1}
        assert work.tickets.booked("F", SLOT, later) == {}


def test_the_tickets_of_a_day_are_counted_by_service(database):
    """Cancelled ones are nobody's; the appointments of the day are."""
    keep(
        database,
        a_ticket(serial=1),
        a_ticket(serial=2, state=State.CANCELLED),
        a_ticket(serial=3, service="E01"),
        booked(4),
        booked(5, at(60)),
    )
    with database.read() as work:
        assert work.tickets.issued(DAY, ("A01", "E02")) == {"A01": 2}
        assert work.tickets.issued(SLOT.date(), ("A01",)) == {"A01": 1}
        assert work.tickets.issued(DAY, ()) == {}


def test_appointments_are_found_by_when_they_begin(database):
    """After the first moment, up to the second, in order; only those that wait for visitors."""
    keep(database, booked(1, at(30)), booked(2, at(10)), booked(3, at(20), state=State.WAITING))
    with database.read() as work:
        found = work.tickets.booked_after(at(10), at(30))
        assert [ticket.id for ticket in found] == ["t1"]
        assert [ticket.id for ticket in work.tickets.booked_after(at(9), at(30))] == ["t2", "t1"]


def test_contacts_are_found_by_their_hash_while_an_appointment_is_open(database):
    """One is still to come, the other was given back; nobody else's is shown."""
    keep(database, booked(1), booked(2, state=State.CANCELLED), booked(3))
    with database.write() as work:
        for name, spelt in (("t1", "h1"), ("t2", "h1"), ("t3", "h2")):
            work.contacts.add(Contact(name, "+998901234567", spelt, OPENING))
    with database.read() as work:
        assert [ticket.id for ticket in work.contacts.open_of("h1")] == ["t1"]
        assert work.contacts.get("t3") == Contact("t3", "+998901234567", "h2", OPENING)
        assert work.contacts.get("t9") is None


def test_contacts_of_earlier_days_are_forgotten(database):
    """Their appointments' day decides, not when they were written."""
    keep(database, booked(1), booked(2, SLOT + timedelta(days=1)))
    with database.write() as work:
        work.contacts.add(Contact("t1", "a@example.uz", "h1", OPENING))
        work.contacts.add(Contact("t2", "b@example.uz", "h2", OPENING))
        work.contacts.purge(SLOT.date() + timedelta(days=1))
    with database.read() as work:
        assert (work.contacts.get("t1"), bool(work.contacts.get("t2"))) == (None, True)


@pytest.fixture
def center(url, clock) -> Center:
    """A center on the test's database with the shipped catalogue."""
    database = Database(url, parse=catalogue_document.parse)
    ports = dict.fromkeys(("passwords", "codes", "say_wait", "texts"))
    made = Center(
        write=database.write, read=database.read, clock=clock, names=RandomNames(),
        signer=SecretSigner(b"s" * 32), notary=Ed25519Notary(bytes(32)),
        public_url="http://127.0.0.1", **ports,
    )  # fmt: skip
    with made.write() as work:
        work.catalogues.add(shipped.read(Path(FOLDER / "catalogue.toml")), "test", clock.now())
    yield replace(made, say_wait=lambda *_: "soon")
    database.close()


@pytest.fixture
def clock() -> HandClock:
    """The center's clock: Monday at ten."""
    return HandClock()


def test_the_last_place_is_given_once(center):
    """Twenty at once want the one place of a time: one has it, nineteen are told so."""
    slot = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
    together, outcomes = threading.Barrier(THREADS), []

    def book():
        together.wait()
        wish = BookAppointment(service="A02", at=slot.isoformat())
        try:
            with commands.acting(center, VISITOR) as act:
                outcomes.append(booking.book(act, wish).number)
        except SlotTaken:
            outcomes.append(None)

    threads = [threading.Thread(target=book) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes, key=str) == ["A001"] + [None] * (THREADS - 1)
    with center.read() as work:
        assert work.tickets.booked("A", slot, slot + timedelta(minutes=15)) == {slot: 1}


def test_appointments_are_found_by_index(database, kind):
    """Neither the room of a time nor reminders nor contacts walk through all tickets."""
    plan, walk = (sqlite_plan, "SCAN") if kind == "sqlite" else (postgres_plan, "Seq Scan")
    for statement in (slots.BOOKED, slots.ISSUED, slots.BOOKED_AFTER, contacts.OPEN_OF):
        steps = plan(database, statement)
        assert not [step for step in steps if walk in step], steps
    for statement in (slots.BOOKED, slots.BOOKED_AFTER):
        assert "tickets_by_slot" in " ".join(plan(database, statement))

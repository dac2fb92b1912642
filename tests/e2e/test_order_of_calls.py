"""A scripted hall through HTTP: who is called when, and who was overtaken, as domain.md §3 says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from queue_server.simulation.caller import Caller
from queue_server.system import SteadyClock
from tests.e2e import demo_hall
from tests.e2e.demo_hall import DemoHall

#: a service of the hall, the cashier's, and one of the helper window's own
SERVICE, CASHIER, OTHER = "A01", "U02", "E01"
OWN, HELPER = 1, 5


class Hall:
    """The hall under test, by short words."""

    def __init__(self, demo: DemoHall) -> None:
        self.kiosk = demo.device("kiosk")
        self.reception = demo.person("receptionist")
        self.supervisor = demo.person("supervisor")
        self.clerks = {n: demo.person(f"clerk{n}") for n in range(1, 13)}

    def issue(self, service: str, **wish: object) -> dict[str, Any]:
        """Issue a ticket at the reception."""
        return done(self.reception, "/tickets", {"service": service, **wish})

    def duty(self, window: int, **takes: object) -> None:
        """Let a window take just this, for today."""
        body = {"until": "today", "reason": "scripted day", **takes}
        done(self.supervisor, f"/windows/{window}/duty", body)

    def open(self, window: int) -> None:
        """Open a window by its clerk."""
        done(self.clerks[window], f"/windows/{window}/open")

    def next(self, window: int) -> dict[str, Any]:
        """Press Next."""
        return done(self.clerks[window], f"/windows/{window}/next")

    def move(self, window: int, ticket: dict[str, Any], name: str, **said: object) -> Any:
        """Make a clerk's move."""
        return done(self.clerks[window], f"/tickets/{ticket['id']}/{name}", said)

    def overtaken(self) -> dict[str, int]:
        """Return how often each ticket was overtaken, by the log."""
        counted: dict[str, int] = {}
        for event in self.supervisor.get("/events?after=0&limit=1000")["events"]:
            for ticket in event.get("overtook", ()):
                counted[ticket] = counted.get(ticket, 0) + 1
        return counted


def done(who: Caller, path: str, body: dict[str, Any] | None = None) -> Any:
    """Return what a command answers; it must be well."""
    reply = who.post(path, body)
    assert reply.ok, f"{path}: {reply.status_code} {reply.text}"
    return reply.json() if reply.content else None


@pytest.fixture
def scripted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """A hall of its own: the script changes what windows take."""
    with demo_hall.running(tmp_path_factory.mktemp("scripted")) as running:
        yield Hall(running)


def test_everyone_is_called_in_the_order_of_the_rule(scripted: Hall) -> None:
    """A statutory right, a return from the cashier, an appointment, a helper: each in its turn."""
    hall = scripted
    cashier = next(
        window["number"]
        for window in hall.kiosk.get("/catalogue")["windows"]
        if CASHIER in window["services"]
    )
    hall.duty(OWN, services=[SERVICE])
    hall.duty(cashier, services=[CASHIER])
    hall.duty(HELPER, services=[OTHER], helps=[SERVICE], help_after_minutes=60)

    ordinary = [hall.issue(SERVICE) for _ in range(4)]
    soon = (SteadyClock().now() + timedelta(minutes=7)).isoformat()
    booked = done(hall.reception, "/tickets/book", {"service": SERVICE, "at": soon})
    here = done(hall.reception, f"/tickets/{booked['id']}/check-in")
    assert here["state"] == "waiting"
    statutory = hall.issue(SERVICE, category="disability")
    hall.open(OWN)
    hall.open(cashier)

    # 1. the statutory right goes before all who came earlier
    assert hall.next(OWN)["id"] == statutory["id"]
    first = {one["id"] for one in (*ordinary, booked)}
    assert hall.overtaken() == dict.fromkeys(first, 1)

    # 2. to the cashier and back: the return stands before the queue
    hall.move(OWN, statutory, "start")
    hall.move(OWN, statutory, "transfer", to_service=CASHIER, with_return=True)
    paid = hall.next(cashier)
    assert paid["id"] == statutory["id"]
    hall.move(cashier, paid, "start")
    hall.move(cashier, paid, "finish")
    assert hall.next(OWN)["id"] == statutory["id"]

    # 3. the appointment stands at its slot minus twenty minutes: before all who have just come
    hall.move(OWN, statutory, "start")
    before = hall.overtaken()
    assert hall.next(OWN)["id"] == booked["id"]
    after = hall.overtaken()
    grown = {ticket for ticket in after if after[ticket] > before.get(ticket, 0)}
    assert grown == {one["id"] for one in ordinary}

    # 4. a helper takes its own first, though others came earlier; that is counted too
    own = hall.issue(OTHER)
    hall.open(HELPER)
    before = hall.overtaken()
    assert hall.next(HELPER)["id"] == own["id"]
    after = hall.overtaken()
    assert all(after[one["id"]] == before[one["id"]] + 1 for one in ordinary)

    # 5. with nobody of its own it helps; once they have waited long enough, it helps at once
    assert hall.next(HELPER)["id"] == ordinary[0]["id"]
    hall.duty(HELPER, services=[OTHER], helps=[SERVICE], help_after_minutes=0)
    later = hall.issue(OTHER)
    assert hall.next(HELPER)["id"] == ordinary[1]["id"]
    assert [hall.next(HELPER)["id"] for _ in range(3)] == [
        *(one["id"] for one in ordinary[2:]),
        later["id"],
    ]


def test_a_place_kept_through_everything(scripted: Hall) -> None:
    """Called, given back, held, transferred and missed: the time of issue stays the same."""
    hall = scripted
    hall.duty(OWN, services=[SERVICE, OTHER])
    hall.open(OWN)
    first, second = hall.issue(SERVICE), hall.issue(SERVICE)
    assert hall.next(OWN)["id"] == first["id"]
    hall.move(OWN, first, "return")
    assert hall.next(OWN)["id"] == first["id"]
    hall.move(OWN, first, "hold", reason="a photo")
    assert hall.next(OWN)["id"] == second["id"]
    hall.move(OWN, second, "start")
    moved = hall.move(OWN, second, "transfer", to_service=OTHER)
    assert moved["issued_at"] == second["issued_at"]
    hall.move(OWN, first, "resume")
    assert hall.next(OWN)["id"] == second["id"]

"""Appointments over HTTP: for everybody, without an account."""

from __future__ import annotations

from typing import Any

import pytest

from queue_server.bootstrap import Running
from queue_server.web import booking_limits
from tests.queue_server.web.callers import Browser, device, person


def slots(browser: Browser, service: str = "A02", **wish: str) -> dict[str, Any]:
    """Return what can be booked of a service."""
    more = "".join(f"&{name}={value}" for name, value in wish.items())
    reply = browser.get(f"/api/v1/appointments/slots?service={service}{more}")
    assert reply.status_code == 200, reply.json
    return dict(reply.json)


def first_free(browser: Browser, service: str = "A02") -> str:
    """Return the first time with a free place."""
    return str(next(s["at"] for s in slots(browser, service)["slots"] if s["free"]))


def book(browser: Browser, at: str | None = None, **wish: Any) -> Any:
    """Book the first free time, or this one."""
    asked = {"service": "A02", "at": at or first_free(browser)} | wish
    return browser.post("/api/v1/appointments", asked)


def test_anybody_books_and_gets_a_code_a_page_and_a_calendar_file(running: Running) -> None:
    """One call; the key of the reply opens the ticket, its page and its file."""
    visitor = Browser(running)
    reply = book(visitor, language="ru", contact="90 123 45 67")
    assert reply.status_code == 201
    ticket = reply.json
    assert (ticket["state"], ticket["language"]) == ("booked", "ru")
    path, key = f"/api/v1/appointments/{ticket['id']}.ics", ticket["key"]
    file = visitor.get(f"{path}?key={key}")
    assert file.content_type == "text/calendar; charset=utf-8"
    told = file.text.replace("\r\n ", "")
    assert f"Код: {ticket['code']}" in told
    assert ticket["slot"].replace("-", "").replace(":", "").replace(".000", "") in told
    assert "90123" not in told
    for page in (f"/t/{ticket['id']}?key={key}", f"/book/{ticket['id']}?key={key}"):
        assert visitor.get(page).status_code == 200
    for wrong in ("", "?key=", f"?key={key[:-2]}AA"):
        assert visitor.get(f"{path}{wrong}").status_code == 404
        assert visitor.get(f"/book/{ticket['id']}{wrong}").status_code == 404


def test_a_ticket_without_a_slot_has_no_calendar_file(running: Running) -> None:
    """Who came without an appointment has no time to put into a calendar."""
    ticket = device(running, "kiosk").post("/api/v1/tickets", {"service": "A02"}).json
    path = f"/api/v1/appointments/{ticket['id']}.ics?key={ticket['key']}"
    assert Browser(running).get(path).status_code == 404
    assert Browser(running).get(f"/book/{ticket['id']}?key={ticket['key']}").status_code == 404


def test_a_time_that_was_taken_meanwhile_is_refused_at_the_field(running: Running) -> None:
    """409 with a stable code; the same request again under its key books once."""
    visitor, at = Browser(running), first_free(Browser(running))
    asked = {"service": "A02", "at": at}
    once = visitor.post("/api/v1/appointments", asked, key="k1")
    again = visitor.post("/api/v1/appointments", asked, key="k1")
    assert once.json["id"] == again.json["id"]
    other = book(Browser(running), at)
    assert (other.status_code, other.json["code"], other.json["field"]) == (409, "slot_taken", "at")
    day = slots(visitor)["day"]
    assert at not in [s["at"] for s in slots(visitor, day=day)["slots"] if s["free"]]


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"at": "tomorrow"}, "at"),
        ({"at": "2020-01-01T10:00:00+05:00"}, "at"),
        ({"service": "Z99"}, "service"),
        ({"contact": "call me"}, "contact"),
        ({"contact": ""}, "contact"),
        ({"language": "tlh"}, "language"),
        ({"category": "vip"}, "category"),
        ({"name": "Aziza"}, "name"),
    ],
)
def test_bad_input_names_its_field(running: Running, wish: dict[str, str], field: str) -> None:
    """422, and nothing was booked."""
    visitor = Browser(running)
    before = slots(visitor)["days"]
    reply = book(visitor, **wish)
    assert (reply.status_code, reply.json["field"]) == (422, field)
    assert slots(visitor)["days"] == before


def test_a_bad_question_for_times_names_its_field(running: Running) -> None:
    """No service, an unknown one, a day that is none."""
    for query, field in (
        ("", "service"),
        ("?service=Z9", "service"),
        ("?service=A02&day=x", "day"),
    ):
        reply = Browser(running).get(f"/api/v1/appointments/slots{query}")
        assert (reply.status_code, reply.json["field"]) == (422, field)


def test_a_clerk_who_is_signed_in_books_as_a_visitor(running: Running) -> None:
    """The page is public at every browser; the booking bears nobody's name."""
    booked = book(person(running, "clerk1"))
    assert booked.status_code == 201
    log = person(running, "supervisor").get("/api/v1/events?after=0").json["events"]
    assert next(e for e in log if e["type"] == "ticket_booked")["actor"]["kind"] == "visitor"


def test_a_declared_category_waits_for_its_papers(running: Running) -> None:
    """The public grants itself no head start: the reception sees the papers first."""
    with running.center.read() as work:
        offered = work.catalogues.current()
    wanted = next(c.id for c in offered.categories if c.confirm == "reception")
    ticket = book(Browser(running), category=wanted).json
    assert (ticket["category"], ticket["claimed"]) == (None, wanted)


def test_the_holder_gives_the_appointment_back(running: Running) -> None:
    """With the key, once; without it there is no such ticket."""
    visitor = Browser(running)
    ticket = book(visitor).json
    path = f"/api/v1/tickets/{ticket['id']}/unbook"
    assert visitor.post(f"{path}?key=wrong").status_code == 404
    given = visitor.post(f"{path}?key={ticket['key']}")
    assert (given.status_code, given.json["state"]) == (200, "cancelled")
    again = visitor.post(f"{path}?key={ticket['key']}")
    assert (again.status_code, again.json["code"]) == (409, "transition_not_allowed")
    file = visitor.get(f"/api/v1/appointments/{ticket['id']}.ics?key={ticket['key']}").text
    assert "STATUS:CANCELLED" in file


def test_nobody_takes_them_all_from_one_address(running: Running) -> None:
    """After so many wishes in a minute the address has to wait; looking goes on."""
    visitor, refused = Browser(running), None
    for _ in range(booking_limits.AT_ONCE.amount + 1):
        refused = book(visitor, at="2020-01-01T10:00:00+05:00")
    assert refused is not None
    assert (refused.status_code, refused.json["code"]) == (429, "try_later")
    assert slots(visitor)["days"]


def test_what_can_be_booked_is_public(running: Running) -> None:
    """Groups, services, what to bring and the center's rules."""
    told = Browser(running).get("/api/v1/appointments/services").json
    assert (told["slot_minutes"], told["horizon_days"], told["per_contact"]) == (15, 14, 2)
    assert all(group["services"] for group in told["groups"])

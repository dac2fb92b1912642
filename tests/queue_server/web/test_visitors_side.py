"""What kiosks, pads, corner PCs and phones may ask over HTTP, and who may not."""

import base64
import hashlib
import hmac
from datetime import timedelta

import pytest

from queue_server.bootstrap import Running
from queue_server.system import SteadyClock
from tests.queue_server.web.callers import Browser, device, person

NOW = SteadyClock().now()
REPORT = {"version": "1", "clock": NOW.isoformat()}
#: call → its body → the kinds of devices and roles that may make it
CALLS = {
    "/leases": ({}, {"kiosk"}),
    "/devices/report": (REPORT, {"kiosk", "board", "pad", "corner"}),
    "/help": ({"reason": "assistance"}, {"kiosk", "corner"}),
    "/diversions": ({"service": "A02"}, {"kiosk", "corner"}),
    "/corner/begin": ({}, {"corner"}),
    "/windows/1/rating": ({"stars": 4}, {"pad"}),
    "/tickets/book": (
        {"service": "A02", "at": (NOW + timedelta(days=2)).isoformat()},
        {"receptionist"},
    ),
}
CALLERS = ("kiosk", "board", "pad", "corner", "receptionist", "clerk1", "supervisor", "analyst")


def caller(running: Running, name: str) -> Browser:
    """Return a browser of a device's kind or of a person."""
    devices = ("kiosk", "board", "pad", "corner")
    return device(running, name) if name in devices else person(running, name)


@pytest.mark.parametrize("path", CALLS)
def test_each_call_has_its_callers(running: Running, path: str) -> None:
    """Who has no right is refused, and is not told more."""
    body, may = CALLS[path]
    for name in CALLERS:
        status = caller(running, name).post(f"/api/v1{path}", body).status_code
        assert (status == 403) == (name not in may), (name, status)


def test_a_kiosk_makes_keys_that_open_its_tickets(running: Running) -> None:
    """The key made from the lease's secret opens the ticket's page after the hand-over."""
    kiosk = device(running, "kiosk")
    lease = kiosk.post("/api/v1/leases").json
    ticket_id = f"{lease['id']}.0193a0b1c2d3e4f5a6b7c8d"
    digest = hmac.digest(lease["secret"].encode(), b"ticket:" + ticket_id.encode(), hashlib.sha256)
    key = base64.urlsafe_b64encode(digest[:15]).decode()
    made = {
        "id": ticket_id,
        "number": f"A{lease['first']}",
        "service": "A02",
        "language": "ru",
        "issued_at": NOW.isoformat(),
    }
    answer = kiosk.post("/api/v1/tickets/hand-over", {"tickets": [made]}).json
    assert answer == {"taken": [ticket_id], "refused": []}
    assert Browser(running).get(f"/api/v1/tickets/{ticket_id}?key={key}").status_code == 200
    assert Browser(running).get(f"/api/v1/tickets/{ticket_id}?key={key[:-2]}AA").status_code == 404


def test_an_appointment_is_checked_in_by_its_code(running: Running) -> None:
    """The code works once, on its day only, and however it was typed."""
    reception, kiosk = person(running, "receptionist"), device(running, "kiosk")
    late = NOW + timedelta(days=3)
    booked = reception.post("/api/v1/tickets/book", {"service": "A02", "at": late.isoformat()}).json
    assert booked["state"] == "booked"
    other_day = kiosk.post("/api/v1/check-in", {"code": booked["code"].lower()})
    assert (other_day.status_code, other_day.json["code"]) == (409, "wrong_day")
    unknown = kiosk.post("/api/v1/check-in", {"code": "ZZZZZZZZ"})
    assert (unknown.status_code, unknown.json["field"]) == (422, "code")
    by_address = kiosk.post("/api/v1/check-in", {"code": booked["url"]})
    assert by_address.json["code"] == "wrong_day"


@pytest.mark.parametrize("code", ["", "x" * 301, 7])
def test_garbage_from_a_scanner_is_refused_by_name(running: Running, code: object) -> None:
    """Too little, too much and no text at all name the field."""
    reply = device(running, "kiosk").post("/api/v1/check-in", {"code": code})
    assert (reply.status_code, reply.json["field"]) == (422, "code")


@pytest.mark.parametrize("code", ["\x00\x1b[A", "/t/../../etc/passwd?key=x", "A042", "ЖЖЖЖЖЖЖЖ"])
def test_what_is_no_code_is_unknown(running: Running, code: str) -> None:
    """Control codes, foreign addresses and numbers open nothing."""
    assert device(running, "kiosk").post("/api/v1/check-in", {"code": code}).status_code == 422


def test_the_holder_steps_back_and_nobody_else(running: Running) -> None:
    """With the key from the slip it works once; without it there is no such ticket."""
    ticket = device(running, "kiosk").post("/api/v1/tickets", {"service": "A02"}).json
    address = f"/api/v1/tickets/{ticket['id']}/late"
    assert Browser(running).post(address).status_code == 401
    assert Browser(running).post(f"{address}?key=wrong").status_code == 404
    late = Browser(running).post(f"{address}?key={ticket['key']}")
    assert (late.status_code, late.json["late"]) == (200, True)
    again = Browser(running).post(f"{address}?key={ticket['key']}")
    assert (again.status_code, again.json["code"]) == (409, "already_late")


def test_a_rating_takes_an_ended_service(running: Running) -> None:
    """One to five stars, and not before the end."""
    ticket = device(running, "kiosk").post("/api/v1/tickets", {"service": "A02"}).json
    address = f"/api/v1/tickets/{ticket['id']}/rating?key={ticket['key']}"
    assert Browser(running).post(address, {"stars": 6}).json["field"] == "stars"
    early = Browser(running).post(address, {"stars": 5})
    assert (early.status_code, early.json["code"]) == (409, "nothing_to_rate")


def test_a_declared_category_is_confirmed_by_the_reception(running: Running) -> None:
    """Until then the ticket waits as an ordinary one, and the reception sees the claim."""
    kiosk, reception = device(running, "kiosk"), person(running, "receptionist")
    wish = {"service": "A02", "category": "war_veteran"}
    ticket = kiosk.post("/api/v1/tickets", wish).json
    assert (ticket["category"], ticket["claimed"]) == (None, "war_veteran")
    listed = reception.get("/api/v1/tickets?recent=5").json["tickets"]
    assert [one["claimed"] for one in listed] == ["war_veteran"]
    address = f"/api/v1/tickets/{ticket['id']}/confirm"
    seen = reception.post(address, {"confirmed": True}).json
    assert (seen["category"], seen["claimed"]) == ("war_veteran", None)
    assert reception.post(address, {"confirmed": True}).json["code"] == "nothing_to_confirm"


def test_a_receptionist_grants_at_once(running: Running) -> None:
    """Who sees the papers while issuing has nothing to confirm."""
    wish = {"service": "A02", "category": "war_veteran"}
    ticket = person(running, "receptionist").post("/api/v1/tickets", wish).json
    assert (ticket["category"], ticket["claimed"]) == ("war_veteran", None)


def test_a_life_event_is_one_ticket_with_legs(running: Running) -> None:
    """The legs come in the event's order, and a foreign service is refused by name."""
    kiosk = device(running, "kiosk")
    wish = {"service": "A01", "event": "birth", "legs": ["E03", "M01"]}
    ticket = kiosk.post("/api/v1/tickets", wish).json
    assert [leg["service"] for leg in ticket["legs"]] == ["A01", "E03", "M01"]
    assert ticket["event"] == "birth"
    foreign = kiosk.post("/api/v1/tickets", wish | {"legs": ["F01"]})
    assert (foreign.status_code, foreign.json["field"]) == (422, "legs")
    unknown = kiosk.post("/api/v1/tickets", wish | {"event": "flood"})
    assert (unknown.status_code, unknown.json["field"]) == (422, "event")


def test_help_is_asked_for_and_answered(running: Running) -> None:
    """The kiosk sees the answer; another device does not see the call."""
    kiosk, reception = device(running, "kiosk"), person(running, "receptionist")
    asked = kiosk.post("/api/v1/help", {"reason": "assistance", "language": "ru"}).json
    assert [one["device"] for one in reception.get("/api/v1/help").json["calls"]] == ["kiosk-1"]
    assert device(running, "corner").get(f"/api/v1/help/{asked['id']}").status_code == 403
    reception.post(f"/api/v1/help/{asked['id']}/answer")
    assert kiosk.get(f"/api/v1/help/{asked['id']}").json["answered_at"]


def test_a_report_is_seen_by_those_who_can_mend_it(running: Running) -> None:
    """The supervisor reads of the empty roll; a clerk has no list of devices."""
    printer = {"reason": "no_paper", "paper": "out"}
    kiosk = device(running, "kiosk")
    told = REPORT | {"clock": SteadyClock().now().isoformat(), "printer": printer}
    assert kiosk.post("/api/v1/devices/report", told).status_code == 204
    listed = person(running, "supervisor").get("/api/v1/devices").json["devices"]
    states = {one["name"]: (one["state"], one["alerts"]) for one in listed}
    assert states["kiosk-1"] == ("trouble", ["no_paper"])
    assert person(running, "clerk1").get("/api/v1/devices").status_code == 403


def test_a_wrong_report_names_its_field(running: Running) -> None:
    """Bad input loses nothing but itself."""
    reply = device(running, "kiosk").post("/api/v1/devices/report", REPORT | {"clock": "noon"})
    assert (reply.status_code, reply.json["field"]) == (422, "clock")
    reply = device(running, "kiosk").post("/api/v1/devices/report", REPORT | {"paper": 1})
    assert (reply.status_code, reply.json["field"]) == (422, "paper")


def test_a_pad_belongs_to_its_window(running: Running) -> None:
    """It rates no other window's service."""
    reply = device(running, "pad").post("/api/v1/windows/2/rating", {"stars": 5})
    assert reply.status_code == 403

"""Devices let in and shut out over HTTP, and what stands against guessing."""

from __future__ import annotations

from typing import Any

import pytest

from queue_server.bootstrap import Running
from tests.queue_server.web.callers import Browser, device, person


def ask(running: Running, kind: str = "kiosk") -> dict[str, Any]:
    """Let a device ask for a code."""
    reply = Browser(running).post("/api/v1/pairings", {"kind": kind})
    assert reply.status_code == 201, reply.text
    return dict(reply.json)


def claim(running: Running, secret: str) -> Any:
    """Let the device ask what became of it."""
    return Browser(running).post("/api/v1/pairings/claim", {"secret": secret})


def approve(browser: Browser, shown: str, **changes: Any) -> Any:
    """Let somebody answer yes."""
    wish = {"code": shown, "name": "new-1", "hall": 1} | changes
    return browser.post("/api/v1/pairings/approve", wish)


@pytest.fixture
def administrator(running: Running) -> Browser:
    """The administrator's browser."""
    return person(running, "administrator")


def test_from_the_code_to_the_work(running: Running, administrator: Browser) -> None:
    """A kiosk asks, is let in, and issues a ticket with the token that it got."""
    asked = ask(running)
    assert asked["poll_seconds"] > 0
    waiting = claim(running, asked["secret"])
    assert (waiting.status_code, waiting.json["state"]) == (202, "waiting")
    assert approve(administrator, asked["code"]).status_code == 200
    told = claim(running, asked["secret"]).json
    assert (told["state"], told["name"], told["url"]) == ("approved", "new-1", None)
    kiosk = Browser(running, told["token"])
    assert kiosk.get("/api/v1/device").json == {
        "name": "new-1",
        "kind": "kiosk",
        "hall": 1,
        "window": None,
    }
    assert kiosk.post("/api/v1/tickets", {"service": "A01"}).status_code == 201
    again = claim(running, asked["secret"])
    assert (again.status_code, again.json["code"]) == (409, "pairing_over")


@pytest.mark.parametrize(("kind", "page"), [("board", "/board/1?token="), ("corner", "/corner?t")])
def test_a_browser_is_told_its_page(
    running: Running, administrator: Browser, kind: str, page: str
) -> None:
    """The page opens with the token in its address."""
    asked = ask(running, kind)
    approve(administrator, asked["code"])
    url = claim(running, asked["secret"]).json["url"]
    assert url.startswith(page)
    assert Browser(running).get(url).status_code == 200


def test_a_repeated_answer_is_the_same(running: Running, administrator: Browser) -> None:
    """A lost reply to "let in" is asked for again under its key."""
    asked = ask(running)
    wish = {"code": asked["code"], "name": "new-1", "hall": 1}
    first = administrator.post("/api/v1/pairings/approve", wish, key="k")
    again = administrator.post("/api/v1/pairings/approve", wish, key="k")
    assert first.json == again.json
    assert first.status_code == again.status_code == 200


def test_an_unknown_secret_is_unknown(running: Running) -> None:
    """It tells nothing."""
    assert claim(running, "x" * 43).status_code == 404


def test_a_refused_device_hears_so(running: Running, administrator: Browser) -> None:
    """And its code is over."""
    asked = ask(running)
    assert administrator.post("/api/v1/pairings/refuse", {"code": asked["code"]}).status_code == 204
    assert claim(running, asked["secret"]).json["state"] == "refused"
    assert approve(administrator, asked["code"]).json["code"] == "pairing_over"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "kiosk-1"}, "name"),
        ({"name": "a/b"}, "name"),
        ({"hall": 77}, "hall"),
        ({"window": 1}, "window"),
        ({"code": "???"}, "code"),
    ],
)
def test_a_mistake_is_named_at_its_field(
    running: Running, administrator: Browser, changes: dict[str, Any], field: str
) -> None:
    """Nothing half applied: the device still waits."""
    asked = ask(running)
    reply = approve(administrator, asked["code"], **changes)
    assert (reply.status_code, reply.json["field"]) == (422, field)
    assert claim(running, asked["secret"]).json["state"] == "waiting"


def test_codes_are_not_to_be_guessed(running: Running, administrator: Browser) -> None:
    """After five wrong codes in a minute the right one is not taken either."""
    asked = ask(running)
    for n in range(5):
        reply = approve(administrator, f"{n}0000000")
        assert (reply.status_code, reply.json["code"]) == (404, "unknown_pairing")
    for code in ("90000000", asked["code"]):
        reply = approve(administrator, code)
        assert (reply.status_code, reply.json["code"]) == (429, "try_later")


def test_an_address_asks_ten_times_a_minute(running: Running) -> None:
    """Asking is public, so it is counted."""
    for _ in range(10):
        ask(running)
    reply = Browser(running).post("/api/v1/pairings", {"kind": "kiosk"})
    assert (reply.status_code, reply.json["code"]) == (429, "try_later")


def test_a_kind_that_does_not_exist_is_refused(running: Running) -> None:
    """The field is named."""
    reply = Browser(running).post("/api/v1/pairings", {"kind": "toaster"})
    assert (reply.status_code, reply.json["field"]) == (422, "kind")


def test_a_revoked_device_is_shut_out(running: Running, administrator: Browser) -> None:
    """Its next call is refused once the two seconds of a known token are over."""
    token = device(running, "board").headers["Authorization"].removeprefix("Bearer ")
    named = Browser(running, token).get("/api/v1/device").json["name"]
    # a token shown for the first time after the revocation opens nothing at once
    running.web.app.extensions["known_devices"]._seen.clear()
    path = f"/api/v1/devices/{named}/revoke"
    assert administrator.post(path, {"reason": "lost"}).status_code == 204
    assert Browser(running, token).get("/api/v1/boards/1").status_code == 401
    assert administrator.post(path).status_code == 404


@pytest.mark.parametrize("login", ["supervisor", "receptionist", "clerk1", "analyst"])
def test_only_administrators_manage(running: Running, login: str) -> None:
    """Every other role is refused at the route."""
    browser = person(running, login)
    asked = ask(running)
    assert browser.get("/api/v1/pairings").status_code == 403
    assert approve(browser, asked["code"]).status_code == 403
    for path in ("/pairings/refuse", "/devices/kiosk-1/revoke", "/devices/kiosk-1/change"):
        assert browser.post(f"/api/v1{path}", {"hall": 1}).status_code == 403
    assert browser.get("/api/v1/device").status_code == 403


def test_nobody_else_lets_in(running: Running) -> None:
    """Neither a visitor nor a device."""
    asked = ask(running)
    assert approve(Browser(running), asked["code"]).status_code == 401
    assert approve(device(running, "kiosk"), asked["code"]).status_code == 403

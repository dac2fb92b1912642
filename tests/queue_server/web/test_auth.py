"""Deny by default: every route and every socket event has an explicit right."""

import pytest

from queue_server.bootstrap import Running
from queue_server.usecases.rights import OWN, RIGHTS
from queue_server.web import sockets
from queue_server.web.auth import PUBLIC, right_of
from tests.queue_server.web.callers import Browser, device, links, person

KNOWN = {right for rights in RIGHTS.values() for right in rights} | OWN | {PUBLIC, "signed_in"}


def test_every_route_declares_a_known_right(running: Running) -> None:
    """A route without a right, or with one that nobody has, fails here."""
    views = running.web.app.view_functions
    undeclared = [name for name, view in views.items() if right_of(view) not in KNOWN]
    assert undeclared == []


def test_no_command_is_public(running: Running) -> None:
    """A stranger may sign in, book an appointment, and be a device that asks to be let in."""
    app = running.web.app
    commands = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}
    }
    public = {name for name in commands if right_of(app.view_functions[name]) == PUBLIC}
    assert public == {
        *("api.session_sign_in", "pages.begin"),
        "api.appointments_book",
        *("api.pairing_ask", "api.pairing_claim"),
    }


def test_every_socket_event_is_declared(running: Running) -> None:
    """The events that the socket server handles are those of EVENTS, and topics have rights."""
    handlers = running.web.sockets.io.server.handlers.get("/", {})
    assert set(handlers) <= set(sockets.EVENTS)
    assert set(sockets.TOPICS.values()) <= KNOWN


def test_a_route_without_a_right_is_refused(running: Running) -> None:
    """Forgetting to declare a right closes the route."""
    running.web.app.view_functions["api.hall_catalogue"] = lambda: "open to all?"
    assert device(running, "kiosk").get("/api/v1/catalogue").status_code == 403


@pytest.mark.parametrize("path", ["/api/v1/catalogue", "/api/v1/boards/1", "/api/v1/events"])
def test_strangers_are_told_to_sign_in(running: Running, path: str) -> None:
    """Without a token or a session it is 401 with the stable code."""
    reply = Browser(running).get(path)
    assert (reply.status_code, reply.json["code"]) == (401, "not_signed_in")
    assert reply.content_type == "application/problem+json"


def test_a_wrong_token_is_401(running: Running) -> None:
    """A token that no device holds opens nothing."""
    assert Browser(running, "wrong").get("/api/v1/catalogue").status_code == 401


def test_a_persons_command_needs_the_csrf_token(running: Running) -> None:
    """The cookie alone, which a browser sends by itself, does not act."""
    clerk = person(running, "clerk1")
    del clerk.headers["X-CSRF-Token"]
    assert clerk.post("/api/v1/windows/1/open").status_code == 403
    assert clerk.get("/api/v1/windows/1").status_code == 200


def test_a_clerk_has_the_own_window_only(running: Running) -> None:
    """Another clerk's window cannot be opened, called at or looked into."""
    clerk = person(running, "clerk1")
    for path in ("open", "next", "pause", "close"):
        assert clerk.post(f"/api/v1/windows/2/{path}").status_code == 403
    assert clerk.get("/api/v1/windows/2").status_code == 403


def test_guessing_a_password_is_slowed(running: Running) -> None:
    """After three free wrong passwords the next try is 429 for a while, also with the right one."""
    browser = Browser(running)
    tries = [browser.sign_in("clerk3", "wrong").status_code for _ in range(4)]
    assert tries == [401] * 4
    password = next(p.password for p in links(running).people if p.login == "clerk3")
    refused = browser.sign_in("clerk3", password)
    assert (refused.status_code, refused.json["code"]) == (429, "try_later")
    assert refused.headers["Retry-After"] == str(refused.json["seconds"]) == "1"
    assert person(running, "clerk4").get("/api/v1/windows/4").status_code == 200


def test_a_session_ends_with_signing_out(running: Running) -> None:
    """After signing out the cookie opens nothing."""
    clerk = person(running, "clerk1")
    reply = clerk._client.delete("/api/v1/session", headers=clerk.headers)
    assert reply.status_code == 204
    assert clerk.get("/api/v1/windows/1").status_code == 401


def test_a_visitor_reads_just_the_own_ticket(running: Running) -> None:
    """The key opens its ticket; a wrong key and an unknown ticket are the same 404."""
    kiosk, visitor = device(running, "kiosk"), Browser(running)
    ticket = kiosk.post("/api/v1/tickets", {"service": "A01"}).json
    path = f"/api/v1/tickets/{ticket['id']}"
    assert visitor.get(f"{path}?key={ticket['key']}").json["number"] == ticket["number"]
    wrong = visitor.get(f"{path}?key=wrong")
    unknown = visitor.get("/api/v1/tickets/nothing?key=wrong")
    assert wrong.status_code == unknown.status_code == 404
    assert wrong.json == unknown.json
    assert visitor.get(path).status_code == 401
    assert visitor.post(f"{path}/recall?key={ticket['key']}").status_code == 401
    assert visitor.post(f"{path}/cancel?key={ticket['key']}").json["state"] == "cancelled"

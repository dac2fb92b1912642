"""Every role at every route, page and topic: let in exactly where the right says so."""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from werkzeug.routing import Rule
from werkzeug.test import Client, TestResponse

from queue_server import bootstrap, demo
from queue_server.bootstrap import Running
from queue_server.usecases import access
from queue_server.usecases.records import Device, Person, WebSession
from queue_server.usecases.rights import DEVICES, PENDING, RIGHTS, ROLES, may
from queue_server.web.auth import COOKIE, PUBLIC, SIGNED_IN, right_of
from queue_server.web.sockets import TOPICS
from tests.queue_server.web.callers import device

VISITOR: Final = "visitor"
HUB: Final = "hub"
EVERYBODY: Final = (VISITOR, *ROLES, PENDING, *DEVICES, HUB)
#: fills a route's address: windows and halls exist, tickets, people and devices do not
FILLED: Final[Mapping[str, str]] = {
    "ticket_id": "nothing",
    "date": "2026-11-24",
    "number": "1",
    "hall": "1",
    "login": "nobody",
    "name": "nothing",
    "call_id": "0",
    "message_id": "0",
    "alert_id": "nothing",
    "filename": "nothing",
}
#: a body that no command takes, so that whoever is let in changes nothing
NONSENSE: Final = {"no_such_field": True}
#: routes for any device and no person, for any person and no device
OF_DEVICES: Final = {"api.pairing_myself"}
OF_PEOPLE: Final = {"api.session_who_am_i", "pages.account"}
#: pages that a device is not shown even where it has their right: it is nobody who signs in
STAFF_PAGES: Final = {"pages.panel"}
#: asks for a right by itself: the token may stand in the address
ASKS_ITSELF: Final = {"pages.board_media_file": "board:read"}
#: the last one ends the session that asks
LAST: Final = "api.sign_out"
_keys = itertools.count()


@dataclass
class Somebody:
    """A role with a browser of its own, signed in where it can be."""

    role: str
    client: Client
    token: str | None = None
    csrf_token: str | None = None

    def ask(self, method: str, path: str, *, html: bool = False) -> TestResponse:
        """Send a harmless request."""
        headers = {"Idempotency-Key": f"role-{next(_keys)}"}
        headers["Accept"] = "text/html" if html else "application/json"
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if self.csrf_token:
            headers["X-CSRF-Token"] = self.csrf_token
        body = None if method == "GET" else NONSENSE
        return self.client.open(path, method=method, json=body, headers=headers)


@pytest.fixture(scope="module")
def whole(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One center for all of this module's questions."""
    folder = Path(shutil.copytree(prepared, tmp_path_factory.mktemp("roles") / "center"))
    made = demo.Demo(folder, 8000)
    started = bootstrap.start(made.wiring, demo.links(made))
    yield started
    started.stop()


def somebody(running: Running, role: str) -> Somebody:
    """Return somebody of a role, with a session or a token made without signing in."""
    client = running.web.app.test_client()
    if role == VISITOR:
        return Somebody(role, client)
    secret = running.center.names.token()
    if role in (*DEVICES, HUB):
        window = 1 if role in ("pad", "callpad") else None
        access.enrol_device(running.center, Device(f"role-{role}", role, "", window=window), secret)
        return Somebody(role, client, token=secret)
    _begin_session(running, role, secret)
    client.set_cookie(COOKIE, secret)
    return Somebody(role, client, csrf_token=f"csrf-{role}")


def _begin_session(running: Running, role: str, secret: str) -> None:
    real, pending = ("supervisor", "password") if role == PENDING else (role, None)
    login, now = f"role-{role}", running.center.clock.now()
    window = 1 if role == "clerk" else None
    with running.center.write() as work:
        work.access.put_person(Person(login, login, real, "", window))
        hashed = access.secret_hash(secret)
        work.access.put_session(
            WebSession(hashed, login, f"csrf-{role}", now, now, pending=pending)
        )


def routes(running: Running, *, pages: bool) -> list[tuple[str, str, str, str | None]]:
    """Return every (method, address, endpoint, right), the one that signs out last."""
    app = running.web.app
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("pages.") is not pages:
            continue
        declared = right_of(app.view_functions[rule.endpoint])
        right = ASKS_ITSELF.get(rule.endpoint, declared)
        methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        found += [(method, _address(rule), rule.endpoint, right) for method in methods]
    return sorted(found, key=lambda each: (each[2] == LAST, each[1], each[0]))


def _address(rule: Rule) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda name: FILLED[name[1]], rule.rule)


def let_in(role: str, right: str | None, endpoint: str) -> bool:
    """Return whether a role may, by the right that a route has declared."""
    if right == PUBLIC:
        return True
    if right == SIGNED_IN and role != VISITOR:
        return endpoint not in (OF_PEOPLE if role in (*DEVICES, HUB) else OF_DEVICES)
    # a visitor's rights are those of a ticket's key, and a page is made for a person
    at_device = role in (*DEVICES, HUB) and endpoint in STAFF_PAGES
    return right is not None and role != VISITOR and not at_device and may(role, right)


@pytest.mark.parametrize("role", EVERYBODY)
def test_a_role_is_answered_where_it_has_the_right(whole: Running, role: str) -> None:
    """401 or 403 with its code exactly without the right, and never a fault of ours."""
    me, wrong = somebody(whole, role), []
    for method, path, endpoint, right in routes(whole, pages=False):
        reply = me.ask(method, path)
        expected = let_in(role, right, endpoint)
        refused = reply.status_code in (401, 403)
        if reply.status_code >= 500 or refused is expected:
            wrong.append((method, path, right, reply.status_code))
        elif refused and right != SIGNED_IN:
            assert reply.json is not None
            assert reply.json["code"] == _code(role), path
    assert wrong == []


def _code(role: str) -> str:
    codes = {VISITOR: "not_signed_in", PENDING: "password_change_required"}
    return codes.get(role, "forbidden")


def test_a_visitors_key_opens_the_visitors_calls_alone(whole: Running) -> None:
    """With `?key=` the six calls of a ticket's holder look for the ticket; no other one does."""
    me, opened, calls = somebody(whole, VISITOR), set(), routes(whole, pages=False)
    for method, path, _, right in calls:
        reply = me.ask(method, f"{path}?key=wrong")
        assert reply.status_code < 500
        if right not in (PUBLIC, SIGNED_IN) and reply.status_code != 401:
            opened.add(right)
    declared = {right for *_, right in calls}
    assert opened == RIGHTS[VISITOR] & declared
    assert opened >= {"ticket:read", "ticket:cancel", "ticket:unbook", "ticket:late", "ticket:rate"}


@pytest.mark.parametrize("role", [*ROLES, PENDING])
def test_no_command_of_a_person_is_taken_without_the_csrf_token(whole: Running, role: str) -> None:
    """What a foreign page could make a browser send is refused at every route but public ones."""
    me = somebody(whole, role)
    me.csrf_token = None
    taken = [
        path
        for method, path, _, right in routes(whole, pages=False)
        if method != "GET" and right != PUBLIC and me.ask(method, path).status_code != 403
    ]
    assert taken == []


@pytest.mark.parametrize("role", EVERYBODY)
def test_a_role_is_shown_its_pages(whole: Running, role: str) -> None:
    """Another one is a page that says so; who must sign in or see to the account is sent there."""
    me, wrong = somebody(whole, role), []
    for method, path, endpoint, right in routes(whole, pages=True):
        if method != "GET":
            continue
        reply = me.ask(method, path, html=True)
        expected = let_in(role, right, endpoint)
        if reply.status_code >= 500 or _turned_away(reply) is expected:
            wrong.append((path, right, reply.status_code, reply.headers.get("Location")))
    assert wrong == []


def _turned_away(reply: TestResponse) -> bool:
    sent_to = reply.headers.get("Location", "")
    elsewhere = sent_to.startswith(("/sign-in?next=", "/account"))
    return reply.status_code in (401, 403) or (reply.status_code == 302 and elsewhere)


@pytest.mark.parametrize("role", EVERYBODY)
def test_a_role_hears_its_topics(whole: Running, role: str) -> None:
    """The acknowledgement refuses every other kind, and then no snapshot is sent."""
    me, web = somebody(whole, role), whole.web
    ticket = device(whole, "kiosk").post("/api/v1/tickets", {"service": "A01"}).json
    assert ticket is not None
    which: dict[str, Any] = {"hall": 1, "window": 1, "ticket": ticket["id"]}
    client = web.sockets.io.test_client(
        web.app, auth={"token": me.token} if me.token else None, flask_test_client=me.client
    )
    for kind, right in TOPICS.items():
        topic = f"{kind}.{which[kind]}" if kind in which else kind
        reply = client.emit("subscribe", {"topic": topic}, callback=True)
        sent = [said for said in client.get_received() if said["name"] == "snapshot"]
        expected = role != VISITOR and may(role, right)
        assert (reply["ok"], len(sent)) == (expected, int(expected)), topic
        assert expected or reply["code"] in ("forbidden", "unknown_ticket")
    client.disconnect()

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice, pairwise
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from queue_server import demo
from queue_server.simulation import live_hall, reference
from queue_server.simulation.halls import Called, HallAway, TakenOver
from queue_server.simulation.live_hall import Access, LiveHall
from queue_server.simulation.visitors import Visitor
from queue_server.system import SteadyClock
from tests.queue_server.web.pages.live_center import LiveCenter

AT = datetime(2026, 11, 16, 5, 0, tzinfo=UTC)
TICKET = {"id": "t7", "key": "k", "service": "A01"}


class Scripted:
    """A server that answers as it is told: path without a query → status and body."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, Any]] = {"/session": (201, {"csrf_token": "c"})}
        self.asked: list[tuple[str, Any]] = []
        handler = type("Handler", (_Handler,), {"told": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"


class _Handler(BaseHTTPRequestHandler):
    told: Scripted

    def do_POST(self) -> None:
        """Answer as told."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        path = self.path.removeprefix("/api/v1")
        self.told.asked.append((path, body))
        status, answer = self.told.answers.get(path.partition("?")[0], (200, {}))
        self.send_response(status)
        self.end_headers()
        if status != 204:
            self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Scripted]:
    """A server as it is told."""
    made = Scripted()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


@pytest.fixture
def hall(server: Scripted) -> LiveHall:
    """A hall of that server, with window 1 open."""
    access = Access(server.url, "token", {1: ("clerk1", "secret")})
    made = LiveHall(access, threading.Event(), lambda: AT)
    made.open(1)
    return made


def test_a_clerk_signs_in_and_opens_the_window(server: Scripted, hall: LiveHall) -> None:
    """The shift begins with the clerk's own session."""
    assert hall.now == AT
    assert server.asked == [
        ("/session", {"login": "clerk1", "password": "secret"}),
        ("/windows/1/open", {}),
    ]


def test_a_visitor_takes_a_ticket_and_later_uses_its_key(server: Scripted, hall: LiveHall) -> None:
    """The kiosk's answer gives the key with which the phone cancels and rates."""
    server.answers["/tickets"] = (201, TICKET)
    visitor = Visitor(AT, "A01", {"A01": 5.0}, language="ru", needs=frozenset({"sign_language"}))
    assert hall.issue(visitor) == "t7"
    assert server.asked[-1][1]["needs"] == ["sign_language"]
    assert hall.cancel("t7")
    assert server.asked[-1] == ("/tickets/t7/cancel?key=k", {})
    hall.rate("t7", 4)
    assert server.asked[-1] == ("/tickets/t7/rating?key=k", {"stars": 4})
    server.answers["/tickets/t7/cancel"] = (409, {})
    assert not hall.cancel("t7")


def test_a_refusal_sends_a_visitor_home(server: Scripted, hall: LiveHall) -> None:
    """Where no ticket is given nobody waits; nobody rates a visit of somebody else's."""
    server.answers["/tickets"] = (409, {})
    assert hall.issue(Visitor(AT, "A01", {})) is None
    asked = len(server.asked)
    hall.rate("t9", 5)
    assert len(server.asked) == asked


def test_next_finishes_and_calls(server: Scripted, hall: LiveHall) -> None:
    """The outcome goes with the press; an empty queue calls nobody."""
    server.answers["/windows/1/next"] = (200, TICKET)
    assert hall.next(1, "forwarded") == Called("t7", "A01")
    assert server.asked[-1] == ("/windows/1/next", {"outcome": "forwarded"})
    server.answers["/windows/1/next"] = (204, {})
    assert hall.next(1) is None


def test_every_move_has_its_call(server: Scripted, hall: LiveHall) -> None:
    """Each thing a clerk does is one call of the API."""
    hall.start(1, "t7")
    hall.no_show(1, "t7")
    hall.finish(1, "t7", "solved")
    hall.transfer(1, "t7", "E01")
    hall.hold(1, "t7")
    assert hall.take_up(1, "t7")
    hall.confirm("t7")
    hall.pause(1, "lunch")
    hall.resume(1)
    hall.close(1)
    assert [path for path, _ in server.asked[2:]] == [
        "/tickets/t7/start",
        "/tickets/t7/no-show",
        "/tickets/t7/finish",
        "/tickets/t7/transfer",
        "/tickets/t7/hold",
        "/tickets/t7/resume",
        "/windows/1/pause",
        "/windows/1/open",
        "/windows/1/close",
    ]


def test_a_server_in_trouble_is_away(server: Scripted, hall: LiveHall) -> None:
    """A fault of the server, and no server at all, are tried again by the play."""
    server.answers["/tickets"] = (503, {})
    with pytest.raises(HallAway, match="503"):
        hall.issue(Visitor(AT, "A01", {}))
    nowhere = LiveHall(
        Access("http://127.0.0.1:9", "token", {1: ("clerk1", "secret")}),
        threading.Event(),
        lambda: AT,
    )
    with pytest.raises(HallAway):
        nowhere.open(1)
    with pytest.raises(HallAway):
        nowhere.issue(Visitor(AT, "A01", {}))


def test_a_session_that_has_ended_means_that_a_person_has_taken_over(
    server: Scripted, hall: LiveHall
) -> None:
    """401 at a clerk's call: somebody has signed in as this clerk."""
    server.answers["/windows/1/next"] = (401, {})
    with pytest.raises(TakenOver):
        hall.next(1)


def test_a_clerk_who_may_not_sign_in_does_not_try_for_ever(
    server: Scripted, hall: LiveHall
) -> None:
    """A refused password is somebody else's window now; a server in trouble is tried again."""
    server.answers["/session"] = (401, {})
    with pytest.raises(TakenOver):
        hall.open(1)
    server.answers["/session"] = (503, {})
    with pytest.raises(HallAway):
        hall.open(1)


def test_waiting_ends_with_the_play() -> None:
    """Once the demo stops, no step is done any more."""
    stop = threading.Event()
    hall = LiveHall(Access("http://127.0.0.1:9", "t", {}), stop, lambda: AT)
    assert hall.wait_until(AT - timedelta(seconds=1))
    stop.set()
    assert not hall.wait_until(AT + timedelta(hours=1))


def test_a_demo_fills_at_once_and_then_lives_as_usual() -> None:
    """Forty come within sixteen seconds; then as many a minute as on a usual day."""
    world = reference.world(0.9)
    people = list(islice(live_hall.coming(world, AT, random.Random(1)), 440))
    assert people[39].at - AT == timedelta(seconds=39 * 0.4)
    gaps = [(then.at - one.at).total_seconds() for one, then in pairwise(people[40:])]
    assert mean(gaps) == pytest.approx(9 * 3600 / world.visitors, rel=0.15)


def test_a_demos_day_has_no_end_and_no_lunch() -> None:
    """Whoever shows the product at lunch time finds its clerks at work."""
    day = live_hall.day_of(reference.world(), AT)
    assert day.ends - day.opens == timedelta(days=365)
    assert day.lunches == {}
    assert day.late[3] == 3.0


@pytest.fixture
def live(folder: Path) -> Iterator[LiveCenter]:
    """A real server on a demo's folder."""
    center = LiveCenter(folder)
    center.start()
    yield center
    center.kill()


def test_a_real_demo_comes_to_life(live: LiveCenter) -> None:
    """People come and are called; a person who signs in as a clerk has the window for good."""
    made = live.about
    links = demo.links(made)
    clerks = {p.window: (p.login, p.password) for p in links.people if p.window in (1, 2)}
    access = Access(made.url, links.devices[0].token, clerks)  # type: ignore[arg-type]
    world, stop = demo.world_of(made, 440), threading.Event()
    clock = SteadyClock().now
    args = (world, access, stop, clock, 100.0)
    playing = threading.Thread(target=live_hall.play, args=args)
    playing.start()
    try:
        events = _until(live, lambda seen: seen.count("ticket_called") >= 2)
        assert events.count("window_opened") == 2
        assert events.count("ticket_issued") > 5
        assert playing.is_alive()
    finally:
        stop.set()
        playing.join(10)
    assert not playing.is_alive()
    hall = LiveHall(access, threading.Event(), clock)
    hall.open(1)
    assert live.person("clerk1").post("/windows/1/open").status_code == 200
    with pytest.raises(TakenOver):
        hall.next(1)


def _until(live: LiveCenter, enough: Any) -> list[str]:
    """Return the types of all events once there is enough of them."""
    watcher, pause = live.person("supervisor"), threading.Event()
    end = time.monotonic() + 30
    while time.monotonic() < end:
        seen = [event["type"] for event in watcher.get("/events?after=0")["events"]]
        if enough(seen):
            return seen
        pause.wait(0.2)
    raise AssertionError("the demo did not come to life")

"""Live topics: who may hear what, and that nothing is missed or doubled."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from queue_server import demo
from queue_server.bootstrap import Running
from queue_server.system import SteadyClock
from tests.queue_server.web.callers import Browser, device, links, person

PATIENCE = 10.0


class Listener:
    """A Socket.IO client in this process."""

    def __init__(self, running: Running, auth: Any = None, browser: Browser | None = None) -> None:
        web = running.web
        self._client = web.sockets.io.test_client(
            web.app, auth=auth, flask_test_client=browser._client if browser else None
        )
        self.heard: list[dict[str, Any]] = []

    @property
    def connected(self) -> bool:
        """Whether the server let it in."""
        return bool(self._client.is_connected())

    def subscribe(self, topic: str, **wish: Any) -> dict[str, Any]:
        """Subscribe and return the acknowledgement."""
        reply = self._client.emit("subscribe", {"topic": topic, **wish}, callback=True)
        return dict(reply)

    def messages(self, name: str) -> list[dict[str, Any]]:
        """Return what came under a name until now."""
        self.heard += self._client.get_received()
        return [m["args"][0] for m in self.heard if m["name"] == name]

    def await_events(self, count: int) -> list[dict[str, Any]]:
        """Wait for so many events."""
        end = time.monotonic() + PATIENCE
        while len(found := self.messages("event")) < count:
            assert time.monotonic() < end, f"only {len(found)} of {count} events came"
            threading.Event().wait(0.02)
        return found


def token(running: Running, kind: str) -> dict[str, str]:
    """Return what a device shows when it connects."""
    if kind == "station":
        made = demo.Demo(running.web.app.extensions["folder"], 8000)
        return {"token": demo.station(made).token}
    return {"token": next(d.token for d in links(running).devices if d.kind == kind)}


@pytest.fixture
def board(running: Running) -> Listener:
    """A board that listens to hall 1."""
    listener = Listener(running, token(running, "board"))
    assert listener.subscribe("hall.1")["ok"]
    return listener


def call_one(running: Running, window: int = 1, service: str = "A01") -> dict[str, Any]:
    """Issue a ticket and call it."""
    device(running, "kiosk").post("/api/v1/tickets", {"service": service})
    clerk = person(running, f"clerk{window}")
    clerk.post(f"/api/v1/windows/{window}/open")
    called: dict[str, Any] = clerk.post(f"/api/v1/windows/{window}/next").json
    return called


def test_a_board_gets_a_snapshot_then_each_call(running: Running, board: Listener) -> None:
    """The snapshot's seq is followed by the call, with number, window and language alone."""
    snapshot = board.messages("snapshot")[0]
    assert (snapshot["topic"], snapshot["calls"]) == ("hall.1", [])
    called = call_one(running)
    opened, event = board.await_events(3)[1:]
    assert opened["type"] == "window_opened"
    assert (event["type"], event["number"], event["window"]) == (
        "ticket_called",
        called["number"],
        1,
    )
    assert event["seq"] > event["prev"] == opened["seq"] > snapshot["seq"]
    assert not {"service", "category", "ticket", "reason", "actor"} & set(event)


def test_who_was_away_resumes_after_the_last_seq(running: Running, board: Listener) -> None:
    """With `after` the missed events come and no snapshot; each once."""
    call_one(running)
    seen = board.await_events(3)
    later = Listener(running, token(running, "board"))
    assert later.subscribe("hall.1", after=seen[0]["seq"])["ok"]
    assert later.messages("snapshot") == []
    assert [e["seq"] for e in later.messages("event")] == [e["seq"] for e in seen[1:]]


def test_an_impossible_after_gets_a_snapshot(running: Running) -> None:
    """A seq from the future, or from too long ago, is answered with a snapshot."""
    listener = Listener(running, token(running, "board"))
    assert listener.subscribe("hall.1", after=10_000)["ok"]
    assert len(listener.messages("snapshot")) == 1


@pytest.mark.parametrize(
    ("kind", "topic", "code"),
    [
        ("board", "floor", "forbidden"),
        ("board", "window.1", "forbidden"),
        ("board", "hall.2", "forbidden"),
        ("board", "slips", "forbidden"),
        ("board", "ticket.something", "forbidden"),
        ("kiosk", "hall.1", "forbidden"),
        ("kiosk", "floor", "forbidden"),
        ("kiosk", "slips", "forbidden"),
        ("station", "hall.1", "forbidden"),
        ("board", "hall.x", "unknown"),
        ("board", "weather", "unknown"),
    ],
)
def test_a_device_hears_its_own_topics_only(
    running: Running, kind: str, topic: str, code: str
) -> None:
    """What a token may not read is refused in the acknowledgement, and nothing is sent."""
    listener = Listener(running, token(running, kind))
    refused = listener.subscribe(topic)
    assert (refused["ok"], refused["code"]) == (False, code)
    assert listener.messages("snapshot") == []


def test_a_clerk_hears_the_own_window(running: Running) -> None:
    """The panel gets its window's snapshot and who comes into its line; no other window's."""
    clerk = person(running, "clerk1")
    panel = Listener(running, browser=clerk)
    assert panel.subscribe("window.2")["code"] == "forbidden"
    assert panel.subscribe("window.1")["ok"]
    assert panel.messages("snapshot")[0]["state"] == "closed"
    issued = device(running, "kiosk").post("/api/v1/tickets", {"service": "A02"}).json
    event = panel.await_events(1)[0]
    assert (event["type"], event["ticket"]["number"]) == ("ticket_issued", issued["number"])


def test_a_transfer_is_heard_where_the_ticket_leaves_and_where_it_comes(running: Running) -> None:
    """The windows of both services hear it, and that of the clerk it is sent to."""
    kiosk, reception = device(running, "kiosk"), person(running, "receptionist")
    old, new, named = (person(running, f"clerk{n}") for n in (7, 12, 3))
    named.post("/api/v1/windows/3/open")
    panels = [
        (Listener(running, browser=clerk), f"window.{n}")
        for clerk, n in ((old, 7), (new, 12), (named, 3))
    ]
    ticket = kiosk.post("/api/v1/tickets", {"service": "G01"}).json
    for panel, topic in panels:
        assert panel.subscribe(topic)["ok"]
    path = f"/api/v1/tickets/{ticket['id']}/transfer"
    assert reception.post(path, {"to_service": "U01"}).status_code == 200
    assert reception.post(path, {"to_service": "U02", "to_clerk": "clerk3"}).status_code == 200
    for (panel, _), count in zip(panels, (1, 2, 1), strict=True):
        heard = panel.await_events(count)
        assert {event["type"] for event in heard} == {"ticket_transferred"}


def test_a_visitor_hears_the_own_ticket(running: Running) -> None:
    """The key opens the ticket's topic, and a stranger's key does not."""
    ticket = device(running, "kiosk").post("/api/v1/tickets", {"service": "A01"}).json
    phone = Listener(running)
    assert phone.subscribe(f"ticket.{ticket['id']}", key="wrong")["ok"] is False
    assert phone.subscribe(f"ticket.{ticket['id']}", key=ticket["key"])["ok"]
    clerk = person(running, "clerk1")
    clerk.post("/api/v1/windows/1/open")
    clerk.post("/api/v1/windows/1/next")
    event = phone.await_events(1)[0]
    assert (event["type"], event["state"], event["window"]) == ("ticket_called", "called", 1)
    assert "category" not in event


def test_the_station_hears_of_slips_it_prints(running: Running) -> None:
    """Tickets whose issuer has no paper, and copies, reach the topic `slips`; others do not."""
    station = Listener(running, token(running, "station"))
    assert station.subscribe("slips")["ok"]
    kiosk = device(running, "kiosk")
    kiosk.post("/api/v1/tickets", {"service": "A01", "paper": "own"})
    printed = kiosk.post("/api/v1/tickets", {"service": "A01"}).json
    person(running, "receptionist").post(f"/api/v1/tickets/{printed['id']}/slip")
    heard = station.await_events(2)
    assert [(e["id"], e["copy"]) for e in heard] == [(printed["id"], 1), (printed["id"], 2)]


def test_staff_hear_of_trouble_at_once(running: Running) -> None:
    """An empty roll, a call for help and a wish for sign language reach the reception."""
    reception = Listener(running, browser=person(running, "receptionist"))
    assert reception.subscribe("alerts")["ok"]
    kiosk = device(running, "kiosk")
    report = {
        "version": "1",
        "clock": SteadyClock().now().isoformat(),
        "printer": {"reason": "no_paper", "paper": "out"},
    }
    kiosk.post("/api/v1/devices/report", report)
    kiosk.post("/api/v1/help", {"reason": "assistance"})
    ticket = kiosk.post("/api/v1/tickets", {"service": "A02", "needs": ["sign_language"]}).json
    heard = [(e["type"], e["subject"]) for e in reception.await_events(3)]
    assert heard == [
        ("device_alerted", "kiosk-1"),
        ("help_called", "kiosk-1"),
        ("sign_language_wanted", ticket["number"]),
    ]


def test_boards_are_told_how_long_it_takes(running: Running) -> None:
    """A new ticket changes the figures of its letter, and the board hears within moments."""
    board = Listener(running, token(running, "board"))
    board.subscribe("hall.1")
    assert {w["waiting"] for w in board.messages("snapshot")[0]["waits"]} == {0}
    device(running, "kiosk").post("/api/v1/tickets", {"service": "A02"})
    end = time.monotonic() + PATIENCE
    while not board.messages("figures"):
        assert time.monotonic() < end
        threading.Event().wait(0.02)
    waits = {w["prefix"]: w["waiting"] for w in board.messages("figures")[0]["waits"]}
    assert (waits["A"], waits["E"]) == (1, 0)


@pytest.mark.parametrize("wish", [None, 7, "hall.1", {}, {"topic": 3}, {"topic": "x" * 99}])
def test_nonsense_is_refused_politely(running: Running, wish: Any) -> None:
    """A wish that is none gets a refusal that names the fault; the socket lives on."""
    listener = Listener(running, token(running, "board"))
    reply = listener._client.emit("subscribe", wish, callback=True)
    assert reply["ok"] is False
    assert reply["code"] == "invalid"
    assert listener.subscribe("hall.1")["ok"]


def test_a_wrong_token_is_not_let_in(running: Running) -> None:
    """A device that nobody enrolled cannot even connect."""
    assert not Listener(running, {"token": "wrong"}).connected


def test_too_many_sockets_are_refused(running: Running) -> None:
    """Sockets beyond the cap are refused, so that threads are left for HTTP."""
    running.web.sockets.most = 2
    listeners = [Listener(running) for _ in range(3)]
    assert [listener.connected for listener in listeners] == [True, True, False]


def test_joining_amid_a_storm_misses_nothing(running: Running) -> None:
    """Boards that join while calls are made see, snapshot and events together, each one once."""
    kiosk, clerk = device(running, "kiosk"), person(running, "clerk12")
    clerk.post("/api/v1/windows/12/open")
    numbers = [kiosk.post("/api/v1/tickets", {"service": "U01"}).json["number"] for _ in range(12)]
    calls = threading.Thread(
        target=lambda: [clerk.post("/api/v1/windows/12/next") for _ in numbers]
    )
    calls.start()
    boards = [Listener(running, token(running, "board")) for _ in range(5)]
    for listener in boards:
        assert listener.subscribe("hall.1")["ok"]
    calls.join()
    last = Listener(running, token(running, "board"))
    last.subscribe("hall.1")
    end = last.messages("snapshot")[0]["seq"]
    for listener in boards:
        snapshot = listener.messages("snapshot")[0]
        _await_seq(listener, end)
        heard = [e for e in listener.messages("event") if e["type"] == "ticket_called"]
        first = numbers.index(snapshot["calls"][0]["number"]) + 1 if snapshot["calls"] else 0
        assert [e["number"] for e in heard] == numbers[first:]


def _await_seq(listener: Listener, seq: int) -> None:
    end = time.monotonic() + PATIENCE
    while max([e["seq"] for e in listener.messages("event")], default=seq) < seq:
        assert time.monotonic() < end
        threading.Event().wait(0.02)

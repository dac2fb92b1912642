"""Boards of a real center whose server is killed in the middle of the day's calls."""

import itertools
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import requests

from display_board.state import Board, Message, Row, apply
from queue_server.client.feed import Feed
from queue_server.simulation.caller import Caller
from tests.e2e import demo_hall
from tests.e2e.demo_hall import DemoHall, await_true
from tests.thorough import THOROUGH

CALLS = 500 if THOROUGH else 150
#: kills come after so many calls
KILLS = (CALLS * 3 // 10, CALLS * 16 // 25)
AT = "2026-11-23T05:00:00.000Z"


class Watcher:
    """A board without a screen: its state, and every call that it let stand out."""

    def __init__(self, hall: DemoHall) -> None:
        self.board, self.announced = Board(), []
        self.lost = 0
        self._lock = threading.Lock()
        self._feed = Feed(
            hall.url,
            hall.token("board"),
            "hall.1",
            on_snapshot=lambda body: self._hear("snapshot", body),
            on_event=lambda body: self._hear("event", body),
            on_state=lambda state: self._hear(state, None),
        )
        self._feed.start()

    def stop(self) -> None:
        """Follow no longer."""
        self._feed.stop()

    def _hear(self, kind: Any, body: Any) -> None:
        now = time.monotonic()
        with self._lock:
            before = {key(row) for row in self.board.rows}
            self.board = apply(self.board, Message(kind, now, AT, body))
            news = [row for row in self.board.rows if row.lit_at == now and key(row) not in before]
            self.announced += [key(row) for row in news]
            self.lost += kind == "lost"


def key(row: Row) -> tuple[str, int, str, int]:
    """Return what tells one announcement from another."""
    return row.number, row.window, row.called_at, row.recalls


def test_two_boards_over_two_kills(tmp_path: Path) -> None:
    """Killed twice while it calls, the server finds both boards as one that never lost it."""
    with demo_hall.running(tmp_path) as hall:
        boards = [Watcher(hall), Watcher(hall)]
        await_true(lambda: all(board.board.connection == "live" for board in boards))
        serve(hall)
        shown = hall.device("board").get("/boards/1")
        await_true(lambda: all(board.board.seq >= shown["seq"] for board in boards))
        for board in boards:
            board.stop()
    fresh = apply(Board(), Message("snapshot", 0.0, "", shown))
    for board in boards:
        # a board that was still away at the second kill has lost the server but once
        assert board.lost >= 1
        assert [key(row) for row in board.board.rows] == [key(row) for row in fresh.rows]
        assert board.board.windows == fresh.windows
        assert board.board.connection == "live"
        assert max(Counter(board.announced).values()) == 1


def serve(hall: DemoHall) -> None:
    """Issue and call tickets, and pull the plug twice meanwhile."""
    kiosk, clerks = hall.device("kiosk"), clerks_of(hall)
    groups = kiosk.get("/catalogue")["groups"]
    services = itertools.cycle(service["id"] for group in groups for service in group["services"])
    called = 0
    for number, clerk in itertools.islice(itertools.cycle(clerks.items()), 10 * CALLS):
        if called >= CALLS:
            return
        kiosk.post("/tickets", {"service": next(services)}).raise_for_status()
        reply = clerk.post(f"/windows/{number}/next")
        reply.raise_for_status()
        called += reply.status_code == requests.codes.ok
        if called in KILLS and reply.status_code == requests.codes.ok:
            hall.kill()
            hall.start()
    raise AssertionError(f"only {called} calls")


def clerks_of(hall: DemoHall) -> dict[int, Caller]:
    """Return the clerk of each window, all of them opened."""
    people = hall.about["users"].items()
    clerks = {about["window"]: hall.person(login) for login, about in people if "window" in about}
    for number, clerk in clerks.items():
        clerk.post(f"/windows/{number}/open").raise_for_status()
    return clerks

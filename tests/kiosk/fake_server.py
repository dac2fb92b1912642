"""A center's server as a kiosk knows it: catalogue, tickets, own numbers; troubles on demand."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.kiosk.catalogues import demo
from tests.kiosk.tickets import ticket

TOKEN = "kiosk-token"
FIRST, LAST, DAY = 500, 999, "2026-11-23"
#: a trouble: the server takes the call, and never answers
HANGS = -1


class FakeServer(ThreadingHTTPServer):
    """Answers on loopback; `trouble` is a status to answer instead, 0 hangs up, HANGS hangs."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.trouble: int | None = None
        #: paths that have the trouble alone; empty: all
        self.troubled: set[str] = set()
        #: answers are lost, though the request is obeyed
        self.mumbles = False
        #: (idempotency key, body) of each POST of a ticket, in order
        self.posts: list[tuple[str, dict[str, Any]]] = []
        self.tickets: dict[str, dict[str, Any]] = {}
        #: tickets that were handed over, by id, in order
        self.handed: dict[str, dict[str, Any]] = {}
        #: other POSTs: path and body
        self.asked: list[tuple[str, dict[str, Any]]] = []
        #: ids that a hand-over refuses, and ids at which the server falls over
        self.refused: set[str] = set()
        self.poison: set[str] = set()
        self.answered_at: str | None = None
        self.last = LAST
        #: what its clock says, seconds since 1970; None: the machine's own
        self.clock: float | None = None
        self.lock = threading.Lock()
        self.issued = threading.Event()
        self.closing = threading.Event()

    def handle_error(self, *_: object) -> None:
        """Clients may hang up whenever they like."""

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def issue(self, key: str, body: dict[str, Any]) -> dict[str, Any]:
        """Return the ticket of a key: the same one each time."""
        with self.lock:
            self.posts.append((key, body))
            if key not in self.tickets:
                number = f"{body['service'][0]}{len(self.tickets) + 42:03}"
                made = ticket(
                    id=f"ticket-{len(self.tickets)}",
                    number=number,
                    service=body["service"],
                    language=body["language"],
                    url=f"{self.url}/t/{number}?key=k",
                )
                self.tickets[key] = made.model_dump()
            self.issued.set()
            return self.tickets[key]

    def lease(self) -> dict[str, Any]:
        """Grant the kiosk its numbers."""
        used: dict[str, int] = {}
        for one in self.handed.values():
            used[one["number"][0]] = max(used.get(one["number"][0], 0), int(one["number"][1:]))
        block = {"first": FIRST, "last": self.last, "day": DAY, "used": used}
        return {"id": "k1", "secret": "s3cret", "url": self.url, **block}

    def take(self, body: dict[str, Any]) -> dict[str, Any] | None:
        """Take tickets, each once; None: the server falls over."""
        with self.lock:
            if any(one["id"] in self.poison for one in body["tickets"]):
                return None
            taken, refused = [], []
            for one in body["tickets"]:
                if one["id"] in self.refused:
                    refused.append({"id": one["id"], "code": "number_taken", "detail": "No."})
                    continue
                self.handed.setdefault(one["id"], one)
                taken.append(one["id"])
            return {"taken": taken, "refused": refused}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FakeServer

    def do_GET(self) -> None:
        """Answer a question."""
        if self.path == "/api/v1/catalogue":
            self._answer(200, demo().model_dump())
        elif self.path == "/healthz":
            self._answer(200, {"status": "ok"})
        elif self.path.startswith("/api/v1/help/"):
            self._answer(200, self._help())
        else:
            found = [
                each
                for each in self.server.tickets.values()
                if self.path == f"/api/v1/tickets/{each['id']}"
            ]
            self._answer(200, found[0]) if found else self._refuse("unknown_ticket")

    def do_POST(self) -> None:
        """Issue a ticket, or do what else is asked."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self._in_trouble() is not None:
            self._answer(0, {})
            return
        key = self.headers["Idempotency-Key"]
        if self.path == "/api/v1/tickets":
            self._answer(201, self.server.issue(key, body))
            return
        self.server.asked.append((self.path, body))
        made = self._done().get(self.path, lambda _: {"stars": body.get("stars", 0)})(body)
        status = 204 if self.path.endswith("report") else 200
        self._answer(500 if made is None else status, made or {})

    def _done(self) -> dict[str, Callable[[dict[str, Any]], dict[str, Any] | None]]:
        return {
            "/api/v1/leases": lambda _: self.server.lease(),
            "/api/v1/tickets/hand-over": self.server.take,
            "/api/v1/devices/report": lambda _: {},
            "/api/v1/help": lambda _: self._help(),
            "/api/v1/diversions": lambda body: {"service": body["service"], "count": 1},
            "/api/v1/check-in": lambda body: ticket(id="booked", number="A007").model_dump(),
        }

    def _help(self) -> dict[str, Any]:
        return {
            "id": 7,
            "device": "kiosk-1",
            "hall": 1,
            "reason": "assistance",
            "language": "ru",
            "called_at": "2026-11-23T05:00:00Z",
            "answered_at": self.server.answered_at,
        }

    def _refuse(self, code: str) -> None:
        self._answer(404, {"title": "No", "status": 404, "code": code, "detail": "There is none."})

    def _in_trouble(self) -> int | None:
        alone = self.server.troubled
        return self.server.trouble if not alone or self.path in alone else None

    def _answer(self, status: int, content: dict[str, Any]) -> None:
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            status, content = 401, {"title": "No", "status": 401, "code": "x", "detail": "Who?"}
        trouble = self._in_trouble()
        if trouble == HANGS:
            self.server.closing.wait()
        if trouble in (0, HANGS) or (self.server.mumbles and self.command == "POST"):
            self.close_connection = True
            return
        data = json.dumps(content).encode() if status != 204 else b""
        self.send_response(trouble or status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def date_time_string(self, timestamp: float | None = None) -> str:
        """Return the time as an answer's header tells it."""
        return super().date_time_string(self.server.clock if timestamp is None else timestamp)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[FakeServer]:
    """Run a server for a while."""
    with FakeServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.closing.set()
            server.shutdown()
            thread.join()

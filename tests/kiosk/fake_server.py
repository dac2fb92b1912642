"""A center's server as a kiosk knows it: the catalogue, tickets, and troubles on demand."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.kiosk.catalogues import demo
from tests.kiosk.tickets import ticket

TOKEN = "kiosk-token"


class FakeServer(ThreadingHTTPServer):
    """Answers on loopback; `trouble` is a status to answer instead, 0 hangs up."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.trouble: int | None = None
        #: (idempotency key, body) of each POST, in order
        self.posts: list[tuple[str, dict[str, Any]]] = []
        self.tickets: dict[str, dict[str, Any]] = {}
        self.lock = threading.Lock()
        self.issued = threading.Event()

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


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FakeServer

    def do_GET(self) -> None:
        """Answer a question."""
        if self.path == "/api/v1/catalogue":
            self._answer(200, demo().model_dump())
        elif self.path == "/healthz":
            self._answer(200, {"status": "ok"})
        else:
            found = [
                each
                for each in self.server.tickets.values()
                if self.path == f"/api/v1/tickets/{each['id']}"
            ]
            self._answer(200, found[0]) if found else self._refuse("unknown_ticket")

    def do_POST(self) -> None:
        """Issue a ticket."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.server.trouble is None:
            self._answer(201, self.server.issue(self.headers["Idempotency-Key"], body))
        else:
            self._answer(0, {})

    def _refuse(self, code: str) -> None:
        self._answer(404, {"title": "No", "status": 404, "code": code, "detail": "There is none."})

    def _answer(self, status: int, content: dict[str, Any]) -> None:
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            status, content = 401, {"title": "No", "status": 401, "code": "x", "detail": "Who?"}
        trouble = self.server.trouble
        if trouble == 0:
            self.close_connection = True
            return
        data = json.dumps(content).encode()
        self.send_response(trouble or status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

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
            server.shutdown()
            thread.join()

"""Receivers of news for the tests: a sink in this process, and a real HTTP server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from queue_server.hooks.forwarding import Away, Refused
from queue_server.hooks.news import TOLD, News


@dataclass
class Listener:
    """A sink that notes what it takes; it is away, or refuses, as often as it is told."""

    name: str = "listener"
    wanted: tuple[str, ...] = TOLD
    away: int = 0
    refuses: int = 0
    taken: list[News] = field(default_factory=list)
    tried: int = 0

    def deliver(self, told: News, now: datetime) -> None:
        """Take the news, or not."""
        self.tried += 1
        if self.away:
            self.away -= 1
            raise Away("no route")
        if self.refuses:
            self.refuses -= 1
            raise Refused("not for me")
        self.taken.append(told)


@dataclass
class Heard:
    """What an HTTP receiver was sent, and what it answers in turn; then 204."""

    answers: list[int] = field(default_factory=list)
    requests: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""


@contextmanager
def receiver(*answers: int) -> Iterator[Heard]:
    """Run a receiver on a port of its own."""
    heard = Heard([*answers])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.requests.append((dict(self.headers), body))
            self.send_response(heard.answers.pop(0) if heard.answers else 204)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    heard.url = f"http://127.0.0.1:{server.server_port}/navbat"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield heard
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

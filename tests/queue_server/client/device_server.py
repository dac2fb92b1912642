"""A server that tells devices where they belong, and knows them as long as the test wants."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


class DeviceServer:
    """Answers `GET /api/v1/device` by the token."""

    def __init__(self) -> None:
        self._halls: dict[str, int] = {}
        handler = type("Handler", (_Handler,), {"halls": self._halls})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}
        )
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def know(self, token: str, hall: int) -> None:
        """Know a token, of a board in a hall."""
        self._halls[token] = hall

    def forget(self, token: str) -> None:
        """Know it no more."""
        self._halls.pop(token)

    def __enter__(self) -> Self:
        """Serve."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    halls: dict[str, int]

    def do_GET(self) -> None:
        """Answer by the token."""
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        hall = self.halls.get(token)
        refused = {"title": "x", "status": 401, "code": "not_signed_in", "detail": "x"}
        place = {"name": "board-9", "kind": "board", "hall": hall, "window": None}
        self._answer(401 if hall is None else 200, refused if hall is None else place)

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def _answer(self, status: int, body: Any) -> None:
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

"""A center in this process whose time a test tells, with its web and, where wanted, its port."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from werkzeug.serving import WSGIRequestHandler, make_server

from queue_server import bootstrap, demo
from queue_server.bootstrap import Running
from tests.conftest import HandClock


@contextmanager
def wired(folder: Path, clock: HandClock, port: int = 8000) -> Iterator[Running]:
    """Wire a prepared demo's center on the test's clock; nothing runs beside the requests."""
    made = demo.Demo(folder, port)
    grown = threading.Event()
    opened, database = bootstrap.open_center(made.wiring, [lambda _seq: grown.set()])
    center = replace(opened, clock=clock)
    web = bootstrap._web(made.wiring, center, demo.links(made), grown)
    try:
        yield Running(center, database, web, database.close)
    finally:
        database.close()


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing."""


@contextmanager
def listening(running: Running, port: int) -> Iterator[str]:
    """Serve it to browsers, with its sockets; yields the address."""
    sockets = running.web.sockets
    sockets.publisher.begin()
    server = make_server("127.0.0.1", port, running.web.app, threaded=True, request_handler=_Silent)
    for work in (sockets.publisher.run, sockets.figures.run, server.serve_forever):
        threading.Thread(target=work, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        sockets.publisher.stop()
        sockets.figures.stop()
        server.shutdown()
        server.server_close()

"""The server process: gunicorn with one threaded worker around the wired center."""

from __future__ import annotations

import gc
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gunicorn.app.base import BaseApplication

from queue_server.bootstrap import Running, Wiring, start
from queue_server.web.site import DemoLinks

#: after SIGTERM the requests in hand have so long, seconds; sockets are cut
GRACE = 2


class PortBusy(Exception):
    """Something else listens on this address."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen."""

    host: str
    port: int

    def check(self) -> None:
        """Raise PortBusy when nothing could listen here."""
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as error:
                reason = error.strerror or str(error)
                raise PortBusy(f"Cannot listen on {self.host}:{self.port}: {reason}.") from None


def serve(wiring: Wiring, address: Address, demo: Callable[[], DemoLinks] | None = None) -> None:
    """Serve until told to stop; raises PortBusy."""
    address.check()
    _Gunicorn(wiring, address, demo).run()


class _Gunicorn(BaseApplication):  # type: ignore[misc]
    """Gunicorn without a command line of its own."""

    def __init__(
        self, wiring: Wiring, address: Address, demo: Callable[[], DemoLinks] | None
    ) -> None:
        self._wiring, self._address, self._demo = wiring, address, demo
        self._running: Running | None = None
        super().__init__()

    def load_config(self) -> None:
        """Set what the design demands: one worker, a thread for every socket."""
        settings: dict[str, Any] = {
            "bind": f"{self._address.host}:{self._address.port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": self._wiring.threads,
            "worker_connections": 2 * self._wiring.threads,
            "worker_tmp_dir": "/dev/shm",  # noqa: S108
            "graceful_timeout": GRACE,
            "timeout": 30,
            "keepalive": 30,
            "control_socket_disable": True,
            "loglevel": "warning",
            "worker_exit": self._ended,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Wire the center, in the worker: its threads and its database are the worker's own."""
        self._running = start(self._wiring, self._demo() if self._demo else None)
        # what the start has made lives as long as the process: no need to look at it again
        gc.freeze()
        return self._running.web.app

    def _ended(self, _server: object, _worker: object) -> None:
        if self._running is not None:
            self._running.stop()

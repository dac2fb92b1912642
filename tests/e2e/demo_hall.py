"""A running demo center for the end-to-end tests: `navbat-server demo --headless` and callers."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from queue_server.simulation.caller import Caller

ROOT = Path(__file__).parents[2]
#: the demo is ready, or anything awaited has come, within so long, seconds
PATIENCE = 60.0


class DemoHall:
    """The demo as a stranger sees it: a folder, an address, people and devices."""

    def __init__(self, data: Path, *arguments: str) -> None:
        self.data, self._arguments = data, arguments
        self.port = free_port()
        self.start()

    def start(self) -> None:
        """Start it and wait for demo.json."""
        (self.data / "demo.json").unlink(missing_ok=True)
        self.process = subprocess.Popen(
            [
                sys.executable,
                *("-m", "queue_server.cli", "demo", "--headless"),
                *("--port", str(self.port), "--data", str(self.data)),
                *self._arguments,
            ],
            cwd=ROOT,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        written = self.data / "demo.json"
        await_true(lambda: written.exists() or self.process.poll() is not None)
        assert self.process.poll() is None, "the demo ended"
        self.about: dict[str, Any] = json.loads(written.read_text())
        self.url = str(self.about["url"])

    def kill(self) -> None:
        """Pull the plug: nothing gets to say goodbye."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> float:
        """End it as Ctrl-C would; returns the seconds that took."""
        began = time.monotonic()
        with contextlib.suppress(ProcessLookupError):
            self.process.terminate()
        self.process.wait(15)
        return time.monotonic() - began

    def device(self, kind: str, place: int = 0) -> Caller:
        """Return a caller with the token of a device."""
        return Caller(self.url, self.token(kind, place))

    def token(self, kind: str, place: int = 0) -> str:
        """Return a device's token."""
        found = [d["token"] for d in self.about["devices"].values() if d["kind"] == kind]
        return str(found[place])

    def person(self, login: str) -> Caller:
        """Return a caller signed in as somebody."""
        caller = Caller(self.url)
        caller.sign_in(login, self.about["users"][login]["password"])
        return caller


@contextlib.contextmanager
def running(data: Path, *arguments: str) -> Iterator[DemoHall]:
    """Run a demo for the length of a block."""
    hall = DemoHall(data, *arguments)
    try:
        yield hall
    finally:
        with contextlib.suppress(ProcessLookupError):
            hall.kill()


def await_true(come: Any, patience: float = PATIENCE) -> None:
    """Wait until `come()` is true; fails when it does not come."""
    end = time.monotonic() + patience
    pause = threading.Event()
    while not come():
        assert time.monotonic() < end, "it did not come"
        pause.wait(0.05)


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

"""A real center for a browser: `navbat-server serve` as a process that a test may kill."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import requests

from queue_server import demo
from queue_server.simulation.caller import Caller
from queue_server.web.site import DemoPerson

ROOT = Path(__file__).parents[4]
PATIENCE = 30.0


class LiveCenter:
    """The server's process, its people and its devices."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.about = demo.Demo(folder, self.port)
        self.url = self.about.url
        self._links = demo.links(self.about)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serve; returns once it answers."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "queue_server.cli", "serve", *self.arguments()],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        end, pause = time.monotonic() + PATIENCE, threading.Event()
        while not self._answers():
            assert time.monotonic() < end, "the center did not start"
            pause.wait(0.05)

    def arguments(self) -> tuple[str, ...]:
        """Return what `serve` is told."""
        return "--data", str(self.about.data), "--port", str(self.port)

    def kill(self) -> None:
        """End it without a word, as a power cut would."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)
            self._process = None

    def someone(self, login: str) -> DemoPerson:
        """Return one of the demo's people."""
        return next(person for person in self._links.people if person.login == login)

    def person(self, login: str) -> Caller:
        """Return a caller signed in as somebody."""
        caller = Caller(self.url)
        caller.sign_in(login, self.someone(login).password)
        return caller

    def issue(self, service: str, **wish: Any) -> dict[str, Any]:
        """Issue a ticket at the kiosk and return it."""
        token = next(device.token for device in self._links.devices if device.kind == "kiosk")
        reply = Caller(self.url, token).post("/tickets", {"service": service, **wish})
        assert reply.status_code == 201, reply.text
        return dict(reply.json())

    def clear(self) -> None:
        """End every open ticket and close every window."""
        supervisor = self.person("supervisor")
        for number in supervisor.get("/boards/1")["windows"]:
            supervisor.post(f"/windows/{number}/close")
        for ticket in supervisor.get("/tickets?recent=100")["tickets"]:
            if ticket["state"] in ("booked", "waiting", "on_hold", "no_show"):
                supervisor.post(f"/tickets/{ticket['id']}/cancel", {"reason": "the test is over"})

    def ticket_page(self, ticket: dict[str, Any], **arguments: str) -> str:
        """Return the address of a ticket's page."""
        extra = "".join(f"&{name}={value}" for name, value in arguments.items())
        return f"{self.url}/t/{ticket['id']}?key={ticket['key']}{extra}"

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, "the center ended"
        try:
            return requests.get(f"{self.url}/healthz", timeout=1).status_code == 200
        except requests.RequestException:
            return False

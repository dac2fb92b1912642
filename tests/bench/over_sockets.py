"""From the clerk's click to the receipt on many board sockets."""

from __future__ import annotations

import base64
import json
import os
import selectors
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from queue_server.simulation.caller import Caller
from tests.bench.servers import center, cpu, memory, percentile

CALLS = 20
IDLE_SECONDS = 10.0


def report(folder: Path, boards: tuple[int, ...], say: Callable[[str], None]) -> None:
    """Print a line for each number of boards."""
    with center(folder / "sockets") as (url, links, pid):
        kiosk = Caller(url, next(d.token for d in links.devices if d.kind == "kiosk"))
        clerk = Caller(url)
        clerk.sign_in(links.people[0].login, links.people[0].password)
        clerk.post("/windows/1/open")
        token = next(d.token for d in links.devices if d.kind == "board")
        for count in boards:
            for _ in range(CALLS):
                kiosk.post("/tickets", {"service": "A01", "paper": "own"})
            times = _fan_out(url, token, count, clerk)
            say(
                f"  {count:>5} boards: p50 {1e3 * percentile(times, 0.5):6.1f} ms, "
                f"p99 {1e3 * percentile(times, 0.99):6.1f} ms, "
                f"{len(times)} of {count * CALLS} receipts · server {memory(pid):.0f} MB"
            )
        before = cpu(pid)
        threading.Event().wait(IDLE_SECONDS)
        say(f"  idle server: {100 * (cpu(pid) - before) / IDLE_SECONDS:.2f} % of a core")


def _fan_out(url: str, token: str, count: int, clerk: Caller) -> list[float]:
    """Return the seconds from each click to each receipt; the boards live in their own process."""
    command = [sys.executable, __file__, url, token, str(count), str(CALLS)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline().strip() == "ready"
    clicks: dict[str, float] = {}
    for _ in range(CALLS):
        clicked = time.monotonic()
        number = clerk.post("/windows/1/next").json()["number"]
        clicks[number] = clicked
        threading.Event().wait(0.3)
    receipts = json.loads(child.stdout.readline())
    child.wait(10)
    return [at - clicks[number] for number, at in receipts if number in clicks]


class Boards:
    """Many Socket.IO clients over raw WebSockets in one thread: cheap enough not to disturb."""

    def __init__(self, url: str, token: str | None, wishes: list[dict[str, str]]) -> None:
        self._selector = selectors.DefaultSelector()
        self._buffers: dict[socket.socket, bytes] = {}
        self._wishes: dict[socket.socket, dict[str, str]] = {}
        self.joined = 0
        self.receipts: list[tuple[str, float]] = []
        host, _, port = url.removeprefix("http://").partition(":")
        for wish in wishes:
            self._open(host, int(port), token, wish)

    def run(self, calls: int, ready: Callable[[], None]) -> None:
        """Listen until every board has had every call, or five seconds of silence."""
        count, told = len(self._buffers), False
        while len(self.receipts) < count * calls:
            events = self._selector.select(5)
            if not events and told:
                return
            now = time.monotonic()
            for key, _ in events:
                self._read(key.fileobj, now)  # type: ignore[arg-type]
            if self.joined == count and not told:
                told = True
                ready()

    def _open(self, host: str, port: int, token: str | None, wish: dict[str, str]) -> None:
        connection = socket.create_connection((host, port))
        key = base64.b64encode(os.urandom(16)).decode()
        connection.sendall(
            f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: {host}:{port}\r\n"
            f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        head = b""
        while b"\r\n\r\n" not in head:
            head += connection.recv(4096)
        self._buffers[connection] = head.partition(b"\r\n\r\n")[2]
        self._wishes[connection] = wish
        _send(connection, "40" + json.dumps({"token": token} if token else {}))
        connection.setblocking(False)
        self._selector.register(connection, selectors.EVENT_READ)

    def _read(self, connection: socket.socket, now: float) -> None:
        self._buffers[connection] += connection.recv(65536)
        while (frame := _frame(self._buffers[connection])) is not None:
            text, self._buffers[connection] = frame
            self._heard(connection, text, now)

    def _heard(self, connection: socket.socket, text: str, now: float) -> None:
        if text == "2":
            _send(connection, "3")
        elif text.startswith("40"):
            _send(connection, "420" + json.dumps(["subscribe", self._wishes[connection]]))
        elif text.startswith("43"):
            self.joined += 1
        elif text.startswith('42["event"'):
            event = json.loads(text[2:])[1]
            if event["type"] == "ticket_called" and event["topic"].startswith("hall"):
                self.receipts.append((event["number"], now))


def _send(connection: socket.socket, text: str) -> None:
    data, mask = text.encode(), os.urandom(4)
    head = bytes([0x81, 0x80 | len(data)]) if len(data) < 126 else None
    head = head or bytes([0x81, 0xFE]) + len(data).to_bytes(2, "big")
    body = bytes(byte ^ mask[i % 4] for i, byte in enumerate(data))
    connection.sendall(head + mask + body)


def _frame(data: bytes) -> tuple[str, bytes] | None:
    """Return the first whole text frame of a server and what follows it."""
    if len(data) < 2:
        return None
    length, start = data[1] & 127, 2
    if length == 126:
        length, start = int.from_bytes(data[2:4], "big"), 4
    elif length == 127:
        length, start = int.from_bytes(data[2:10], "big"), 10
    if len(data) < start + length:
        return None
    return data[start : start + length].decode(), data[start + length :]


if __name__ == "__main__":
    target, secret, how_many, how_often = sys.argv[1:5]
    boards = Boards(target, secret, [{"topic": "hall.1"}] * int(how_many))
    boards.run(int(how_often), lambda: print("ready", flush=True))  # noqa: T201
    print(json.dumps(boards.receipts), flush=True)  # noqa: T201

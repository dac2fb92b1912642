"""Tickets a second over HTTP with 1, 4 and 16 clients, beside bare Flask."""

from __future__ import annotations

import http.client
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from tests.bench.servers import bare_flask, center, dumps, percentile

SECONDS = 5.0
SERVICES = ("A01", "E01", "F01", "G01", "J01", "M01", "R01", "T01", "U01")


def report(folder: Path, clients: tuple[int, ...], say: Callable[[str], None]) -> None:
    """Print a line for each number of clients."""
    with bare_flask() as url:
        limits = {n: _load(url, "", n) for n in clients}
    with center(folder / "http") as (url, links, _):
        token = next(d.token for d in links.devices if d.kind == "kiosk")
        for n in clients:
            times = _load(url, token, n)
            rate, limit = _rate(times), _rate(limits[n])
            share = f"{rate:5,.0f}/s of {limit:5,.0f}/s = {rate / limit:4.0%}"
            say(f"  {n:>3} clients: {share} · {_spread(times)}")


def _spread(times: list[list[float]]) -> str:
    """Say how long the answers took, and whether a client was starved."""
    whole, counts = [1e3 * t for client in times for t in client], [len(c) for c in times]
    p50, p99 = percentile(whole, 0.5), percentile(whole, 0.99)
    return f"p50 {p50:.1f} ms, p99 {p99:.1f} ms · {min(counts)} to {max(counts)} a client"


def _rate(times: list[list[float]]) -> float:
    return sum(map(len, times)) / SECONDS


def _load(url: str, token: str, clients: int) -> list[list[float]]:
    """Return each client's answer times, seconds."""
    end = time.monotonic() + SECONDS
    times: list[list[float]] = [[] for _ in range(clients)]
    threads = [
        threading.Thread(target=_client, args=(url, token, end, times[n])) for n in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def _client(url: str, token: str, end: float, times: list[float]) -> None:
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=30)
    n = 0
    while time.monotonic() < end:
        n += 1
        began = time.perf_counter()
        connection.request(
            "POST",
            "/api/v1/tickets",
            dumps({"service": SERVICES[n % len(SERVICES)], "paper": "own"}),
            {
                "Content-Type": "application/json",
                "Authorization": f"Bearer {token}",
                "Idempotency-Key": uuid.uuid4().hex,
            },
        )
        reply = connection.getresponse()
        reply.read()
        if reply.status not in (200, 201):
            raise SystemExit(f"status {reply.status}")
        times.append(time.perf_counter() - began)
    connection.close()

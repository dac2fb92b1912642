"""Many at once: nothing is doubled, nothing is lost."""

import threading
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from queue_server.simulation.caller import Caller
from tests.e2e.demo_hall import DemoHall
from tests.e2e.postgres_hall import PostgresHall
from tests.queue_server.storage.postgres_server import PostgresServer

WINDOWS = range(1, 13)


def test_fifty_kiosks_and_twelve_windows_on_sqlite(hall: DemoHall) -> None:
    """50 clients issue while 12 windows press Next: unique numbers, no ticket at two windows."""
    storm(hall)


def test_fifty_kiosks_and_twelve_windows_on_postgresql(tmp_path: Path) -> None:
    """The same holds on PostgreSQL, set up by the commands, and its ledger verifies."""
    database = PostgresServer()
    database.start()
    try:
        database.run("CREATE DATABASE navbat")
        center = PostgresHall(tmp_path, database.url("navbat"))
        with center.serving():
            storm(center)
        assert "hold" in center.command("ledger", "verify")
    finally:
        database.stop()


def storm(hall: DemoHall | PostgresHall) -> None:
    """Let 50 clients issue while 12 windows press Next, and check what came of it."""
    clerks = {n: hall.person(f"clerk{n}") for n in WINDOWS}
    for number, clerk in clerks.items():
        clerk.post(f"/windows/{number}/open")
    services = ["A02", "E02", "F02", "G02", "J02", "K01", "M01", "R02", "T01", "U02"]

    def issue(n: int) -> list[str]:
        kiosk = hall.device("kiosk")
        return [
            kiosk.post("/tickets", {"service": services[n % 10]}).json()["number"] for _ in range(4)
        ]

    def call(number: int) -> list[str]:
        replies = [clerks[number].post(f"/windows/{number}/next") for _ in range(8)]
        return [reply.json()["id"] for reply in replies if reply.status_code == 200]

    with ThreadPoolExecutor(62) as pool:
        issued = [number for found in pool.map(issue, range(50)) for number in found]
        called = [ticket for found in pool.map(call, WINDOWS) for ticket in found]
    assert len(set(issued)) == len(issued) == 200
    assert called
    assert max(Counter(called).values(), default=1) == 1
    by_prefix: dict[str, list[int]] = {}
    for number in (t["number"] for t in _log(hall)):
        by_prefix.setdefault(number[0], []).append(int(number[1:]))
    for counts in by_prefix.values():
        assert sorted(counts) == list(range(1, len(counts) + 1))


def test_one_key_fifty_times(hall: DemoHall) -> None:
    """The same Idempotency-Key 50 times in parallel: one ticket, 50 equal replies."""
    key, together = uuid.uuid4().hex, threading.Barrier(50)

    def issue(_: int) -> tuple[int, str]:
        caller = hall.device("kiosk")
        together.wait(30)
        reply = caller._session.post(
            f"{hall.url}/api/v1/tickets",
            json={"service": "V02"},
            headers={"Idempotency-Key": key},
            timeout=20,
        )
        return reply.status_code, reply.text

    with ThreadPoolExecutor(50) as pool:
        replies = set(pool.map(issue, range(50)))
    assert len(replies) == 1
    assert replies.pop()[0] == 201


def test_one_key_for_two_requests_is_refused(hall: DemoHall) -> None:
    """The same key with another body is 422 and names the header."""
    kiosk, headers = hall.device("kiosk"), {"Idempotency-Key": uuid.uuid4().hex}
    path = f"{hall.url}/api/v1/tickets"
    kiosk._session.post(path, json={"service": "V02"}, headers=headers, timeout=9)
    other = kiosk._session.post(path, json={"service": "V04"}, headers=headers, timeout=9)
    assert (other.status_code, other.json()["field"]) == (422, "Idempotency-Key")


def _log(hall: DemoHall | PostgresHall) -> list[dict[str, str]]:
    """Return the tickets of all issues in the log."""
    supervisor: Caller = hall.person("supervisor")
    tickets, after = [], 0
    while True:
        found = supervisor.get(f"/events?after={after}&limit=500")["events"]
        if not found:
            return tickets
        tickets += [e["ticket"] for e in found if e["type"] == "ticket_issued"]
        after = found[-1]["seq"]

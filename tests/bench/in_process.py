"""Issue and call next without HTTP, against what the disk gives, over growing history."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite

from queue_server import bootstrap, demo
from queue_server.contracts.asks import IssueTicket
from queue_server.usecases import commands, reception, serving, shifts
from queue_server.usecases.access import Actor

#: each figure is the best of so many rounds of so long, seconds
ROUNDS, SECONDS = 3, 1.5
#: a round of fewer acts says nothing
FEWEST = 500
KIOSK = Actor("device", "bench", "kiosk")


class NobodyWaits(Exception):
    """The queue that a round calls from is empty."""


def report(folder: Path, histories: tuple[int, ...], say: Callable[[str], None]) -> None:
    """Print one line for each length of history."""
    first: dict[str, float] = {}
    for history in histories:
        limit = _durable_commits(folder / f"bare-{history}.db")
        issue, call = _transactions(folder / f"center-{history}", history)
        first = first or {"issue": issue / limit, "call": call / limit}
        say(
            f"  {history:>9,} tickets of history: commits {limit:6,.0f}/s · "
            f"issue {issue:6,.0f}/s = {issue / limit:4.0%} · "
            f"call next {call:6,.0f}/s = {call / limit:4.0%} · "
            f"cost ×{first['issue'] / (issue / limit):.2f}, ×{first['call'] / (call / limit):.2f}"
        )


def _durable_commits(path: Path) -> float:
    """Return how many one-row transactions a second this SQLite makes durable."""
    connection = sqlite.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)")

    def commit() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO t (b) VALUES ('one row of some length, as in life')")
        connection.execute("COMMIT")

    rate = _rate(commit)
    connection.close()
    return rate


def _transactions(folder: Path, history: int) -> tuple[float, float]:
    made = demo.Demo(folder, 8000)
    demo.prepare(made)
    center, database = bootstrap.open_center(made.wiring)
    _age(folder / "navbat.db", history)
    services = itertools.cycle(["A01", "E01", "F01", "G01", "J01", "M01", "R01", "T01", "U01"])
    clerks = {n: Actor("person", f"clerk{n}", "clerk", n) for n in range(1, 13)}

    def issue() -> None:
        with commands.acting(center, KIOSK) as act:
            reception.issue(act, IssueTicket(service=next(services)))

    for number, clerk in clerks.items():
        with commands.acting(center, clerk) as act:
            shifts.open_window(act, number)
    windows = itertools.cycle([1, 3, 5, 6, 7, 8, 9, 10])

    def call_next() -> None:
        number = next(windows)
        with commands.acting(center, clerks[number]) as act:
            if serving.call_next(act, number) is None:
                raise NobodyWaits

    issued, called = _rate(issue), _rate(call_next)
    database.close()
    return issued, called


def _age(path: Path, history: int) -> None:
    """Give the center finished tickets of the past, by plain SQL."""
    connection = sqlite.connect(str(path))
    columns = [row[1] for row in connection.execute("PRAGMA table_info(tickets)")]
    sample = _sample()
    values = ", ".join(sample.get(column, "NULL") for column in columns)
    connection.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
        f"INSERT INTO tickets ({', '.join(columns)}) SELECT {values} FROM n",
        (history,),
    )
    connection.commit()
    connection.close()


def _sample() -> dict[str, str]:
    """Return an SQL value for each column that a finished ticket of the past has."""
    legs = json.dumps([{"service": "A01", "outcome": "solved"}])
    return {
        "id": "printf('%020d', i)",
        "day": "date('2020-01-01', '+' || (i / 900) || ' days')",
        "prefix": "'A'",
        "count": "i % 900 + 1",
        "serial": "-i",
        "service": "'A01'",
        "legs": f"'{legs}'",
        "language": "'uz-Latn'",
        "issued_at": "1577836800000 + i * 60000",
        "order_key": "1577836800000 + i * 60000",
        "issued_by": "'kiosk-1'",
        "state": "'finished'",
        "since": "1577836800000 + i * 60000",
        "statutory": "0",
        "needs": "''",
        "paper": "'own'",
        "place": "'queue'",
        "recalls": "0",
        "copies": "1",
        "overtaken": "0",
        "version": "5",
    }


def _rate(act: Callable[[], None]) -> float:
    """Return the best rounds' acts a second; a round ends early when nobody waits any more."""
    best = 0.0
    for _ in range(ROUNDS):
        count, began = 0, time.perf_counter()
        try:
            while time.perf_counter() - began < SECONDS:
                act()
                count += 1
        except NobodyWaits:
            if count < FEWEST:
                break
        best = max(best, count / (time.perf_counter() - began))
    return best

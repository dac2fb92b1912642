"""A day's fold, and a year of a busy center reported from SQLite."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from queue_server import bootstrap, demo
from queue_server.domain.tallying import Tally, fold, rows
from queue_server.usecases import reporting
from queue_server.usecases.access import Actor
from queue_server.usecases.day_tallies import LiveDay
from queue_server.usecases.ports import Center
from queue_server.usecases.recording import instant
from queue_server.usecases.records import FigureRow

#: a busy center: visitors a day, days a year, and how many days differ
VISITORS, DAYS, KINDS = 1500, 300, 6
WINDOWS = 12
FIRST = date(2026, 1, 1)
ZONE = "Asia/Tashkent"
ANALYST = Actor("person", "analyst", "analyst")
KIOSK = {"kind": "device", "name": "kiosk-1", "role": "kiosk"}


def report(folder: Path, say: Callable[[str], None]) -> None:
    """Print one line for the day and one for the year."""
    lines = [json.dumps(event) for event in a_day(FIRST, random.Random(1))]
    began = time.perf_counter()
    day = rows(fold(Tally(str(FIRST)), map(json.loads, lines)), ZONE)
    took = time.perf_counter() - began
    say(f"  a day of {VISITORS:,} visitors: {len(lines):,} events folded in {took * 1000:.0f} ms")
    made = demo.Demo(folder / "reports", 8000)
    demo.prepare(made)
    center, database = bootstrap.open_center(made.wiring)
    count = fill(center)
    period = reporting.Period(FIRST, FIRST + timedelta(days=DAYS))
    best = min(_timed(lambda: reporting.report(center, ANALYST, period, LiveDay())) for _ in "123")
    say(f"  {DAYS} such days of {len(day)} rows: {count:,} rows reported in {best * 1000:.0f} ms")
    database.close()


def fill(center: Center) -> int:
    """Give the center a year of days that are over; return how many rows they have."""
    kinds = []
    for kind in range(KINDS):
        events = a_day(FIRST, random.Random(kind))
        kinds.append(rows(fold(Tally(str(FIRST)), events), ZONE))
    count = 0
    with center.write() as work:
        for number in range(DAYS):
            day = FIRST + timedelta(days=number)
            bags = kinds[number % KINDS]
            work.figure_rows.put_all(
                day,
                [
                    FigureRow(day, *key, json.dumps((bag.counts, bag.waits)))
                    for key, bag in bags.items()
                ],
            )
            count += len(bags)
    return count


def a_day(day: date, chance: random.Random) -> Iterator[dict[str, Any]]:
    """Yield a busy day's events in wire form: some never come, some rate, some come back."""
    opening = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
    windows = range(1, WINDOWS + 1)
    for window in windows:
        yield _event(
            "window_opened", opening, _clerk(window), window=window, clerk=f"clerk{window}"
        )
    for number in range(VISITORS):
        came = opening + timedelta(minutes=540 * number / VISITORS)
        yield from _visit(day, number, came, chance)
    for window in windows:
        end = opening + timedelta(hours=10)
        yield _event("window_closed", end, _clerk(window), window=window, clerk=f"clerk{window}")


def _visit(
    day: date, number: int, came: datetime, chance: random.Random
) -> Iterator[dict[str, Any]]:
    window = chance.randint(1, WINDOWS)
    ticket: dict[str, Any] = {
        "id": f"{day}-{number:06}",
        "number": f"{chance.choice('AEFGJKLMRTUV')}{number:03}",
        "service": f"S{chance.randint(1, 62):02}",
        "state": "waiting",
        "language": "uz-Latn",
        "day": day.isoformat(),
        "issued_at": instant(came),
        "order_key": instant(came),
        "serial": number,
        "version": 1,
        "place": "queue",
        "legs": ["S01"],
        "promised": [5, 15],
    }
    if chance.random() < 0.1:
        ticket["category"] = f"category{chance.randint(1, 8)}"
    at = came
    yield _event("ticket_issued", at, KIOSK, ticket=ticket)
    for kind, state, minutes in _course(chance):
        at += timedelta(minutes=minutes)
        who = _clerk(window)
        called = {"called_at": instant(at)} if kind == "ticket_called" else {}
        here = {"window": window} if state in ("called", "serving") else {}
        ticket = {k: v for k, v in ticket.items() if k != "window"}
        ticket |= {"state": state, "clerk": who["name"]} | called | here
        more = {"rule_rank": 1} if called else {"stars": 5} if kind == "ticket_rated" else {}
        yield _event(kind, at, who, ticket=ticket, window=window, outcome="solved", **more)


def _course(chance: random.Random) -> list[tuple[str, str, float]]:
    """Return what becomes of a visitor: (event, state, minutes later)."""
    called = ("ticket_called", "called", chance.uniform(0, 40))
    if chance.random() < 0.05:
        return [called, ("ticket_missed", "no_show", 2.0), ("ticket_expired", "expired", 400.0)]
    course = [called] + [("ticket_recalled", "called", 0.7)] * (chance.random() < 0.3)
    course += [("ticket_started", "serving", 0.5)]
    if chance.random() < 0.2:
        course += [("ticket_leg_finished", "waiting", 4.0), ("ticket_called", "called", 3.0)]
        course += [("ticket_started", "serving", 0.5)]
    course += [("ticket_finished", "finished", chance.uniform(2, 9))]
    return course + [("ticket_rated", "finished", 0.5)] * (chance.random() < 0.3)


def _event(kind: str, at: datetime, actor: dict[str, str], **facts: Any) -> dict[str, Any]:
    return {"type": kind, "at": instant(at), "actor": actor, "v": 1, "prev": "0" * 64} | facts


def _clerk(window: int) -> dict[str, str]:
    return {"kind": "person", "name": f"clerk{window}", "role": "clerk"}


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began

"""Busy days on which everybody does what they should, as wire events: a small hall of its own.

Twelve windows call by order key, some 1,200 visitors a day come in waves; services are as short and
long as they happen to be, clerks are quicker and slower. Some visitors never come, some are held,
sent on, revived or rated; the reception grants, corrects and cancels; clerks now and then pick by
hand and say why.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from queue_server.domain import ledger
from queue_server.domain.catalogue import Catalogue, Taking, Window
from tests.factories import a_catalogue, a_service

FIRST: Final = date(2026, 10, 1)
SERVICES: Final = tuple(f"{group}0{number}" for group in "AEGK" for number in range(1, 4))
#: mean minutes of a service
MINUTES: Final = {name: 1.8 + 0.45 * place for place, name in enumerate(SERVICES)}
WINDOWS: Final = range(1, 13)
VISITORS: Final = 1200
HOURS: Final = 9.0
Event = dict[str, Any]


def catalogue() -> Catalogue:
    """Return the center of these days: each window takes two of the four groups."""
    return a_catalogue(
        services=tuple(a_service(name) for name in SERVICES),
        windows=tuple(Window(n, dict.fromkeys(_takes(n), Taking())) for n in WINDOWS),
    )


def clean_days(count: int, seed: int = 1) -> Iterator[tuple[date, list[Event]]]:
    """Yield so many days with their events, one chain through all of them."""
    chain = _Chain()
    paces = {n: random.Random(f"{seed}:{n}").lognormvariate(0, 0.12) for n in WINDOWS}
    for number in range(count):
        day = FIRST + timedelta(days=number)
        hall = _Hall(day, random.Random(f"{seed}:{day}"), paces)
        yield day, chain.sealed(hall.played())


class _Chain:
    """Goes on from day to day."""

    def __init__(self) -> None:
        self._seq, self._prev = 0, ledger.GENESIS

    def sealed(self, events: list[Event]) -> list[Event]:
        """Return the events in the form that the log keeps."""
        found = []
        for event in sorted(events, key=lambda each: each["at"]):
            self._seq += 1
            found.append({**event, "seq": self._seq, "prev": self._prev})
            self._prev = ledger.seal(event, self._seq, self._prev).hash
        return found


class _Hall:
    """One day; times are minutes since the opening."""

    def __init__(self, day: date, chance: random.Random, paces: dict[int, float]) -> None:
        self._opening = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
        self._day, self._chance, self._paces = day, chance, paces
        self._events: list[Event] = []
        self._waiting: list[Event] = []
        #: who waits again, and from when
        self._back: list[tuple[float, int, Event]] = []
        self._number = 0

    def played(self) -> list[Event]:
        """Play the day and return its events."""
        arrivals = sorted(self._arrival() for _ in range(VISITORS))
        due: list[tuple[float, int]] = [(self._chance.uniform(0, 2), n) for n in WINDOWS]
        for minute, window in due:
            self._shift("window_opened", minute, window)
        heapq.heapify(due)
        while due:
            minute, window = heapq.heappop(due)
            while arrivals and arrivals[0] <= minute:
                self._come(arrivals.pop(0))
            while self._back and self._back[0][0] <= minute:
                self._waiting.append(heapq.heappop(self._back)[2])
            over = minute > HOURS * 60 and not arrivals and not self._back
            if over and not self._open_for(window):
                self._shift("window_closed", minute, window)
                continue
            heapq.heappush(due, (self._turn(minute, window), window))
        return self._events

    def _arrival(self) -> float:
        """Return when somebody comes: a wave at the opening, one in the late morning, the rest."""
        kind = self._chance.random()
        if kind < 0.12:
            return self._chance.uniform(0, 20)
        if kind < 0.45:
            return min(max(self._chance.gauss(130, 55), 0), HOURS * 60 - 10)
        return self._chance.uniform(0, HOURS * 60 - 10)

    def _come(self, minute: float) -> None:
        self._number += 1
        service = self._chance.choices(SERVICES, weights=range(14, 2, -1))[0]
        by_hand = self._chance.random() < 0.08
        right = self._chance.random() < 0.09
        statutory = right and self._chance.random() < 0.4
        ahead = timedelta(days=9999) if statutory else timedelta(minutes=20 if right else 0)
        at = self._at(minute)
        ticket = {
            "id": f"{self._day}-{self._number:05}",
            "number": f"{service[0]}{self._number:03}",
            "service": service,
            "state": "waiting",
            "language": "uz-Latn",
            "day": self._day.isoformat(),
            "issued_at": _text(at),
            "order_key": _text(at - ahead),
            "serial": self._number,
            "version": 1,
            "place": "queue",
            "statutory": statutory,
            "legs": [service],
        }
        if right:
            ticket |= {"category": "disability" if statutory else "infant"}
        who = _person("reception", "receptionist") if by_hand else _kiosk(self._chance)
        self._write("ticket_issued", minute, who, ticket)
        if self._chance.random() < 0.004:
            gone = ticket | {"state": "cancelled"}
            self._write("ticket_cancelled", minute, _person("reception", "receptionist"), gone)
            return
        self._waiting.append(ticket)

    def _open_for(self, window: int) -> list[Event]:
        takes = _takes(window)
        return [each for each in self._waiting if each["service"] in takes]

    def _turn(self, minute: float, window: int) -> float:
        """Let a window do what it does next; return when it is free again."""
        if self._chance.random() < 0.012:
            back = minute + self._chance.uniform(5, 20)
            self._shift("window_paused", minute, window)
            self._shift("window_resumed", back, window)
            return back
        mine = sorted(self._open_for(window), key=lambda each: (each["order_key"], each["serial"]))
        if not mine:
            return minute + self._chance.uniform(0.2, 1.5)
        picked = self._chance.random() < 0.01 and len(mine) > 3
        chosen = mine[3] if picked else mine[0]
        self._waiting.remove(chosen)
        more = {"rule_rank": 4, "reason": "was here before"} if picked else {"rule_rank": 1}
        return self._called(minute, window, chosen, more)

    def _called(self, minute: float, window: int, ticket: Event, more: Event) -> float:
        clerk = _clerk(window)
        here = ticket | {"state": "called", "window": window, "clerk": clerk["name"]}
        here["called_at"] = _text(self._at(minute))
        self._write("ticket_called", minute, clerk, here, window=window, was="waiting", **more)
        away = ticket | {"clerk": clerk["name"]}
        if self._chance.random() < 0.05:
            gone = minute + self._chance.uniform(1.5, 3)
            missed = away | {"state": "no_show"}
            self._write("ticket_missed", gone, clerk, missed, window=window, was="called")
            return gone
        if self._chance.random() < 0.015:
            back = minute + self._chance.uniform(0.5, 1.5)
            self._write("ticket_returned", back, clerk, away, window=window, was="called")
            self._again(back, ticket)
            return back
        return self._served(minute + self._chance.uniform(0.2, 1), window, here)

    def _served(self, minute: float, window: int, here: Event) -> float:
        clerk, service = _clerk(window), here["service"]
        serving = here | {"state": "serving"}
        self._write("ticket_started", minute, clerk, serving, window=window, was="called")
        mean = MINUTES[service] * self._paces[window]
        ends = minute + self._chance.lognormvariate(0, 0.5) * mean / 1.13
        away = {name: value for name, value in serving.items() if name != "window"}
        facts: Event = {"window": window, "was": "serving"}
        if self._chance.random() < 0.02:
            elsewhere = sorted(set(SERVICES) - _takes(window))
            sent = away | {"service": self._chance.choice(elsewhere), "state": "waiting"}
            self._write("ticket_transferred", ends, clerk, sent, **facts)
            self._again(ends, sent)
            return ends
        outcome = self._chance.choices(["solved", "turned_away", "forwarded"], [93, 5, 2])[0]
        over = away | {"state": "finished"}
        self._write("ticket_finished", ends, clerk, over, outcome=outcome, **facts)
        if self._chance.random() < 0.2:
            pad = {"kind": "device", "name": f"pad-{window}", "role": "pad"}
            self._write("ticket_rated", ends + 0.3, pad, over, stars=5, demanded=False)
        return ends + self._chance.uniform(0.05, 0.6)

    def _again(self, minute: float, ticket: Event) -> None:
        heapq.heappush(self._back, (minute, len(self._events), ticket))

    def _shift(self, kind: str, minute: float, window: int) -> None:
        facts: Event = {"window": window, "hall": 1, "clerk": _clerk(window)["name"]}
        self._write(kind, minute, _clerk(window), None, **facts)

    def _write(
        self, kind: str, minute: float, by: Event, ticket: Event | None, **facts: Any
    ) -> None:
        event = {"v": 1, "type": kind, "at": _text(self._at(minute)), "actor": by}
        self._events.append(event | ({"ticket": ticket} if ticket else {}) | facts)

    def _at(self, minute: float) -> datetime:
        return self._opening + timedelta(minutes=minute)


def _takes(window: int) -> frozenset[str]:
    groups = "AEGK"[window % 4] + "AEGK"[(window + 1) % 4]
    return frozenset(name for name in SERVICES if name[0] in groups)


def _kiosk(chance: random.Random) -> Event:
    return {"kind": "device", "name": f"kiosk-{chance.randint(1, 2)}", "role": "kiosk"}


def _clerk(window: int) -> Event:
    return _person(f"clerk{window}", "clerk")


def _person(login: str, role: str) -> Event:
    return {"kind": "person", "name": login, "role": role}


def _text(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")

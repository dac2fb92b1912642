#!/usr/bin/env python3
"""Was what visitors were told kept? Asked of a center's public log alone.

    python3 docs/check_estimates.py URL LOGIN PASSWORD [YYYY-MM-DD]

It reads GET /api/v1/catalogue and GET /api/v1/events, as a supervisor or controller may, and works
out for every visitor of the day (or of all days) how long the wait was, what was said of it at the
issue, and what simpler rules would have said. Python's standard library, and no code of ours.
"""

from __future__ import annotations

import http.cookiejar
import json
import sys
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime

NAMES = ("ours", "naive", "QL", "LES", "HOL")
#: the plan's minutes count as so many observed services
PLAN = 20


class Center:
    """A center's API, for somebody signed in."""

    def __init__(self, url: str, login: str, password: str) -> None:
        self.url = url.rstrip("/") + "/api/v1"
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), jar)
        self.ask("/session", {"login": login, "password": password})

    def ask(self, path: str, body: dict | None = None) -> dict:
        """Return what a call answers."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": "sign-in"}
        with self.opener.open(urllib.request.Request(self.url + path, data, headers)) as reply:
            return json.load(reply)

    def events(self) -> Iterator[dict]:
        """Yield the whole log."""
        after = 0
        while found := self.ask(f"/events?after={after}&limit=1000")["events"]:
            yield from found
            after = found[-1]["seq"]


class Hall:
    """What the log says of the hall, and what each rule would tell a newcomer."""

    def __init__(self, catalogue: dict) -> None:
        self.takes = {w["number"]: set(w["services"]) for w in catalogue["windows"]}
        plans = (service for group in catalogue["groups"] for service in group["services"])
        self.minutes = {s["id"]: [s["minutes"] * PLAN, PLAN] for s in plans}
        self.open, self.waiting, self.entered, self.begun = set(), {}, {}, {}
        self.said: dict[str, dict] = {}

    def note(self, event: dict) -> None:
        """Let an event have happened."""
        kind, window = event["type"], event.get("window")
        if kind in ("window_opened", "window_resumed"):
            self.open.add(window)
        elif kind in ("window_paused", "window_closed"):
            self.open.discard(window)
        if "ticket" in event:
            self.ticket(kind, event["ticket"], minute(event["at"]), event)

    def ticket(self, kind: str, ticket: dict, at: float, event: dict) -> None:
        """Follow a ticket: what it was told, when it was called, how long it took."""
        who, service = ticket["id"], ticket["service"]
        if kind in ("ticket_issued", "ticket_checked_in") and event.get("reckoned"):
            self.said[who] = self.tell(ticket, event["reckoned"], at)
        if kind == "ticket_called":
            self.begun[who] = service, at
        if kind == "ticket_started" and who in self.said:
            # a wait ends with the first call that the visitor answers
            wait = minute(ticket["called_at"]) - minute(ticket["issued_at"])
            self.entered[service] = self.said[who].setdefault("waited", wait)
        elif kind in ("ticket_finished", "ticket_leg_finished") and who in self.begun:
            done, called = self.begun.pop(who)
            self.minutes[done][0] += at - called
            self.minutes[done][1] += 1
        if ticket["state"] == "waiting":
            self.waiting[who] = service, minute(ticket["issued_at"])
        else:
            self.waiting.pop(who, None)

    def tell(self, ticket: dict, reckoned: dict, at: float) -> dict:
        """Return what was said of the wait, and what each rule would have said, in minutes."""
        service = ticket["service"]
        before = [came for other, came in self.waiting.values() if other == service]
        took, several = self.minutes[service]
        servers = sum(service in self.takes[window] for window in self.open) or 1
        low, high = ticket["promised"]
        return {
            "day": ticket["day"],
            "low": low,
            "high": high,
            "ours": reckoned["minutes"],
            "naive": len(before) * took / several / servers,
            "QL": (len(before) + 1) * took / several / servers,
            "LES": self.entered.get(service, 0.0),
            "HOL": max((at - came for came in before), default=0.0),
        }


def minute(at: str) -> float:
    """Return a time as minutes."""
    return datetime.fromisoformat(at).timestamp() / 60


def figures(told: list[dict]) -> dict[str, float]:
    """Return the day's figures: minutes, and shares of all who were called."""
    n = len(told)

    def share(true: Callable[[dict], float]) -> float:
        return sum(map(true, told)) / n

    errors = {name: share(lambda v, k=name: abs(v[k] - v["waited"])) for name in NAMES}
    return {
        "n": n,
        **errors,
        "bias": share(lambda v: v["waited"] - v["ours"]),
        "inside": share(lambda v: v["low"] <= v["waited"] <= v["high"]),
        "kept": share(lambda v: v["waited"] <= v["high"]),
        "late": share(lambda v: v["waited"] > v["high"] + 10),
    }


def main(url: str, login: str, password: str, day: str | None = None) -> None:
    """Print each day's figures."""
    center = Center(url, login, password)
    hall = Hall(center.ask("/catalogue"))
    for event in center.events():
        hall.note(event)
    days = defaultdict(list)
    for visitor in hall.said.values():
        if "waited" in visitor and day in (None, visitor["day"]):
            days[visitor["day"]].append(visitor)
    for name, told in sorted(days.items()):
        print(name, " ".join(f"{key}={value:.3f}" for key, value in figures(told).items()))


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    main(*sys.argv[1:])

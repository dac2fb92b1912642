"""Simulated visitors and clerks who use the real API, so that a demo's hall is alive.

Visitors come as on a usual day; each clerk presses Next, starts and finishes. A queue of timed
steps drives both, so one thread plays the whole hall.
"""

from __future__ import annotations

import heapq
import itertools
import logging
import random
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests

from queue_server.simulation.caller import Caller

_log = logging.getLogger(__name__)
#: a hall is open so long, hours
DAY_HOURS = 9.0
#: the hall fills at first: so many visitors, one every so many seconds
FIRST_VISITORS, FIRST_GAP = 40, 0.4
#: shares of visitors with a category, and of those who never come to the window
CATEGORY_SHARE, NO_SHOW_SHARE = 0.06, 0.05
#: languages of visitors with their shares
LANGUAGES = {"uz-Latn": 0.6, "uz-Cyrl": 0.12, "ru": 0.2, "kaa": 0.05, "en": 0.03}
Step = Callable[[], None]


@dataclass
class Hall:
    """The simulated hall: who calls what, and when."""

    url: str
    kiosk_token: str
    #: (login, password, window) of each clerk
    clerks: tuple[tuple[str, str, int], ...]
    visitors_a_day: int
    #: how much faster than life service is; arrivals follow `visitors_a_day`
    pace: float = 1.0
    #: no cryptography here: the same hall every time
    chance: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311
    _due: list[tuple[float, int, Step]] = field(default_factory=list)
    _order: itertools.count[int] = field(default_factory=itertools.count)
    _now: float = 0.0

    def play(self, stop: threading.Event, elapsed: Callable[[], float]) -> None:
        """Play until stopped; `elapsed` is the seconds since the start."""
        self._open(elapsed)
        while not stop.is_set() and self._due:
            at, _, step = self._due[0]
            if stop.wait(max(0.0, at - elapsed())):
                return
            heapq.heappop(self._due)
            self._now = elapsed()
            self._try(step)

    def _open(self, elapsed: Callable[[], float]) -> None:
        self._now = elapsed()
        kiosk = Caller(self.url, self.kiosk_token)
        catalogue = kiosk.get("/catalogue")
        self._at(0.0, lambda: self._arrive(kiosk, catalogue, FIRST_VISITORS))
        for number, (login, password, window) in enumerate(self.clerks):
            self._at(1.5 * number, self._clerk_opens(login, password, window))

    def _arrive(self, kiosk: Caller, catalogue: Mapping[str, Any], first: int) -> None:
        """Issue one ticket, and let the next visitor come."""
        usual = 3600 * DAY_HOURS / self.visitors_a_day
        gap = FIRST_GAP if first > 0 else self.chance.expovariate(1 / usual)
        self._at(gap, lambda: self._arrive(kiosk, catalogue, first - 1))
        reply = kiosk.post("/tickets", self._wish(catalogue))
        if reply.status_code >= requests.codes.server_error:
            reply.raise_for_status()  # a refusal sends a visitor home, a fault is tried again

    def _wish(self, catalogue: Mapping[str, Any]) -> dict[str, object]:
        group = self.chance.choice(catalogue["groups"])
        service = self.chance.choice(group["services"])
        tags, shares = list(LANGUAGES), list(LANGUAGES.values())
        wish: dict[str, object] = {
            "service": service["id"],
            "language": self.chance.choices(tags, shares)[0],
        }
        if self.chance.random() < CATEGORY_SHARE:
            wish["category"] = self.chance.choice(catalogue["categories"])["id"]
        return wish

    def _clerk_opens(self, login: str, password: str, window: int) -> Step:
        def opens() -> None:
            clerk = Caller(self.url)
            clerk.sign_in(login, password)
            clerk.post(f"/windows/{window}/open")
            self._at(1.0, lambda: self._next(clerk, window))

        return opens

    def _next(self, clerk: Caller, window: int) -> None:
        """Press Next; serve who comes, or look again soon.

        A person who signs in as this clerk takes the window over for good.
        """
        reply = clerk.post(f"/windows/{window}/next")
        if reply.status_code == requests.codes.unauthorized:
            return
        if reply.status_code != requests.codes.ok:
            self._at(self.chance.uniform(8, 15), lambda: self._next(clerk, window))
            return
        ticket = reply.json()
        if self.chance.random() < NO_SHOW_SHARE:
            self._at(32.0, lambda: self._absent(clerk, window, ticket["id"]))
        else:
            self._at(self.chance.uniform(6, 14), lambda: self._serve(clerk, window, ticket["id"]))

    def _absent(self, clerk: Caller, window: int, ticket: str) -> None:
        clerk.post(f"/tickets/{ticket}/no-show")
        self._at(1.0, lambda: self._next(clerk, window))

    def _serve(self, clerk: Caller, window: int, ticket: str) -> None:
        clerk.post(f"/tickets/{ticket}/start")
        minutes = self.chance.lognormvariate(2.0, 0.5)
        self._at(60 * minutes / self.pace, lambda: self._next(clerk, window))

    def _at(self, seconds: float, step: Step) -> None:
        heapq.heappush(self._due, (self._now + seconds, next(self._order), step))

    def _try(self, step: Step) -> None:
        """Do a step; while the server is away it is tried again."""
        try:
            step()
        except requests.RequestException as error:
            _log.info("the server is away", extra={"action": "simulate", "error": str(error)})
            self._at(3.0, step)

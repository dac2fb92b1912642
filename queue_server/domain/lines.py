"""Those who wait, in lines whose heads decide whom a desk calls (ADR 0007)."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from datetime import datetime
from typing import Generic

from queue_server.domain.routing import Desk, Who, arrival, calls_from
from queue_server.domain.ticket import QUEUE

#: service, statutory, needs, language; or a place alone
_Key = tuple[str, bool, frozenset[str], str]
_Entry = tuple[datetime, datetime, int, Who]


class Lines(Generic[Who]):
    """Lines in memory: who stands behind the head of a line cannot be called before it.

    A line is service × statutory × needs × language, so that whoever may call one of it may call
    all; and one for each place other than the queue.
    """

    def __init__(self, desks: Iterable[Desk], waiting: Iterable[Who] = ()) -> None:
        self._desks = {desk.number: desk for desk in desks}
        #: languages tell lines apart only where some window does not speak all
        self._speak = any(desk.languages for desk in self._desks.values())
        self._lines: dict[_Key, list[_Entry[Who]]] = {}
        self._of: dict[int, list[list[_Entry[Who]]]] = {number: [] for number in self._desks}
        for who in waiting:
            self.add(who)

    def add(self, who: Who) -> None:
        """Let somebody wait."""
        key = self._key(who)
        line = self._lines.get(key)
        if line is None:
            line = self._lines[key] = []
            for number, desk in self._desks.items():
                if calls_from(desk, who):
                    self._of[number].append(line)
        heapq.heappush(line, (*arrival(who), who))

    def heads(self, number: int) -> list[Who]:
        """Return the first of each line that a desk calls from."""
        return [line[0][3] for line in self._of[number] if line]

    def remove(self, who: Who) -> None:
        """Let somebody go who is the head of a line."""
        heapq.heappop(self._lines[self._key(who)])

    def callers(self, who: Who) -> list[int]:
        """Return the desks that may call somebody."""
        return [number for number, desk in self._desks.items() if calls_from(desk, who)]

    def __len__(self) -> int:
        """Return how many wait."""
        return sum(map(len, self._lines.values()))

    def _key(self, who: Who) -> _Key:
        if who.place != QUEUE:
            return who.place, False, frozenset(), ""
        return who.service, who.statutory, who.needs, who.language if self._speak else ""

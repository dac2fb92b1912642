"""Carries the log on to a sink from the sink's own cursor: each event at least once, in order.

A sink that is away delays only itself. It is tried again, later each time; what it refuses for
good, or could not take for a day, is left out and noted.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Protocol

from queue_server.hooks.news import News, news
from queue_server.usecases.ports import Center

_log = logging.getLogger(__name__)
#: events read at once
STRETCH: Final = 200
#: the first wait before a further try, and the longest, seconds
FIRST_WAIT, LONGEST_WAIT = 1.0, 300.0
#: news that could not be delivered for so long is no news any more
STALE: Final = timedelta(hours=24)


class Away(Exception):
    """The sink does not answer, or not now: to be tried again."""


class Refused(Exception):
    """The sink will never take this."""


class Sink(Protocol):
    """Where news go."""

    @property
    def name(self) -> str:
        """The name of its cursor."""
        ...

    @property
    def wanted(self) -> Collection[str]:
        """The types of events that it takes."""
        ...

    def deliver(self, told: News, now: datetime) -> None:
        """Take the news; raises Away or Refused."""
        ...


@dataclass
class Forwarder:
    """Carries the log on to one sink."""

    center: Center
    sink: Sink
    #: set whenever the log may have grown
    grown: threading.Event
    ended: threading.Event
    #: waits so many seconds, or until the end
    wait: Callable[[float], object] | None = None
    #: the last event that the sink is done with, and how far that is kept
    _done: int = 0
    _kept: int = 0
    _tries: int = 0

    def run(self) -> None:
        """Carry on until the end; sleeps while the log does not grow."""
        self._begin()
        while not self.ended.is_set():
            if self.forward():
                self.grown.wait()
                self.grown.clear()
            else:
                (self.wait or self.ended.wait)(self._pause())

    def forward(self) -> bool:
        """Deliver what is new; False when the sink is away."""
        while stretch := self._stretch():
            for wire in stretch:
                if not self._delivered(wire):
                    return False
                self._done = wire["seq"]
            if self._done - self._kept >= STRETCH:
                self._keep()
        return True

    def _begin(self) -> None:
        """Start with what happens from now on: nobody wants the news of last year."""
        with self.center.read() as work:
            known = work.cursors.get(self.sink.name)
            self._done = work.seq if known is None else known
        self._keep()

    def _stretch(self) -> list[dict[str, Any]]:
        with self.center.read() as work:
            return list(work.log.after(self._done, STRETCH))

    def _delivered(self, wire: dict[str, Any]) -> bool:
        with self.center.read() as work:
            told = news(self.center, work, wire, self.sink.wanted)
        if told is None:
            return True
        now = self.center.clock.now()
        try:
            self.sink.deliver(told, now)
        except Away as error:
            return self._given_up(told, now, error)
        except Refused as error:
            self._note("refused", told, error)
        self._tries, self._done = 0, wire["seq"]
        self._keep()
        return True

    def _given_up(self, told: News, now: datetime, error: Away) -> bool:
        """Return whether the news is too old to be tried again."""
        self._tries += 1
        stale = now - datetime.fromisoformat(told.at).astimezone(UTC) > STALE
        self._note("given up" if stale else "away", told, error)
        return stale

    def _keep(self) -> None:
        """Keep how far the sink has come: after each delivery, and now and then without one."""
        with self.center.write() as work:
            work.cursors.put(self.sink.name, self._done)
        self._kept = self._done

    def _pause(self) -> float:
        return min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(self._tries - 1, 10))

    def _note(self, what: str, told: News, error: Exception) -> None:
        facts = {"action": self.sink.name, "event": told.id, "type": told.type}
        _log.warning("%s: %s", what, error, extra=facts)

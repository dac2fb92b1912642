"""What is foreseen of the hall: plain values, so that to tell a wait is but to look it up."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from queue_server.domain.beliefs import Beliefs
from queue_server.domain.estimate import Reckoning
from queue_server.domain.hall_run import HORIZON
from queue_server.domain.routing import Arrival, arrival
from queue_server.domain.ticket import Ticket
from queue_server.domain.waiting import Outlook

#: what was foreseen longer ago is not told any more
OLD: Final = timedelta(seconds=90)
#: of a hall in which nothing has happened since and nobody waited it may be told longer
LULL: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class KeptWord:
    """How many of a hundred visitors of a day waited no longer than they were told."""

    day: date
    percent: int


@dataclass(frozen=True, slots=True)
class Learned:
    """What the days before have taught."""

    beliefs: Beliefs
    #: how many times as wide as reckoned a range is shown
    stretch: float = 1.0
    #: of the last day that had enough visitors to tell
    kept: KeptWord | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """Where a ticket stood when it was foreseen."""

    service: str
    arrival: Arrival


@dataclass(frozen=True, slots=True)
class Foreseen:
    """An outlook, and the hall that it is about."""

    outlook: Outlook
    learned: Learned
    day: date
    #: of the catalogue
    version: int
    #: the log's position
    seq: int
    #: whether somebody waited or was served
    busy: bool = True
    #: ticket → where it stood
    seen: Mapping[str, Seen] = field(default_factory=dict)
    #: group → who waited for it, in the order of the queue
    lines: Mapping[str, tuple[tuple[Arrival, str], ...]] = field(default_factory=dict)

    def holds(self, now: datetime, day: date, version: int, seq: int) -> bool:
        """Whether it may be told of the hall as it is now: fresh, of the same day and catalogue.

        A clock that went back makes it as old as one that went on.
        """
        if (day, version) != (self.day, self.version):
            return False
        quiet = not self.busy and seq == self.seq
        return abs(now - self.outlook.at) <= (LULL if quiet else OLD)

    def of(self, ticket: Ticket, now: datetime) -> Reckoning | None:
        """Return how long a ticket still waits; None where it stood elsewhere, or was not seen."""
        if self.seen.get(ticket.id) != Seen(ticket.service, arrival(ticket)):
            return None
        return self._left(ticket.id, now)

    def behind(self, group: str, place: Arrival, now: datetime) -> Reckoning | None:
        """Return how long the first one still waits who stands behind a place in a group."""
        line = self.lines.get(group, ())
        after = bisect_right(line, place, key=lambda one: one[0])
        return self._left(line[after][1], now) if after < len(line) else None

    def newcomer(self, service: str, group: str, ahead: int, minutes: float) -> Reckoning | None:
        """Return how long somebody waits who comes now, with so many of the group before.

        The line may have grown since: each one more costs so many minutes. What it has shrunk by
        was foreseen.
        """
        found = _near(self.outlook.newcomers.get(service))
        grown = max(ahead - len(self.lines.get(group, ())), 0)
        return found and found.later(grown * minutes)

    def _left(self, ticket_id: str, now: datetime) -> Reckoning | None:
        """Return what is left of a wait that was foreseen; never less than nothing."""
        found = _near(self.outlook.tickets.get(ticket_id))
        if found is None:
            return None
        gone = max((now - self.outlook.at).total_seconds() / 60, 0.0)
        middle, low, high = (
            max(minutes - gone, 0.0) for minutes in (found.minutes, found.low, found.high)
        )
        return Reckoning(middle, low, high, found.by)


def _near(found: Reckoning | None) -> Reckoning | None:
    """Return a wait that lies within what was looked at; beyond it nothing was seen."""
    return found if found is not None and found.high < HORIZON else None


@dataclass(frozen=True, slots=True)
class Doings:
    """What foreseeing has cost so far; seconds are the processor's."""

    refreshes: int = 0
    #: reason → how often waits were reckoned the quick way for a while
    fallbacks: Mapping[str, int] = field(default_factory=dict)
    last_seconds: float = 0.0
    seconds: float = 0.0
    #: courses of the hall in the newest outlook
    runs: int = 0
    #: when the newest outlook was made
    at: datetime | None = None


class Blind:
    """Foresees nothing: waits are reckoned the quick way."""

    def newest(self) -> Foreseen | None:
        """Return nothing."""
        return None

    def doings(self) -> Doings:
        """Return that nothing was done."""
        return Doings()

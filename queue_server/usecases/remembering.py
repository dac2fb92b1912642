"""What the hall has taught: each day's observations, kept when it ends, and the beliefs of now.

A day whose observations are missing or unreadable (an upgrade, a repair) is read in the log anew.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta
from typing import Final

from queue_server.domain import learning, lessons, observations
from queue_server.domain.beliefs import Beliefs
from queue_server.domain.calendar import service_day
from queue_server.domain.catalogue import Catalogue
from queue_server.domain.errors import Invalid
from queue_server.domain.lessons import Lessons
from queue_server.domain.observations import Observations
from queue_server.domain.tallying import Tally
from queue_server.usecases import day_tallies
from queue_server.usecases.act import Act
from queue_server.usecases.day_tallies import LiveDay
from queue_server.usecases.ports import Center, UnitOfWork

#: beliefs are made of so many days
DAYS: Final = 60
#: days that are read in the log while somebody waits for the answer; `catch_up` does the others
MOST_READ: Final = 5
_DAY: Final = timedelta(days=1)
_log = logging.getLogger(__name__)


class Memory:
    """What the days before today have taught, and today as far as it was read."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._live = LiveDay()
        self._known: tuple[date, frozenset[date]] | None = None
        self._past = Lessons()

    def beliefs(self, work: UnitOfWork, catalogue: Catalogue, now: datetime) -> Beliefs:
        """Return what to believe of the hall; reads on from where the last call ended."""
        today = work.day or service_day(None, now, catalogue.timezone)
        with self._lock:
            known = today, work.observations.days(*_before(today))
            if known != self._known:
                self._past = lessons.pooled(days(work, catalogue, today))
                self._known = known
            seen = self._seen(work, catalogue, today, now)
            return learning.believed(catalogue, self._past, seen, now)

    def _seen(
        self, work: UnitOfWork, catalogue: Catalogue, today: date, now: datetime
    ) -> Observations:
        known = work.days.get(today)
        if known is None:
            return Observations(today.isoformat())
        return observations.observed(self._live.read(work, known).tally, catalogue, now)


def beliefs(work: UnitOfWork, catalogue: Catalogue, now: datetime, memory: Memory) -> Beliefs:
    """Return what to believe of the hall now."""
    return memory.beliefs(work, catalogue, now)


def days(work: UnitOfWork, catalogue: Catalogue, today: date) -> list[Observations]:
    """Return what the last `DAYS` days before today have taught, in order.

    The newest of those that were not kept are read in the log.
    """
    found = {
        day: _parsed(day, body) for day, body in work.observations.between(*_before(today)).items()
    }
    for day in _lacking(work, today, {day for day, seen in found.items() if seen})[:MOST_READ]:
        found[day] = observations.observed(day_tallies.own(work, day), catalogue)
    return [seen for _, seen in sorted(found.items()) if seen is not None]


def keep(act: Act, day: date, tally: Tally) -> None:
    """Keep what a day's tally teaches."""
    seen = observations.observed(tally, act.catalogue)
    if seen.odd:
        _log.warning("%d times at windows of %s cannot be true; they are left out", seen.odd, day)
    act.work.observations.put(day, observations.body(seen))


def lacks(center: Center) -> bool:
    """Return whether a day that ended has taught nothing yet, as after an upgrade; reads only."""
    with center.read() as work:
        today = work.day
        return today is not None and bool(
            _lacking(work, today, work.observations.days(*_before(today)))
        )


def catch_up(act: Act) -> None:
    """Keep what the newest of the days that lack it has taught."""
    kept = act.work.observations.days(*_before(act.day))
    for day in _lacking(act.work, act.day, kept)[:1]:
        late = day_tallies.late_seqs(act.work, day)
        keep(act, day, day_tallies.with_late(act.work, day_tallies.own(act.work, day), late))


def _lacking(work: UnitOfWork, today: date, kept: AbstractSet[date]) -> list[date]:
    """Return the days that ended and are not kept, the newest first."""
    known = work.days.between(*_before(today))
    ended = (each.day for each in known if each.closed_seq is not None)
    return sorted((day for day in ended if day not in kept), reverse=True)


def _before(today: date) -> tuple[date, date]:
    return today - DAYS * _DAY, today - _DAY


def _parsed(day: date, body: str) -> Observations | None:
    """Return a day's observations; None, and a word in the log, where they cannot be read."""
    try:
        return observations.parsed(body)
    except Invalid as error:
        _log.warning("The observations of %s are read in the event log anew: %s", day, error)
        return None

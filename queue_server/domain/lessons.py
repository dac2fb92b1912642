"""Many days' observations in one value: made once a day, then only today's are added."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from queue_server.domain.observations import Observations


class Came(NamedTuple):
    """How many visitors came without an appointment in each half hour of a day."""

    day: date
    halves: Mapping[int, int]


class Work(NamedTuple):
    """What a clerk, or everybody, has served of one service."""

    visits: int = 0
    minutes: float = 0.0

    def plus(self, found: Sequence[float]) -> Work:
        """Return it with these visits."""
        return Work(self.visits + len(found), self.minutes + sum(found))


@dataclass(frozen=True, slots=True)
class Lessons:
    """What a hall's days have taught, added up."""

    #: service → minutes, sorted
    minutes: Mapping[str, Sequence[float]] = field(default_factory=dict)
    #: clerk → service → work
    clerks: Mapping[str, Mapping[str, Work]] = field(default_factory=dict)
    calls: int = 0
    #: sorted
    absent: Sequence[float] = ()
    pauses: Sequence[float] = ()
    gaps: int = 0
    gap_minutes: float = 0.0
    days: tuple[Came, ...] = ()
    #: service → visitors who came without an appointment
    services: Mapping[str, int] = field(default_factory=dict)
    statutory: int = 0
    heads: Mapping[float, int] = field(default_factory=dict)

    @property
    def visits(self) -> int:
        """How many services were observed."""
        return sum(len(found) for found in self.minutes.values())

    @property
    def visitors(self) -> int:
        """How many came without an appointment."""
        return sum(self.services.values())


def pooled(days: Iterable[Observations], before: Lessons | None = None) -> Lessons:
    """Return what these days have taught, together with what was known before."""
    known = before or Lessons()
    pool = _Pool(known)
    for day in days:
        pool.add(day)
    return Lessons(
        minutes={**known.minutes, **{s: sorted(found) for s, found in pool.minutes.items()}},
        clerks={**known.clerks, **pool.clerks},
        calls=pool.calls,
        absent=sorted(pool.absent),
        pauses=sorted(pool.pauses),
        gaps=pool.gaps,
        gap_minutes=pool.gap_minutes,
        days=(*known.days, *pool.days),
        services=pool.services,
        statutory=pool.statutory,
        heads=pool.heads,
    )


class _Pool:
    """Adds days up; of what was known it copies only what a day changes."""

    def __init__(self, known: Lessons) -> None:
        self._known = known
        self.minutes: dict[str, list[float]] = {}
        self.clerks: dict[str, defaultdict[str, Work]] = {}
        self.calls, self.statutory = known.calls, known.statutory
        self.gaps, self.gap_minutes = known.gaps, known.gap_minutes
        self.absent, self.pauses = list(known.absent), list(known.pauses)
        self.days: list[Came] = []
        self.services, self.heads = Counter(known.services), Counter(known.heads)

    def add(self, day: Observations) -> None:
        """Add one day."""
        for service, clerks in day.served.items():
            for clerk, found in clerks.items():
                self._served(service, clerk, found)
        self.calls += day.calls
        self.gaps, self.gap_minutes = self.gaps + day.gaps, self.gap_minutes + day.gap_minutes
        self.absent += day.absent
        self.pauses += day.pauses
        self.days.append(Came(date.fromisoformat(day.day), day.halves))
        self.services.update({s: sum(halves.values()) for s, halves in day.arrivals.items()})
        self.statutory += day.statutory
        self.heads.update(day.heads)

    def _served(self, service: str, clerk: str, found: Sequence[float]) -> None:
        if service not in self.minutes:
            self.minutes[service] = list(self._known.minutes.get(service, ()))
        self.minutes[service] += found
        if clerk not in self.clerks:
            self.clerks[clerk] = defaultdict(Work, self._known.clerks.get(clerk, {}))
        self.clerks[clerk][service] = self.clerks[clerk][service].plus(found)

"""What forecasts are made of: the past by half hours, today so far, and what is dear to compute.

A day that is over is read once. Windows needed are computed aside: whoever asks first begins it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from queue_server.domain import forecasting, forecasting_record, learning, observations
from queue_server.domain.errors import Invalid
from queue_server.domain.forecasting import Habit
from queue_server.domain.forecasting_hours import HALF_HOURS
from queue_server.domain.forecasting_record import Record
from queue_server.domain.observations import Observations
from queue_server.domain.opening import Calendar
from queue_server.domain.staffing import Need
from queue_server.usecases.act import Act
from queue_server.usecases.day_tallies import LiveDay

#: forecasts are made of half a year, times at the windows of the latest days that had any
LOOK_BACK: Final = timedelta(weeks=26)
SERVICE_DAYS: Final = 20
#: so many values stand for all times at the windows
_VALUES: Final = 400
#: so many answers are kept
_KEPT: Final = 64
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PastDay:
    """A day that is over."""

    #: visitors by half hour of the center's clock, 48 of them
    came: tuple[int, ...]
    #: from the call until the window was free, of every service
    minutes: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known before a day begins."""

    days: Mapping[date, PastDay] = field(default_factory=dict)
    habit: Habit | None = None
    record: Record | None = None
    #: equally likely minutes at a window
    minutes: tuple[float, ...] = ()
    #: services that one visitor was served, in the mean
    services: float = 1.0

    @property
    def came(self) -> dict[date, Sequence[int]]:
        """The visitors of past days by half hour."""
        return {day: past.came for day, past in self.days.items()}


class Almanac:
    """Keeps what was read and computed; one for all requests."""

    def __init__(self, executor: Executor | None = None) -> None:
        self._executor = executor or ThreadPoolExecutor(1, "staffing")
        self._lock = threading.Lock()
        self._live = LiveDay()
        self._days: dict[date, PastDay] = {}
        self._known: tuple[Hashable, Known] = (None, Known())
        self._needs: dict[Hashable, Future[tuple[Need, ...]]] = {}

    def known(self, act: Act, today: date) -> Known:
        """Return what is known of the days before today; each is read once."""
        with self._lock:
            newest = max(self._days, default=today - LOOK_BACK)
            bodies = act.work.observations.between(newest + _DAY, today - _DAY)
            self._days |= {day: past_day(each) for day, each in _readable(bodies)}
            key = (today, act.work.catalogue_version, len(self._days))
            if self._known[0] != key:
                recent = {d: p for d, p in self._days.items() if today - LOOK_BACK <= d < today}
                self._known = key, known(recent, act.catalogue.calendar)
            return self._known[1]

    def so_far(self, act: Act, today: date) -> tuple[int, ...]:
        """Return who came today until now, by half hour."""
        day = act.work.days.get(today)
        if day is None:
            return (0,) * HALF_HOURS
        tally = self._live.read(act.work, day).tally
        halves = observations.observed(tally, act.catalogue).halves
        return tuple(halves.get(place, 0) for place in range(HALF_HOURS))

    def needs(
        self, key: Hashable, compute: Callable[[], tuple[Need, ...]]
    ) -> tuple[Need, ...] | None:
        """Return what was computed under this key; None while it is being computed."""
        with self._lock:
            if key not in self._needs:
                self._needs[key] = self._executor.submit(compute)
                self._needs = dict(list(self._needs.items())[-_KEPT:])
            future = self._needs[key]
        return future.result() if future.done() else None


def past_day(seen: Observations) -> PastDay:
    """Return what a day's observations say."""
    minutes = (each for clerks in seen.served.values() for each in clerks.values())
    return PastDay(
        tuple(seen.halves.get(place, 0) for place in range(HALF_HOURS)),
        tuple(minute for found in minutes for minute in found),
    )


def known(days: Mapping[date, PastDay], calendar: Calendar) -> Known:
    """Return what past days tell."""
    totals = {day: float(sum(past.came)) for day, past in days.items()}
    served = [days[day] for day in sorted(days) if days[day].minutes][-SERVICE_DAYS:]
    minutes = [minute for past in served for minute in past.minutes]
    visitors = sum(sum(past.came) for past in served)
    return Known(
        days=days,
        habit=forecasting.learn(totals, calendar),
        record=forecasting_record.record(totals, calendar),
        minutes=learning.thinned(minutes, _VALUES),
        services=len(minutes) / visitors if visitors else 1.0,
    )


def _readable(bodies: Mapping[date, str]) -> Iterable[tuple[date, Observations]]:
    """Yield the days whose observations can be read; one that cannot tells nothing."""
    for day, body in bodies.items():
        try:
            yield day, observations.parsed(body)
        except Invalid:
            continue

"""What one day of a world brings: visitors, each with a fate of the own, and hidden slow spells.

Each visitor is drawn from a stream of chance of his own, so two halls with the same seed meet the
same people, whatever their clerks do.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import Final
from zoneinfo import ZoneInfo

from queue_server.domain.opening import Opening
from queue_server.simulation import visitors as coming
from queue_server.simulation.visitors import Visitor
from queue_server.simulation.world import World, chance_of, level

#: those who wait before the door come through it within so many seconds, mostly
BURST_SECONDS: Final = 240.0
_HALF_HOUR: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Spell:
    """A time when all takes `factor` times as long; at one window, or None for all."""

    begins: datetime
    ends: datetime
    factor: float
    window: int | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """What a day brings; all times in UTC, cut to milliseconds."""

    date: date
    opens: datetime
    #: the last ticket, and the end of work for whoever has nobody left
    doors_close: datetime
    ends: datetime
    visitors: tuple[Visitor, ...] = ()
    spells: tuple[Spell, ...] = ()
    #: window → when its clerk eats
    lunches: Mapping[int, Opening] = field(default_factory=dict)
    #: window → seconds after the doors at which its clerk opens
    late: Mapping[int, float] = field(default_factory=dict)

    def slowness(self, window: int, at: datetime) -> float:
        """Return how many times as long things take at a window now."""
        here = (s for s in self.spells if s.window in (None, window) and s.begins <= at < s.ends)
        return math.prod(spell.factor for spell in here)


def draw(world: World, day: date, seed: int) -> Day | None:
    """Return what a day brings, or None when the center is closed."""
    calendar = world.catalogue.calendar
    openings = calendar.opens(day)
    if not openings:
        return None
    chance = chance_of(seed, f"day:{day}")
    opens, ends = openings[0].begins, openings[-1].ends
    empty = Day(day, opens, ends - calendar.hours.stop_before_close, ends)
    several = _poisson(chance, expected(world, day) * math.exp(_unlike(world, chance)))
    return Day(
        day,
        opens,
        empty.doors_close,
        ends,
        tuple(sorted(_visitors(world, empty, seed, several), key=lambda each: each.at)),
        tuple(_spells(world, empty, chance)),
        _lunches(world, day),
        {window: chance.uniform(0.0, world.habits.late) for window in sorted(world.clerks)},
    )


def expected(world: World, day: date) -> float:
    """Return how many visitors a day is expected to bring; 0 when the center is closed."""
    if not world.catalogue.calendar.opens(day):
        return 0.0
    return world.visitors * level(world, day)


def _unlike(world: World, chance: random.Random) -> float:
    spread = world.coming.unlike
    return chance.gauss(-spread * spread / 2, spread)


def _poisson(chance: random.Random, mean: float) -> int:
    """Return a Poisson count: how many exponential gaps fit into the mean."""
    several, sum_ = -1, 0.0
    while sum_ <= mean:
        sum_ += chance.expovariate(1.0)
        several += 1
    return several


def _visitors(world: World, day: Day, seed: int, several: int) -> Iterator[Visitor]:
    """Yield the visitors, each with a time of coming drawn from the day's profile."""
    begins, weights = _half_hours(world, day)
    upto, people = list(accumulate(weights)), coming.Crowd(world)
    for number in range(several):
        chance = chance_of(seed, f"visitor:{day.date}:{number}")
        if chance.random() < world.coming.burst:
            seconds = chance.expovariate(3 / BURST_SECONDS)
            at = day.opens + timedelta(seconds=seconds)
        else:
            half_hour = chance.choices(begins, cum_weights=upto)[0]
            at = half_hour + chance.random() * _HALF_HOUR
        yield people.draw(milliseconds(min(max(at, day.opens), day.doors_close)), chance)


def _half_hours(world: World, day: Day) -> tuple[list[datetime], list[float]]:
    """Return the half hours in which visitors are let in, with their weights."""
    zone = ZoneInfo(world.catalogue.timezone)
    midnight = datetime.combine(day.date, datetime.min.time(), zone)
    begins = [midnight + i * _HALF_HOUR for i in world.coming.profile]
    inside = {
        at.astimezone(day.opens.tzinfo): weight
        for at, weight in zip(begins, world.coming.profile.values(), strict=True)
        if day.opens <= at < day.doors_close
    }
    return list(inside), list(inside.values())


def _spells(world: World, day: Day, chance: random.Random) -> Iterator[Spell]:
    where: list[int | None] = [None, *sorted(world.clerks)]
    for window in where:
        mean = world.spells.hall if window is None else world.spells.window
        for _ in range(_poisson(chance, mean)):
            begins = milliseconds(day.opens + chance.random() * (day.ends - day.opens))
            lasts = timedelta(minutes=chance.uniform(*world.spells.minutes))
            yield Spell(begins, begins + lasts, chance.uniform(*world.spells.factor), window)


def _lunches(world: World, day: date) -> dict[int, Opening]:
    """Return when each clerk eats: by the center's lunch shifts."""
    calendar, shifts = world.catalogue.calendar, world.catalogue.facts.lunch
    return {
        window.number: Opening(
            *(calendar.instant(day, clock) for clock in shifts[window.lunch - 1])
        )
        for window in world.catalogue.windows
        if 0 < window.lunch <= len(shifts)
    }


def milliseconds(at: datetime) -> datetime:
    """Return a time cut to milliseconds, as the center keeps it."""
    return at.replace(microsecond=at.microsecond // 1000 * 1000)

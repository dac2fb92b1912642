"""How many visitors the days to come bring: a weekday's usual number × the level × the calendar.

A center's past is followed day by day, in logarithms: what a day brought beside what was expected
of it moves the level and its weekday. So the past's own errors, one day ahead, come with it, and
say how wide the band must be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from math import ceil, exp, hypot, inf, log, sqrt
from statistics import NormalDist, median
from typing import Final

from queue_server.domain.opening import Calendar, of_weekday

#: how much of a surprise the level keeps; which of these, the center's own past decides
GAINS: Final = (0.06, 0.12, 0.2, 0.3)
#: how much of it the weekday keeps, once it is known
WEEKDAY_GAIN: Final = 0.1
#: a surprise moves nothing further than so many widths of the band: an outage is no habit
FURTHEST: Final = 1.5
#: the band holds this share of days
BAND: Final = 0.8
#: errors that are assumed before there are any, and how many of the latest count
ASSUMED: Final = tuple(0.25 * NormalDist().inv_cdf((n + 0.5) / 12) for n in range(12))
LATEST: Final = 60
#: no band reaches further than e to this, of the expected, to either side
WIDEST: Final = 5.0
#: an announced factor is itself a guess: so uncertain is its logarithm, as a share of it
FACTOR_DOUBT: Final = 0.3


@dataclass(frozen=True, slots=True)
class Span:
    """An expected number, and the band that holds it in 80 % of cases."""

    expected: float
    low: float
    high: float


#: of a day on which nobody can come
NOBODY: Final = Span(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Habit:
    """What a center's past tells of the days to come, in logarithms."""

    level: float
    #: 0 for Monday → how far its days are from the level
    weekdays: Mapping[int, float]
    #: the past's errors one day ahead, the latest last; before them the assumed ones
    errors: tuple[float, ...]
    gain: float
    #: the last day that was learned from, and how many there were
    until: date
    days: int

    @property
    def width(self) -> float:
        """Half of the band one day ahead."""
        return width(self.errors)


def usual(totals: Mapping[date, float], calendar: Calendar) -> list[tuple[date, float]]:
    """Return the days that tell of others, in order: no holiday, surge, outage or absurd count."""
    return [
        (day, total)
        for day, total in sorted(totals.items())
        if is_open(calendar, day) and calendar.factor(day) == 1 and 0 < total < inf
    ]


def learn(totals: Mapping[date, float], calendar: Calendar) -> Habit | None:
    """Return what the visitors of past days tell; None where no day tells anything."""
    days = usual(totals, calendar)
    if not days:
        return None
    habits = [_followed(days, calendar, gain) for gain in GAINS]
    return min(habits, key=lambda habit: sum(map(abs, habit.errors)))


def forecast(habit: Habit, calendar: Calendar, day: date) -> Span:
    """Return how many visitors a day brings that comes after those learned from."""
    if not is_open(calendar, day):
        return NOBODY
    factor = max(calendar.factor(day), 0.0)
    offset = habit.weekdays.get(day.weekday(), _by_hours(day.weekday(), calendar))
    expected = factor * exp(habit.level + offset)
    steps = max((day - habit.until).days, 1)
    wide = habit.width * sqrt(1 + habit.gain**2 * (steps - 1))
    wide = hypot(wide, FACTOR_DOUBT * log(factor)) if factor else wide
    wide = min(wide, WIDEST)
    return Span(expected, expected * exp(-wide), expected * exp(wide))


def is_open(calendar: Calendar, day: date) -> bool:
    """Whether visitors can come on a day; of a center that tells no hours, on any but a holiday."""
    told = any(calendar.hours.days.values())
    return bool(calendar.opens(day)) if told else calendar.holiday(day) is None


def width(errors: Sequence[float]) -> float:
    """Return how far from the expected number, in logarithms, the band's ends must be."""
    sizes = sorted(map(abs, errors))
    return sizes[min(ceil(BAND * (len(sizes) + 1)), len(sizes)) - 1]


def _followed(days: Sequence[tuple[date, float]], calendar: Calendar, gain: float) -> Habit:
    """Follow the past day by day; a habit is found the faster the less is known of it."""
    offsets = {weekday: _by_hours(weekday, calendar) for weekday in range(7)}
    level = median(log(total) - offsets[day.weekday()] for day, total in days[:LATEST])
    errors, seen = list(ASSUMED), Counter[int]()
    for n, (day, total) in enumerate(days):
        weekday, most = day.weekday(), FURTHEST * width(errors[-LATEST:])
        error = log(total) - level - offsets[weekday]
        surprise = min(max(error, -most), most)
        level += max(gain, 1 / (n + 2)) * surprise
        offsets[weekday] += max(WEEKDAY_GAIN, 1 / (seen[weekday] + 2)) * surprise
        errors.append(error)
        seen[weekday] += 1
    known = {weekday: offsets[weekday] for weekday in seen}
    return Habit(level, known, tuple(errors[-LATEST:]), gain, days[-1][0], len(days))


def _by_hours(weekday: int, calendar: Calendar) -> float:
    """Return how far a weekday of which nothing is known is from the level: by its hours."""
    hours = [_length(of_weekday(calendar.hours.days, each)) for each in range(7)]
    opened = [each for each in hours if each > 0]
    return log(hours[weekday] * len(opened) / sum(opened)) if hours[weekday] > 0 else 0.0


def _length(span: tuple[str, ...]) -> float:
    """Return the hours between two times of a wall clock, 0 for a closed day."""
    if not span:
        return 0.0
    begins, ends = (time.fromisoformat(each) for each in span)
    return ends.hour + ends.minute / 60 - begins.hour - begins.minute / 60

"""Who is likely to come in the rest of today, by half hours of the center's clock.

The same weekdays' mean, the newer ones weighing more, times how busy today is so far, times what
the calendar says of today. Without a history the hall goes on as it has gone today.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from queue_server.domain.beliefs import HALF_HOURS, Arrivals
from queue_server.domain.catalogue import Catalogue
from queue_server.domain.lessons import Came, Lessons

#: what a week's distance leaves of a day's weight
_OF_A_WEEK: Final = 0.85
#: with fewer of the same weekday all days are taken
_ENOUGH_DAYS: Final = 2
#: a half hour's neighbours say as much of its rate as so many days
_NEIGHBOURS: Final = 1.0
#: today's level is believed as if so many visitors spoke for a usual day
_USUAL_LEVEL: Final = 45.0
#: head starts are believed as if so many visitors without one had come, and one in twenty had an
#: unlimited one
_USUAL_VISITORS, _USUAL_STATUTORY = 20.0, 1.0

_Rates = tuple[float, ...]


def arrivals(catalogue: Catalogue, lessons: Lessons, today: Came, now: datetime) -> Arrivals:
    """Return who is likely to come; `lessons` holds today's services and head starts too."""
    total = lessons.visitors + _USUAL_VISITORS
    return Arrivals(
        rates=_rates(catalogue, lessons.days, today, now),
        services={s: float(n) for s, n in lessons.services.items() if n > 0},
        statutory=(lessons.statutory + _USUAL_STATUTORY) / total,
        heads={minutes: n / total for minutes, n in sorted(lessons.heads.items())},
    )


def _rates(catalogue: Catalogue, past: Sequence[Came], today: Came, now: datetime) -> _Rates:
    """Return visitors of each half hour; empty for nobody."""
    doors = _doors(catalogue, today.day, now)
    past = [day for day in past if day.day < today.day and any(day.halves.values())]
    here = _half_of(now.astimezone(ZoneInfo(catalogue.timezone)), today.day)
    if past:
        usual = _smoothed(*_mean(catalogue, past, today.day), doors)
        level = catalogue.calendar.factor(today.day) * _level(usual, today, here)
        rates = tuple(rate * level for rate in usual)
    else:
        rates = _as_today(today, doors, here)
    return rates if any(rates) else ()


def _mean(catalogue: Catalogue, past: Sequence[Came], today: date) -> tuple[_Rates, float]:
    """Return the mean of usual days, as if none had been announced busier, and their weight."""
    same = [day for day in past if day.day.weekday() == today.weekday()]
    days = same if len(same) >= _ENOUGH_DAYS else past
    weights = [_OF_A_WEEK ** ((today - day.day).days / 7) for day in days]
    sums = [0.0] * HALF_HOURS
    for day, weight in zip(days, weights, strict=True):
        factor = max(catalogue.calendar.factor(day.day), 0.1)
        for half, count in _known(day.halves).items():
            sums[half] += weight * count / factor
    whole = sum(weights)
    return tuple(each / whole for each in sums), whole


def _smoothed(rates: _Rates, weight: float, doors: _Rates) -> _Rates:
    """Return the rates smoothed inside the doors' hours, and 0 outside.

    The more days have been seen, the less: a rush at the opening is no chance.
    """
    share = weight / (weight + _NEIGHBOURS)
    smooth = []
    for half, door in enumerate(doors):
        near = [n for n in (half - 1, half + 1) if 0 <= n < HALF_HOURS and doors[n] >= 1]
        own = share + (1 - share) * (2 - len(near)) / 2
        # a half hour in which the doors are open in part is no neighbour's measure
        own = own if door >= 1 else float(door > 0)
        rest = (1 - own) / len(near) * sum(rates[n] for n in near) if near else 0.0
        smooth.append(own * rates[half] + rest if door > 0 else 0.0)
    return tuple(smooth)


def _level(usual: _Rates, today: Came, here: float) -> float:
    """Return how busy today is beside a usual day, shrunk towards it."""
    whole = int(here)
    expected = sum(usual[:whole]) + (here - whole) * (usual[whole] if whole < HALF_HOURS else 0.0)
    came = sum(_known(today.halves).values())
    return (came + _USUAL_LEVEL) / (expected + _USUAL_LEVEL)


def _as_today(today: Came, doors: _Rates, here: float) -> _Rates:
    """Return the mean of today so far for every half hour in which the doors are open."""
    known = _known(today.halves)
    if not known:
        return ()
    first = min(known)
    rate = sum(known.values()) / max(here - first, 1.0)
    return tuple(rate * door for door in doors)


def _doors(catalogue: Catalogue, day: date, now: datetime) -> _Rates:
    """Return the share of each half hour in which tickets are given.

    A center that does not keep its hours, and works outside them just now, has no doors.
    """
    calendar = catalogue.calendar
    openings = calendar.opens(day)
    if not catalogue.rules.keep_hours and not any(each.holds(now) for each in openings):
        return (1.0,) * HALF_HOURS
    if not openings:
        return (0.0,) * HALF_HOURS
    last = openings[-1].ends - calendar.hours.stop_before_close
    zone, shares = ZoneInfo(calendar.timezone), [0.0] * HALF_HOURS
    for each in openings:
        begins = _half_of(each.begins.astimezone(zone), day)
        ends = _half_of(min(each.ends, last).astimezone(zone), day)
        for half in range(HALF_HOURS):
            shares[half] += max(min(ends, half + 1) - max(begins, half), 0.0)
    return tuple(shares)


def _half_of(local: datetime, day: date) -> float:
    """Return a moment as half hours of a day's clock, 0 to 48."""
    if local.date() != day:
        return 0.0 if local.date() < day else float(HALF_HOURS)
    since = timedelta(hours=local.hour, minutes=local.minute, seconds=local.second)
    return since / timedelta(minutes=30)


def _known(halves: Mapping[int, int]) -> dict[int, int]:
    return {half: count for half, count in halves.items() if 0 <= half < HALF_HOURS}

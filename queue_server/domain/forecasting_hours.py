"""A day's visitors by half hour: when they come, and what the morning says of the rest of the day.

Half hours are those of the center's clock: 0 begins at midnight, 47 is the last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import hypot, log, sqrt
from operator import mul
from statistics import NormalDist, fmean
from typing import Final
from zoneinfo import ZoneInfo

from queue_server.domain.forecasting import BAND, Span, is_open
from queue_server.domain.opening import Calendar

HALF_HOURS: Final = 48
#: standard deviations from the middle to an end of the band
REACH: Final = NormalDist().inv_cdf((1 + BAND) / 2)
#: the days whose hours are looked at, and what another weekday's count beside the same one's
LOOK_BACK: Final = timedelta(weeks=8)
OTHER_WEEKDAY: Final = 0.15
#: nothing is known for sure: an even day counts as so many days of the same weekday
EVEN_DAY: Final = 0.3
#: each half hour borrows so much from either neighbour
BORROWED: Final = 1 / 6
#: who comes so many half hours early waits for the doors to open
EARLY: Final = 2
#: half hours stray at most so much more than chance alone, in variance
MOST_UNREST: Final = 10.0
#: no day is known more surely than this
LEAST_DOUBT: Final = 0.01
#: no two days divide alike: so much of the rest may have come already, or come later
UNLIKE: Final = 0.05
#: the morning makes of the rest at most so many times as many, or as few
WILDEST: Final = 3.0
_HALF_HOUR: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Profile:
    """How a day's visitors divide among its half hours."""

    #: 48 shares that add up to 1; all 0 on a day on which nobody can come
    shares: tuple[float, ...]
    #: how many times as far as chance alone half hours stray, in variance; at least 1
    unrest: float = 1.0


@dataclass(frozen=True, slots=True)
class Today:
    """The open day at a moment: who came, and what that makes of the forecast."""

    so_far: int
    total: Span
    half_hours: tuple[Span, ...]


def profile(past: Mapping[date, Sequence[int]], calendar: Calendar, day: date) -> Profile:
    """Return how a day's visitors will divide among its half hours, as in the latest weeks."""
    doors = doors_open(calendar, day)
    if not any(doors):
        return Profile((0.0,) * HALF_HOURS)
    even = EVEN_DAY / sum(doors)
    alike = _alike(past, day, doors)
    sums = [
        even * is_in
        + sum(_weight(other, day) * counts[place] / sum(counts) for other, counts in alike)
        for place, is_in in enumerate(doors)
    ]
    shares = _evened(sums, doors)
    return Profile(
        shares, _unrest(shares, [counts for other, counts in alike if _same(other, day)])
    )


def doors_open(calendar: Calendar, day: date) -> tuple[bool, ...]:
    """Return the half hours of a day in which visitors can come."""
    if not is_open(calendar, day):
        return (False,) * HALF_HOURS
    zone, openings = ZoneInfo(calendar.timezone), calendar.opens(day)
    begins = [
        datetime(day.year, day.month, day.day, place // 2, 30 * (place % 2), tzinfo=zone)
        for place in range(HALF_HOURS)
    ]
    return tuple(
        not openings or any(o.begins < begin + _HALF_HOUR and begin < o.ends for o in openings)
        for begin in begins
    )


def spans(total: Span, how: Profile) -> tuple[Span, ...]:
    """Return each half hour's visitors: in doubt as the day is, and for the half hour itself."""
    doubt = _doubt(total)
    return tuple(_span(total.expected * share, doubt, how.unrest) for share in how.shares)


def rest_of_day(total: Span, how: Profile, came: Sequence[int], passed: float) -> Today:
    """Return what the visitors so far make of the forecast, `passed` half hours after midnight.

    The day is as busy as was thought, give or take its doubt, until its visitors say otherwise:
    the two weigh as a gamma prior and Poisson counts do.
    """
    gone = [min(max(passed - place, 0.0), 1.0) for place in range(HALF_HOURS)]
    due = total.expected * sum(map(mul, how.shares, gone))
    belief, so_far = _doubt(total) ** -2, max(sum(came), 0)
    heard = belief + _telling(how, came, due) / how.unrest
    busier = min(max(heard / (belief + due / how.unrest), 1 / WILDEST), WILDEST)
    left = [
        total.expected * share * busier * (1 - over)
        for share, over in zip(how.shares, gone, strict=True)
    ]
    doubt = hypot(heard**-0.5, UNLIKE)
    ahead = (_moved(_span(each, doubt, how.unrest), n) for each, n in zip(left, came, strict=True))
    return Today(
        so_far,
        _moved(_span(sum(left), doubt, how.unrest), so_far),
        tuple(map(_either, gone, spans(total, how), ahead)),
    )


def busiest(values: Sequence[float], length: int = 3) -> tuple[int, int]:
    """Return begin and end of the busiest stretch of so many half hours, the first of equals."""
    begins = range(max(len(values) - length, 0) + 1)
    begin = max(begins, key=lambda place: (sum(values[place : place + length]), -place))
    return begin, min(begin + length, len(values))


def _telling(how: Profile, came: Sequence[int], due: float) -> int:
    """Return how many visitors tell of the rest: none before the doors open, nor the night's."""
    first = next((place for place, share in enumerate(how.shares) if share), HALF_HOURS)
    return max(sum(came[max(first - EARLY, 0) :]), 0) if due else 0


def _alike(
    past: Mapping[date, Sequence[int]], day: date, doors: Sequence[bool]
) -> list[tuple[date, list[int]]]:
    """Return the counts of the latest weeks' days that somebody came on."""
    latest = {other: counts for other, counts in past.items() if day - LOOK_BACK <= other < day}
    inside = ((other, _inside(counts, doors)) for other, counts in latest.items())
    return [(other, counts) for other, counts in inside if sum(counts)]


def _inside(counts: Sequence[int], doors: Sequence[bool]) -> list[int]:
    """Return the counts while the doors are open; who comes up to an hour early waits there."""
    first = doors.index(True)
    kept = [max(n, 0) * is_in for n, is_in in zip(counts, doors, strict=True)]
    kept[first] += sum(max(n, 0) for n in counts[max(first - EARLY, 0) : first])
    return kept


def _weight(other: date, day: date) -> float:
    return 1.0 if _same(other, day) else OTHER_WEEKDAY


def _same(other: date, day: date) -> bool:
    return other.weekday() == day.weekday()


def _evened(sums: Sequence[float], doors: Sequence[bool]) -> tuple[float, ...]:
    """Return the sums as shares of 1, each with a part of its open neighbours'."""
    mixed = []
    for place, is_in in enumerate(doors):
        beside = [n for n in (place - 1, place + 1) if 0 <= n < HALF_HOURS and doors[n]]
        lent = BORROWED * sum(sums[n] - sums[place] for n in beside)
        mixed.append(sums[place] + lent if is_in else 0.0)
    return tuple(each / sum(mixed) for each in mixed)


def _unrest(shares: Sequence[float], days: Iterable[Sequence[int]]) -> float:
    """Return how far days' half hours strayed from the shares, beside what chance would do."""
    strayed = [
        (count - sum(counts) * share) ** 2 / (sum(counts) * share)
        for counts in days
        for count, share in zip(counts, shares, strict=True)
        if share > 0
    ]
    return min(max(fmean(strayed), 1.0), MOST_UNREST) if strayed else 1.0


def _doubt(total: Span) -> float:
    """Return the standard deviation of a day's logarithm."""
    if not total.expected > 0:
        return LEAST_DOUBT
    return max(log(total.high / total.expected) / REACH, LEAST_DOUBT)


def _span(expected: float, doubt: float, unrest: float) -> Span:
    reach = REACH * sqrt(unrest * expected + (doubt * expected) ** 2)
    return Span(expected, max(expected - reach, 0.0), expected + reach)


def _moved(span: Span, by: float) -> Span:
    return Span(span.expected + by, span.low + by, span.high + by)


def _either(gone: float, thought: Span, ahead: Span) -> Span:
    """Return what was thought of a half hour that is over, else what is thought now."""
    return thought if gone >= 1 else ahead

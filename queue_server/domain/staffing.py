"""Windows needed in each half hour, so that most visitors wait no longer than the norm.

Some hundred seeded days are played: visitors come by chance, first come is first served, and each
half hour is given the fewest windows that keep the target for everybody who came so far. A window
here takes every service; where skills divide the hall a few more are needed.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heapify, heapreplace
from itertools import accumulate
from math import exp, inf
from operator import add
from random import Random
from statistics import fmean
from typing import Final, NamedTuple

from queue_server.domain.staffing_plan import HALF_HOUR, MOST_WINDOWS, Aim, quick

#: about so many visitors are played in all, in so many days at least and at most
VISITORS: Final = 150_000
RUNS: Final = (200, 500)
#: no half hour has more visitors
MOST_VISITORS: Final = 300.0


@dataclass(frozen=True, slots=True)
class Need:
    """The windows that one half hour needs, and what becomes of its visitors."""

    windows: int
    #: the share that waits no longer than the norm where every half hour has the windows it needs;
    #: None where nobody comes
    within_norm: float | None
    #: the same where every half hour has the plan's windows
    by_plan: float | None


#: when somebody comes and for how long, minutes after midnight and minutes; half hour of coming
_Visitor = tuple[float, float, int]


class _Course(NamedTuple):
    """One played day at the begin of a half hour."""

    waiting: list[_Visitor]
    #: when each window is free, as a heap
    free: Sequence[float]


class _Try(NamedTuple):
    """A half hour of all courses played with so many windows."""

    windows: int
    courses: list[_Course]
    #: by half hour of coming: who was taken within the norm before this one ended
    settled: list[int]
    #: the lowest share within the norm of those who came so far, if these windows stayed open
    share: float


def needed(
    arrivals: Sequence[float],
    minutes: Sequence[float],
    plan: Sequence[int],
    aim: Aim,
    chance: Random,
) -> tuple[Need, ...]:
    """Return the windows that each half hour needs, of the visitors expected in each.

    `minutes` are equally likely times from call to free window; without any nothing is returned.
    """
    likely = [each for each in minutes if 0 < each < inf]
    if not likely:
        return ()
    expected = [min(max(each, 0.0), MOST_VISITORS) for each in arrivals]
    days, mean, windows = _drawn(expected, likely, chance), fmean(likely), []
    well, planned = _Halls(days, aim), _Halls(days, aim)
    for visitors, have in zip(expected, _to_the_end(plan), strict=True):
        best = well.fewest(quick(visitors, mean, aim))
        windows.append(best.windows)
        well.go_on(best)
        planned.go_on(planned.played(have))
    return tuple(map(Need, windows, well.shares(), planned.shares()))


class _Halls:
    """All played days, half hour after half hour."""

    def __init__(self, days: Sequence[Sequence[list[_Visitor]]], aim: Aim) -> None:
        self._days, self._aim, self._place = days, aim, 0
        self._courses = [_Course([], ())] * len(days)
        self._came = [sum(map(len, each)) for each in zip(*days, strict=True)]
        self._kept = [0] * len(self._came)

    def go_on(self, tried: _Try) -> None:
        """Let the half hour be as it was tried, and come to the next one."""
        self._courses, self._place = tried.courses, self._place + 1
        self._kept = list(map(add, self._kept, tried.settled))

    def shares(self) -> list[float | None]:
        """Return the share that was taken within the norm, by half hour of coming."""
        both = zip(self._kept, self._came, strict=True)
        return [kept / came if came else None for kept, came in both]

    def fewest(self, guess: int) -> _Try:
        """Return the half hour with the fewest windows that keep the aim.

        With more windows nobody ever waits longer: so the edge is found by halving.
        """
        if not self._came[self._place] and not any(course.waiting for course in self._courses):
            return self.played(0)
        low, best = self._around(min(max(guess, 1), MOST_WINDOWS))
        while best.windows - low > 1 and self._fits(best):
            middle = self.played((low + best.windows) // 2)
            if self._fits(middle):
                best = middle
            else:
                low = middle.windows
        return best

    def _around(self, guess: int) -> tuple[int, _Try]:
        """Return windows that are too few, and the half hour with enough, or with the most."""
        low, step, best = 0, 1, self.played(guess)
        if self._fits(best):
            while best.windows > 1:
                fewer = self.played(max(best.windows - step, 1))
                if not self._fits(fewer):
                    return fewer.windows, best
                best, step = fewer, 2 * step
        while not self._fits(best) and best.windows < MOST_WINDOWS:
            low, step = best.windows, 2 * step
            best = self.played(min(low + step // 2, MOST_WINDOWS))
        return low, best

    def _fits(self, tried: _Try) -> bool:
        return tried.share >= self._aim.target

    def played(self, windows: int) -> _Try:
        """Return the half hour played with so many windows."""
        begins, ends = self._place * HALF_HOUR, (self._place + 1) * HALF_HOUR
        last = self._place + 1 == len(self._came)
        settled, hoped = [0] * len(self._came), [0] * len(self._came)
        after = []
        for day, course in zip(self._days, self._courses, strict=True):
            free = _opened(course.free, windows, begins)
            queue = course.waiting + day[self._place]
            taken = _take(queue, free, inf if last else ends, self._aim.norm, settled)
            waiting = queue[taken:]
            after.append(_Course(waiting, tuple(free)))
            if waiting:
                _take(waiting, free, inf, self._aim.norm, hoped)
        return _Try(windows, after, settled, self._share(settled, hoped))

    def _share(self, settled: Sequence[int], hoped: Sequence[int]) -> float:
        """Return the lowest share among the half hours for whose visitors it is not too late."""
        first = min((c.waiting[0][2] for c in self._courses if c.waiting), default=self._place)
        in_time = int((self._place * HALF_HOUR - self._aim.norm) // HALF_HOUR)
        return min(
            (
                (self._kept[place] + settled[place] + hoped[place]) / self._came[place]
                for place in range(max(first, in_time, 0), self._place + 1)
                if self._came[place]
            ),
            default=1.0,
        )


def _take(
    queue: Sequence[_Visitor], free: list[float], ends: float, norm: float, kept: list[int]
) -> int:
    """Serve a queue until a half hour ends and return how many were taken.

    `free` and `kept` are written on: this is where all the time goes.
    """
    if not free:
        return 0
    for number, (came, takes, place) in enumerate(queue):
        start = free[0]
        # max() would take a third longer
        if start < came:  # noqa: PLR1730
            start = came
        if start >= ends:
            return number
        heapreplace(free, start + takes)
        if start - came <= norm:
            kept[place] += 1
    return len(queue)


def _opened(free: Sequence[float], windows: int, begins: float) -> list[float]:
    """Return the heap of so many windows: new ones are free at once, the first free ones close."""
    if windows > len(free):
        opened = [*free, *[begins] * (windows - len(free))]
    else:
        opened = sorted(free)[len(free) - windows :]
    heapify(opened)
    return opened


def _to_the_end(plan: Sequence[int]) -> list[int]:
    """Return the plan with its last windows open until nobody waits."""
    end = max((place for place, have in enumerate(plan, 1) if have), default=0)
    return [*plan[:end], *[plan[end - 1]] * (len(plan) - end)]


def _drawn(
    expected: Sequence[float], likely: Sequence[float], chance: Random
) -> list[list[list[_Visitor]]]:
    """Return the visitors of each played day, half hour by half hour."""
    fewest, most = RUNS
    days = min(max(round(VISITORS / max(sum(expected), 1)), fewest), most)
    tables = [_poisson(mean) for mean in expected]
    return [
        [
            _visitors(place, bisect(table, chance.random()), likely, chance)
            for place, table in enumerate(tables)
        ]
        for _ in range(days)
    ]


def _visitors(place: int, count: int, likely: Sequence[float], chance: Random) -> list[_Visitor]:
    came = sorted((place + chance.random()) * HALF_HOUR for _ in range(count))
    return [
        (at, takes, place) for at, takes in zip(came, chance.choices(likely, k=count), strict=True)
    ]


def _poisson(mean: float) -> list[float]:
    """Return the chances of at most 0, 1, 2, … visitors, as far as anybody will ever come."""
    steps = range(1, int(mean + 8 * mean**0.5) + 8)
    terms = accumulate(steps, lambda term, n: term * mean / n, initial=exp(-mean))
    return list(accumulate(terms))

"""What a change would do to the waits: two halls go on side by side, with the same chance.

In each pair of runs the same visitors come with the same luck, so that what differs between the
two is the change, not the day. A difference's range holds 90 % of the pairs.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev
from typing import Final

from queue_server.domain.hall_changes import Scene
from queue_server.domain.hall_watch import STEP, Key, Look, Seen, Who, comparable, watched

#: shares of the pairs below and above a difference's range, and of the runs beside a course's band
BEYOND, BESIDE = 0.05, 0.1
#: fewer pairs say nothing about a range
LEAST: Final = 24
#: a smaller change is none: minutes, and shares of visitors
LEAST_MINUTES, LEAST_SHARE = 0.5, 0.01
#: so many pairs tell which advice is worth a closer look, and so many are looked at
AT_FIRST, BEST = 12, 3


@dataclass(frozen=True, slots=True)
class Difference:
    """After − before: on average, and the range that holds 90 % of the pairs."""

    mean: float
    low: float
    high: float
    #: standard error of the mean
    error: float
    #: whether there is a difference to speak of, on one side of nothing
    clear: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """A figure as it would be, as it would then be, and its change."""

    before: float
    after: float
    change: Difference


@dataclass(frozen=True, slots=True)
class Row:
    """What a change does to some visitors: minutes, and the share within the norm."""

    who: Who
    #: None for all groups
    group: str | None
    #: visitors, on average
    people: float
    mean: Effect
    within: Effect
    longest: Effect


@dataclass(frozen=True, slots=True)
class Band:
    """A figure on its way: the middle, and the range that holds 80 % of the runs."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Courses:
    """How a hall goes on, at every point of the comparison."""

    waiting: tuple[Band, ...]
    #: the wait of whoever comes at that time; None where too few come to tell
    newcomer: tuple[Band | None, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a change would do."""

    pairs: int
    rows: tuple[Row, ...]
    #: minutes from now, of each point of the courses
    points: tuple[float, ...]
    before: Courses
    after: Courses


@dataclass(frozen=True, slots=True)
class Advice:
    """What opening one window would save: minutes of waiting, added up over all visitors."""

    window: int
    pairs: int
    saved: Difference
    rows: tuple[Row, ...]


def compare(
    before: Scene,
    after: Scene,
    look: Look,
    *,
    pairs: int,
    seed: int,
    enough: Callable[[], bool] = lambda: False,
) -> Comparison:
    """Return what differs between two halls, out of so many pairs of runs.

    `enough` is asked after each pair beyond the least number: a budget may end it early. The same
    seed and halls give the same answer.
    """
    known = comparable(before.hall, after.hall)
    was: list[Seen] = []
    then: list[Seen] = []
    while len(was) < pairs and (len(was) < LEAST or not enough()):
        luck = _seed(seed, len(was))
        was.append(watched(before, luck, look, known))
        then.append(watched(after, luck, look, known))
    return Comparison(
        pairs=len(was),
        rows=_rows(was, then),
        points=tuple(float(STEP * n) for n in range(len(was[0].waiting))),
        before=_courses(was),
        after=_courses(then),
    )


def advise(
    before: Scene,
    choices: Mapping[int, Scene],
    look: Look,
    *,
    pairs: int,
    seed: int,
    enough: Callable[[], bool] = lambda: False,
) -> tuple[Advice, ...]:
    """Return the best of the windows that might open, the best first.

    All are tried a few times, the most promising then more often.
    """
    trials = {number: _Trial(before, scene, look, seed) for number, scene in choices.items()}
    for trial in trials.values():
        trial.go_on(AT_FIRST)
    ranked = sorted(trials, key=lambda number: trials[number].saved.mean, reverse=True)[:BEST]
    for count in range(AT_FIRST + 1, pairs + 1):
        if not ranked or (count > LEAST and enough()):
            break
        for number in ranked:
            trials[number].go_on(count)
    best = sorted(ranked, key=lambda number: trials[number].saved.mean, reverse=True)
    return tuple(trials[number].advice(number) for number in best)


class _Trial:
    """One window that might open, beside the hall as it is."""

    def __init__(self, before: Scene, after: Scene, look: Look, seed: int) -> None:
        self._scenes, self._look, self._seed = (before, after), look, seed
        self._known = comparable(before.hall, after.hall)
        self._seen: tuple[list[Seen], list[Seen]] = ([], [])

    def go_on(self, count: int) -> None:
        """Make pairs until there are so many."""
        for number in range(len(self._seen[0]), count):
            luck = _seed(self._seed, number)
            for scene, seen in zip(self._scenes, self._seen, strict=True):
                seen.append(watched(scene, luck, self._look, self._known))

    @property
    def saved(self) -> Difference:
        """Minutes of waiting that the opening saves, summed up over the hall."""
        was, then = ([STEP * sum(one.waiting) for one in seen] for seen in self._seen)
        return _difference(list(map(float.__sub__, map(float, was), map(float, then))), STEP)

    def advice(self, number: int) -> Advice:
        """Return what was found."""
        rows = tuple(row for row in _rows(*self._seen) if row.group is None)
        return Advice(number, len(self._seen[0]), self.saved, rows)


def _rows(was: Sequence[Seen], then: Sequence[Seen]) -> tuple[Row, ...]:
    """Return a row for all, then one for each group of which there was somebody often enough."""
    keys = {key for seen in was for key in seen.stats}
    order = sorted(keys, key=lambda key: (key[1] is not None, key[0] != "waiting", key[1] or ""))
    found = (_row(key, was, then) for key in order)
    return tuple(row for row in found if row is not None)


def _row(key: Key, was: Sequence[Seen], then: Sequence[Seen]) -> Row | None:
    pairs = [
        (one.stats[key], other.stats[key])
        for one, other in zip(was, then, strict=True)
        if key in one.stats and key in other.stats
    ]
    if len(pairs) < min(LEAST, len(was)):
        return None
    return Row(
        who=key[0],
        group=key[1],
        people=sum(one.people for one, _ in pairs) / len(was),
        mean=_effect([(a.mean, b.mean) for a, b in pairs], LEAST_MINUTES),
        within=_effect([(a.within, b.within) for a, b in pairs], LEAST_SHARE),
        longest=_effect([(a.longest, b.longest) for a, b in pairs], LEAST_MINUTES),
    )


def _effect(pairs: Sequence[tuple[float, float]], least: float) -> Effect:
    return Effect(
        fmean(before for before, _ in pairs),
        fmean(after for _, after in pairs),
        _difference([after - before for before, after in pairs], least),
    )


def _difference(changes: Sequence[float], least: float) -> Difference:
    ordered, mean = sorted(changes), fmean(changes)
    low, high = _quantile(ordered, BEYOND), _quantile(ordered, 1 - BEYOND)
    error = stdev(changes) / len(changes) ** 0.5 if len(changes) > 1 else abs(mean)
    clear = abs(mean) >= least and (low >= 0 < high or high <= 0 > low)
    return Difference(mean, low, high, error, clear)


def _courses(seen: Sequence[Seen]) -> Courses:
    waiting = zip(*(one.waiting for one in seen), strict=True)
    newcomers = zip(*(one.newcomers for one in seen), strict=True)
    pooled = (list(itertools.chain.from_iterable(waits)) for waits in newcomers)
    return Courses(
        tuple(_band(list(map(float, numbers))) for numbers in waiting),
        tuple(_band(waits) if len(waits) >= LEAST else None for waits in pooled),
    )


def _band(values: list[float]) -> Band:
    values.sort()
    return Band(_quantile(values, BESIDE), _quantile(values, 0.5), _quantile(values, 1 - BESIDE))


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Return a quantile between the two nearest values."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def _seed(seed: int, number: int) -> int:
    return seed * 1_000 + number

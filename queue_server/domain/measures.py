"""The measures' formulas over bags of counts; docs/measures.md says each in one line."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from queue_server.domain.measures_facts import LONGEST_BIN, MINUTE

#: of a person nothing is said from fewer cases than this
FEWEST: Final = 30
#: a normal variable lies within so many standard deviations in 95 % of cases
_Z: Final = 1.959964
#: minutes are told to the hundredth, shares to the hundredth of a percent
_DIGITS: Final[Mapping[str, int]] = {"minutes": 2, "share": 4}


class Index(NamedTuple):
    """Expected milliseconds, and how the actual ones stand to them with a 95 % interval."""

    expected: float
    value: float | None
    low: float | None
    high: float | None


def share(part: float, whole: float) -> float | None:
    """Return part / whole, 0 to 1; None without a whole."""
    return round(part / whole, _DIGITS["share"]) if whole else None


def ratio(part: float, whole: float) -> float | None:
    """Return part / whole to the hundredth; None without a whole."""
    return round(part / whole, _DIGITS["minutes"]) if whole else None


def minutes(total: float, count: int = 1) -> float | None:
    """Return the mean in minutes of a total in milliseconds; None without a count."""
    return ratio(total / MINUTE, count)


def named(bag: Mapping[str, int], kind: str) -> Iterator[tuple[str, int]]:
    """Return (name, count) of the measures `kind:name`."""
    begin = f"{kind}:"
    return ((key[len(begin) :], n) for key, n in bag.items() if key.startswith(begin))


def wait_bins(bag: Mapping[str, int]) -> dict[int, int]:
    """Return how many waits ended in each begun minute, in order."""
    return dict(sorted((int(name), count) for name, count in named(bag, "wait")))


def quantile(bins: Mapping[int, int], share: float, longest: int) -> float | None:
    """Return the wait (minutes) that this share did not exceed, even within a begun minute.

    `longest` (ms) bounds it: nobody waited longer.
    """
    rank, seen = share * sum(bins.values()), 0
    for minute, count in bins.items():
        if seen + count >= rank:
            inside = minute - 1 + (rank - seen) / count if minute else 0.0
            inside = LONGEST_BIN if minute > LONGEST_BIN else inside
            return round(min(inside, longest / MINUTE), _DIGITS["minutes"])
        seen += count
    return None


def no_longer_than(bins: Mapping[int, int], norm: int) -> int:
    """Return how many waited at most `norm` whole minutes."""
    return sum(count for minute, count in bins.items() if minute <= norm)


def wilson(hits: int, n: int) -> tuple[float | None, float | None]:
    """Return the 95 % interval of a share, hits of n; (None, None) of nobody."""
    if n == 0:
        return None, None
    middle = (hits + _Z**2 / 2) / (n + _Z**2)
    half = _Z * math.sqrt(hits * (n - hits) / n + _Z**2 / 4) / (n + _Z**2)
    digits = _DIGITS["share"]
    return round(max(middle - half, 0.0), digits), round(min(middle + half, 1.0), digits)


def index(mix: Mapping[str, int], actual: int, center: Mapping[str, Mapping[str, int]]) -> Index:
    """Return how a time (ms) stands to what a mix of services takes by the center's own means.

    `center` is service → its bag; the interval follows from how far the services' times spread.
    """
    expected, variance = 0.0, 0.0
    for service, count in mix.items():
        bag = center[service]
        mean = bag.get("work_ms", 0) / bag["timed"]
        expected += count * mean
        variance += count * max(bag.get("work_s2", 0) / bag["timed"] - (mean / 1000) ** 2, 0.0)
    if sum(mix.values()) < FEWEST or not expected:
        return Index(expected, None, None, None)
    value, half = actual / expected, _Z * math.sqrt(variance) * 1000 / expected
    digits = _DIGITS["minutes"]
    low, high = round(max(value - half, 0.0), digits), round(value + half, digits)
    return Index(expected, round(value, digits), low, high)

"""The measures' formulas over bags of counts; docs/measures.md says each in one line."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final, NamedTuple

from queue_server.domain.measures_bag import LARGEST, Bag
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


def quantile(bag: Bag, share: float) -> float | None:
    """Return the wait (minutes) that this share did not exceed, even within a begun minute."""
    rank, seen = share * sum(bag.waits), 0
    for minute, count in enumerate(bag.waits):
        if count and seen + count >= rank:
            inside = minute - 1 + (rank - seen) / count if minute else 0.0
            inside = LONGEST_BIN if minute > LONGEST_BIN else inside
            return round(min(inside, bag[LARGEST] / MINUTE), _DIGITS["minutes"])
        seen += count
    return None


def service_level(bag: Bag, norm: int) -> float | None:
    """Return the share of waits of at most `norm` whole minutes."""
    return share(sum(bag.waits[: norm + 1]), sum(bag.waits))


def wilson(hits: int, n: int) -> tuple[float | None, float | None]:
    """Return the 95 % interval of a share, hits of n; (None, None) of nobody."""
    if n == 0:
        return None, None
    middle = (hits + _Z**2 / 2) / (n + _Z**2)
    half = _Z * math.sqrt(hits * (n - hits) / n + _Z**2 / 4) / (n + _Z**2)
    digits = _DIGITS["share"]
    return round(max(middle - half, 0.0), digits), round(min(middle + half, 1.0), digits)


def index(bag: Bag, center: Mapping[str, Bag]) -> Index:
    """Return how a clerk's time stands to what the own mix takes by the center's own means.

    `center` is service → its bag; the interval follows from how far the services' times spread.
    """
    expected, variance = 0.0, 0.0
    for service, count in bag.named("mix"):
        whole = center[service]
        mean = whole["work_ms"] / whole["timed"]
        expected += count * mean
        variance += count * max(whole["work_s2"] / whole["timed"] - (mean / 1000) ** 2, 0.0)
    if bag["timed"] < FEWEST or not expected:
        return Index(expected, None, None, None)
    value, half = bag["work_ms"] / expected, _Z * math.sqrt(variance) * 1000 / expected
    digits = _DIGITS["minutes"]
    low, high = round(max(value - half, 0.0), digits), round(value + half, digits)
    return Index(expected, round(value, digits), low, high)

"""What chance alone brings about: tails, quantiles, mean and standard deviation."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

#: a share that chance exceeds less often than this is looked at (domain.md §9, R7)
RARE: Final = 0.001


def binomial_tail(least: int, n: int, chance: float) -> float:
    """Return how probable `least` or more of n are, when each happens by itself with a chance.

    Exact to the precision of floats: the terms are summed from their logarithms.
    """
    if least <= 0:
        return 1.0
    if least > n or chance <= 0:
        return 0.0
    if chance >= 1:
        return 1.0
    odds = math.log(chance), math.log1p(-chance)
    terms = (_term(k, n, odds) for k in range(least, n + 1))
    return min(math.fsum(terms), 1.0)


def quantile(ordered: Sequence[float], share: float) -> float:
    """Return the value below which a share of ordered values lies, between two neighbours.

    Raises ValueError for no values.
    """
    if not ordered:
        raise ValueError("There is no quantile of nothing.")
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def mean_and_deviation(values: Sequence[float]) -> tuple[float, float]:
    """Return the mean and the standard deviation of a sample (n − 1); 0 of one value or none."""
    if not values:
        return 0.0, 0.0
    mean = math.fsum(values) / len(values)
    if len(values) == 1:
        return mean, 0.0
    return mean, math.sqrt(math.fsum((x - mean) ** 2 for x in values) / (len(values) - 1))


def longest_run(moments: Sequence[int], within: int) -> tuple[int, int]:
    """Return [begin, end) of the most ordered moments that lie inside a stretch of this length.

    Both ends of the stretch are inside it; the first such run of several.
    """
    best = (0, 0)
    for begin, moment in enumerate(moments):
        end = bisect_left(moments, moment + within + 1, begin)
        if end - begin > best[1] - best[0]:
            best = (begin, end)
    return best


def _term(k: int, n: int, odds: tuple[float, float]) -> float:
    ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    return math.exp(ways + k * odds[0] + (n - k) * odds[1])

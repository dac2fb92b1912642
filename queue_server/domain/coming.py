"""Who comes later in the day, by chance, and what luck they bring."""

from __future__ import annotations

import itertools
import math
import random
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple, TypeVar

from queue_server.domain.beliefs import HALF_HOURS, Arrivals
from queue_server.domain.hall_now import LAST, HallNow, Waiting
from queue_server.domain.ticket import FIRST

Thing = TypeVar("Thing")
_HALF_HOUR: Final = 30.0


class Luck(NamedTuple):
    """What chance has in store for one visitor, each from 0 to 1."""

    #: which of the likely minutes
    minutes: float
    #: comes to the window, or does not
    comes: float
    #: the clerk takes a break afterwards, and how long
    pause: float
    pause_minutes: float


def draw(chance: random.Random) -> Luck:
    """Return the luck of the next visitor."""
    one = chance.random
    return Luck(one(), one(), one(), one())


def later(
    hall: HallNow, expected: Arrivals, chance: random.Random, come_until: float
) -> Iterator[tuple[float, Waiting, Luck]]:
    """Yield who comes later and when: a Poisson stream whose rate changes each half hour."""
    end = come_until if hall.ends is None else min(come_until, since(hall.at, hall.ends))
    if not expected.rates or not any(expected.services.values()):
        return
    services, weights = _shares(expected.services)
    heads, shares = _shares({0.0: 1.0 - sum(expected.heads.values()), **expected.heads})
    clock, now = _minute_of_day(hall), 0.0
    for n in itertools.count():
        now = _next(now, clock, expected.rates, end, chance)
        if now >= end:
            return
        at = hall.at + timedelta(minutes=now)
        service = services[bisect_right(weights, chance.random())]
        head = heads[bisect_right(shares, chance.random())]
        statutory = chance.random() < expected.statutory
        key = FIRST if statutory else at - timedelta(minutes=head)
        yield now, Waiting(f"+{n}", service, at, key, LAST, statutory), draw(chance)


def _shares(weights: Mapping[Thing, float]) -> tuple[list[Thing], list[float]]:
    """Return things, and up to where in [0, 1] each one's share reaches."""
    total = sum(weights.values())
    reach = [part / total for part in itertools.accumulate(weights.values())]
    return list(weights), [*reach[:-1], math.inf]


def _next(
    now: float, clock: float, rates: Sequence[float], end: float, chance: random.Random
) -> float:
    """Return when the next one comes: the exponential wait begins anew with each half hour."""
    while now < end:
        half = int((clock + now) // _HALF_HOUR)
        border = (half + 1) * _HALF_HOUR - clock
        rate = rates[half % HALF_HOURS] / _HALF_HOUR
        gap = chance.expovariate(rate) if rate > 0 else math.inf
        if now + gap < border:
            return now + gap
        now = border
    return end


def _minute_of_day(hall: HallNow) -> float:
    at = hall.at
    return (at.hour * 60 + at.minute + at.second / 60 + hall.offset) % (24 * 60)


def since(earlier: datetime, then: datetime) -> float:
    """Return the minutes between two moments."""
    return (then - earlier).total_seconds() / 60

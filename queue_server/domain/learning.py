"""From observations to beliefs: what is seen is blended with what was planned.

A catalogue's minutes may all be wrong by the same share, and the first hours show it: the plan is
scaled by that share first, then stands beside what each service has shown. (Shrinking towards a
common mean is James and Stein's; the constants were tried on the reference simulator.)
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from statistics import NormalDist, fmean
from typing import Final

from queue_server.domain import expected_arrivals
from queue_server.domain.beliefs import ABSENT, PAUSES, Beliefs
from queue_server.domain.catalogue import Catalogue
from queue_server.domain.lessons import Lessons, Work, pooled
from queue_server.domain.observations import Observations

#: the plan of a service is believed as if so many visitors had been observed
PSEUDO: Final = 20
#: and spreads like a lognormal with this coefficient of variation
_CV: Final = 0.6
#: that the plan as a whole is right is believed as if so many visitors had been observed
_PLAN_VISITS: Final = 4.0
#: somebody still at a window stands for so much of a finished visit: with it, the windows' time
#: over the visits they finished is unbiased also while few have finished (renewal theory)
_IN_HAND: Final = (1 - _CV**2) / 2
#: a clerk is believed to be like the others as if in so many visits
_CLERK_VISITS: Final = 30.0
_SLOWEST, _FASTEST = 2.0, 0.5
#: a service's minutes are told by so many values, rare times by fewer
_VALUES, _FEW_VALUES = 200, 50
#: rates are believed as if seen so often before, at the defaults of `Beliefs`
_USUAL_CALLS, _USUAL_VISITS, _USUAL_GAPS = 20.0, 100.0, 20.0
#: no plan is shorter, minutes; none is off by more
_LEAST, _MOST_OFF = 0.5, 5.0

_USUAL: Final = Beliefs({})


def believe(
    catalogue: Catalogue,
    days: Iterable[Observations],
    today: Observations,
    now: datetime,
) -> Beliefs:
    """Return what to believe of the hall after these days and today so far."""
    return believed(catalogue, pooled(days), today, now)


def believed(catalogue: Catalogue, past: Lessons, today: Observations, now: datetime) -> Beliefs:
    """Return what to believe of the hall, with the past days pooled already."""
    known = pooled([today], past)
    scale = plan_ratio(catalogue, known, today.hands)
    minutes = {
        service.id: _blended(known.minutes.get(service.id, ()), _planned(service.minutes) * scale)
        for service in catalogue.services
    }
    means = {service: fmean(values) for service, values in minutes.items()}
    calls, visits = known.calls + _USUAL_CALLS, known.visits + _USUAL_VISITS
    return Beliefs(
        minutes=minutes,
        clerks={clerk: _factor(works, means) for clerk, works in known.clerks.items()},
        no_show=(len(known.absent) + _USUAL.no_show * _USUAL_CALLS) / max(calls, 1.0),
        absent=thinned([*known.absent, *ABSENT], _FEW_VALUES),
        pause_after=(len(known.pauses) + _USUAL.pause_after * _USUAL_VISITS) / visits,
        pauses=thinned([*known.pauses, *PAUSES], _FEW_VALUES),
        between=known.gap_minutes / (known.gaps + _USUAL_GAPS),
        arrivals=expected_arrivals.arrivals(catalogue, known, known.days[-1], now),
        means=means,
    )


def plan_ratio(
    catalogue: Catalogue, known: Lessons, hands: Sequence[tuple[str, float]] = ()
) -> float:
    """Return how many times as long as planned services take, over all of them, shrunk to 1."""
    planned = {service.id: _planned(service.minutes) for service in catalogue.services}
    took, plan, mix = 0.0, 0.0, []
    for service, found in known.minutes.items():
        if service in planned:
            took, plan = took + sum(found), plan + len(found) * planned[service]
            mix.append((len(found), planned[service]))
    for service, since in hands:
        if service in planned:
            took += since
            plan += min(_IN_HAND * planned[service], since)
            mix.append((1, planned[service]))
    visits = sum(count for count, _ in mix)
    if not visits:
        return 1.0
    prior = _PLAN_VISITS * sum(count * minutes for count, minutes in mix) / visits
    return min(max((took + prior) / (plan + prior), 1 / _MOST_OFF), _MOST_OFF)


def thinned(values: Sequence[float], most: int) -> tuple[float, ...]:
    """Return at most so many values that stand for all: each the mean of its share of them."""
    values = sorted(values)
    n = len(values)
    if n <= most:
        return tuple(values)
    cuts = [part * n // most for part in range(most + 1)]
    return tuple(fmean(values[a:b]) for a, b in pairwise(cuts))


def _planned(minutes: float) -> float:
    return max(minutes, _LEAST)


def _blended(found: Sequence[float], plan: float) -> tuple[float, ...]:
    return thinned([*found, *(plan * share for share in _SPREAD)], _VALUES)


def _factor(works: Mapping[str, Work], means: Mapping[str, float]) -> float:
    """Return how many times as long as others a clerk takes for the own mix of services."""
    known = [(work, means[service]) for service, work in works.items() if service in means]
    visits = sum(work.visits for work, _ in known)
    if not visits:
        return 1.0
    expected = sum(work.visits * mean for work, mean in known)
    took = sum(work.minutes for work, _ in known)
    prior = _CLERK_VISITS * expected / visits
    return min(max((took + prior) / (expected + prior), _FASTEST), _SLOWEST)


def _spread() -> tuple[float, ...]:
    """Return equally likely values of a lognormal with mean 1."""
    sigma, normal = math.sqrt(math.log1p(_CV**2)), NormalDist()
    values = [math.exp(sigma * normal.inv_cdf((place + 0.5) / PSEUDO)) for place in range(PSEUDO)]
    return tuple(value / fmean(values) for value in values)


_SPREAD: Final = _spread()

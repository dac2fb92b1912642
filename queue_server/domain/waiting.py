"""How long visitors will wait: the hall is let go on many times, with the rule of the real one.

A forward Monte-Carlo simulation; one pass tells everybody's wait, and that of whoever would come
now for a service.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from statistics import fmean
from typing import Final

from queue_server.domain.beliefs import Beliefs
from queue_server.domain.estimate import LONGEST, Reckoning
from queue_server.domain.hall_now import HallNow, Waiting
from queue_server.domain.hall_run import run

#: the range leaves out these shares of the runs below and above
BELOW, ABOVE = 0.15, 0.085
#: fewer runs say nothing about a range
LEAST: Final = 12


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is foreseen of a hall."""

    at: datetime
    runs: int
    #: ticket id → its wait from `at`
    tickets: Mapping[str, Reckoning] = field(default_factory=dict)
    #: service → the wait of whoever would come now; None: no window serves it
    newcomers: Mapping[str, Reckoning | None] = field(default_factory=dict)


def predict(
    hall: HallNow,
    beliefs: Beliefs,
    *,
    runs: int,
    seed: int,
    enough: Callable[[], bool] = lambda: False,
) -> Outlook:
    """Return the waits of all who wait and all who are asked for, out of so many runs.

    `enough` is asked after each run beyond the least number: a budget may end it early. The same
    seed, hall and beliefs give the same outlook.
    """
    twins = _twins(hall)
    alike = replace(hall, asked=tuple(who for who in hall.asked if twins[who.id] == who.id))
    chance = random.Random(seed)  # noqa: S311 - no secret hangs on it
    waits: dict[str, list[float]] = {who.id: [] for who in (*hall.waiting, *alike.asked)}
    done = 0
    while done < runs and (done < LEAST or not enough()):
        called = run(alike, beliefs, chance).called
        for id_, found in waits.items():
            found.append(called.get(id_, float(LONGEST)))
        done += 1
    reckoned = {id_: reckon(found) for id_, found in waits.items() if found}
    return Outlook(
        hall.at,
        done,
        {who.id: reckoned[who.id] for who in hall.waiting if who.id in reckoned},
        {id_: reckoned.get(twin) if twin else None for id_, twin in twins.items()},
    )


def reckon(waits: Sequence[float]) -> Reckoning:
    """Return the middle and the range of simulated waits, in minutes."""
    ordered = sorted(waits)
    middle = (fmean(ordered) + _quantile(ordered, 0.5)) / 2
    low, high = _quantile(ordered, BELOW), _quantile(ordered, 1 - ABOVE)
    return Reckoning(round(middle, 1), round(low, 1), round(high, 1), "simulated")


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Return a quantile between the two nearest values."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def _twins(hall: HallNow) -> dict[str, str]:
    """Return for each newcomer the one whose wait is the same; "" for one whom nobody serves.

    Services that the same windows take at the same level share their newcomers' wait: a center of
    sixty services has some twenty such kinds.
    """
    first: dict[object, str] = {}
    return {who.id: _first(hall, who, first) for who in hall.asked}


def _first(hall: HallNow, who: Waiting, first: dict[object, str]) -> str:
    taken = [
        (each.desk.number, taking.level, taking.help_after)
        for each in hall.desks
        if (taking := each.desk.takes.get(who.service)) is not None
    ]
    if not taken:
        return ""
    helped = who.service if any(after for _, _, after in taken) else ""
    kind = (tuple(taken), helped, who.order_key, who.statutory, who.needs, who.language)
    return first.setdefault(kind, who.id)

"""One who comes to the hall, with all that chance has decided about the visit."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import Final, TypeVar

from queue_server.simulation.world import Errand, Work, World

#: who gives up does so after so many minutes
PATIENCE: Final = (12.0, 50.0)
#: a copy is fetched in so many minutes
FETCHING: Final = (3.0, 12.0)
#: who is at the wrong window is sent on after so many minutes
WRONG_WINDOW: Final = 1.5
#: what those who rate say
STARS: Final = {5: 0.62, 4: 0.22, 3: 0.09, 2: 0.04, 1: 0.03}

_Kind = TypeVar("_Kind")


@dataclass(frozen=True, slots=True)
class Visitor:
    """One who comes; times in UTC."""

    at: datetime
    service: str
    #: service → minutes at a clerk of usual speed
    minutes: Mapping[str, float]
    event: str | None = None
    #: further services of the same visit
    legs: tuple[str, ...] = ()
    category: str | None = None
    language: str = ""
    needs: frozenset[str] = frozenset()
    #: whether the visitor comes when called, and how many seconds that takes
    comes: bool = True
    walk: float = 10.0
    #: minutes of the break that the clerk takes after this visitor; 0 for none
    pause: float = 0.0
    #: the service that the visitor is sent on to from the first window
    sent_on: str | None = None
    #: minutes to fetch a copy in the middle of the visit
    fetches: float | None = None
    #: minutes after which the visitor gives up, if not called
    patience: float | None = None
    stars: int | None = None
    outcome: str = "solved"


class Crowd:
    """Those who may come to a world's hall."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._shares = list(accumulate(errand.share for errand in world.errands))
        self._languages = list(accumulate(world.languages.values()))
        self._tags = list(world.languages)

    def draw(self, at: datetime, chance: random.Random) -> Visitor:
        """Return one who comes then; all that is to happen is drawn here, in one order."""
        world, habits = self._world, self._world.habits
        errand = chance.choices(world.errands, cum_weights=self._shares)[0]
        fate = [chance.random() for _ in range(9)]
        sent_on = self._elsewhere(errand, chance) if fate[4] < habits.sent_on else None
        services = tuple(filter(None, (errand.service, *errand.legs, sent_on)))
        return Visitor(
            at=at,
            service=errand.service,
            minutes={name: _minutes(world.work[name], chance) for name in services},
            event=errand.event,
            legs=errand.legs,
            category=_one_of(world.categories, fate[0]),
            language=chance.choices(self._tags, cum_weights=self._languages)[0],
            needs=self._needs(services, fate[1]),
            comes=fate[2] >= habits.no_show,
            walk=chance.uniform(*habits.walk),
            pause=chance.uniform(*habits.pauses) if fate[3] < habits.pause else 0.0,
            sent_on=sent_on,
            fetches=chance.uniform(*FETCHING) if fate[5] < habits.fetches else None,
            patience=chance.uniform(*PATIENCE) if fate[6] < habits.gives_up else None,
            stars=_one_of(STARS, chance.random()) if fate[7] < habits.rates else None,
            outcome=self._outcome(fate[8]),
        )

    def stranger(self, at: datetime, service: str, chance: random.Random) -> Visitor:
        """Return one who came by himself, and is now called for a service."""
        work = self._world.work.get(service, Work(10.0))
        walk = chance.uniform(*self._world.habits.walk)
        return Visitor(at, service, {service: _minutes(work, chance)}, walk=walk)

    def _needs(self, services: tuple[str, ...], fate: float) -> frozenset[str]:
        """Return what the windows must be able to do, if any can for all that is wanted."""
        need = _one_of(self._world.needs, fate)
        able = [w for w in self._world.catalogue.windows if need in w.skills]
        can = all(any(service in window.takes for window in able) for service in services)
        return frozenset({need}) if need and can else frozenset()

    def _elsewhere(self, errand: Errand, chance: random.Random) -> str | None:
        """Return the service that somebody truly needs who asked for another one."""
        if errand.legs:
            return None
        others = [each.service for each in self._world.errands if each.service != errand.service]
        return chance.choice(others) if others else None

    def _outcome(self, fate: float) -> str:
        habits = self._world.habits
        ends = {"turned_away": habits.turned_away, "forwarded": habits.forwarded}
        return _one_of(ends, fate) or "solved"


def _minutes(work: Work, chance: random.Random) -> float:
    """Return the minutes of one service: lognormal, with the mean and the spread of the truth."""
    variance = math.log(1 + work.spread**2)
    return work.minutes * chance.lognormvariate(-variance / 2, math.sqrt(variance))


def _one_of(shares: Mapping[_Kind, float], fate: float) -> _Kind | None:
    """Return what a number between 0 and 1 decides, where shares may leave a rest for nothing."""
    for kind, share in shares.items():
        fate -= share
        if fate < 0:
            return kind
    return None

"""How well waits are predicted on the reference simulator, beside what others would have said.

Every visitor of some days at three loads is told a wait as a center would tell it; the simulator,
which shares nothing with the prediction but the rule of the hall, says what came. All estimators
reckon with the same learned means, but those of the last lines, which know the plan alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from statistics import fmean
from typing import Final

from queue_server.domain import learning, waiting
from queue_server.domain.beliefs import Beliefs
from queue_server.domain.estimate import LONGEST, Estimate, Reckoning, shown
from queue_server.domain.hall_now import DeskNow, HallNow, Waiting
from queue_server.domain.lessons import Lessons, pooled
from queue_server.domain.opening import Opening
from queue_server.domain.routing import Desk
from queue_server.simulation import days, memory_hall, reference
from queue_server.simulation.memory_hall import MemoryHall
from queue_server.simulation.world import World
from tests.bench.others import KINDS, others
from tests.bench.seen import seen_until

LOADS: Final = (0.8, 0.9, 1.0)
#: a Monday; the days before it have taught, those from it on are told
FIRST: Final = date(2026, 9, 7)
TAUGHT, TOLD = 20, 8
#: courses of the hall behind each prediction
RUNS: Final = 60
#: what is believed is renewed so often
RENEWED: Final = timedelta(minutes=10)
#: clerks open within so long of the doors
UNPUNCTUAL: Final = timedelta(minutes=2)
#: the hall whose refresh is timed has so many who wait
CROWD: Final = 60
HEAD: Final = (
    "  hall    told  wait |  ours "
    + " ".join(f"{kind:>6}" for kind in KINDS)
    + " | naive    QL |  bias inside  kept  >10  >10m"
)
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Told:
    """One visitor: what each estimator said at the issue, and what came; minutes."""

    waited: float
    ours: Reckoning
    shown: Estimate
    #: kind → minutes
    others: dict[str, float]


def report(say: Say, *, quick: bool = False) -> None:
    """Print the tables."""
    several = TOLD // 4 if quick else TOLD
    say("  mean absolute error, minutes | ours as a share | bias: wait - reckoned; inside what was")
    say("  said; kept: no later than said; >10: that much past its end, >10m: past its middle")
    say(HEAD)
    for load in LOADS:
        say(line(f"{load:.0%}", list(told(reference.world(load, seed=11), several))))
    say("  day one at 90 %, the plan's minutes wrong by so much; the others reckon with the plan")
    for planned in (0.6, 1.0, 1.5):
        world = reference.world(0.9, seed=11, planned=planned)
        say(line(f"×{planned}", [one for n in range(several) for one in _day_one(world, n)]))
    say(_cost())


def told(world: World, several: int, seed: int = 5) -> Iterator[Told]:
    """Yield every visitor of so many days who was called, after the days that have taught."""
    past = [seen_until(memory_hall.play(world, _day(world, day, seed))) for day in _before()]
    lessons = pooled(past)
    for number, day in enumerate(_from(FIRST, several)):
        yield from _Teller(world, lessons, _day(world, day, seed + 1000 + number)).told()


def line(name: str, all_told: Sequence[Told]) -> str:
    """Return a row of the table."""
    n = len(all_told)
    ours = fmean(abs(one.ours.minutes - one.waited) for one in all_told)
    errors = {k: fmean(abs(one.others[k] - one.waited) for one in all_told) for k in KINDS}
    bias = fmean(one.waited - one.ours.minutes for one in all_told)
    inside = sum(one.shown.low <= one.waited <= one.shown.high for one in all_told) / n
    kept = sum(one.waited <= one.shown.high for one in all_told) / n
    late = sum(one.waited > one.shown.high + 10 for one in all_told) / n
    past_middle = sum(one.waited > one.ours.minutes + 10 for one in all_told) / n
    return (
        f"  {name:>4} {n:7,} {fmean(one.waited for one in all_told):5.1f} | {ours:5.1f} "
        + " ".join(f"{errors[kind]:6.1f}" for kind in KINDS)
        + f" | {ours / errors['naive']:5.2f} {ours / errors['QL']:5.2f}"
        + f" | {bias:+5.1f} {inside:6.0%} {kept:5.0%} {late:4.1%} {past_middle:5.1%}"
    )


def _day_one(world: World, number: int) -> Iterator[Told]:
    """Yield the visitors of a center's first day; the others know what the plan says."""
    plan = {service.id: service.minutes for service in world.catalogue.services}
    brought = _day(world, FIRST, 100 + number)
    return _Teller(world, pooled([]), brought, plan).told()


def _cost() -> str:
    """Return what a prediction costs in a crowd: processor time, best of five."""
    world = reference.world(1.6, seed=11)
    kept: list[HallNow] = []

    def look(hall: MemoryHall, _ticket: Waiting) -> None:
        if len(kept) < 1 and sum(1 for _ in hall.waiting) >= CROWD:
            kept.append(hall.snapshot())

    past = pooled([seen_until(memory_hall.play(world, _day(world, FIRST, 5), look))])
    hall = kept[0]
    today = seen_until(memory_hall.MemoryHall(world, _day(world, FIRST, 5)))
    beliefs = learning.believed(world.catalogue, past, today, hall.at)
    alone = replace(hall, asked=hall.asked[:1])
    each, all_ = (min(_timed(which, beliefs) for _ in range(5)) for which in (alone, hall))
    return (
        f"  {len(hall.waiting)} waiting, {RUNS} courses: a newcomer {1000 * each:.0f} ms, the whole"
        f" hall {1000 * all_:.0f} ms of processor time, {1000 * all_ / len(hall.waiting):.1f} ms a"
        " visitor"
    )


def _timed(hall: HallNow, beliefs: Beliefs) -> float:
    began = time.process_time()
    waiting.predict(hall, beliefs, runs=RUNS, seed=1)
    return time.process_time() - began


class _Teller:
    """Tells every visitor of a day a wait, as the center would."""

    def __init__(
        self, world: World, lessons: Lessons, day: days.Day, plan: dict[str, float] | None = None
    ) -> None:
        self._world, self._lessons, self._day, self._plan = world, lessons, day, plan
        self._said: dict[str, tuple[Reckoning, dict[str, float]]] = {}
        self._believed: tuple[datetime, Beliefs] | None = None

    def told(self) -> Iterator[Told]:
        """Play the day and yield who was called."""
        hall = memory_hall.play(self._world, self._day, self._tell)
        for id_, (ours, said) in self._said.items():
            waited = hall.visits[id_].waited
            if waited is not None:
                yield Told(waited, ours, shown(ours), said)

    def _tell(self, hall: MemoryHall, ticket: Waiting) -> None:
        now, beliefs = self._with_those_to_open(hall.snapshot()), self._beliefs(hall)
        line = tuple(who for who in now.waiting if who.id != ticket.id)
        asked = replace(now, waiting=line, asked=(replace(ticket, id="?"),))
        seen = waiting.predict(asked, beliefs, runs=RUNS, seed=len(self._said))
        ours = seen.newcomers["?"] or Reckoning(LONGEST, LONGEST, LONGEST, "quick")
        self._said[ticket.id] = ours, others(hall, now, line, ticket, self._plan or beliefs.means)

    def _with_those_to_open(self, now: HallNow) -> HallNow:
        """Return the hall with the planned windows whose clerks are about to open."""
        if now.at - self._day.opens > UNPUNCTUAL:
            return now
        there = {each.desk.number for each in now.desks}
        soon = Opening(now.at, self._day.opens + UNPUNCTUAL)
        late = [
            DeskNow(Desk(each.number, "", each.takes, each.skills), away=(soon,))
            for each in self._world.catalogue.windows
            if each.number not in there
        ]
        return replace(now, desks=(*now.desks, *late))

    def _beliefs(self, hall: MemoryHall) -> Beliefs:
        if self._believed is None or hall.now - self._believed[0] >= RENEWED:
            today = seen_until(hall)
            found = learning.believed(self._world.catalogue, self._lessons, today, hall.now)
            self._believed = hall.now, found
        return self._believed[1]


def _day(world: World, day: date, seed: int) -> days.Day:
    brought = days.draw(world, day, seed)
    assert brought is not None
    return brought


def _before() -> list[date]:
    """Return the working days that have taught."""
    return _from(FIRST - timedelta(weeks=TAUGHT // 5), TAUGHT)


def _from(first: date, several: int) -> list[date]:
    """Return so many working days from a Monday on."""
    return [first + timedelta(weeks=number // 5, days=number % 5) for number in range(several)]

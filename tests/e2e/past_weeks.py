"""A past for the handbook's center: its last days were lived, of the weeks before only the sums."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import closing
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from queue_server import bootstrap
from queue_server.bootstrap import Wiring
from queue_server.domain import observations
from queue_server.domain.observations import Observations
from queue_server.simulation import days, past_days
from queue_server.simulation.days import Day
from queue_server.simulation.past_days import Plan
from queue_server.simulation.world import hurried, of_catalogue, scaled

#: how full the center's days are
LOAD = 0.75
#: in a `BusyDay` each visitor takes so many times less, and it is so full
PACE, CALM = 2.6, 0.7


def live(wiring: Wiring, until: date, several: int, *, briefly: bool) -> None:
    """Live so many days, with foreseen waits; briefly with few visitors and none foreseen."""
    plan = Plan(several, until, load=0.1 if briefly else LOAD, foresees=not briefly)
    past_days.write(wiring, plan, lambda _line: None)


def remember(wiring: Wiring, until: date, weeks: int) -> None:
    """Let the center believe in so many weeks of days like a `BusyDay`, up to a day."""
    center, database = bootstrap.open_center(wiring)
    with closing(database), center.write() as work:
        catalogue = work.catalogues.current()
        world = scaled(hurried(of_catalogue(catalogue, past_days.USUAL), PACE), CALM)
        for n in range(7 * weeks):
            drawn = days.draw(world, until - timedelta(days=n), world.seed)
            if drawn is not None:
                seen = _seen(drawn, ZoneInfo(catalogue.timezone))
                work.observations.put(drawn.date, observations.body(seen))


def _seen(day: Day, zone: ZoneInfo) -> Observations:
    """Return what a day teaches on which everybody was served by one clerk."""
    arrivals: defaultdict[str, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    served: defaultdict[str, list[float]] = defaultdict(list)
    for visitor in day.visitors:
        local = visitor.at.astimezone(zone)
        arrivals[visitor.service][2 * local.hour + local.minute // 30] += 1
        served[visitor.service] += _rounded(visitor.minutes.values())
    return Observations(
        day.date.isoformat(),
        served={service: {"clerk1": minutes} for service, minutes in served.items()},
        arrivals={service: dict(halves) for service, halves in arrivals.items()},
    )


def _rounded(minutes: Iterable[float]) -> list[float]:
    return [round(each, 2) for each in minutes]

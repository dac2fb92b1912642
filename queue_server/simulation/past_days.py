"""Past days for a center that does not run: played through its real use cases, then put in place.

They are played in a copy, where a commit costs no turn of a disk; the copy takes the database's
place when all is well, whole or not at all.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from queue_server import bootstrap
from queue_server.bootstrap import Wiring
from queue_server.domain.calendar import service_day
from queue_server.domain.catalogue import Catalogue
from queue_server.simulation import center_hall, days
from queue_server.simulation.days import Day
from queue_server.simulation.world import World, of_catalogue, scaled
from queue_server.storage import backup
from queue_server.storage.errors import StorageError
from queue_server.usecases.ports import Center

#: memory that is a folder; where it is not, the copy lies beside the database
QUICK: Final = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it, for us alone
#: a day of so many visitors fills so many bytes
USUAL, BYTES = 440, 8_000_000
#: a week has a day on which the center is open, but for holidays: so many days are looked at more
HORIZON: Final = 60
_DAY: Final = timedelta(days=1)
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """Which days to play."""

    days: int
    #: the last one at the latest; None: yesterday
    until: date | None = None
    #: of a mean day; with a load so many as that takes
    visitors: float = USUAL
    load: float | None = None
    seed: int = 1
    #: visitors are told what a running center would foresee
    foresees: bool = True


def dates(catalogue: Catalogue, plan: Plan, now: datetime) -> list[date]:
    """Return the days to play, in order: those on which the center is open.

    Raises StorageError for a last day that is not over, and where none is open.
    """
    today = service_day(None, now, catalogue.timezone)
    until = plan.until or today - _DAY
    if until >= today:
        raise StorageError(f"{until} is not over yet; only past days are written.")
    back = (until - n * _DAY for n in range(plan.days * 7 + HORIZON))
    found = list(islice((day for day in back if catalogue.calendar.opens(day)), plan.days))
    if not found:
        raise StorageError("The center was open on none of these days.")
    return found[::-1]


def before(catalogue: Catalogue, plan: Plan, now: datetime) -> datetime:
    """Return the midnight before all that is played; raises StorageError as `dates` does."""
    first = dates(catalogue, plan, now)[0]
    return datetime.combine(first, time(), ZoneInfo(catalogue.timezone)).astimezone(UTC)


def write(wiring: Wiring, plan: Plan, say: Say) -> None:
    """Play the days in the center of this wiring, and say how each one was.

    Raises StorageError while it runs, and when its log holds a later day.
    """
    database = backup.file_of(wiring.database)
    backup.must_be_free(database)
    with _copy(database, plan) as copy:
        _play(replace(wiring, database=f"sqlite:///{copy}"), plan, say)
        backup.must_be_free(database)
        backup.copy_to(copy, database)


@contextmanager
def _copy(database: Path, plan: Plan) -> Iterator[Path]:
    """Lend a copy of the database, in memory where there is room for all the days."""
    room = 2 * BYTES * plan.days * max(plan.visitors / USUAL, 1.0)
    is_roomy = QUICK.is_dir() and shutil.disk_usage(QUICK).free > room
    with tempfile.TemporaryDirectory(dir=QUICK if is_roomy else database.parent) as folder:
        copy = Path(folder) / database.name
        backup.copy_to(database, copy)
        yield copy


def _play(wiring: Wiring, plan: Plan, say: Say) -> None:
    center, opened = bootstrap.open_center(wiring)
    with closing(opened):
        opened.upgrade()
        catalogue = _catalogue(center)
        played = dates(catalogue, plan, center.clock.now())
        _must_be_later(center, played)
        world = of_catalogue(catalogue, plan.visitors, plan.seed)
        world = world if plan.load is None else scaled(world, plan.load)
        foresight = center_hall.foreseeing() if plan.foresees else None
        for number, day in enumerate(played, start=1):
            drawn = days.draw(world, day, plan.seed)
            assert drawn is not None
            center_hall.play(world, drawn, center, plan.seed, foresight)
            say(f"{number}/{len(played)}  {_told(center, world, drawn)}")


def _catalogue(center: Center) -> Catalogue:
    with center.read() as work:
        return work.catalogues.current()


def _must_be_later(center: Center, played: list[date]) -> None:
    """Raise StorageError where the log already holds one of these days, or a later one."""
    with center.read() as work:
        newest = work.day
    if newest is not None and newest >= played[0]:
        raise StorageError(
            f"The center's log already holds {newest}; no day before that can be written. "
            "Take fewer days or another folder."
        )


def _told(center: Center, world: World, day: Day) -> str:
    """Return how a day was, in one line."""
    with center.read() as work:
        answers = work.tickets.answers(day.date, world.catalogue.rules.wait_norm)
    mean = answers.waited / timedelta(minutes=1) / max(answers.called, 1)
    return f"{day.date:%Y-%m-%d %a}  {len(day.visitors)} visitors, mean wait {mean:.0f} min"

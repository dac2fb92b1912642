"""`navbat-server simulate`: lets a demo live, or gives it a past."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import click

from config import catalogue as catalogue_file
from queue_server import demo
from queue_server.domain import catalogue_document
from queue_server.simulation import past_days
from queue_server.simulation.center_hall import SimulatedClock
from queue_server.simulation.past_days import USUAL, Plan
from queue_server.storage import backup
from queue_server.storage.errors import StorageError
from queue_server.system import SteadyClock

#: what only writing a past understands, and what only playing live does
OF_THE_PAST: Final = ("until", "load", "seed", "quick")
_OPTIONS: Final = (
    click.option(
        "--data",
        type=click.Path(path_type=Path),
        default=Path("demo-data"),
        show_default=True,
        help="A demo's folder.",
    ),
    click.option("--visitors", type=click.IntRange(1), help=f"On a mean day; else {USUAL}."),
    click.option("--pace", type=click.FloatRange(0.1, 1000), help="Of the clerks, when live."),
    click.option("--days", type=click.IntRange(1, 1000), help="Write so many past days instead."),
    click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last of them."),
    click.option(
        "--load", type=click.FloatRange(0.1, 1.5), help="Visitors by their work: 1 fills the day."
    ),
    click.option("--seed", type=int, help="Another seed, another past; else 1."),
    click.option("--quick", is_flag=True, default=None, help="Foresee no waits: much faster."),
)


def options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of `simulate`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def simulate(data: Path, days: int | None, pace: float | None, **given: Any) -> None:
    """Play in a demo that runs until Ctrl-C, or write past days into one that does not.

    Raises click.UsageError for options that do not go together, and StorageError.
    """
    if days is None:
        _refuse(given, OF_THE_PAST, "is for past days; say how many with --days")
        _live(data, given["visitors"] or USUAL, pace or 1.0)
        return
    _refuse({"pace": pace}, ("pace",), "is for a demo that runs; leave --days away")
    if given["load"] is not None:
        _refuse(given, ("visitors",), "and --load say the same; give one of them")
    made, plan = demo.Demo(data.resolve(), 8000), _plan(days, **given)
    write(made, plan, lambda line: click.echo(line, err=True))


def write(made: demo.Demo, plan: Plan, say: Callable[[str], None]) -> None:
    """Write a past, into a new demo where there is none; raises StorageError."""
    with _tidily():
        if not backup.file_of(made.wiring.database).exists():
            offered = catalogue_document.parse(catalogue_file.read(demo.SHIPPED))
            began = past_days.before(offered, plan, SteadyClock().now())
            demo.prepare(made, SimulatedClock(began))
        elif not made.slips.is_dir():
            raise StorageError(f"{made.data} is no demo's folder; only a demo gets days made up.")
        past_days.write(made.wiring, plan, say)


@contextmanager
def _tidily() -> Iterator[None]:
    """Let a request to end clear away what is half written, as Ctrl-C does."""
    former = signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, former)


def _live(data: Path, visitors: int, pace: float) -> None:
    if not (data / "demo.json").exists():
        raise StorageError(f"No demo runs in {data}; start one with ./run demo --data {data}.")
    demo.play(data, visitors, pace)


def _plan(
    days: int,
    *,
    visitors: int | None,
    until: datetime | None,
    load: float | None,
    seed: int | None,
    quick: bool | None,
) -> Plan:
    last: date | None = until.date() if until else None
    usual = float(visitors or USUAL)
    return Plan(days, last, usual, load, 1 if seed is None else seed, foresees=not quick)


def _refuse(given: dict[str, Any], names: tuple[str, ...], why: str) -> None:
    for name in names:
        if given[name] is not None:
            raise click.UsageError(f"--{name} {why}.")

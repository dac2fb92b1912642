"""The nightly self-check: do the waits that were said come true, and how far to widen the range."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

from queue_server.contracts.checking import (
    EstimatesOut,
    LastKeptOut,
    SaidOfOut,
    SaidOnOut,
    SaidOut,
    StretchOut,
)
from queue_server.domain import honesty, measures_bag
from queue_server.domain.measures import minutes
from queue_server.domain.measures_bag import Bag
from queue_server.usecases import recording, reporting
from queue_server.usecases.access import Actor
from queue_server.usecases.act import Act
from queue_server.usecases.day_tallies import LiveDay
from queue_server.usecases.ports import Center, UnitOfWork
from queue_server.usecases.reporting import Period, Sums

#: of a day with fewer visits nothing is said in public
FEWEST: Final = 30
#: nor of one longer ago, days
_PUBLIC_DAYS: Final = 14
_DAY: Final = timedelta(days=1)
_log = logging.getLogger(__name__)


class Kept(NamedTuple):
    """How many visitors of a day waited no longer than was said."""

    day: date
    n: int
    #: 0 to 1
    share: float


def report(center: Center, actor: Actor, wanted: Period, live: LiveDay) -> EstimatesOut:
    """Return what became of the waits that were said in a period."""
    actor.must("report:read")
    with center.read() as work:
        act = Act(center, work, actor, center.clock.now())
        return _shaped(act, wanted, reporting.summed(act, wanted, live))


def stretch(work: UnitOfWork, today: date) -> float:
    """Return how far ranges are widened today, by the days before it."""
    return honesty.stretch(_last_days(work, today))


def last_kept(work: UnitOfWork, today: date) -> Kept | None:
    """Return the newest day before today with enough visits, and how often the word was kept."""
    first, yesterday = today - _PUBLIC_DAYS * _DAY, today - _DAY
    closed = {day.day for day in work.days.between(first, yesterday) if day.closed_seq is not None}
    for day, bag in sorted(_centers(work, first, yesterday).items(), reverse=True):
        found = honesty.figures(bag)
        if day in closed and found.n >= FEWEST and found.kept is not None:
            return Kept(day, found.n, found.kept)
    return None


def public_line(act: Act) -> int | None:
    """Return the percent of visitors whom the last day's estimates did not mislead, rounded down.

    None where no day of late had enough visitors.
    """
    known = last_kept(act.work, act.catalogue.calendar.day_of(act.now))
    # half a percent of honesty is not rounded into being
    return None if known is None else int(known.share * 100 + 1e-9)


def checked(act: Act, day: date) -> None:
    """Write into the log how a day's estimates were kept, and how wide they are from now on.

    A day may end again, as when one that was closed by hand is over: what was said stays said.
    """
    found = honesty.figures(_centers(act.work, day, day).get(day, Bag()))
    if not found.n:
        return
    wide = stretch(act.work, day + _DAY)
    if wide > 1:
        _log.warning("Too many waits fell outside the range: it is widened %.1f times.", wide)
    detail = f"n={found.n} kept={found.kept} stretch={wide:g}"
    if act.work.tallies.add(day, f"estimates_checked:{detail}") == 1:
        recording.noted(act, "estimates_checked", day.isoformat(), detail)


def _shaped(act: Act, wanted: Period, sums: Sums) -> EstimatesOut:
    work, catalogue = act.work, act.catalogue
    today = catalogue.calendar.day_of(act.now)
    week, known = _last_days(work, today), last_kept(work, today)
    closed = {d.day for d in work.days.between(*wanted.ends) if d.closed_seq is not None}
    names = {service.id: service.texts for service in catalogue.services}
    return EstimatesOut(
        first=wanted.first.isoformat(),
        last=wanted.last.isoformat(),
        made_at=recording.instant(act.now),
        seq=work.seq,
        center=dict(catalogue.name),
        timezone=catalogue.timezone,
        total=_said(sums.total),
        stretch=StretchOut(
            factor=honesty.stretch(week),
            n=honesty.simulated(week),
            coverage=honesty.unstretched(week),
        ),
        last_kept=known and LastKeptOut(day=known.day.isoformat(), n=known.n, kept=known.share),
        days=[
            SaidOnOut(day=day.isoformat(), closed=day in closed, figures=_said(bag))
            for day, bag in sorted(sums.days.items())
            if bag["promised"]
        ],
        services=[
            SaidOfOut(key=key, texts=dict(names.get(key, {})), figures=_said(bag))
            for key, bag in _told(sums.by["service"], list(names))
        ],
        hours=[
            SaidOfOut(key=key, figures=_said(bag))
            for key, bag in _told(sums.by["hour"], [str(hour) for hour in range(24)])
        ],
    )


def _said(bag: Bag) -> SaidOut:
    found = honesty.figures(bag)
    return SaidOut(
        n=found.n,
        low=minutes(bag["said_low_ms"], found.n),
        high=minutes(bag["said_high_ms"], found.n),
        wait=minutes(bag["said_wait_ms"], found.n),
        error_minutes=found.error,
        bias_minutes=found.bias,
        inside=found.inside,
        kept=found.kept,
        late=found.late,
        quick=found.quick,
    )


def _told(bags: Mapping[str, Bag], order: list[str]) -> list[tuple[str, Bag]]:
    """Return the parts in which somebody was told a wait; what the order lacks comes last."""
    place = {key: n for n, key in enumerate(order)}
    keys = sorted(bags, key=lambda key: (place.get(key, len(place)), key))
    return [(key, bags[key]) for key in keys if bags[key]["promised"]]


def _last_days(work: UnitOfWork, today: date) -> Bag:
    """Return the sum of the days before today that the stretch looks back on."""
    first = today - honesty.WINDOW_DAYS * _DAY
    return measures_bag.total(_centers(work, first, today - _DAY).values())


def _centers(work: UnitOfWork, first: date, last: date) -> dict[date, Bag]:
    """Return the whole center's figures of the days of a period that have ended."""
    rows = work.figure_rows.of(first, last, "center")
    return {row.day: Bag(*json.loads(row.body)) for row in rows}

"""Reports: a period's figures, added up from the days that are over and the log of the open one.

A day that is over keeps its figures as rows; `roll_up` makes them of the log, and may make them
again.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, get_args

from queue_server.contracts.reports import DayOut, Dimension, ReportOut
from queue_server.domain import measures_bag, tallying
from queue_server.domain.errors import Invalid
from queue_server.domain.measures_bag import Bag
from queue_server.domain.tallying import Key, Tally
from queue_server.usecases import (
    checkpoints,
    day_tallies,
    recording,
    remembering,
    report_shapes,
)
from queue_server.usecases.access import Actor
from queue_server.usecases.act import Act
from queue_server.usecases.day_tallies import LATE, LateSeqs, LiveDay
from queue_server.usecases.ports import Center
from queue_server.usecases.records import FigureRow
from queue_server.usecases.report_shapes import Clerk, Shaper
from queue_server.usecases.rights import right

#: a report covers at most so many days
LONGEST: Final = 400
DIMENSIONS: Final[tuple[Dimension, ...]] = get_args(Dimension)
_CENTER: Final = "center"


@dataclass(frozen=True, slots=True)
class Period:
    """Days of a report, both ends included, and what it is broken down by."""

    first: date
    last: date
    by: tuple[Dimension, ...] = DIMENSIONS

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def ends(self) -> tuple[date, date]:
        """The first and the last day."""
        return self.first, self.last


def period(first: str | None, last: str | None, by: str | None, today: date) -> Period:
    """Return the period that texts of a query mean; without them it is today.

    Raises Invalid naming `from`, `to` or `by`.
    """
    end = _date(last, "to") if last else None
    begin = _date(first, "from") if first else end or today
    end = end or max(begin, today)
    if end < begin:
        raise Invalid("A period does not end before it begins.", field="to")
    if (end - begin).days >= LONGEST:
        raise Invalid(f"A report covers at most {LONGEST} days.", field="to")
    return Period(begin, end, _dimensions(by))


def report(center: Center, actor: Actor, wanted: Period, live: LiveDay) -> ReportOut:
    """Return the figures of a period."""
    actor.must("report:read")
    with center.read() as work:
        act = Act(center, work, actor, center.clock.now())
        return _shaped(act, wanted, summed(act, wanted, live))


def summed(act: Act, wanted: Period, live: LiveDay) -> Sums:
    """Return the sums of rows, and of the tallies of those days that have none yet."""
    sums, running = Sums(wanted), _running(act, wanted, live)
    for row in act.work.figure_rows.between(*wanted.ends):
        if row.day not in running and row.dimension in sums.dimensions:
            sums.add(row.day, (row.dimension, row.key), Bag(*json.loads(row.body)))
    for day, tally in running.items():
        for key, bag in tallying.rows(tally, act.catalogue.timezone).items():
            sums.add(day, key, bag)
    return sums


@right("report:read")
def exported(act: Act, wanted: Period, form: str) -> None:
    """Note that somebody takes the figures of a period away, as csv, xlsx or pdf."""
    recording.noted(act, "report_exported", form, f"{wanted.first} – {wanted.last}")
    if form == "pdf":
        checkpoints.make(act)  # what is signed on paper cannot be unwritten in the database


def roll_up(act: Act, day: date) -> None:
    """Keep a day's figures, and those of earlier days for which its stretch has something.

    It may be called again: rows are made anew.
    """
    known = act.work.days.get(day)
    if known is None:
        return
    stretch = day_tallies.whole(act.work, known)
    _keep(act, day, stretch.tally, day_tallies.late_seqs(act.work, day))
    for text, events in stretch.late.items():
        other = date.fromisoformat(text)
        seqs = {day.isoformat(): [event["seq"] for event in events]}
        late = day_tallies.late_seqs(act.work, other) | seqs
        _keep(act, other, day_tallies.own(act.work, other), late)


class Sums:
    """Bags of a period, added up by day, by hour of the week and by dimension."""

    def __init__(self, wanted: Period) -> None:
        means: set[Dimension] = {"service"} if "clerk" in wanted.by else set()
        self.dimensions = frozenset({_CENTER, *wanted.by, "hour", *means})
        self.days: defaultdict[date, Bag] = defaultdict(Bag)
        self.by: dict[str, defaultdict[str, Bag]] = {
            name: defaultdict(Bag) for name in self.dimensions
        }
        self.total = Bag()
        self._heat: defaultdict[tuple[int, int], dict[date, Bag]] = defaultdict(dict)

    def add(self, day: date, key: Key, bag: Bag) -> None:
        """Add one bag; a day's bag of one key comes once."""
        dimension, name = key
        if dimension == _CENTER:
            self.days[day].add(bag)
            self.total.add(bag)
        elif dimension in self.by:
            self.by[dimension][name].add(bag)
            if dimension == "hour":
                self._heat[day.isoweekday(), int(name)][day] = bag

    def heat(self) -> dict[tuple[int, int], tuple[int, Bag]]:
        """Return (weekday, hour) → on how many days, and what was in it."""
        return {
            cell: (len(bags), measures_bag.total(bags.values()))
            for cell, bags in self._heat.items()
        }


def _running(act: Act, wanted: Period, live: LiveDay) -> dict[date, Tally]:
    """Return the tallies of those days of the period whose rows are not all that there is."""
    work = act.work
    today = work.days.get(work.day) if work.day else None
    if today is None:
        return {}
    stretch = live.read(work, today)
    kept = work.figure_rows.days(*wanted.ends)
    found = {
        day.day: day_tallies.whole(work, day).tally
        for day in work.days.between(*wanted.ends)
        if day.day not in kept and day.day != today.day
    }
    for text, events in stretch.late.items():
        if (other := date.fromisoformat(text)) in wanted:
            late = day_tallies.late_seqs(work, other)
            late[stretch.tally.day] = [event["seq"] for event in events]
            found[other] = day_tallies.with_late(work, day_tallies.own(work, other), late)
    if today.day in wanted:
        late = day_tallies.late_seqs(work, today.day)
        found[today.day] = day_tallies.with_late(work, stretch.tally, late)
    return found


def _keep(act: Act, day: date, own: Tally, late: LateSeqs) -> None:
    """Keep a day's rows, made of its own stretch and of what came late."""
    tally = day_tallies.with_late(act.work, own, late)
    bags = {(_CENTER, ""): Bag()} | tallying.rows(tally, act.catalogue.timezone)
    bodies: dict[Key, object] = {key: (bag.counts, bag.waits) for key, bag in bags.items()}
    bodies |= {(LATE, stretch): seqs for stretch, seqs in late.items()}
    rows = (FigureRow(day, *key, json.dumps(body)) for key, body in bodies.items())
    act.work.figure_rows.put_all(day, rows)
    remembering.keep(act, day, tally)


def _shaped(act: Act, wanted: Period, sums: Sums) -> ReportOut:
    work, catalogue = act.work, act.catalogue
    clerks = {one.login: Clerk(one.name, one.window) for one in work.access.people()}
    shaper = Shaper(catalogue, clerks)
    open_days = {day.day for day in work.days.between(*wanted.ends) if day.closed_seq is None}
    services: Mapping[str, Bag] = sums.by.get("service", {})
    signed = work.checkpoints.newest()
    return ReportOut(
        first=wanted.first.isoformat(),
        last=wanted.last.isoformat(),
        made_at=recording.instant(act.now),
        seq=work.seq,
        hash=work.head_hash,
        checkpoint=checkpoints.shape(signed.checkpoint) if signed else None,
        public_key=act.center.notary.public_key,
        center=dict(catalogue.name),
        timezone=catalogue.timezone,
        norm_minutes=shaper.norm,
        total=shaper.figures(sums.total),
        appointments=report_shapes.appointments(sums.total),
        days=[
            DayOut(day=day.isoformat(), closed=day not in open_days, figures=shaper.figures(bag))
            for day, bag in sorted(sums.days.items())
        ],
        by={name: shaper.slices(name, sums.by[name], services) for name in wanted.by},
        heat=shaper.heat(sums.heat()),
    )


def _date(text: str | None, field: str) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        raise Invalid(f"{text!r} is no date; write YYYY-MM-DD.", field=field) from None


def _dimensions(by: str | None) -> tuple[Dimension, ...]:
    """Return what `group,clerk` names; everything for nothing."""
    names = by.split(",") if by else DIMENSIONS
    unknown = [name for name in names if name not in DIMENSIONS]
    if unknown:
        known = ", ".join(DIMENSIONS)
        raise Invalid(f"There is no {unknown[0]!r} to report by; there are: {known}.", field="by")
    return tuple(name for name in DIMENSIONS if name in names)

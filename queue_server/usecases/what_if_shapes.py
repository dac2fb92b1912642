"""The wire form of what a look ahead has found."""

from __future__ import annotations

from queue_server.contracts.what_if import (
    BandOut,
    CoursesOut,
    DifferenceOut,
    EffectOut,
    EffectRowOut,
    WhatIfOut,
)
from queue_server.domain import hall_changes
from queue_server.domain.hall_now import HallNow
from queue_server.domain.hall_watch import Look
from queue_server.domain.what_if import Band, Comparison, Courses, Difference, Effect, Row
from queue_server.usecases.recording import instant


def answer(found: Comparison, look: Look, seq: int, before: HallNow, after: HallNow) -> WhatIfOut:
    """Return the answer to a question that was put at log position `seq`."""
    return WhatIfOut(
        seq=seq,
        at=instant(before.at),
        pairs=found.pairs,
        norm=look.norm,
        coming=look.coming,
        points=list(found.points),
        now=_courses(found.before),
        then=_courses(found.after),
        rows=[row(each) for each in found.rows],
        unserved=list(hall_changes.unserved(before, after)),
        served=list(hall_changes.unserved(after, before)),
    )


def row(found: Row) -> EffectRowOut:
    """Return a row in its wire form."""
    return EffectRowOut(
        who=found.who,
        group=found.group,
        people=round(found.people, 1),
        mean=_effect(found.mean, 1),
        within_norm=_effect(found.within, 3),
        longest=_effect(found.longest, 1),
    )


def difference(found: Difference, digits: int = 1) -> DifferenceOut:
    """Return a difference in its wire form."""
    return DifferenceOut(
        mean=round(found.mean, digits),
        low=round(found.low, digits),
        high=round(found.high, digits),
        clear=found.clear,
    )


def _effect(found: Effect, digits: int) -> EffectOut:
    return EffectOut(
        now=round(found.before, digits),
        then=round(found.after, digits),
        change=difference(found.change, digits),
    )


def _courses(found: Courses) -> CoursesOut:
    return CoursesOut(
        waiting=[_band(each) for each in found.waiting],
        newcomer=[None if each is None else _band(each) for each in found.newcomer],
    )


def _band(found: Band) -> BandOut:
    return BandOut(
        low=round(found.low, 1), middle=round(found.middle, 1), high=round(found.high, 1)
    )

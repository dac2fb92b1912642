"""What the log says of a service day: its own stretch, and what came late.

A day's own stretch goes from its opening to its close. Later ones may hold events of its tickets:
what a kiosk hands over, a rating after midnight, a queue that was kept overnight. Their seqs are
noted beside the day's rows, and the day is folded once more.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from queue_server.domain import tallying
from queue_server.domain.measures_facts import Wire
from queue_server.domain.tallying import Tally
from queue_server.usecases.ports import UnitOfWork
from queue_server.usecases.records import ServiceDay

#: rows of this dimension hold the seqs of late events under the day in whose stretch they stand
LATE: Final = "late"
#: day of the stretch → seqs of its events that belong to an earlier day
LateSeqs = Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A day's own stretch of the log as far as it was read."""

    tally: Tally
    #: the newest event that was read
    seq: int
    #: earlier days' events in it, by their day
    late: Mapping[str, tuple[Wire, ...]] = field(default_factory=dict)


class LiveDay:
    """The open day as far as it was read: the next report reads on from there."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stretch: Stretch | None = None

    def read(self, work: UnitOfWork, day: ServiceDay) -> Stretch:
        """Return the day's stretch up to the newest event."""
        with self._lock:
            known = self._stretch
            if known is None or known.tally.day != day.day.isoformat():
                known = _begun(day)
            self._stretch = _read_on(work, known, work.seq)
            return self._stretch


def whole(work: UnitOfWork, day: ServiceDay) -> Stretch:
    """Return a day's own stretch up to its close, of one that is open up to the newest event."""
    return _read_on(work, _begun(day), day.closed_seq or work.seq)


def own(work: UnitOfWork, day: date) -> Tally:
    """Return a day's tally without what came late; of a day that was none, an empty one."""
    known = work.days.get(day)
    return Tally(day.isoformat()) if known is None else whole(work, known).tally


def late_seqs(work: UnitOfWork, day: date) -> dict[str, Sequence[int]]:
    """Return which events came late for a day."""
    return {row.key: json.loads(row.body) for row in work.figure_rows.of(day, day, LATE)}


def with_late(work: UnitOfWork, tally: Tally, late: LateSeqs) -> Tally:
    """Return a day's tally with the events that came late."""
    return tallying.fold(
        tally, _events(work, sorted(seq for seqs in late.values() for seq in seqs))
    )


def _begun(day: ServiceDay) -> Stretch:
    """Return a day's stretch with nothing read of it yet."""
    return Stretch(Tally(day.day.isoformat()), day.first_seq - 1)


def _read_on(work: UnitOfWork, stretch: Stretch, last: int) -> Stretch:
    if last <= stretch.seq:
        return stretch
    late = {day: list(found) for day, found in stretch.late.items()}
    events = _sorted_out(work.log.between(stretch.seq + 1, last), stretch.tally.day, late)
    tally = tallying.fold(stretch.tally, events)
    return Stretch(tally, last, {day: tuple(found) for day, found in late.items()})


def _sorted_out(events: Iterable[Wire], today: str, late: dict[str, list[Wire]]) -> Iterator[Wire]:
    """Yield a day's own events, and put those of earlier days aside."""
    for event in events:
        if tallying.is_late(event, today):
            late.setdefault(event["ticket"]["day"], []).append(event)
        else:
            yield event


def _events(work: UnitOfWork, seqs: Sequence[int]) -> Iterator[Wire]:
    for seq in seqs:
        yield from work.log.after(seq - 1, 1)

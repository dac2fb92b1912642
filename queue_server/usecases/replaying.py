"""Replay: any minute of any day that the log holds."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import UTC, date, datetime
from typing import Final, Literal, cast

from queue_server.contracts.replay import (
    ReplayCallOut,
    ReplayCourseOut,
    ReplayHallOut,
    ReplayTicketOut,
    ReplayWindowOut,
)
from queue_server.domain import replay
from queue_server.domain.calendar import service_day
from queue_server.domain.catalogue import Catalogue
from queue_server.domain.errors import Unknown
from queue_server.domain.measures_facts import MINUTE
from queue_server.domain.replay import AT_WINDOW, PARKED, WAITING, Hall, Seen, Timeline
from queue_server.usecases.access import Actor
from queue_server.usecases.ports import Center, UnitOfWork
from queue_server.usecases.recording import instant
from queue_server.usecases.records import ServiceDay

RIGHT: Final = "replay:read"
#: days that are kept ready
READY: Final = 4


class Replays:
    """Days that were looked at, the last few of them kept ready; any thread may ask."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        #: day → up to which event it was read, and the day
        self._ready: OrderedDict[date, tuple[int, Timeline]] = OrderedDict()

    def course(self, center: Center, actor: Actor, day: date | None) -> ReplayCourseOut:
        """Return a day's course, by default the last one's; raises Unknown for one without log."""
        actor.must(RIGHT)
        with center.read() as work:
            catalogue = work.catalogues.current()
            chosen = day or work.day or service_day(None, center.clock.now(), catalogue.timezone)
            known = _known(work, chosen)
            made = self._timeline(work, known, _ms(center.clock.now()))
            return _course(work, known, made, catalogue)

    def hall(self, center: Center, actor: Actor, day: date, at: datetime) -> ReplayHallOut:
        """Return the hall at an instant of a day; raises Unknown for a day without a log."""
        actor.must(RIGHT)
        with center.read() as work:
            made = self._timeline(work, _known(work, day), _ms(at))
            inside = min(max(_ms(at), made.begin), made.end + MINUTE)
            return _picture(replay.at(made, inside), work.catalogues.current())

    def _timeline(self, work: UnitOfWork, day: ServiceDay, until: int) -> Timeline:
        """Return a day; the open one is read anew only where it does not reach so far yet."""
        last = day.closed_seq or work.seq
        with self._lock:
            kept = self._ready.get(day.day)
            if kept is None or (kept[0] != last and kept[1].end < until):
                kept = (last, _read(work, day, last, until))
            self._ready[day.day] = kept
            self._ready.move_to_end(day.day)
            while len(self._ready) > READY:
                self._ready.popitem(last=False)
            return kept[1]


def _read(work: UnitOfWork, day: ServiceDay, last: int, until: int) -> Timeline:
    events = work.log.between(day.first_seq, last)
    steps = replay.in_order(step for each in events if (step := replay.step_of(each)) is not None)
    present = None if day.closed_seq else until
    return replay.timeline(_evening_before(work, day), steps, present)


def _evening_before(work: UnitOfWork, day: ServiceDay) -> Hall | None:
    """Return how the day before ended where its queue was kept overnight."""
    before = _neighbour(work, day.day, earlier=True)
    if before is None or before.closed_seq is None:
        return None
    close = work.log.after(before.closed_seq - 1, 1)
    if not close or close[0]["type"] != "queue_kept":
        return None
    whole = _read(work, before, before.closed_seq, 0)
    return replay.at(whole, whole.steps[-1].at) if whole.steps else None


def _known(work: UnitOfWork, day: date) -> ServiceDay:
    found = work.days.get(day)
    if found is None:
        raise Unknown(f"There is no log of {day}.")
    return found


def _neighbour(work: UnitOfWork, day: date, *, earlier: bool) -> ServiceDay | None:
    days = work.days.between(*((date.min, day) if earlier else (day, date.max)))
    others = [each for each in days if each.day != day]
    return (others[-1] if earlier else others[0]) if others else None


def _course(
    work: UnitOfWork, day: ServiceDay, made: Timeline, catalogue: Catalogue
) -> ReplayCourseOut:
    before = _neighbour(work, day.day, earlier=True)
    after = _neighbour(work, day.day, earlier=False)
    return ReplayCourseOut(
        day=day.day.isoformat(),
        earlier=before.day.isoformat() if before else None,
        later=after.day.isoformat() if after else None,
        begin=_at(made.begin) if made.course else None,
        closed=day.closed_seq is not None,
        norm=catalogue.rules.wait_norm.total_seconds() / 60,
        waiting=[each.waiting for each in made.course],
        at_windows=[each.at_windows for each in made.course],
        open_windows=[each.open_windows for each in made.course],
        longest=[each.longest for each in made.course],
    )


def _picture(hall: Hall, catalogue: Catalogue) -> ReplayHallOut:
    busy = {each.window: each for each in hall.in_state(*AT_WINDOW)}
    desks = hall.desks or {}
    planned = {window.number: window.hall for window in catalogue.windows}
    halls = planned | {number: desk.hall for number, desk in desks.items()}
    counts = hall.counts or {}
    return ReplayHallOut(
        at=_at(hall.at),
        windows=[
            _window(hall, number, halls[number], busy.get(number)) for number in sorted(halls)
        ],
        waiting=[_ticket(each, each.waits_since) for each in hall.in_state(WAITING)],
        parked=[_ticket(each, each.since) for each in hall.in_state(*PARKED)],
        calls=[ReplayCallOut(number=c.number, window=c.window, at=_at(c.at)) for c in hall.calls],
        issued=counts.get("issued", 0),
        served=counts.get("served", 0),
        missed=counts.get("missed", 0),
        longest=hall.longest_wait() // MINUTE,
    )


def _window(hall: Hall, number: int, place: int, seen: Seen | None) -> ReplayWindowOut:
    desk = (hall.desks or {}).get(number)
    state = desk.state if desk else "closed"
    return ReplayWindowOut(
        number=number,
        hall=place,
        state=cast('Literal["closed", "open", "paused", "wrap_up"]', state),
        since=_at(desk.since) if desk else None,
        ticket=_ticket(seen, seen.since) if seen else None,
    )


def _ticket(seen: Seen, since: int) -> ReplayTicketOut:
    return ReplayTicketOut(
        number=seen.number,
        service=seen.service,
        state=seen.state,
        place=seen.place,
        since=_at(since),
    )


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def _at(ms: int) -> str:
    return instant(datetime.fromtimestamp(ms / 1000, UTC))

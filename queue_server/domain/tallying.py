"""A service day's figures: a fold over its events, and bags of counts that add up to any period.

The day's events are those in its own stretch of the log, but for the ones of earlier days' tickets:
these are late, and are folded once more behind their own day's. Nothing but events goes in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from queue_server.domain import measures_duty, measures_visit
from queue_server.domain.measures_bag import Bag
from queue_server.domain.measures_duty import Duty
from queue_server.domain.measures_facts import MINUTE, Fact, Span, Spot, Wire, instant
from queue_server.domain.measures_visit import Visit

#: a dimension, and one of its keys: ("service", "A01"). The whole center is ("center", "")
Key = tuple[str, str]

#: time zones differ by multiples of this, minutes
_QUARTER: Final = 15 * MINUTE
_BEGIN: Final = frozenset({"ticket_issued", "ticket_checked_in"})
#: what becomes of an appointment
_OF_BOOKED: Final[Mapping[str, str]] = {
    "ticket_checked_in": "came",
    "ticket_expired": "missed",
    "ticket_unbooked": "given_back",
    "ticket_cancelled": "given_back",
}
_FINISH: Final = frozenset({"ticket_finished", "ticket_leg_finished"})


@dataclass(frozen=True, slots=True)
class Tally:
    """What a day has seen so far."""

    #: `YYYY-MM-DD`
    day: str
    visits: Mapping[str, Visit] = field(default_factory=dict)
    duties: Mapping[int, Duty] = field(default_factory=dict)
    ended: tuple[Duty, ...] = ()
    #: what belongs to no visit: appointments, online diversions
    others: tuple[Fact, ...] = ()


def fold(tally: Tally, events: Iterable[Wire]) -> Tally:
    """Return the tally after these events, in their order; `is_late` ones are left out."""
    pen = _Pen(tally)
    for event in events:
        pen.note(event)
    return pen.written()


def rows(tally: Tally, timezone: str) -> dict[Key, Bag]:
    """Return the day's figures by dimension and key; hours are those of the center's clock."""
    book = _Book(_clock(timezone))
    for visit in tally.visits.values():
        for fact in measures_visit.facts(visit):
            book.count(fact)
        for span in visit.spans:
            book.time(span)
    for duty in (*tally.ended, *tally.duties.values()):
        for span in measures_duty.spans(duty):
            book.time(span)
    for fact in tally.others:
        book.count(fact)
    return dict(book.bags)


def is_late(event: Wire, day: str) -> bool:
    """Whether an event of this day's stretch belongs to a ticket of an earlier one."""
    return "ticket" in event and event["ticket"]["day"] < day


class _Pen:
    """Writes a copy of a tally: copying it for every event would cost the day's square."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._visits = dict(tally.visits)
        self._duties = dict(tally.duties)
        self._ended, self._others = list(tally.ended), list(tally.others)

    def note(self, event: Wire) -> None:
        """Write one event down."""
        if "ticket" in event:
            self._ticket(event)
        elif event["type"].startswith("window_"):
            self._window(event)
        elif event["type"] == "online_diverted":
            spot = Spot(instant(event["at"]), service=event["subject"])
            self._others.append(Fact(spot, {"diverted": 1}))

    def written(self) -> Tally:
        """Return the tally."""
        return replace(
            self._tally,
            visits=self._visits,
            duties=self._duties,
            ended=tuple(self._ended),
            others=tuple(self._others),
        )

    def _ticket(self, event: Wire) -> None:
        ticket, kind = event["ticket"], event["type"]
        if is_late(event, self._tally.day):
            return
        if (measure := _appointment(event)) is not None:
            spot = Spot(instant(event["at"]), service=ticket["service"])
            self._others.append(Fact(spot, {measure: 1}))
        visit = self._visits.get(ticket["id"])
        if visit is not None:
            visit = measures_visit.follow(visit, event)
        elif kind in _BEGIN:
            visit = measures_visit.begin(event)
        if visit is not None:
            self._visits[ticket["id"]] = visit
            self._at_window(event, visit)

    def _at_window(self, event: Wire, visit: Visit) -> None:
        """Let the duty at the event's window know."""
        duty = self._duties.get(event.get("window", 0))
        if duty is None:
            return
        if event["type"] in _FINISH:
            duty = duty._replace(served=visit.course.facts[-1].spot)
        self._duties[duty.window] = measures_duty.acted(duty, event, instant(event["at"]))

    def _window(self, event: Wire) -> None:
        window = event["window"]
        duty = self._duties.pop(window, None)
        if event["type"] == "window_opened":
            self._ended += [duty] if duty else []
            duty = measures_duty.begin(event)
        elif duty is not None:
            duty = measures_duty.follow(duty, event)
        if duty is not None and duty.ended_at is not None:
            self._ended.append(duty)
        elif duty is not None:
            self._duties[window] = duty


class _Book:
    """Adds facts and times up by dimension."""

    def __init__(self, hour: Callable[[int], int]) -> None:
        self.bags: defaultdict[Key, Bag] = defaultdict(Bag)
        self._hour = hour

    def count(self, fact: Fact) -> None:
        """Count a fact under everything that is known of its spot."""
        spot, counts = fact
        for key in _keys(spot):
            self.bags[key].count(counts)
        self.bags["hour", str(self._hour(spot.at))].count(counts)
        if "timed" in counts and spot.clerk is not None:
            self.bags["clerk", spot.clerk].count({f"mix:{spot.service}": 1})

    def time(self, span: Span) -> None:
        """Count a stretch of time, in each hour its part."""
        spot, measure, end = span
        begin = spot.at
        whole = max(end - begin, 0)
        for key in _keys(spot):
            self.bags[key].count({measure: whole})
        for start, length in _parts(begin, begin + whole):
            self.bags["hour", str(self._hour(start))].count({measure: length})


def _appointment(event: Wire) -> str | None:
    """Return what an event of an appointment counts as."""
    if event["type"] == "ticket_booked":
        return "booked"
    return _OF_BOOKED.get(event["type"]) if event.get("was") == "booked" else None


def _keys(spot: Spot) -> Iterator[Key]:
    yield "center", ""
    if spot.group is not None:
        yield "group", spot.group
    if spot.service is not None:
        yield "service", spot.service
    if spot.window is not None:
        yield "window", str(spot.window)
    if spot.clerk is not None:
        yield "clerk", spot.clerk
    if spot.category is not None:
        yield "category", spot.category
    if spot.channel is not None:
        yield "channel", spot.channel


def _parts(begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Return (start, length) of a stretch's quarters of hours: no hour of any zone splits one."""
    while begin < end:
        stop = min(end, begin - begin % _QUARTER + _QUARTER)
        yield begin, stop - begin
        begin = stop


@lru_cache(maxsize=8)
def _clock(timezone: str) -> Callable[[int], int]:
    """Return what tells the local hour of an instant (ms)."""
    zone = ZoneInfo(timezone)

    @lru_cache(maxsize=4096)
    def hour(quarter: int) -> int:
        return datetime.fromtimestamp(quarter * _QUARTER / 1000, zone).hour

    return lambda at: hour(at // _QUARTER)

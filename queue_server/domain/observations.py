"""What one day has taught: how long services take, who never comes, when visitors arrive.

All of it is read off the day's tally, so that undo, late events and a day read in pieces are dealt
with in one place. What cannot be true (a ticket forgotten for six hours, a clock that jumped) is
left out and counted.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from queue_server.domain.catalogue import Catalogue
from queue_server.domain.errors import Invalid
from queue_server.domain.measures_duty import Duty
from queue_server.domain.measures_facts import MINUTE, instant
from queue_server.domain.measures_visit import VOID, Turn, Visit
from queue_server.domain.tallying import Tally

#: a service may last so many minutes, or so many times its plan
LONGEST_SERVICE, TIMES_PLANNED = 60.0, 8.0
#: nobody waits longer for a visitor who does not come
LONGEST_ABSENCE: Final = 30.0
#: a longer break is a lunch
LONGEST_BREAK: Final = 30.0
#: a window that leaves others waiting for longer is not between two visitors
LONGEST_GAP: Final = 15.0
#: minutes are kept to the hundredth
_DIGITS: Final = 2
_AT_WINDOW: Final = ("called", "serving")


@dataclass(frozen=True, slots=True)
class Observations:
    """What was seen in the hall on one day, in minutes."""

    #: `YYYY-MM-DD`
    day: str
    #: service → clerk → from the call until the window was free, of each visitor
    served: Mapping[str, Mapping[str, Sequence[float]]] = field(default_factory=dict)
    calls: int = 0
    #: what each call to which nobody came took
    absent: Sequence[float] = ()
    #: breaks that were no lunch
    pauses: Sequence[float] = ()
    #: calls of somebody who had waited already when the visitor before left, and the time between
    gaps: int = 0
    gap_minutes: float = 0.0
    #: service → half hour of the center's clock (0 to 47) → visitors who came without appointment
    arrivals: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    #: of these, with an unlimited head start
    statutory: int = 0
    #: minutes of head start → of these, how many
    heads: Mapping[float, int] = field(default_factory=dict)
    #: what was left out because it cannot be true
    odd: int = 0
    #: services at windows just now, and for how long: never kept
    hands: Sequence[tuple[str, float]] = ()

    @property
    def visits(self) -> int:
        """How many services were observed."""
        return sum(len(found) for clerks in self.served.values() for found in clerks.values())

    @property
    def halves(self) -> Counter[int]:
        """How many visitors came in each half hour, for whatever service."""
        return sum((Counter(halves) for halves in self.arrivals.values()), Counter())


def observed(tally: Tally, catalogue: Catalogue, now: datetime | None = None) -> Observations:
    """Return what a day's tally teaches; with `now`, also who is at a window at that time."""
    limits = {service.id: _limit(service.minutes) for service in catalogue.services}
    duties = [*tally.ended, *tally.duties.values()]
    turns = _by_window(tally.visits.values())
    seen = _Seen(limits)
    for window, here in turns.items():
        seen.window(here, _Course([duty for duty in duties if duty.window == window]))
    came = [visit for visit in tally.visits.values() if _walked_in(visit)]
    heads = Counter(round(v.head / MINUTE, 1) for v in came if v.head is not None and v.head > 0)
    return Observations(
        day=tally.day,
        served={service: dict(clerks) for service, clerks in seen.served.items()},
        calls=seen.calls,
        absent=seen.absent,
        pauses=list(_breaks(tally.day, duties, catalogue)),
        gaps=seen.gaps,
        gap_minutes=round(seen.gap_minutes, _DIGITS),
        arrivals=_arrivals(came, catalogue.timezone),
        statutory=sum(visit.head is None for visit in came),
        heads=dict(heads),
        odd=seen.odd,
        hands=_hands(tally.visits.values(), now, limits) if now else (),
    )


def body(seen: Observations) -> str:
    """Return observations as they are kept."""
    told = asdict(seen)
    del told["hands"]
    return json.dumps(told, separators=(",", ":"))


def parsed(text: str) -> Observations:
    """Return observations that were kept; raises Invalid where they are none."""
    try:
        told = json.loads(text)
        date.fromisoformat(told["day"])
        told["heads"] = {float(minutes): int(n) for minutes, n in told["heads"].items()}
        told["arrivals"] = {
            service: {int(half): int(n) for half, n in halves.items()}
            for service, halves in told["arrivals"].items()
        }
        return Observations(**told)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Invalid(f"These are no observations of a day: {error}.", field="body") from error


class _Course:
    """When a window was not free though nobody was there, and when it was not worked at."""

    def __init__(self, duties: Iterable[Duty]) -> None:
        spans = [span for duty in duties for span in duty.spans]
        self._wraps = sorted((s.spot.at, s.end) for s in spans if s.measure == "wrap_ms")
        stops = [span.spot.at for span in spans if span.measure == "pause_ms"]
        self._stops = sorted([*stops, *(duty.opened_at for duty in duties)])

    def free(self, left: int, next_call: int | None) -> int:
        """Return when a window is free again that a visitor left, the papers done."""
        here = self._wraps[bisect_left(self._wraps, (left, 0)) :]
        ends = [end for begin, end in here[:1] if next_call is None or begin < next_call]
        return max([left, *ends])

    def stopped(self, begin: int, end: int) -> bool:
        """Whether the clerk began a break, or came anew, in between."""
        place = bisect_left(self._stops, begin)
        return place < len(self._stops) and self._stops[place] <= end


class _Seen:
    """Collects what the windows show."""

    def __init__(self, limits: Mapping[str, float]) -> None:
        self._limits = limits
        self.served: defaultdict[str, defaultdict[str, list[float]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self.absent: list[float] = []
        self.calls = self.gaps = self.odd = 0
        self.gap_minutes = 0.0

    def window(self, turns: Sequence[Turn], course: _Course) -> None:
        """Look at one window's day."""
        calls = sorted((turn for turn in turns if turn.kind == "called"), key=_end)
        ends = [call.end for call in calls]
        self.calls += len(calls)
        for turn in turns:
            if turn.kind == "missed":
                self._missed(turn)
            elif turn.kind == "served":
                place = bisect_left(ends, turn.end)
                self._served(turn, course, calls[place] if place < len(calls) else None)

    def _served(self, turn: Turn, course: _Course, then: Turn | None) -> None:
        free = course.free(turn.end, then and then.end)
        took = _minutes(free - turn.begin)
        if not 0 < took <= self._limits.get(turn.service, LONGEST_SERVICE):
            self.odd += 1
            return
        self.served[turn.service][turn.clerk].append(took)
        if then is None or then.begin > turn.end or course.stopped(turn.end, then.end):
            return
        gap = _minutes(then.end - free)
        if 0 <= gap <= LONGEST_GAP:
            self.gaps += 1
            self.gap_minutes += gap

    def _missed(self, turn: Turn) -> None:
        took = _minutes(turn.end - turn.begin)
        if 0 <= took <= LONGEST_ABSENCE:
            self.absent.append(took)
        else:
            self.odd += 1


def _limit(planned: float) -> float:
    """Return how many minutes a service may last."""
    return max(LONGEST_SERVICE, TIMES_PLANNED * planned)


def _by_window(visits: Iterable[Visit]) -> dict[int, list[Turn]]:
    turns: defaultdict[int, list[Turn]] = defaultdict(list)
    for visit in visits:
        for turn in visit.course.turns:
            turns[turn.window].append(turn)
    return turns


def _walked_in(visit: Visit) -> bool:
    """Whether somebody came who had not said so before."""
    return visit.channel != "booking" and visit.course.state != VOID


def _arrivals(visits: Iterable[Visit], timezone: str) -> dict[str, dict[int, int]]:
    zone = ZoneInfo(timezone)
    found: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for visit in visits:
        found[visit.service][_half(visit.issued_at, zone)] += 1
    return {service: dict(halves) for service, halves in found.items()}


def _half(at: int, zone: ZoneInfo) -> int:
    local = datetime.fromtimestamp(at / 1000, zone)
    return (local.hour * 60 + local.minute) // 30


def _breaks(day: str, duties: Iterable[Duty], catalogue: Catalogue) -> Iterator[float]:
    """Yield the minutes of breaks that were no lunch."""
    lunches = _lunches(day, catalogue)
    for duty in duties:
        plan = catalogue.windows_by_number.get(duty.window)
        begins, ends = lunches.get(plan.lunch if plan else 0, (0, 0))
        for span in duty.spans:
            if span.measure != "pause_ms":
                continue
            begin, length = span.spot.at, span.end - span.spot.at
            at_lunch = min(span.end, ends) - max(begin, begins)
            if at_lunch * 2 <= length and 0 < _minutes(length) <= LONGEST_BREAK:
                yield _minutes(length)


def _lunches(day: str, catalogue: Catalogue) -> dict[int, tuple[int, int]]:
    """Return lunch shift → when it begins and ends, milliseconds."""
    calendar, today = catalogue.calendar, date.fromisoformat(day)
    found: dict[int, tuple[int, int]] = {}
    for shift, span in enumerate(catalogue.facts.lunch, start=1):
        if span:
            begins, ends = (calendar.instant(today, clock).timestamp() * 1000 for clock in span[:2])
            found[shift] = round(begins), round(ends)
    return found


def _hands(
    visits: Iterable[Visit], now: datetime, limits: Mapping[str, float]
) -> list[tuple[str, float]]:
    """Return (service, minutes since the call) of those who are at a window."""
    at, found = round(now.timestamp() * 1000), []
    for visit in visits:
        course = visit.course
        if course.state in _AT_WINDOW and course.called_at:
            since = _minutes(at - instant(course.called_at))
            if 0 <= since <= limits.get(course.service, LONGEST_SERVICE):
                found.append((course.service, since))
    return found


def _minutes(milliseconds: float) -> float:
    return round(milliseconds / MINUTE, _DIGITS)


def _end(turn: Turn) -> int:
    return turn.end

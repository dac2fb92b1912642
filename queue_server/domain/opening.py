"""When a center and its services are open: hours of the week, holidays, the last tickets of a day.

Hours are the wall clock's; every question is answered in instants, so that a change of summer time
neither opens a door twice nor forgets it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

#: opening and closing time, "09:00"; empty for closed
Span = tuple[str, ...]

#: the days of a week; hours may be told for each
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: the days that share opening hours, in the order in which they are shown
DAYS: Final = ("mon_fri", "sat", "sun")
#: every name under which hours may stand
DAY_NAMES: Final = tuple(dict.fromkeys((*DAYS, *WEEKDAYS)))

#: why no tickets are given, by the center's own rules; keys of the texts `closing.*`
BY_RULE: Final = ("hours", "holiday", "quota", "no_window")
#: why somebody has closed the issuing of tickets; keys of the texts `closing.*`
BY_STAFF: Final = (
    "closed_service",
    "no_specialist",
    "system_down",
    "technical",
    "enough_today",
    "emergency",
)

#: the next opening is looked for so many days ahead
HORIZON: Final = 366


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of a week, as they are written."""

    #: of DAY_NAMES; a weekday's own name goes before `mon_fri`, and what is left out is closed
    days: Mapping[str, Span] = field(default_factory=dict)
    lunch: tuple[Span, ...] = ()
    #: the last ticket is given so long before the end of the day
    stop_before_close: timedelta = timedelta()

    def of(self, day: date) -> Span:
        """Return the hours of this day's weekday."""
        return of_weekday(self.days, day.weekday())


@dataclass(frozen=True, slots=True)
class Opening:
    """A time without a break in which the doors are open, in UTC; its end is not in it."""

    begins: datetime
    ends: datetime

    def holds(self, moment: datetime) -> bool:
        """Whether the moment lies in it."""
        return self.begins <= moment < self.ends


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day on which the center is closed, and why."""

    day: date
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Surge:
    """A day on which `factor` times as many visitors come as usual, and why."""

    day: date
    factor: float
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a center is open; `own` are the hours of one service, inside the center's."""

    timezone: str
    hours: Hours = field(default_factory=Hours)
    holidays: tuple[Holiday, ...] = ()
    surges: tuple[Surge, ...] = ()

    def opens(self, day: date, own: Hours | None = None) -> tuple[Opening, ...]:
        """Return when the center, or a service with its own hours, is open on a day, in order.

        The center's own lunch closes nothing, for its windows eat by turns; a service's does.
        """
        if self.holiday(day) is not None:
            return ()
        center = self._openings(day, self.hours.of(day))
        if own is None:
            return center
        inside = _both(center, self._openings(day, own.of(day)))
        for lunch in own.lunch:
            inside = tuple(_without(inside, self._openings(day, lunch)))
        return inside

    def is_open(self, local: datetime, own: Hours | None = None) -> bool:
        """Return whether the doors are open at a moment."""
        moment = local.astimezone(UTC)
        return any(each.holds(moment) for each in self.opens(self.day_of(local), own))

    def takes_tickets(self, local: datetime, own: Hours | None = None) -> bool:
        """Return whether tickets are given at a moment: open, and long enough before the close."""
        moment, openings = local.astimezone(UTC), self.opens(self.day_of(local), own)
        if not any(each.holds(moment) for each in openings):
            return False
        stop = own.stop_before_close if own else timedelta()
        return moment < openings[-1].ends - (stop or self.hours.stop_before_close)

    def next_opening(self, after: datetime, own: Hours | None = None) -> datetime | None:
        """Return when the doors open next, in UTC, or None for none within a year."""
        moment, first = after.astimezone(UTC), self.day_of(after)
        for days in range(HORIZON + 1):
            for each in self.opens(first + timedelta(days=days), own):
                if each.begins > moment:
                    return each.begins
        return None

    def holiday(self, day: date) -> Holiday | None:
        """Return the holiday that a day is."""
        return next((each for each in self.holidays if each.day == day), None)

    def factor(self, day: date) -> float:
        """Return how many times as many visitors as usual a day brings."""
        return next((each.factor for each in self.surges if each.day == day), 1.0)

    def day_of(self, moment: datetime) -> date:
        """Return the center's date at a moment."""
        return moment.astimezone(ZoneInfo(self.timezone)).date()

    def instant(self, day: date, clock: str) -> datetime:
        """Return when a wall clock of the center shows this time on a day, in UTC."""
        wall = datetime.combine(day, time.fromisoformat(clock), ZoneInfo(self.timezone))
        return wall.astimezone(UTC)

    def _openings(self, day: date, span: Span) -> tuple[Opening, ...]:
        if not span:
            return ()
        opening = Opening(self.instant(day, span[0]), self.instant(day, span[1]))
        return (opening,) if opening.begins < opening.ends else ()


def of_weekday(days: Mapping[str, Span], weekday: int) -> Span:
    """Return the hours of a weekday, 0 for Monday; empty where none are told."""
    name = WEEKDAYS[weekday]
    shared = days.get("mon_fri", ()) if name not in DAYS else ()
    return days.get(name, shared)


def _both(one: tuple[Opening, ...], other: tuple[Opening, ...]) -> tuple[Opening, ...]:
    """Return the time that lies in both."""
    cuts = (Opening(max(a.begins, b.begins), min(a.ends, b.ends)) for a in one for b in other)
    return tuple(cut for cut in cuts if cut.begins < cut.ends)


def _without(openings: tuple[Opening, ...], gaps: tuple[Opening, ...]) -> Iterator[Opening]:
    """Yield what a break (one, or none) leaves of the openings."""
    for each in openings:
        if not gaps:
            yield each
            continue
        before = Opening(each.begins, min(each.ends, gaps[0].begins))
        after = Opening(max(each.begins, gaps[0].ends), each.ends)
        yield from (part for part in (before, after) if part.begins < part.ends)

"""What a catalogue document may not say of hours, holidays, surges, quotas and appointments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from queue_server.domain.catalogue_errors import CatalogueError, Document, items, twice
from queue_server.domain.opening import DAY_NAMES, WEEKDAYS, of_weekday

_CLOCK: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
#: open, close
_PAIR: Final = 2
#: appointments are made at most so many days ahead
_YEAR: Final = 366
#: so many minutes an hour has, and the shortest slot
_HOUR, _SHORTEST = 60, 5


def hours(document: Document) -> Iterator[CatalogueError]:
    """Check the center's hours and those of each service."""
    center = document.get("hours", {})
    yield from _week("hours", center)
    for key, service in items(document, "services"):
        own = service.get("hours")
        if own:
            yield from _week(f"{key}.hours", own)
            yield from _inside(f"{key}.hours", own, center)
    if document["rules"].get("keep_hours") and not any(_days(center).values()):
        sentence = "keeps tickets inside the hours, but there are no hours; write [hours]"
        yield CatalogueError("rules.keep_hours", sentence)


def days(document: Document) -> Iterator[CatalogueError]:
    """Check holidays and surges: real dates, each once, and nobody comes to a closed door."""
    closed = [each["date"] for each in document.get("holidays", ())]
    for section in ("holidays", "surges"):
        for key, item in items(document, section):
            yield from real_day(f"{key}.date", item["date"])
        yield from twice(section, "day", [each["date"] for each in document.get(section, ())])
    for key, surge in items(document, "surges"):
        if surge["factor"] <= 0:
            yield CatalogueError(f"{key}.factor", f"must be more than 0, not {surge['factor']}")
        if surge["date"] in closed:
            yield CatalogueError(f"{key}.date", f"{surge['date']} is a holiday")


def quotas(document: Document) -> Iterator[CatalogueError]:
    """Check how many tickets a service gives a day, and at which lunch each window is away."""
    for key, service in items(document, "services"):
        quota = service.get("quota")
        if quota is not None and quota < 1:
            sentence = f"must be at least 1, not {quota}; leave it out for no limit"
            yield CatalogueError(f"{key}.quota", sentence)
    shifts = len(document.get("hours", {}).get("lunch") or ())
    for key, window in items(document, "windows"):
        lunch = window.get("lunch") or 0
        if not 0 <= lunch <= shifts:
            sentence = f"there is no lunch shift {lunch}; hours.lunch has {shifts}, 0 is none"
            yield CatalogueError(f"{key}.lunch", sentence)


def booking(document: Document) -> Iterator[CatalogueError]:
    """Check what the center has decided about appointments."""
    told: Mapping[str, Any] = document.get("booking", {})
    slot = told.get("slot_minutes", _HOUR)
    if slot < _SHORTEST or _HOUR % slot:
        sentence = f"must divide an hour and be at least {_SHORTEST}, like 15; not {slot:g}"
        yield CatalogueError("booking.slot_minutes", sentence)
    if not 0 < told.get("share", 1) <= 1:
        sentence = f"must be more than 0 and at most 1, not {told['share']}"
        yield CatalogueError("booking.share", sentence)
    yield from _bounds(told)
    for place, minutes in enumerate(told.get("reminder_minutes", ())):
        if minutes < 1:
            key = f"booking.reminder_minutes[{place}]"
            yield CatalogueError(key, f"must be at least 1, not {minutes}")
    reminders = [str(each) for each in told.get("reminder_minutes", ())]
    yield from twice("booking.reminder_minutes", "time", reminders)


def real_day(key: str, text: str) -> Iterator[CatalogueError]:
    """Find a date that no calendar has."""
    try:
        date.fromisoformat(text)
    except ValueError:
        sentence = f"must be a day like '2027-03-21', not {text!r}"
        yield CatalogueError(key, sentence)


def is_clock(text: object) -> bool:
    """Whether it is a time of the day, "09:00"."""
    return isinstance(text, str) and _CLOCK.fullmatch(text) is not None


def _bounds(told: Mapping[str, Any]) -> Iterator[CatalogueError]:
    for name, least, most in (
        ("horizon_days", 0, _YEAR),
        ("lead_minutes", 0, None),
        ("per_contact", 1, None),
    ):
        value = told.get(name, least)
        if value < least:
            yield CatalogueError(f"booking.{name}", f"must be at least {least}, not {value:g}")
        elif most is not None and value > most:
            yield CatalogueError(f"booking.{name}", f"must be at most {most}, not {value:g}")


def _days(week: Document) -> dict[str, tuple[str, ...]]:
    """Return the hours of each named day that are told and whole."""
    told = {name: tuple(week[name]) for name in DAY_NAMES if week.get(name) is not None}
    return {name: span for name, span in told.items() if not span or _in_order(span)}


def _in_order(span: Sequence[str]) -> bool:
    return len(span) == _PAIR and all(map(is_clock, span)) and span[0] < span[1]


def _week(key: str, week: Document) -> Iterator[CatalogueError]:
    for name in DAY_NAMES:
        if week.get(name):
            yield from _span(f"{key}.{name}", week[name])
    yield from _lunch(key, week)
    yield from _stop(key, week)


def _span(key: str, span: Sequence[str]) -> Iterator[CatalogueError]:
    if not _in_order(span):
        told = "–".join(map(str, span))
        sentence = f"must be two times in order, like '09:00', '18:00', not {told}"
        yield CatalogueError(key, sentence)


def _lunch(key: str, week: Document) -> Iterator[CatalogueError]:
    """Check the lunch shifts: in order, side by side, and inside the hours of some day."""
    told = week.get("lunch") or ()
    for place, span in enumerate(told):
        yield from _span(f"{key}.lunch[{place}]", span)
    shifts = [(place, *span) for place, span in enumerate(told) if _in_order(span)]
    open_days = [span for span in _days(week).values() if span]
    for place, begins, ends in shifts:
        if open_days and not any(span[0] <= begins and ends <= span[1] for span in open_days):
            sentence = f"{begins}–{ends} is outside of the hours of every day"
            yield CatalogueError(f"{key}.lunch[{place}]", sentence)
        for other, other_begins, other_ends in shifts:
            if other < place and begins < other_ends and other_begins < ends:
                sentence = f"{begins}–{ends} overlaps {other_begins}–{other_ends}"
                yield CatalogueError(f"{key}.lunch[{place}]", sentence)


def _stop(key: str, week: Document) -> Iterator[CatalogueError]:
    """Check that the last ticket of a day comes after its first."""
    stop = week.get("stop_tickets_before_close_minutes") or 0
    here = f"{key}.stop_tickets_before_close_minutes"
    if stop < 0:
        yield CatalogueError(here, f"cannot be negative: {stop:g}")
    for name, span in _days(week).items():
        if span and stop >= _minutes(span[1]) - _minutes(span[0]):
            yield CatalogueError(here, f"{stop:g} minutes are all the hours of {name}")


def _inside(key: str, own: Document, center: Document) -> Iterator[CatalogueError]:
    """Check that a service is open only while the center is; `mon_fri` on one of its days."""
    own_days, center_days = _days(own), _days(center)
    if not any(own_days.values()):
        yield CatalogueError(key, "is closed on every day; leave it out for the center's hours")
    # hours that are no hours have their own sentence
    if any(center.get(name) and name not in center_days for name in DAY_NAMES):
        return
    for name, span in own_days.items():
        around = [of_weekday(center_days, weekday) for weekday in _weekdays(name)]
        if span and not any(_holds(each, span) for each in around):
            told = "–".join(around[0]) or "closed"
            sentence = f"{'–'.join(span)} is outside of the center's hours ({told})"
            yield CatalogueError(f"{key}.{name}", sentence)


def _weekdays(name: str) -> range:
    """Return the weekdays that a name of days means, 0 for Monday."""
    first = 0 if name == "mon_fri" else WEEKDAYS.index(name)
    return range(first, 5 if name == "mon_fri" else first + 1)


def _holds(around: Sequence[str], span: Sequence[str]) -> bool:
    return bool(around) and around[0] <= span[0] and span[1] <= around[1]


def _minutes(clock: str) -> int:
    return int(clock[:2]) * _HOUR + int(clock[3:])

"""Which days a report is about: today, this week, this month, or from a day to another."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

#: a report is about no more days
LONGEST: Final = 366
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


class BadPeriod(ValueError):
    """What was asked for is no period; the field at fault, and the text that says why."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field, self.text = field, text


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days, the first and the last one within."""

    first: date
    last: date

    @property
    def arguments(self) -> dict[str, str]:
        """The period as the arguments of an address."""
        return {"from": f"{self.first}", "to": f"{self.last}"}


def asked(first: str | None, last: str | None, today: date) -> Period:
    """Return the period between two days in ISO form; without them today. Raises BadPeriod."""
    end = _day("to", last) if last else None
    begin = _day("from", first) if first else end or today
    period = Period(begin, end or max(begin, today))
    if period.last < period.first:
        raise BadPeriod("to", "bad_order")
    if period.last - period.first >= LONGEST * _DAY:
        raise BadPeriod("from", "too_long")
    return period


def named(today: date) -> dict[str, Period]:
    """Return the periods that have a name, up to today."""
    return {
        "today": Period(today, today),
        "yesterday": Period(today - _DAY, today - _DAY),
        "week": Period(_monday(today), today),
        "month": Period(today.replace(day=1), today),
    }


def earlier(period: Period) -> Period:
    """Return the period before: a month before a month, a week before a week, else as many days."""
    if _is_month(period):
        return _month(period.first - _DAY)
    if _is_week(period):
        return Period(period.first - _WEEK, period.first - _DAY)
    days = period.last - period.first + _DAY
    return Period(period.first - days, period.first - _DAY)


def later(period: Period, today: date) -> Period | None:
    """Return the period after, which ends today at the latest; None where it has not begun."""
    if _is_month(period):
        after = _month(_month(period.first).last + _DAY)
    elif _is_week(period):
        after = Period(period.first + _WEEK, period.first + 2 * _WEEK - _DAY)
    else:
        days = period.last - period.first + _DAY
        after = Period(period.last + _DAY, period.last + days)
    return Period(after.first, min(after.last, today)) if after.first <= today else None


def _day(field: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadPeriod(field, "bad_day") from None


def _monday(day: date) -> date:
    return day - day.weekday() * _DAY


def _month(day: date) -> Period:
    return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def _is_month(period: Period) -> bool:
    """A month as far as it has come counts as one, unless it is shorter than a week."""
    same = (period.first.year, period.first.month) == (period.last.year, period.last.month)
    return period.first.day == 1 and same and period.last - period.first >= _WEEK


def _is_week(period: Period) -> bool:
    days = period.last - period.first + _DAY
    return period.first.weekday() == 0 and _DAY < days <= _WEEK

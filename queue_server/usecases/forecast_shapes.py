"""Forecasts as wire words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor

from queue_server.contracts.forecast import (
    ForecastDayOut,
    HalfHourOut,
    RecordOut,
    SpanOut,
    StretchOut,
)
from queue_server.domain import staffing_plan
from queue_server.domain.forecasting import Span, is_open
from queue_server.domain.forecasting_hours import HALF_HOURS, busiest, doors_open
from queue_server.domain.forecasting_record import Record
from queue_server.domain.opening import Calendar
from queue_server.domain.staffing import Need
from queue_server.domain.staffing_plan import Aim


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is expected of a day."""

    day: date
    #: None: nothing is known, or nobody can come
    total: Span | None = None
    #: by half hour; empty where nothing is known
    half_hours: tuple[Span, ...] = ()
    #: of today: who came by half hour, how many half hours have begun, and what was expected before
    came: tuple[int, ...] | None = None
    begun: int = 0
    morning: Span | None = None


@dataclass(frozen=True, slots=True)
class Staffing:
    """The windows of a day by half hour."""

    plan: tuple[int, ...]
    quick: tuple[int, ...] = ()
    #: None: not computed yet
    needs: tuple[Need, ...] | None = None


def one_day(ahead: Ahead, calendar: Calendar) -> ForecastDayOut:
    """Return a day."""
    shut = not is_open(calendar, ahead.day)
    holiday = calendar.holiday(ahead.day)
    return ForecastDayOut(
        day=ahead.day.isoformat(),
        weekday=ahead.day.isoweekday(),
        closed=("holiday" if holiday else "hours") if shut else None,
        factor=1.0 if shut else calendar.factor(ahead.day),
        texts=dict(holiday.texts) if holiday else _surge(calendar, ahead.day),
        visitors=None if shut else whole(ahead.total),
        so_far=None if ahead.came is None else sum(ahead.came),
        morning=None if shut else whole(ahead.morning),
    )


def half_hours(ahead: Ahead, staffing: Staffing, calendar: Calendar) -> list[HalfHourOut]:
    """Return a day's half hours while the doors are open, and all in which somebody came."""
    doors = doors_open(calendar, ahead.day)
    came = ahead.came or (0,) * HALF_HOURS
    places = [place for place in range(HALF_HOURS) if doors[place] or came[place]]
    every = range(places[0], places[-1] + 1) if places else range(0)
    return [_half_hour(place, ahead, staffing) for place in every]


def peak(ahead: Ahead, staffing: Staffing) -> StretchOut | None:
    """Return the busiest hour and a half to come; None where nobody is expected any more."""
    first = _now(ahead)
    last = max((place for place, each in enumerate(ahead.half_hours) if each.expected), default=0)
    expected = [each.expected for each in ahead.half_hours[first : last + 1]]
    if not any(expected):
        return None
    begin, end = busiest(expected)
    return _stretch(first + begin, first + end, ahead, staffing)


def lacks(ahead: Ahead, staffing: Staffing, aim: Aim) -> list[StretchOut]:
    """Return where the plan has too few windows from now on."""
    needs, first = staffing.needs or (), _now(ahead)
    plan = staffing.plan[: len(needs)]
    windows, kept = [need.windows for need in needs], [need.by_plan for need in needs]
    found = staffing_plan.lacks(windows[first:], plan[first:], kept[first:], aim)
    return [_stretch(first + begin, first + end, ahead, staffing) for begin, end in found]


def record(known: Record | None) -> RecordOut | None:
    """Return how right the forecasts were."""
    if known is None:
        return None
    return RecordOut(days=known.days, error=round(known.error, 4), inside=round(known.inside, 4))


def whole(span: Span | None) -> SpanOut | None:
    """Return whole visitors, the band's ends outwards."""
    if span is None:
        return None
    return SpanOut(expected=round(span.expected), low=floor(span.low), high=ceil(span.high))


def clock(place: int) -> str:
    """Return when a half hour begins, "09:30"."""
    return f"{place // 2:02}:{30 * (place % 2):02}"


def _now(ahead: Ahead) -> int:
    """Return the half hour that goes on now; the first one of a day that has not begun."""
    return max(ahead.begun - 1, 0)


def _stretch(begin: int, end: int, ahead: Ahead, staffing: Staffing) -> StretchOut:
    needs = (staffing.needs or ())[begin:end]
    counts = [each.expected for each in ahead.half_hours[begin:end]]
    kept = [
        (need.by_plan, count)
        for need, count in zip(needs, counts, strict=False)
        if need.by_plan is not None
    ]
    everybody = sum(count for _, count in kept)
    return StretchOut(
        begins=clock(begin),
        ends=clock(end),
        windows=max((need.windows for need in needs), default=None),
        by_plan=min(staffing.plan[begin:end]),
        within_norm_by_plan=_share(sum(share * count for share, count in kept) / everybody)
        if everybody
        else None,
    )


def _half_hour(place: int, ahead: Ahead, staffing: Staffing) -> HalfHourOut:
    span = ahead.half_hours[place] if ahead.half_hours else None
    need = staffing.needs[place] if staffing.needs else None
    begun = ahead.came is not None and place < ahead.begun
    return HalfHourOut(
        begins=clock(place),
        visitors=_tenths(span),
        so_far=ahead.came[place] if ahead.came is not None and begun else None,
        windows=need.windows if need else None,
        within_norm=_share(need.within_norm) if need else None,
        by_plan=staffing.plan[place],
        within_norm_by_plan=_share(need.by_plan) if need else None,
        erlang_c=staffing.quick[place] if staffing.quick else None,
    )


def _tenths(span: Span | None) -> SpanOut | None:
    if span is None:
        return None
    expected, low, high = (round(each, 1) for each in (span.expected, span.low, span.high))
    return SpanOut(expected=expected, low=low, high=high)


def _share(share: float | None) -> float | None:
    return None if share is None else round(share, 3)


def _surge(calendar: Calendar, day: date) -> dict[str, str]:
    found: Sequence[Mapping[str, str]] = [s.texts for s in calendar.surges if s.day == day]
    return dict(found[0]) if found else {}

"""The days to come: how many visitors each brings, when, and the windows that they need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from random import Random
from statistics import fmean
from typing import Final
from zoneinfo import ZoneInfo

from queue_server.contracts.forecast import DayForecastOut, ForecastOut
from queue_server.domain import forecasting, forecasting_hours, staffing, staffing_plan
from queue_server.domain.calendar import service_day
from queue_server.domain.catalogue import Catalogue
from queue_server.domain.errors import Invalid
from queue_server.domain.forecasting_hours import HALF_HOURS
from queue_server.domain.staffing_plan import Aim
from queue_server.usecases import forecast_shapes as shapes
from queue_server.usecases import recording
from queue_server.usecases.access import Actor
from queue_server.usecases.act import Act
from queue_server.usecases.forecast_history import Almanac, Known
from queue_server.usecases.forecast_shapes import Ahead, Staffing
from queue_server.usecases.ports import Center

#: so many days are looked ahead, unless another number is asked for, and at most
USUAL, LONGEST = 14, 28
_DIGITS: Final = 2
_DAY: Final = timedelta(days=1)
_MINUTE, _HALF_HOUR = timedelta(minutes=1), timedelta(minutes=30)


def number_of_days(text: str | None) -> int:
    """Return the number that a query asks for; raises Invalid naming `days`."""
    if not text:
        return USUAL
    if not (
        text.isascii() and text.isdigit() and len(text) <= _DIGITS and 1 <= int(text) <= LONGEST
    ):
        raise Invalid(f"A forecast covers 1 to {LONGEST} days.", field="days")
    return int(text)


def a_date(text: str) -> date:
    """Return the day that an address names; raises Invalid naming `date`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(f"{text!r} is no date; write YYYY-MM-DD.", field="date") from None


def forecast(center: Center, actor: Actor, days: int, almanac: Almanac) -> ForecastOut:
    """Return today and so many days after it; raises Forbidden."""
    view = _view(center, actor, almanac)
    habit, catalogue = view.known.habit, view.catalogue
    return ForecastOut(
        made_at=recording.instant(view.now),
        timezone=catalogue.timezone,
        center=dict(catalogue.name),
        learned_days=habit.days if habit else 0,
        learned_until=habit.until.isoformat() if habit else None,
        record=shapes.record(view.known.record),
        today=shapes.one_day(_ahead(view, view.today), catalogue.calendar),
        days=[
            shapes.one_day(_ahead(view, view.today + n * _DAY), catalogue.calendar)
            for n in range(1, days + 1)
        ],
    )


def of_day(center: Center, actor: Actor, day: date, almanac: Almanac) -> DayForecastOut:
    """Return today or a day after it by half hour; raises Forbidden, or Invalid naming `date`."""
    view = _view(center, actor, almanac)
    if not view.today <= day <= view.today + LONGEST * _DAY:
        raise Invalid(f"A forecast is made for today and {LONGEST} days after it.", field="date")
    catalogue, aim, ahead = view.catalogue, view.aim, _ahead(view, day)
    staffing = _staffing(view, ahead, almanac)
    unknown = not (staffing.quick and any(staffing.quick))
    return DayForecastOut(
        made_at=recording.instant(view.now),
        timezone=catalogue.timezone,
        center=dict(catalogue.name),
        norm_minutes=round(aim.norm),
        target=aim.target,
        day=shapes.one_day(ahead, catalogue.calendar),
        staffing="unknown" if unknown else "computing" if staffing.needs is None else "ready",
        half_hours=shapes.half_hours(ahead, staffing, catalogue.calendar),
        peak=shapes.peak(ahead, staffing),
        lacks=shapes.lacks(ahead, staffing, aim),
    )


@dataclass(frozen=True, slots=True)
class _View:
    """What is known at a moment."""

    now: datetime
    today: date
    catalogue: Catalogue
    version: int
    known: Known
    #: today's visitors by half hour
    came: tuple[int, ...]

    @property
    def passed(self) -> float:
        """How many half hours of today are over."""
        local = self.now.astimezone(ZoneInfo(self.catalogue.timezone))
        if local.date() != self.today:
            return float(HALF_HOURS) if local.date() > self.today else 0.0
        return (local - local.replace(hour=0, minute=0, second=0, microsecond=0)) / _HALF_HOUR

    @property
    def aim(self) -> Aim:
        """What windows are needed for."""
        return Aim(self.catalogue.rules.wait_norm / _MINUTE)


def _view(center: Center, actor: Actor, almanac: Almanac) -> _View:
    actor.must("report:read")
    with center.read() as work:
        act = Act(center, work, actor, center.clock.now())
        today = work.day or service_day(None, act.now, act.catalogue.timezone)
        known, came = almanac.known(act, today), almanac.so_far(act, today)
        return _View(act.now, today, act.catalogue, work.catalogue_version, known, came)


def _ahead(view: _View, day: date) -> Ahead:
    """Return what is expected of a day; of today, after those who came already."""
    today, calendar, habit = day == view.today, view.catalogue.calendar, view.known.habit
    came, begun = (view.came, ceil(view.passed)) if today else (None, 0)
    if habit is None or not forecasting.is_open(calendar, day):
        return Ahead(day, came=came, begun=begun)
    thought = forecasting.forecast(habit, calendar, day)
    how = forecasting_hours.profile(view.known.came, calendar, day)
    if came is None:
        return Ahead(day, thought, forecasting_hours.spans(thought, how))
    now = forecasting_hours.rest_of_day(thought, how, came, view.passed)
    return Ahead(day, now.total, now.half_hours, came, begun, thought)


def _staffing(view: _View, ahead: Ahead, almanac: Almanac) -> Staffing:
    """Return a day's windows; those needed only once they have been computed."""
    plan = staffing_plan.planned(view.catalogue, ahead.day)
    minutes, aim, services = view.known.minutes, view.aim, view.known.services
    if not minutes or not ahead.half_hours:
        return Staffing(plan)
    arrivals = [each.expected * services for each in ahead.half_hours]
    mean = fmean(minutes)
    quick = tuple(staffing_plan.quick(each, mean, aim) for each in arrivals)
    key = (ahead.day, ahead.begun, view.today, view.version, len(view.known.days))
    chance = Random(ahead.day.toordinal())  # noqa: S311 (chance of a simulation, no secret)
    needs = almanac.needs(key, lambda: staffing.needed(arrivals, minutes, plan, aim, chance))
    return Staffing(plan, quick, needs)

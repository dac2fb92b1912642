"""The days to come: what `GET /api/v1/forecast` and `GET /api/v1/forecast/{date}` answer.

Visitors are expected numbers with the band that holds 80 % of days. None is a number that cannot
be given: there is no history yet, or nobody can come.
"""

from __future__ import annotations

from typing import Literal

from queue_server.contracts.shapes import Reply


class SpanOut(Reply):
    """An expected number of visitors, and the band that holds it in 80 % of cases."""

    expected: float
    low: float
    high: float


class ForecastDayOut(Reply):
    """One day."""

    day: str
    #: 1 is Monday
    weekday: int
    #: why nobody can come; None: the doors are open
    closed: Literal["holiday", "hours"] | None
    #: how many times as many visitors as usual were announced
    factor: float
    #: the holiday, or why another number is expected than usual, by language; else empty
    texts: dict[str, str]
    #: all of the day's visitors; None: no history, or closed
    visitors: SpanOut | None
    #: who came until now; of today alone
    so_far: int | None = None
    #: of today: what was expected of it before its doors opened
    morning: SpanOut | None = None


class RecordOut(Reply):
    """How right the forecasts of the latest days were, each made a day before."""

    days: int
    #: all errors added up / all visitors (WAPE)
    error: float
    #: share of the days that were inside their band
    inside: float


class ForecastOut(Reply):
    """Today, and the days after it."""

    made_at: str
    timezone: str
    #: the center's name by language
    center: dict[str, str]
    #: so many past days were learned from, and the last of them
    learned_days: int
    learned_until: str | None
    record: RecordOut | None
    today: ForecastDayOut
    #: tomorrow and on, in order
    days: list[ForecastDayOut]


class HalfHourOut(Reply):
    """Half an hour of a day."""

    #: its begin by the center's clock, "09:30"
    begins: str
    visitors: SpanOut | None
    #: who came in it; of today's half hours that have begun
    so_far: int | None = None
    #: windows needed, by simulation; None until they are computed
    windows: int | None = None
    #: share of its visitors that then wait no longer than the norm
    within_norm: float | None = None
    #: windows on duty by the plan, lunch taken off
    by_plan: int = 0
    #: share that waits no longer than the norm with the plan's windows
    within_norm_by_plan: float | None = None
    #: windows needed by Erlang C: a quick estimate of the half hour by itself
    erlang_c: int | None = None


class StretchOut(Reply):
    """Some half hours on end, and the windows in them."""

    #: by the center's clock; "24:00" is the end of the day
    begins: str
    ends: str
    #: the most that are needed; None until they are computed
    windows: int | None
    #: the fewest that the plan has
    by_plan: int
    #: share of its visitors that wait no longer than the norm with the plan's windows
    within_norm_by_plan: float | None


class DayForecastOut(Reply):
    """One day by half hour, with the windows that it needs."""

    made_at: str
    timezone: str
    #: the center's name by language
    center: dict[str, str]
    #: the wait that windows are needed for, minutes, and the share that shall wait no longer
    norm_minutes: int
    target: float
    day: ForecastDayOut
    #: `computing`: ask again in a moment; `unknown`: there is no history to compute from
    staffing: Literal["ready", "computing", "unknown"]
    #: while the doors are open, and those of today in which somebody came
    half_hours: list[HalfHourOut]
    #: the busiest hour and a half
    peak: StretchOut | None
    #: where the plan has too few windows
    lacks: list[StretchOut]

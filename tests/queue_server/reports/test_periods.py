"""Which days a report is about."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.reports import periods
from queue_server.reports.periods import BadPeriod, Period

#: a Monday
TODAY = date(2026, 11, 23)
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


def period(first: str, last: str) -> Period:
    """Return a period of ISO days."""
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (None, None, period("2026-11-23", "2026-11-23")),
        ("2026-11-03", None, period("2026-11-03", "2026-11-23")),
        (None, "2026-11-03", period("2026-11-03", "2026-11-03")),
        ("2026-11-03", "2026-11-09", period("2026-11-03", "2026-11-09")),
    ],
)
def test_what_is_left_out_is_today(first: str | None, last: str | None, found: Period) -> None:
    """From a day on means until today; only a last day means that day."""
    assert periods.asked(first, last, TODAY) == found


@pytest.mark.parametrize(
    ("first", "last", "field", "text"),
    [
        ("yesterday", None, "from", "bad_day"),
        (None, "2026-02-30", "to", "bad_day"),
        ("2026-11-09", "2026-11-03", "to", "bad_order"),
        ("2024-01-01", "2026-01-01", "from", "too_long"),
    ],
)
def test_what_is_no_period_is_said_at_its_field(
    first: str | None, last: str | None, field: str, text: str
) -> None:
    """A sentence stands at the field that is wrong."""
    with pytest.raises(BadPeriod) as caught:
        periods.asked(first, last, TODAY)
    assert (caught.value.field, caught.value.text) == (field, text)


def test_a_whole_leap_year_is_a_period() -> None:
    """366 days are allowed, 367 are not."""
    assert periods.asked("2024-01-01", "2024-12-31", TODAY).last == date(2024, 12, 31)
    with pytest.raises(BadPeriod):
        periods.asked("2024-01-01", "2025-01-01", TODAY)


def test_the_named_periods_end_today() -> None:
    """The week began on Monday, the month on its first day."""
    found = periods.named(date(2026, 11, 26))
    assert found["yesterday"] == period("2026-11-25", "2026-11-25")
    assert found["week"] == period("2026-11-23", "2026-11-26")
    assert found["month"] == period("2026-11-01", "2026-11-26")


@pytest.mark.parametrize(
    ("now", "before"),
    [
        (period("2026-11-23", "2026-11-23"), period("2026-11-22", "2026-11-22")),
        (period("2026-11-23", "2026-11-26"), period("2026-11-16", "2026-11-22")),
        (period("2026-11-01", "2026-11-26"), period("2026-10-01", "2026-10-31")),
        (period("2026-03-01", "2026-03-31"), period("2026-02-01", "2026-02-28")),
        (period("2026-11-10", "2026-11-12"), period("2026-11-07", "2026-11-09")),
    ],
)
def test_before_a_month_comes_a_month(now: Period, before: Period) -> None:
    """Before a week a week, before a day a day, else as many days."""
    assert periods.earlier(now) == before


@given(DAYS, st.integers(0, 60))
def test_periods_follow_one_another_without_a_gap(first: date, more: int) -> None:
    """The one before ends the day before; the one after begins the day after, unless to come."""
    now = Period(first, first + timedelta(days=more))
    assert periods.earlier(now).last == first - timedelta(days=1)
    after = periods.later(now, date(2040, 1, 1))
    assert after is not None
    assert after.first > now.first
    assert after.first <= now.last + timedelta(days=31)


def test_nobody_reports_of_tomorrow() -> None:
    """The arrow to the right leads nowhere from today, and this month ends today."""
    assert periods.later(period("2026-11-23", "2026-11-23"), TODAY) is None
    assert periods.later(period("2026-10-01", "2026-10-31"), TODAY) == period(
        "2026-11-01", "2026-11-23"
    )

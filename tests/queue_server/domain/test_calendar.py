"""The service day."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.calendar import is_over, service_day

TASHKENT = "Asia/Tashkent"
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
NOWS = st.integers(0, 8 * 24).map(lambda hours: NEW_YEAR + timedelta(hours=hours))


@pytest.mark.parametrize(
    ("hour", "day"), [(18, date(2026, 11, 22)), (19, date(2026, 11, 23)), (23, date(2026, 11, 23))]
)
def test_the_service_day_is_the_center_s_local_date(hour: int, day: date) -> None:
    """In Tashkent the day begins at 19:00 UTC."""
    assert service_day(None, datetime(2026, 11, 22, hour, tzinfo=UTC), TASHKENT) == day


def test_a_new_day_opens_when_the_date_changes() -> None:
    """The day goes on with the calendar, also over days when the center was shut."""
    friday = date(2026, 11, 20)
    monday = datetime(2026, 11, 23, 4, tzinfo=UTC)
    assert service_day(friday, monday, TASHKENT) == date(2026, 11, 23)


def test_a_clock_that_jumps_back_stays_on_the_open_day() -> None:
    """No number of an earlier day is given twice."""
    today = date(2026, 11, 23)
    assert service_day(today, datetime(2026, 11, 21, tzinfo=UTC), TASHKENT) == today


@given(st.lists(NOWS, min_size=1, max_size=8))
def test_the_service_day_never_goes_back(nows) -> None:
    """Whatever the clock does, days only follow each other."""
    days: list[date] = []
    for now in nows:
        days.append(service_day(days[-1] if days else None, now, TASHKENT))
    assert days == sorted(days)
    assert days[-1] == max((now + timedelta(hours=5)).date() for now in nows)


@given(NOWS)
def test_a_day_is_over_two_hours_past_its_midnight(now: datetime) -> None:
    """Until then its visitors still see their tickets, in the center's own time."""
    local = now.astimezone(ZoneInfo(TASHKENT))
    today, yesterday = local.date(), local.date() - timedelta(days=1)
    assert not is_over(today, now, TASHKENT)
    assert is_over(yesterday, now, TASHKENT) == (local.hour >= 2)

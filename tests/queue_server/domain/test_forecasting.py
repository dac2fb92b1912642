"""Day totals to come: what the past tells, and what it must not."""

from datetime import date, timedelta
from math import inf, isfinite, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.domain import forecasting
from queue_server.domain.forecasting import NOBODY, forecast, learn
from queue_server.domain.opening import Calendar, Holiday, Hours, Surge
from tests.bench import forecast as bench

MONDAY = date(2026, 6, 1)
HOURS = Hours({"mon_fri": ("09:00", "18:00"), "sat": ("09:00", "15:00")})
CENTER = Calendar("Asia/Tashkent", HOURS)
#: visitors from Monday to Saturday
WEEK = (500, 420, 400, 380, 400, 240)


def day(number: int) -> date:
    """Return the day so many days after a Monday."""
    return MONDAY + timedelta(days=number)


def weeks(count: int, week=WEEK, size: float = 1.0, since: int = 0) -> dict[date, float]:
    """Return totals that follow the weekdays to the letter."""
    return {
        day(7 * n + weekday): size * total
        for n in range(since, since + count)
        for weekday, total in enumerate(week)
    }


def expected(totals, on: date, calendar: Calendar = CENTER) -> float:
    """Return the expected visitors of a day."""
    habit = learn(totals, calendar)
    assert habit is not None
    return forecast(habit, calendar, on).expected


@pytest.mark.parametrize(
    "totals",
    [{}, {day(0): 0}, {day(6): 400}, {day(0): -5}, {day(0): nan}, {day(0): inf}],
    ids=["no day", "an outage", "a Sunday", "less than nobody", "no number", "endless"],
)
def test_without_a_day_that_tells_anything_there_is_no_forecast(totals):
    """No number is made up."""
    assert learn(totals, CENTER) is None


def test_one_day_is_enough_to_begin_and_its_band_is_wide():
    """The same weekday is expected to be alike, a shorter day to bring fewer."""
    habit = learn({day(0): 450}, CENTER)
    assert habit is not None
    monday, saturday = (forecast(habit, CENTER, day(n)) for n in (7, 5))
    assert monday.expected == pytest.approx(450)
    assert saturday.expected == pytest.approx(450 * 6 / 9)
    assert monday.low < 350
    assert monday.high > 580


def test_each_weekday_keeps_its_own_number():
    """After eight weeks every day of the next is known."""
    totals = weeks(8)
    for weekday, total in enumerate(WEEK):
        assert expected(totals, day(56 + weekday)) == pytest.approx(total, rel=0.03)


def test_a_new_level_is_followed():
    """A center that grows by a third is believed within four weeks."""
    totals = weeks(10) | weeks(4, size=4 / 3, since=10)
    assert expected(totals, day(14 * 7)) == pytest.approx(500 * 4 / 3, rel=0.05)


@pytest.mark.parametrize("odd", [0, 3, 30, 2_000_000])
def test_one_odd_day_moves_little(odd):
    """A day without power, or with a counter gone mad, is no habit."""
    totals = weeks(8)
    totals[day(54)] = odd
    assert expected(totals, day(57)) == pytest.approx(420, rel=0.06)


def test_a_holiday_in_the_past_tells_nothing():
    """Ten visitors on a day that should have been closed are nobody's habit."""
    calendar = Calendar("Asia/Tashkent", HOURS, (Holiday(day(49), {}),))
    assert expected(weeks(8) | {day(49): 10}, day(56), calendar) == pytest.approx(500, rel=0.03)


def test_nobody_comes_on_holidays_and_closed_days():
    """Zero, without any doubt."""
    calendar = Calendar("Asia/Tashkent", HOURS, (Holiday(day(56), {}),))
    habit = learn(weeks(8), calendar)
    assert habit is not None
    assert forecast(habit, calendar, day(56)) == NOBODY
    assert forecast(habit, calendar, day(55)) == NOBODY


def test_a_surge_multiplies_and_is_less_sure():
    """What was announced is itself a guess; a past surge leaves the level alone."""
    surges = (Surge(day(50), 1.5, {}), Surge(day(57), 1.5, {}))
    calendar = Calendar("Asia/Tashkent", HOURS, (), surges)
    habit = learn(weeks(8) | {day(50): 630}, calendar)
    assert habit is not None
    surge, usual = forecast(habit, calendar, day(57)), forecast(habit, calendar, day(64))
    assert surge.expected == pytest.approx(1.5 * usual.expected)
    assert surge.high / surge.expected > usual.high / usual.expected


def test_the_further_the_less_sure():
    """The band is wider in two weeks than tomorrow."""
    series = bench.a_series(1)
    habit = learn(series.totals, series.calendar)
    assert habit is not None
    monday = habit.until + timedelta(days=7 - habit.until.weekday())
    spans = [forecast(habit, CENTER, monday + timedelta(weeks=n)) for n in range(4)]
    widths = [span.high / span.low for span in spans]
    assert widths == sorted(widths)
    assert widths[0] < widths[-1]


def test_a_center_that_tells_no_hours_is_closed_on_holidays_alone():
    """Without hours every day may bring visitors."""
    calendar = Calendar("Asia/Tashkent", Hours(), (Holiday(day(1), {}),))
    assert forecasting.is_open(calendar, day(6))
    assert not forecasting.is_open(calendar, day(1))
    assert expected({day(6): 100}, day(13), calendar) == pytest.approx(100)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.dates(date(2026, 1, 1), date(2026, 6, 1)), st.floats(allow_nan=True), max_size=60
    )
)
def test_whatever_the_past_was_numbers_stay_numbers(totals):
    """Bands are in order, and nothing is negative or endless."""
    habit = learn(totals, CENTER)
    if habit is None:
        return
    for n in range(14):
        span = forecast(habit, CENTER, date(2026, 6, 2) + timedelta(days=n))
        assert 0 <= span.low <= span.expected <= span.high
        assert isfinite(span.expected)


def test_half_a_year_is_forecast_better_than_by_the_week_before():
    """On simulated centers the error is well below the naive one's, and the band holds."""
    scores = [bench._score(bench.days_ahead(s, first=18), s) for s in map(bench.a_series, (0, 1))]
    assert sum(s.ours for s in scores) <= bench.LIMIT * sum(s.naive for s in scores)
    inside = [each for score in scores for each in score.inside]
    assert 0.7 <= sum(inside) / len(inside) <= 0.95

"""Forecasts of a center: what its past says of the days to come, and of the windows they need."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from queue_server.domain.errors import Forbidden, Invalid
from queue_server.usecases import forecast
from queue_server.usecases.access import Actor
from queue_server.usecases.forecast_history import Almanac
from queue_server.usecases.ports import Center
from tests.queue_server.usecases import days_past
from tests.queue_server.usecases.days_past import BY_HALF_HOUR, SATURDAY, WEEKDAY, AtOnce, Never

#: a Monday, at ten o'clock of Tashkent
TODAY = date(2026, 11, 23)
TUESDAY, SUNDAY, HOLIDAY, SURGE = (
    date(2026, 11, 24),
    date(2026, 11, 29),
    *(date(2026, 12, 8), date(2026, 12, 9)),
)
SUPERVISOR = Actor("person", "supervisor", "supervisor")


@pytest.fixture
def almanac() -> Almanac:
    """What requests share, computing at once."""
    return Almanac(AtOnce())


@pytest.fixture
def past(center: Center) -> Center:
    """A center with four weeks behind it."""
    days_past.keep(center, TODAY)
    return center


@pytest.mark.parametrize("role", ["clerk", "receptionist", "kiosk", "board"])
def test_who_reads_no_reports_reads_no_forecast(center: Center, almanac: Almanac, role):
    """The figures of a center are not for everybody."""
    stranger = Actor("person", "somebody", role)
    with pytest.raises(Forbidden):
        forecast.forecast(center, stranger, 14, almanac)
    with pytest.raises(Forbidden):
        forecast.of_day(center, stranger, TUESDAY, almanac)


def test_without_a_past_no_number_is_said(center: Center, almanac: Almanac):
    """The days are there, with their holidays; their visitors are not known."""
    report = forecast.forecast(center, SUPERVISOR, 16, almanac)
    assert (report.learned_days, report.learned_until, report.record) == (0, None, None)
    assert {day.visitors for day in report.days} == {None}
    day = forecast.of_day(center, SUPERVISOR, TUESDAY, almanac)
    assert (day.staffing, day.peak, day.lacks) == ("unknown", None, [])
    assert {each.by_plan for each in day.half_hours} == {6, 12}


def test_the_next_days_follow_their_weekdays(past: Center, almanac: Almanac):
    """Fourteen days from tomorrow on, each as its weekday was."""
    report = forecast.forecast(past, SUPERVISOR, 14, almanac)
    assert (report.learned_days, report.learned_until) == (24, "2026-11-21")
    assert [day.day for day in report.days][::13] == ["2026-11-24", "2026-12-07"]
    by_weekday = {day.weekday: day for day in report.days}
    assert by_weekday[2].visitors.expected == pytest.approx(WEEKDAY, rel=0.03)
    assert by_weekday[6].visitors.expected == pytest.approx(SATURDAY, rel=0.05)
    assert (by_weekday[7].visitors, by_weekday[7].closed) == (None, "hours")


def test_holidays_and_surges_have_their_names(past: Center, almanac: Almanac):
    """Constitution Day is closed, and the day after it brings more."""
    days = {d.day: d for d in forecast.forecast(past, SUPERVISOR, 20, almanac).days}
    holiday, surge = days[str(HOLIDAY)], days[str(SURGE)]
    assert (holiday.closed, holiday.visitors) == ("holiday", None)
    assert "Constitution" in holiday.texts["en"]
    assert surge.factor == 1.4
    assert surge.texts
    assert surge.visitors.expected == pytest.approx(1.4 * WEEKDAY, rel=0.03)


def test_a_day_is_told_by_half_hour(past: Center, almanac: Almanac):
    """From nine to six, as many in all as the day, with the windows of plan and need."""
    day = forecast.of_day(past, SUPERVISOR, TUESDAY, almanac)
    assert (day.half_hours[0].begins, day.half_hours[-1].begins) == ("09:00", "17:30")
    total = sum(each.visitors.expected for each in day.half_hours)
    assert total == pytest.approx(day.day.visitors.expected, abs=2)
    assert day.staffing == "ready"
    assert all(each.within_norm >= day.target for each in day.half_hours)
    assert {each.by_plan for each in day.half_hours} == {6, 12}
    assert all(abs(each.windows - each.erlang_c) < 6 for each in day.half_hours)
    assert {each.so_far for each in day.half_hours} == {None}


def test_the_busiest_time_comes_first_to_the_eye(past: Center, almanac: Almanac):
    """An hour and a half, the most windows that it needs and the fewest of the plan."""
    day = forecast.of_day(past, SUPERVISOR, TUESDAY, almanac)
    assert (day.peak.begins, day.peak.ends) == ("09:00", "10:30")
    inside = day.half_hours[:3]
    assert day.peak.windows == max(each.windows for each in inside)
    assert day.peak.by_plan == 12


def test_a_lack_of_windows_is_named(past: Center, almanac: Almanac):
    """On the day of the surge the plan keeps the norm for too few: it says when."""
    day = forecast.of_day(past, SUPERVISOR, SURGE, almanac)
    assert day.lacks
    for lack in day.lacks:
        assert lack.windows > lack.by_plan
        assert lack.within_norm_by_plan < day.target


def test_a_closed_day_has_no_half_hours(past: Center, almanac: Almanac):
    """Nobody comes, and nobody is on duty."""
    day = forecast.of_day(past, SUPERVISOR, SUNDAY, almanac)
    assert (day.half_hours, day.peak, day.staffing) == ([], None, "unknown")


def test_while_windows_are_computed_the_rest_is_there(past: Center):
    """Visitors, plan and the quick estimate wait for nobody."""
    day = forecast.of_day(past, SUPERVISOR, TUESDAY, Almanac(Never()))
    assert day.staffing == "computing"
    assert day.peak.windows is None
    assert {each.windows for each in day.half_hours} == {None}
    assert all(each.erlang_c for each in day.half_hours)


def test_windows_are_computed_once(past: Center):
    """Whoever asks again gets what is known; another day is another matter."""
    executor = AtOnce()
    almanac = Almanac(executor)
    for day in (TUESDAY, TUESDAY, SURGE, TUESDAY):
        forecast.of_day(past, SUPERVISOR, day, almanac)
    assert executor.count == 2


def test_today_counts_who_came(past: Center, almanac: Almanac):
    """Nobody by ten o'clock where 66 were due: fewer are expected than in the morning."""
    day = forecast.of_day(past, SUPERVISOR, TODAY, almanac)
    assert day.day.so_far == 0
    assert day.day.morning.expected == pytest.approx(WEEKDAY, rel=0.03)
    assert day.day.visitors.expected < day.day.morning.expected - sum(BY_HALF_HOUR[:2])
    assert [each.so_far for each in day.half_hours[:4]] == [0, 0, None, None]
    assert day.peak.begins >= "09:30"


def test_a_day_that_ends_is_learned_from(past: Center, almanac: Almanac, clock):
    """The next morning it is among the past, read once; nothing else is read again."""
    assert forecast.forecast(past, SUPERVISOR, 1, almanac).learned_days == 24
    with past.write() as work:
        work.observations.put(TODAY, days_past.observations.body(days_past.seen(TODAY)))
    clock.pass_(days=1)
    report = forecast.forecast(past, SUPERVISOR, 1, almanac)
    assert (report.learned_days, report.learned_until) == (25, str(TODAY))
    assert report.today.day == str(TUESDAY)


def test_a_day_that_cannot_be_read_tells_nothing(past: Center, almanac: Almanac):
    """A broken body is left out."""
    with past.write() as work:
        work.observations.put(TODAY - timedelta(days=2), "no observations")
    assert forecast.forecast(past, SUPERVISOR, 1, almanac).learned_days == 23


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), TODAY + timedelta(days=29)])
def test_only_days_to_come_are_forecast(past: Center, almanac: Almanac, day):
    """Yesterday is for the reports, next year for nobody."""
    with pytest.raises(Invalid):
        forecast.of_day(past, SUPERVISOR, day, almanac)


@pytest.mark.parametrize("text", ["0", "29", "-3", "many", "1e9", "٣", "0001" + "9" * 5000])
def test_an_odd_number_of_days_is_refused(text):
    """The problem names the field."""
    with pytest.raises(Invalid) as refused:
        forecast.number_of_days(text)
    assert refused.value.field == "days"


def test_a_number_of_days_is_read():
    """Nothing means two weeks."""
    assert [forecast.number_of_days(text) for text in (None, "", "1", "28")] == [14, 14, 1, 28]


def test_windows_are_computed_aside(past: Center):
    """Whoever asks first does not wait for them; whoever asks later has them."""
    with ThreadPoolExecutor(1) as executor:
        almanac = Almanac(executor)
        first = forecast.of_day(past, SUPERVISOR, TUESDAY, almanac)
    later = forecast.of_day(past, SUPERVISOR, TUESDAY, almanac)
    assert first.staffing in ("computing", "ready")
    assert later.staffing == "ready"

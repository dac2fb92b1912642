"""What the charts of hours show."""

from __future__ import annotations

from queue_server.contracts.reports import HeatOut, ReportOut
from queue_server.reports.hours import heat, hours
from tests.queue_server.reports import made


def without(report: ReportOut, *absent: str) -> ReportOut:
    """Return the report without some of its hours."""
    kept = [part for part in report.by["hour"] if part.key not in absent]
    return report.model_copy(update={"by": {**report.by, "hour": kept}})


def test_every_hour_between_the_first_and_the_last_is_there(busy: ReportOut) -> None:
    """An hour in which nobody came is an empty place, not a shorter day."""
    shown = hours(without(busy, "12", "17"))
    assert shown.names == ("09", "10", "11", "12", "13", "14", "15", "16")
    assert shown.visitors[3] == 0
    assert (shown.waits[3].median, shown.waits[3].p90) == (None, None)
    assert shown.visitors[0] == busy.by["hour"][0].figures.visitors


def test_a_report_of_nothing_has_no_hours() -> None:
    """No charts are drawn of an empty day."""
    assert hours(made.empty()).names == ()
    assert heat(made.empty()).values == ()


def test_the_map_shows_a_mean_day(busy: ReportOut) -> None:
    """Visitors of three Mondays are divided by three; an hour that never was is none."""
    hour = HeatOut(weekday=1, hour=9, days=3, visitors=90, served=90, wait_minutes=4, within_norm=1)
    later = hour.model_copy(update={"hour": 11, "days": 1, "visitors": 7})
    shown = heat(busy.model_copy(update={"heat": [hour, later]}))
    assert (shown.weekdays, shown.names[:3]) == ((1,), ("09", "10", "11"))
    assert shown.values == ((30, None, 7, *[None] * 5),)


def test_a_day_that_has_only_begun_shows_the_hours_to_come(busy: ReportOut) -> None:
    """One hour's column is no wall; late in the evening the hours before are shown."""
    early = without(busy, *(str(hour) for hour in range(10, 18)))
    assert hours(early).names == tuple(f"{hour:02}" for hour in range(9, 17))
    part = busy.by["hour"][0].model_copy(update={"key": "22"})
    late = busy.model_copy(update={"by": {"hour": [part]}})
    assert hours(late).names == tuple(f"{hour:02}" for hour in range(16, 24))

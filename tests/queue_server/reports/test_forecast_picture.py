"""What the forecast's page says: the sentence that is read first, verdicts, lines and rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from config.languages import LANGUAGES
from queue_server.contracts.forecast import (
    DayForecastOut,
    ForecastDayOut,
    ForecastOut,
    HalfHourOut,
    RecordOut,
    SpanOut,
    StretchOut,
)
from queue_server.reports import forecast_picture
from queue_server.reports.forecast_picture import Words, about
from queue_server.reports.speech import Speech

TODAY, TUESDAY = date(2026, 11, 23), "2026-11-24"
MADE = {"made_at": "2026-11-23T05:00:00Z", "timezone": "Asia/Tashkent", "center": {"en": "C"}}
NAMES = {"en": "Constitution Day", "ru": "День Конституции"}


def a_day(day: str = TUESDAY, **more: Any) -> ForecastDayOut:
    """Return a day of about 450 visitors."""
    told: dict[str, Any] = {
        "day": day,
        "weekday": date.fromisoformat(day).isoweekday(),
        "closed": None,
        "factor": 1.0,
        "texts": {},
        "visitors": SpanOut(expected=447, low=398, high=501),
    }
    return ForecastDayOut(**(told | more))


def half_hour(begins: str, **more: Any) -> HalfHourOut:
    """Return half an hour with its windows."""
    told: dict[str, Any] = {
        "begins": begins,
        "visitors": SpanOut(expected=30.4, low=22.6, high=38.2),
        "windows": 9,
        "within_norm": 0.83,
        "by_plan": 8,
        "within_norm_by_plan": 0.71,
        "erlang_c": 10,
    }
    return HalfHourOut(**(told | more))


def one_day(day: ForecastDayOut | None = None, **more: Any) -> DayForecastOut:
    """Return Tuesday opened."""
    told: dict[str, Any] = {
        "norm_minutes": 15,
        "target": 0.8,
        "day": day or a_day(),
        "staffing": "ready",
        "half_hours": [half_hour("09:30"), half_hour("10:00"), half_hour("10:30", windows=8)],
        "peak": stretch(),
        "lacks": [],
    }
    return DayForecastOut(**MADE, **(told | more))


def stretch(begins: str = "09:30", ends: str = "11:00", **more: Any) -> StretchOut:
    """Return the busiest time."""
    told: dict[str, Any] = {"windows": 9, "by_plan": 8, "within_norm_by_plan": 0.86}
    return StretchOut(begins=begins, ends=ends, **(told | more))


def coming(**more: Any) -> ForecastOut:
    """Return today, a usual day, a holiday and a surge."""
    told: dict[str, Any] = {
        "learned_days": 120,
        "learned_until": "2026-11-21",
        "record": RecordOut(days=24, error=0.0613, inside=0.833),
        "today": a_day("2026-11-23", so_far=210),
        "days": [
            a_day(),
            a_day("2026-11-25", closed="holiday", visitors=None, texts=NAMES),
            a_day("2026-11-26", factor=1.4, texts={"en": "After the holiday"}),
            a_day("2026-11-29", closed="hours", visitors=None),
        ],
    }
    return ForecastOut(**MADE, **(told | more))


@pytest.fixture
def english(english: Speech) -> Words:
    """The forecast's words in English."""
    return Words(english)


def test_the_first_sentence_says_how_many_and_when(english: Words) -> None:
    """Rounded as one speaks, with the busiest time."""
    shown = forecast_picture.picture(one_day(), TODAY, english)
    assert shown.heading == "Tomorrow, Tuesday, 24.11.2026"
    assert shown.lead == "About 450 visitors (400–\u2060500), busiest from 09:30 to 11:00."


def test_windows_are_judged_by_what_becomes_of_the_visitors(english: Words) -> None:
    """One window short is no fault where the norm is kept all the same."""
    (good,) = forecast_picture.picture(one_day(), TODAY, english).verdicts
    assert good.level == "good"
    assert good.text == (
        "Windows needed then: 9; the plan has 8. "
        "With the plan 86\u00a0% of them wait no longer than 15 min."
    )
    poor = stretch(within_norm_by_plan=0.62)
    first, lack = forecast_picture.picture(
        one_day(peak=poor, lacks=[poor]), TODAY, english
    ).verdicts
    assert (first.level, lack.level) == ("poor", "poor")
    assert lack.text == "09:30–11:00: too few windows, 9 needed, 8 by the plan"


@pytest.mark.parametrize(
    ("staffing", "text"),
    [
        ("computing", "The windows needed are being computed…"),
        ("unknown", "No service times are known yet to compute the windows from."),
    ],
)
def test_what_is_not_known_yet_is_said(english: Words, staffing: str, text: str) -> None:
    """A word stands where the windows will."""
    day = one_day(staffing=staffing, peak=stretch(windows=None, within_norm_by_plan=None))
    (verdict,) = forecast_picture.picture(day, TODAY, english).verdicts
    assert (verdict.level, verdict.text) == ("watch", text)


def test_today_says_who_came_and_what_was_thought(english: Words) -> None:
    """The morning's forecast stays beside what the day has become."""
    morning = SpanOut(expected=441, low=391, high=498)
    today = a_day(str(TODAY), so_far=212, morning=morning)
    shown = forecast_picture.picture(one_day(today), TODAY, english)
    assert shown.heading == "Today, Monday, 23.11.2026"
    assert shown.lead.startswith("About 450 visitors by the evening (400–\u2060500)")
    assert shown.notes == (
        "So far 212 came. This morning about 440 (390–\u2060500) were expected for the day.",
    )


def test_a_day_that_is_over_expects_nobody(english: Words) -> None:
    """In the evening there is no busiest time to come."""
    today = a_day(str(TODAY), so_far=430)
    shown = forecast_picture.picture(one_day(today, peak=None), TODAY, english)
    assert shown.lead == "Nobody else is expected today."
    assert shown.verdicts == ()


def test_a_closed_day_says_why(english: Words) -> None:
    """And has no drawings."""
    day = a_day(closed="holiday", visitors=None, texts=NAMES)
    shown = forecast_picture.picture(
        one_day(day, peak=None, half_hours=[], staffing="unknown"), TODAY, english
    )
    assert shown.lead == "The center is closed: Constitution Day."
    assert (shown.visitors, shown.windows, shown.verdicts) == ("", "", ())


def test_the_days_are_lines(english: Words) -> None:
    """Today first; holidays and surges in words, closed days without a bar."""
    today, usual, holiday, surge, sunday = forecast_picture.lines(coming(), english)
    assert (today.weekday, today.date) == ("Today", "23.11")
    assert (usual.weekday, usual.expected, usual.range) == ("Tuesday", "447", "398–501")
    assert (holiday.note, holiday.drawing) == ("The center is closed: Constitution Day", "")
    assert surge.note == "After the holiday: 1.4 times as many as usual"
    assert (sunday.note, sunday.expected) == ("The center is closed", "–")
    lull = coming(days=[a_day(factor=0.5)])
    assert forecast_picture.lines(lull, english)[1].note == "50\u00a0% of the usual"


def test_every_half_hour_is_a_row(english: Words) -> None:
    """What the charts show stands in the table too."""
    shown = forecast_picture.picture(one_day(), TODAY, english)
    row = ("09:30", "30", "23–38", "–", "9", "8", "71\u00a0%", "10")
    assert shown.table.rows[0] == row
    assert len(shown.table.heads) == len(row)
    assert [len(each) for each in shown.table.rows] == [len(row)] * 3


def test_lacks_are_marked_where_the_norm_is_missed(english: Words) -> None:
    """A half hour whose plan keeps the norm is not red, whatever it needs."""
    kept = half_hour("10:00", within_norm_by_plan=0.9)
    shown = forecast_picture.picture(one_day(half_hours=[half_hour("09:30"), kept]), TODAY, english)
    assert shown.windows.count("chart__lack") == 1


def test_the_record_tells_days_error_and_band(english: Words) -> None:
    """Nothing is told before there is anything."""
    learned, record = forecast_picture.record(coming(), english)
    assert learned == "Made from 120 past days, the last one 21.11.2026"
    assert "off by 6.1\u00a0% in the mean, 83\u00a0% of the days" in record
    none = coming(learned_until=None, record=None)
    assert forecast_picture.record(none, english) == ()


@pytest.mark.parametrize(
    ("number", "said"), [(447, 450), (1234, 1230), (99, 100), (52, 50), (19.4, 19), (0, 0)]
)
def test_numbers_are_said_as_people_say_them(number: float, said: int) -> None:
    """In tens, in fives, and few as they are."""
    assert about(number) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_all_words(in_language: Callable[[str], Speech], language: str) -> None:
    """No placeholder is left, and no key is missing."""
    words = Words(in_language(language))
    today = a_day(str(TODAY), so_far=3, morning=SpanOut(expected=5, low=1, high=9))
    for day in (one_day(), one_day(today, lacks=[stretch()]), one_day(peak=None)):
        shown = forecast_picture.picture(day, TODAY, words)
        texts = (shown.lead, *shown.notes, *(each.text for each in shown.verdicts))
        assert not any("{" in text for text in texts)
    table = forecast_picture.days_table(coming(), words)
    assert all(all(row[:3]) for row in table.rows)
    assert replace(table, rows=()).heads

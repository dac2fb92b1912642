"""Forecasts over HTTP: who may read them, what they hold, and what bad input is answered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from queue_server.bootstrap import Running
from queue_server.contracts.forecast import DayForecastOut, ForecastOut
from queue_server.usecases.forecast_history import Almanac
from tests.queue_server.usecases import days_past
from tests.queue_server.usecases.days_past import AtOnce
from tests.queue_server.web.callers import Browser, device, person


@pytest.fixture
def past(running: Running) -> date:
    """Give the running center four weeks behind it; return its today."""
    running.web.app.extensions["almanac"] = Almanac(AtOnce())
    answer = person(running, "analyst").get("/api/v1/forecast?days=1")
    today = date.fromisoformat(answer.json["today"]["day"])
    days_past.keep(running.web.app.extensions["navbat"].center, today)
    return today


@pytest.mark.parametrize("login", ["analyst", "controller", "supervisor", "administrator"])
def test_who_reads_figures_reads_forecasts(running: Running, login: str) -> None:
    """Two weeks without being asked, also of a center that has no past."""
    answer = person(running, login).get("/api/v1/forecast")
    assert answer.status_code == 200
    assert len(ForecastOut.model_validate(answer.json).days) == 14


def test_nobody_else_does(running: Running) -> None:
    """Not a clerk, not a kiosk, and nobody from the street; nor the page."""
    for path in ("/api/v1/forecast", "/api/v1/forecast/2026-11-24"):
        assert person(running, "clerk1").get(path).status_code == 403
        assert device(running, "kiosk").get(path).status_code == 403
        assert Browser(running).get(path).status_code == 401
    assert person(running, "clerk1").get("/forecast").status_code == 403


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("forecast?days=0", "days"),
        ("forecast?days=two", "days"),
        ("forecast/24.11.2026", "date"),
        ("forecast/1999-01-01", "date"),
    ],
)
def test_bad_input_is_refused_by_name(running: Running, path: str, field: str) -> None:
    """The problem names the field and says what is wrong with it."""
    answer = person(running, "analyst").get(f"/api/v1/{path}")
    assert (answer.status_code, answer.json["field"]) == (422, field)


def test_the_days_and_one_of_them_agree(running: Running, past: date) -> None:
    """A day of the list, opened, expects the same visitors."""
    reader = person(running, "supervisor")
    report = ForecastOut.model_validate(reader.get("/api/v1/forecast?days=7").json)
    usual = next(day for day in report.days if day.visitors)
    opened = DayForecastOut.model_validate(reader.get(f"/api/v1/forecast/{usual.day}").json)
    assert opened.day == usual
    assert opened.staffing == "ready"
    assert report.learned_until >= str(past - timedelta(days=2))


def test_the_page_opens_the_next_day_with_open_doors(running: Running, past: date) -> None:
    """The day asked for is opened instead, and a wrong one is as if nothing were asked."""
    reader = person(running, "supervisor")
    report = reader.get("/api/v1/forecast").json
    usual = [day["day"] for day in report["days"] if day["closed"] is None]
    for query, day in (("", usual[0]), (f"?day={usual[3]}", usual[3]), ("?day=soon", usual[0])):
        page = reader.get(f"/forecast{query}").get_data(as_text=True)
        assert f'href="?day={day}" aria-current="true"' in page
    assert "<svg" in page


def test_without_a_past_the_page_says_so(running: Running) -> None:
    """A sentence instead of empty charts, in the reader's language."""
    page = person(running, "supervisor").get("/forecast?lang=ru").get_data(as_text=True)
    assert "Прогноза пока нет" in page
    assert '<svg class="chart' not in page


def test_who_comes_now_is_counted(running: Running, past: date) -> None:
    """A ticket at the kiosk is one visitor more, today and in its half hour."""
    reader, kiosk = person(running, "supervisor"), device(running, "kiosk")
    for count in (1, 2):
        kiosk.post("/api/v1/tickets", {"service": "A01"})
        assert reader.get("/api/v1/forecast?days=1").json["today"]["so_far"] == count
    half_hours = reader.get(f"/api/v1/forecast/{past}").json["half_hours"]
    assert sum(each["so_far"] or 0 for each in half_hours) == 2

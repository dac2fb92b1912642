"""The forecast: the days to come, and one of them opened; drawn here, a script only looks again."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask import Response, request
from markupsafe import Markup

from queue_server.contracts.forecast import DayForecastOut, ForecastOut
from queue_server.domain.errors import Invalid
from queue_server.reports import forecast_picture
from queue_server.reports.forecast_picture import Words
from queue_server.reports.headlines import SIGNS
from queue_server.reports.speech import Speech
from queue_server.reports.tables import in_language
from queue_server.usecases import forecast
from queue_server.web.api.forecast import coming, one_day
from queue_server.web.auth import current_person, needs
from queue_server.web.pages.rendering import page, reader_language, starting_data
from queue_server.web.site import site

_DAY: Final = timedelta(days=1)


@needs("report:read")
def show() -> Response:
    """Show the days to come with `?day=` opened, by default the next one with open doors."""
    report = coming(forecast.USUAL)
    day = _asked(report)
    return page("forecast/forecast.html", **shown(report, day, reader_language()))


def shown(report: ForecastOut, day: DayForecastOut, language: str) -> dict[str, Any]:
    """Return what the page's template needs."""
    words, person = Words(Speech(language, site().say)), current_person()
    first, chosen = date.fromisoformat(report.today.day), date.fromisoformat(day.day.day)
    last = date.fromisoformat(report.days[-1].day)
    made = datetime.fromisoformat(report.made_at).astimezone(ZoneInfo(report.timezone))
    return {
        "language": language,
        "center": in_language(report.center, words.speech),
        "made": f"{made:%d.%m.%Y %H:%M}",
        "day": day,
        "chosen": day.day.day,
        "earlier": chosen - _DAY if chosen > first else None,
        "later": chosen + _DAY if chosen < last else None,
        "picture": forecast_picture.picture(day, first, words),
        "lines": forecast_picture.lines(report, words),
        "days_table": forecast_picture.days_table(report, words),
        "record": forecast_picture.record(report, words),
        "anything": bool(report.learned_days),
        "number": len(report.days),
        "share": words.speech.percent(day.target),
        "drawn": Markup,  # our own drawings, whose texts are escaped where they are written
        "signs": SIGNS,
        "data": starting_data((), language, csrf_token=person.csrf_token if person else ""),
    }


def _asked(report: ForecastOut) -> DayForecastOut:
    """Return the day that the address names, else the next one on which somebody can come."""
    usual = next((each for each in report.days if each.closed is None), report.today).day
    try:
        return one_day(request.args.get("day") or usual)
    except Invalid:
        return one_day(usual)

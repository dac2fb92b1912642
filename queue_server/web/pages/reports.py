"""Reports: the page with a period's figures, drawn here; only sorting needs its script."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask import Response, request
from markupsafe import Markup

from queue_server.contracts.reports import ReportOut
from queue_server.domain.calendar import service_day
from queue_server.reports import periods
from queue_server.reports.headlines import SIGNS
from queue_server.reports.periods import BadPeriod, Period
from queue_server.reports.picture import picture
from queue_server.reports.speech import Speech
from queue_server.reports.tables import in_language
from queue_server.reports.worktime import SHARES
from queue_server.usecases import reporting
from queue_server.web.api.reports import asked_for
from queue_server.web.auth import current_person, needs
from queue_server.web.pages.rendering import page, reader_language, starting_data
from queue_server.web.site import site

BAD: Final = 422


@needs("report:read")
def show() -> Response:
    """Show the report of `?from=&to=`, by default today's, or what is wrong with the period."""
    today, query = _today(), request.args
    try:
        period = periods.asked(query.get("from"), query.get("to"), today)
    except BadPeriod as fault:
        typed = {name: query.get(name, "") for name in ("from", "to")}
        frame = _frame(Period(today, today), today) | {"typed": typed, "chosen": None}
        return page("reports/reports.html", BAD, **frame, fault=fault)
    report = asked_for(reporting.Period(period.first, period.last))
    return page("reports/reports.html", **_frame(period, today), **shown(report, reader_language()))


def shown(report: ReportOut, language: str) -> dict[str, Any]:
    """Return what the page's template needs of a report."""
    speech = Speech(language, site().say)
    made = datetime.fromisoformat(report.made_at).astimezone(ZoneInfo(report.timezone))
    return {
        "report": report,
        "picture": picture(report, speech),
        "center": in_language(report.center, speech),
        "made": f"{made:%d.%m.%Y %H:%M}",
        "unfinished": not all(day.closed for day in report.days),
        "anything": bool(report.total.visitors or report.total.served),
        "drawn": Markup,  # our own drawings, whose texts are escaped where they are written
        "datum": speech.datum,
        "signs": SIGNS,
        "shares": list(SHARES),
    }


def _frame(period: Period, today: date) -> dict[str, Any]:
    """Return what stands round every report: the period, and where to go from it."""
    language, person = reader_language(), current_person()
    speech, names = Speech(language, site().say), periods.named(today)
    return {
        "language": language,
        "period": period,
        "heading": speech.days(period.first, period.last),
        "named": names,
        "chosen": next((name for name, each in names.items() if each == period), None),
        "earlier": periods.earlier(period),
        "later": periods.later(period, today),
        "typed": period.arguments,
        "today": today,
        "data": starting_data(
            (), language, csrf_token=person.csrf_token if person is not None else ""
        ),
    }


def _today() -> date:
    center = site().center
    with center.read() as work:
        timezone = work.catalogues.current().timezone
        return work.day or service_day(None, center.clock.now(), timezone)

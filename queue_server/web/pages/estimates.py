"""What was said of waits, and what came: a page for everyone who answers for the hall."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from flask import Response, request
from markupsafe import Markup

from queue_server.contracts.checking import EstimatesOut
from queue_server.domain.calendar import service_day
from queue_server.reports import periods
from queue_server.reports.estimate_picture import picture
from queue_server.reports.headlines import SIGNS
from queue_server.reports.periods import BadPeriod, Period
from queue_server.reports.speech import Speech
from queue_server.reports.tables import in_language
from queue_server.usecases import reporting
from queue_server.web.api.estimates import checked
from queue_server.web.auth import current_person, needs
from queue_server.web.pages.rendering import page, reader_language, starting_data
from queue_server.web.site import site

BAD: Final = 422
#: without a wish, the page is about two weeks
_FORTNIGHT: Final = timedelta(days=13)


@needs("report:read")
def show() -> Response:
    """Show how the estimates of `?from=&to=` were kept, by default of two weeks."""
    today, query = _today(), request.args
    usual, given = Period(today - _FORTNIGHT, today), (query.get("from"), query.get("to"))
    try:
        period = periods.asked(*given, today) if any(given) else usual
    except BadPeriod as fault:
        return page("estimates/estimates.html", BAD, **_frame(usual, today), fault=fault)
    report = checked(reporting.Period(period.first, period.last, ("service",)))
    told = shown(report, reader_language(), today)
    return page("estimates/estimates.html", **_frame(period, today), **told)


def shown(report: EstimatesOut, language: str, today: date) -> dict[str, Any]:
    """Return what the page's template needs of what was checked."""
    speech = Speech(language, site().say)
    return {
        "report": report,
        "picture": picture(report, speech, today),
        "center": in_language(report.center, speech),
        "signs": SIGNS,
        "drawn": Markup,  # our own drawings, whose texts are escaped where they are written
    }


def _frame(period: Period, today: date) -> dict[str, Any]:
    """Return what stands round the figures: the period, and where to go from it."""
    language, person = reader_language(), current_person()
    names = {"fortnight": Period(today - _FORTNIGHT, today), **periods.named(today)}
    return {
        "language": language,
        "period": period,
        "heading": Speech(language, site().say).days(period.first, period.last),
        "named": names,
        "chosen": next((name for name, each in names.items() if each == period), None),
        "earlier": periods.earlier(period),
        "later": periods.later(period, today),
        "typed": {name: request.args.get(name, period.arguments[name]) for name in ("from", "to")},
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

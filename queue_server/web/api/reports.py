"""Figures of a period over HTTP. What is asked for is in the query; without it, today."""

from __future__ import annotations

from typing import Final, cast

from flask import Response, current_app, request

from queue_server.contracts.reports import ReportOut
from queue_server.domain.calendar import service_day
from queue_server.usecases import reporting
from queue_server.usecases.day_tallies import LiveDay
from queue_server.usecases.reporting import Period
from queue_server.web.api.calls import done, read
from queue_server.web.auth import current_actor
from queue_server.web.site import site

#: the name under which the app keeps how far the open day was read
_LIVE: Final = "live_day"


@read("/reports", "report:read", ReportOut)
def reports() -> Response:
    """Read the figures of `?from=YYYY-MM-DD&to=YYYY-MM-DD`, `&by=group,clerk` broken down."""
    return done(asked_for(wanted()))


def wanted() -> Period:
    """Return the period that the query names; raises Invalid naming the field."""
    center, query = site().center, request.args
    with center.read() as work:
        timezone = work.catalogues.current().timezone
        today = work.day or service_day(None, center.clock.now(), timezone)
    return reporting.period(query.get("from"), query.get("to"), query.get("by"), today)


def asked_for(period: Period) -> ReportOut:
    """Return a period's figures to whoever asks; raises Forbidden."""
    live = current_app.extensions.setdefault(_LIVE, LiveDay())
    return reporting.report(site().center, current_actor(), period, cast("LiveDay", live))

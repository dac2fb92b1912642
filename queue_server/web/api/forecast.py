"""The days to come over HTTP: visitors, and the windows that they need."""

from __future__ import annotations

from typing import Final, cast

from flask import Response, current_app, request

from queue_server.contracts.forecast import DayForecastOut, ForecastOut
from queue_server.usecases import forecast
from queue_server.usecases.forecast_history import Almanac
from queue_server.web.api.calls import done, read
from queue_server.web.auth import current_actor
from queue_server.web.site import site

#: the name under which the app keeps what was read and computed
_ALMANAC: Final = "almanac"


@read("/forecast", "report:read", ForecastOut)
def days() -> Response:
    """Read today and the next `?days=14` days: visitors expected, with the band of 80 %."""
    return done(coming(forecast.number_of_days(request.args.get("days"))))


@read("/forecast/<date>", "report:read", DayForecastOut)
def day(date: str) -> Response:
    """Read one day by half hour: visitors, and the windows needed beside those of the plan."""
    return done(one_day(date))


def coming(number: int) -> ForecastOut:
    """Return today and so many days after it to whoever asks; raises Forbidden."""
    return forecast.forecast(site().center, current_actor(), number, _almanac())


def one_day(text: str) -> DayForecastOut:
    """Return one day to whoever asks; raises Forbidden, or Invalid naming `date`."""
    return forecast.of_day(site().center, current_actor(), forecast.a_date(text), _almanac())


def _almanac() -> Almanac:
    """Return what all requests share."""
    made = current_app.extensions
    return cast("Almanac", made.get(_ALMANAC) or made.setdefault(_ALMANAC, Almanac()))

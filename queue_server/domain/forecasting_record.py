"""How right the forecasts of the latest days were, each made anew of what was known before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from queue_server.domain.forecasting import forecast, learn, usual
from queue_server.domain.opening import Calendar

#: the record is about so many of the latest days
LATEST: Final = 24
#: forecasts from fewer days are no record yet
FEWEST: Final = 12


@dataclass(frozen=True, slots=True)
class Record:
    """How right the forecasts of day totals were, one day ahead."""

    days: int
    #: all errors added up, as a share of all visitors (WAPE)
    error: float
    #: the share of days inside the band
    inside: float


def record(totals: Mapping[date, float], calendar: Calendar) -> Record | None:
    """Return the record of the latest usual days; None where too few came before them."""
    days = usual(totals, calendar)
    judged = range(max(FEWEST, len(days) - LATEST), len(days))
    errors, came, inside = 0.0, 0.0, 0
    for place in judged:
        day, total = days[place]
        habit = learn(dict(days[:place]), calendar)
        assert habit is not None
        span = forecast(habit, calendar, day)
        errors, came = errors + abs(span.expected - total), came + total
        inside += span.low <= total <= span.high
    return Record(len(judged), errors / came, inside / len(judged)) if judged else None

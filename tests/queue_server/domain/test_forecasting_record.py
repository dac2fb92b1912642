"""How right forecasts were, told by what came."""

from datetime import timedelta

import pytest

from queue_server.domain.forecasting_record import FEWEST, LATEST, record
from tests.bench import forecast as bench
from tests.queue_server.domain.test_forecasting import CENTER, day, weeks


def test_a_young_center_has_no_record():
    """Twelve days teach, none is judged yet."""
    totals = dict(list(weeks(3).items())[:FEWEST])
    assert record(totals, CENTER) is None
    assert record({}, CENTER) is None


def test_what_goes_by_the_clock_is_forecast_to_the_letter():
    """No error, and every day inside its band."""
    known = record(weeks(16), CENTER)
    assert known is not None
    assert known.days == LATEST
    assert known.error < 0.03
    assert known.inside == 1


def test_a_day_is_judged_by_what_was_known_before_it():
    """A last day twice as busy was not foreseen: it is outside, and an error of half of it."""
    totals = weeks(3)
    totals |= {day(21): 2 * totals[day(14)]}
    known, before = record(totals, CENTER), record(weeks(3), CENTER)
    assert known is not None
    assert before is not None
    assert (known.days, before.days) == (7, 6)
    assert known.inside == pytest.approx(6 / 7)
    assert known.error > before.error


def test_the_record_is_the_bench_s():
    """Day by day, over the same days, as one who forecasts each from the days before it."""
    series = bench.a_series(3)
    usual = {
        d: n
        for d, n in series.totals.items()
        if n and d not in series.outages and series.calendar.factor(d) == 1
    }
    judged = sorted(usual)[-LATEST:]
    steps = {d: span for d, span, _ in bench.days_ahead(series, first=16) if d in judged}
    error = sum(abs(steps[d].expected - usual[d]) for d in judged) / sum(usual[d] for d in judged)
    # the two outages teach in the one and are no totals in the other
    assert record(usual, series.calendar).error == pytest.approx(error, rel=0.1)
    assert judged[-1] - judged[0] < timedelta(weeks=6)

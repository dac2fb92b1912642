"""The headline figures: a sign beside each colour, and what is too little is said."""

from __future__ import annotations

import pytest

from queue_server.contracts.reports import ReportOut
from queue_server.reports.headlines import SIGNS, headlines, level
from queue_server.reports.speech import Speech
from tests.queue_server.reports import made


@pytest.mark.parametrize(
    ("share", "found"),
    [(1, "good"), (0.8, "good"), (0.79, "watch"), (0.6, "watch"), (0.59, "poor"), (None, None)],
)
def test_a_service_level_is_good_from_four_fifths(share: float | None, found: str | None) -> None:
    """Below three fifths it is poor; without a wait it is nothing."""
    assert level(share) == found


def test_no_level_is_told_by_colour_alone() -> None:
    """Three levels, three colours, three signs."""
    assert (
        len({sign.icon for sign in SIGNS.values()}) == len({s.colour for s in SIGNS.values()}) == 3
    )


def test_the_figures_are_the_report_s(busy: ReportOut, english: Speech) -> None:
    """Visitors, the median wait, the share within the norm, ratings with n and interval."""
    shown = {each.name: each for each in headlines(busy, english)}
    assert shown["visitors"].value == "417"
    assert shown["waiting"].value == english.minutes(busy.total.waits.median)
    assert english.minutes(busy.total.waits.p90) in shown["waiting"].notes[-1]
    assert shown["service_level"].value == english.percent(busy.total.waits.within_norm, 1)
    assert shown["satisfaction"].notes[-1] == "Ratings: 78 · 95 % interval: 72\u00a0%–89\u00a0%"


def test_without_ratings_there_is_no_satisfaction(english: Speech) -> None:
    """A kind sentence instead of a share of nothing."""
    shown = {each.name: each for each in headlines(made.empty(), english)}
    assert shown["satisfaction"].value == "–"
    assert shown["satisfaction"].notes == ("No ratings yet",)

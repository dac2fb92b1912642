"""The forecast's charts: places and heights are those of the numbers."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from queue_server.reports import forecast_charts as charts
from queue_server.reports.forecast_charts import Range, Windows
from queue_server.reports.scales import Scale
from tests.queue_server.reports.test_charts import of_kind, percent

NAMES = ["09", "", "10", ""]
TIPS = ["a", "b", "c", "d"]


def points(element: ET.Element) -> list[tuple[float, float]]:
    """Return the corners of a line."""
    pairs = (pair.split(",") for pair in element.get("points", "").split())
    return [(float(x), float(y)) for x, y in pairs]


def test_the_expected_line_runs_inside_its_band() -> None:
    """At every half hour the band's ends lie below and above it."""
    ranges = [Range(20, 15, 26), Range(30, 22, 39), Range(25, 18, 33), Range(5, 1, 9)]
    drawing = charts.curve("Visitors", NAMES, ranges, [None] * 4, TIPS)
    (line,), (band,) = of_kind(drawing, "chart__line"), of_kind(drawing, "chart__band")
    corners = points(band)
    low, high = corners[:4], list(reversed(corners[4:]))
    for (x, y), (_, below), (_, above) in zip(points(line), low, high, strict=True):
        assert above < y < below
        assert 7 < x < 100
    assert not of_kind(drawing, "chart__came")


def test_who_came_is_a_column_as_high_as_the_line_would_be() -> None:
    """A half hour in which nobody came has none; the number is told to whoever points there."""
    ranges = [Range(20, 15, 26), Range(30, 22, 39), Range(25, 18, 33), Range(5, 1, 9)]
    drawing = charts.curve("Visitors", NAMES, ranges, [20, 0, None, None], TIPS)
    (column,) = of_kind(drawing, "chart__came")
    (line,) = of_kind(drawing, "chart__line")
    assert float(column.get("y", "")) == pytest.approx(points(line)[0][1])
    titles = [e.text for e in ET.fromstring(drawing).iter("title")]
    assert titles == ["Visitors", *TIPS]


def test_half_hours_without_a_forecast_have_no_line() -> None:
    """The line breaks where nothing is known, and a day without any has none."""
    known = Range(10, 8, 12)
    drawing = charts.curve("v", NAMES, [known, known, None, known], [None] * 4, TIPS)
    assert len(of_kind(drawing, "chart__line")) == 2
    assert not of_kind(charts.curve("v", NAMES, [None] * 4, [3] * 4, TIPS), "chart__line")


def test_windows_are_steps_before_the_plan() -> None:
    """Each half hour's step is as wide as its plan, and says its number."""
    each = [Windows(4, 3), Windows(4, 5), Windows(2, 2), Windows(2, 1)]
    drawing = charts.windows("Windows", NAMES, each, TIPS)
    (steps,) = of_kind(drawing, "chart__line")
    assert len(points(steps)) == 8
    assert [e.text for e in of_kind(drawing, "chart__value")] == ["3", "5", "2", "1"]
    plans = of_kind(drawing, "chart__plan")
    heights = [float(plan.get("height", "")) for plan in plans]
    assert heights[0] == pytest.approx(2 * heights[2], rel=0.01)
    assert percent(plans[1], "x") == pytest.approx(points(steps)[2][0], abs=0.01)


def test_too_few_windows_are_marked_between_plan_and_need() -> None:
    """Only where the plan is too little, and as high as what is missing."""
    each = [Windows(4, 6, lack=True), Windows(4, 6), Windows(4, 4), Windows(4, None, lack=True)]
    drawing = charts.windows("Windows", NAMES, each, TIPS)
    (lack,), plans = of_kind(drawing, "chart__lack"), of_kind(drawing, "chart__plan")
    bottom = float(lack.get("y", "")) + float(lack.get("height", ""))
    assert bottom == pytest.approx(float(plans[0].get("y", "")), abs=0.2)
    assert [e.text for e in of_kind(drawing, "chart__value--lack")] == ["6"]


def test_the_quick_estimate_stands_while_the_need_is_computed() -> None:
    """Dots without a line, and no number."""
    each = [Windows(4, None, 3), Windows(4, None, 5), Windows(2, None, 2), Windows(2)]
    drawing = charts.windows("Windows", NAMES, each, TIPS)
    assert len(of_kind(drawing, "chart__quick")) == 3
    assert not of_kind(drawing, "chart__line")
    assert not of_kind(drawing, "chart__value")


def test_a_number_and_a_dot_do_not_meet() -> None:
    """Where the quick estimate lies below the line, the number stands above it."""
    drawing = charts.windows("w", ["09", ""], [Windows(9, 6, 5), Windows(9, 6, 7)], ["a", "b"])
    above, below = (float(e.get("y", "")) for e in of_kind(drawing, "chart__value"))
    assert above < below


def test_a_day_is_full_up_to_its_band() -> None:
    """On a scale of 500, 400 with 300 to 450: full to 60 %, doubt to 90 %, the mark at 80 %."""
    drawing = charts.day("Tuesday", Range(400, 300, 450), Scale(500, 100))
    (bar,), (doubt,), (mark,) = (
        of_kind(drawing, kind) for kind in ("chart__bar", "chart__doubt", "chart__edge")
    )
    assert percent(bar, "width") == 60
    assert percent(doubt, "x") + percent(doubt, "width") == pytest.approx(90)
    assert percent(mark, "x1") == 80


def test_a_hostile_name_is_only_a_name() -> None:
    """Angle brackets are letters."""
    drawing = charts.curve("<script>", ["<b>"], [Range(1, 0, 2)], [1], ['"><img>'])
    assert not list(ET.fromstring(drawing).iter("script"))
    assert "<img>" not in drawing

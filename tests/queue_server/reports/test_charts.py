"""Charts: drawn right, told to those who cannot see them, and safe whatever a name is."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from queue_server.contracts.reports import ReportOut
from queue_server.reports import charts
from queue_server.reports.charts import Wait
from queue_server.reports.indices import EVEN, INDEX
from queue_server.reports.picture import picture
from queue_server.reports.scales import Scale
from queue_server.reports.speech import Speech


def of_kind(drawing: str, kind: str) -> list[ET.Element]:
    """Return a drawing's parts of a class."""
    return [e for e in ET.fromstring(drawing).iter() if kind in e.get("class", "").split()]


def percent(element: ET.Element, name: str) -> float:
    """Return a place in percent."""
    return float(element.get(name, "").removesuffix("%"))


def test_columns_are_as_high_as_their_values() -> None:
    """Twice as many is twice as high, and every value stands above its column."""
    drawing = charts.columns("Visitors", ["09", "10"], [20, 40], ["a", "b"])
    low, high = (float(bar.get("height", "")) for bar in of_kind(drawing, "chart__bar"))
    assert high == pytest.approx(2 * low)
    assert [e.text for e in of_kind(drawing, "chart__value")] == ["20", "40"]


def test_a_day_and_night_has_room_for_every_second_hour() -> None:
    """24 names would lie on one another on a phone."""
    hours = [f"{hour:02}" for hour in range(24)]
    drawing = charts.columns("Visitors", hours, [1] * 24, [""] * 24)
    assert [e.text for e in of_kind(drawing, "chart__name") if e.text] == hours[::2]
    assert "chart--many" in ET.fromstring(drawing).get("class", "")


def test_a_line_skips_an_hour_without_waits() -> None:
    """Two stretches, three dots."""
    waits = [Wait(3, 8), Wait(5, 9), Wait(None, None), Wait(4, 6)]
    drawing = charts.lines("Waits", ["09", "10", "11", "12"], waits, 15, ["", "", "", ""])
    assert len(of_kind(drawing, "chart__line")) == 2
    assert len(of_kind(drawing, "chart__dot")) == 3


def test_a_range_lies_between_median_and_p90_and_is_late_beyond_the_norm() -> None:
    """On a scale of 20, 5 to 18 begins at a quarter; the norm of 15 stands at three quarters."""
    drawing = charts.spread("A", 5, 18, 15, Scale(20, 5))
    (band,) = of_kind(drawing, "chart__range")
    assert percent(band, "x") == 25
    assert percent(band, "width") == 65
    assert "chart__range--late" in band.get("class", "")
    assert percent(of_kind(drawing, "chart__norm")[0], "x1") == 75
    assert not of_kind(charts.spread("A", 5, 14, 15, Scale(20, 5)), "chart__range--late")


def test_an_index_is_a_dot_with_its_uncertainty() -> None:
    """1 is in the middle, and the whisker goes from end to end."""
    drawing = charts.estimate("i", 1.0, 0.75, 1.25, INDEX, EVEN)
    (dot,) = of_kind(drawing, "chart__dot")
    whisker = of_kind(drawing, "chart__whisker")[0]
    assert percent(dot, "cx") == 50
    assert (percent(whisker, "x1"), percent(whisker, "x2")) == (25, 75)


def test_a_map_is_darkest_where_most_came() -> None:
    """Each field says its number; a shut hour has none."""
    drawing = charts.heat("Heat", ["Mo"], ["09", "10", "11"], [[5, 60, None]])
    kinds = [e.get("class", "").split()[-1] for e in of_kind(drawing, "chart__field")]
    assert kinds == ["chart__field--1", "chart__field--6"]
    assert [e.text for e in of_kind(drawing, "chart__inside")] == ["5", "60"]
    assert len(of_kind(drawing, "chart__shut")) == 1


def drawings(report: ReportOut, speech: Speech) -> list[str]:
    """Return all drawings of a page."""
    shown = picture(report, speech)
    lines = (shown.groups, shown.windows, shown.clerks, shown.stars, shown.reasons)
    each = [line.drawing for some in lines for line in some if line.drawing]
    return [shown.arrivals, shown.waits, shown.heat, *each]


def test_every_chart_says_what_it_shows(busy: ReportOut, english: Speech) -> None:
    """A drawing is an image with a label, which is well-formed whatever a name is."""
    for drawing in drawings(busy, english):
        svg = ET.fromstring(drawing)
        assert svg.get("role") == "img"
        assert svg.get("aria-label") == svg.findtext("title")
        assert svg.get("aria-label")


def test_no_chart_carries_a_style_or_a_script(busy: ReportOut, english: Speech) -> None:
    """The pages' policy refuses both; a name in angle brackets stays a text."""
    everything = "".join(drawings(busy, english))
    assert re.findall(r"style=|<script|\son\w+=|<b>", everything) == []


def test_a_group_s_range_is_told_in_words(busy: ReportOut, english: Speech) -> None:
    """Who cannot see the range hears its median, its p90 and the norm."""
    label = ET.fromstring(picture(busy, english).groups[0].drawing).get("aria-label")
    waits = busy.by["group"][0].figures.waits
    assert label == (
        f"Civil registry: median {waits.median:.1f} min, 9 of 10 {waits.p90:.1f} min, norm 15.0 min"
    )

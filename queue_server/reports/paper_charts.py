"""A report's charts on paper, drawn as lines and areas; places in millimetres."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from fpdf.enums import RenderStyle

from config import tokens
from queue_server.reports.charts import Wait
from queue_server.reports.paper import Paper
from queue_server.reports.scales import Scale, runs, scale, slots

#: what an upright axis takes at the left, and the names below
_MARGIN, _FOOT = 8.0, 5.0
_HEAD: Final = 4.0
_SMALL: Final = 6.0


def columns(
    paper: Paper,
    place: tuple[float, float, float, float],
    names: Sequence[str],
    values: Sequence[float],
) -> None:
    """Draw columns with their values above into (x, y, width, height)."""
    x, y, width, height = place
    floor, plot = y + height - _FOOT, height - _FOOT - _HEAD
    axis = scale(max(values, default=0))
    for (left, wide), name, value in zip(slots(len(names), x, width), names, values, strict=True):
        high = plot * axis.share(value)
        paper.box(left + wide * 0.14, floor - high, wide * 0.72, high, "accent", 0.6)
        if value:
            _centred(paper, left, floor - high - 3.2, wide, f"{value:g}", "ink")
        _centred(paper, left, floor + 1, wide, name, "ink_soft")
    paper.rule(floor, "line_strong", x, width)


def lines(
    paper: Paper,
    place: tuple[float, float, float, float],
    names: Sequence[str],
    waits: Sequence[Wait],
    norm: float,
) -> None:
    """Draw the medians' line, the band up to the p90 and the norm into (x, y, width, height)."""
    x, y, width, height = place
    floor, plot = y + height - _FOOT, height - _FOOT - _HEAD
    known = [value for wait in waits for value in (wait.median, wait.p90) if value is not None]
    axis = scale(max([norm * 1.1, *known]))
    for mark in axis.marks:
        level = floor - plot * axis.share(mark)
        paper.rule(level, "line" if mark else "line_strong", x + _MARGIN, width - _MARGIN)
        paper.write_at(
            x, level - 1.4, f"{mark:g}", _SMALL, colour="ink_soft", width=_MARGIN - 1, align="R"
        )
    middles = [left + wide / 2 for left, wide in slots(len(names), x + _MARGIN, width - _MARGIN)]
    for run in runs([wait.median for wait in waits]):
        low = [(middles[at], floor - plot * axis.share(waits[at].median or 0)) for at in run]
        high = [(middles[at], floor - plot * axis.share(waits[at].p90 or 0)) for at in run]
        _curve(paper, low, high)
    _norm(paper, x + _MARGIN, x + width, floor - plot * axis.share(norm))
    for middle, name in zip(middles, names, strict=True):
        _centred(paper, middle - 5, floor + 1, 10, name, "ink_soft")


def spread(
    paper: Paper,
    place: tuple[float, float, float],
    median: float,
    p90: float,
    norm: float,
    axis: Scale,
) -> None:
    """Draw a range from the median to the p90, and the norm across, into (x, middle, width)."""
    x, middle, width = place
    left, right = (x + width * axis.share(value) for value in (median, p90))
    paper.box(x, middle - 0.6, width, 1.2, "sunken", 0.6)
    paper.box(
        left, middle - 1.3, max(right - left, 0.6), 2.6, "bad" if p90 > norm else "accent", 1.3
    )
    dot(paper, left, middle, 1.5)
    mark = x + width * axis.share(norm)
    paper.ink("ink")
    paper.set_line_width(0.35)
    paper.line(mark, middle - 2.4, mark, middle + 2.4)


def shares(
    paper: Paper, place: tuple[float, float, float], parts: Sequence[tuple[str, float]]
) -> None:
    """Draw what a whole is made of, as (colour, share), into (x, middle, width)."""
    x, middle, width = place
    paper.box(x, middle - 1.4, width, 2.8, "sunken", 0.6)
    left = x
    for colour, share in parts:
        paper.box(left, middle - 1.4, width * share, 2.8, colour)
        left += width * share


def estimate(
    paper: Paper,
    place: tuple[float, float, float],
    value: float,
    ends: tuple[float, float],
    axis: Scale,
) -> None:
    """Draw a dot with its uncertainty, and where 1 is, into (x, middle, width)."""
    x, middle, width = place
    paper.rule(middle, "line", x, width)
    even = x + width * axis.share(1)
    paper.ink("line_strong")
    paper.line(even, middle - 2, even, middle + 2)
    low, high = (x + width * axis.share(end) for end in ends)
    paper.ink("ink_soft")
    paper.set_line_width(0.4)
    paper.line(low, middle, high, middle)
    dot(paper, x + width * axis.share(value), middle, 1.3)


def dot(paper: Paper, x: float, y: float, radius: float) -> None:
    """Draw a dot with a white edge."""
    paper.ink("accent_press")
    paper.set_draw_color(255, 255, 255)
    paper.set_line_width(0.4)
    paper.circle(x, y, radius, style=RenderStyle.DF)


def legend(paper: Paper, x: float, y: float, names: Sequence[str]) -> None:
    """Draw what the line, the band and the dashes of `lines` mean: median, p90, norm."""
    median, p90, norm = names
    paper.ink("accent")
    paper.set_line_width(0.6)
    paper.line(x, y + 1.6, x + 5, y + 1.6)
    dot(paper, x + 2.5, y + 1.6, 1.0)
    x = _named(paper, x + 6.5, y, median)
    paper.box(x, y + 0.2, 5, 2.8, "accent_soft")
    x = _named(paper, x + 6.5, y, p90)
    _norm(paper, x, x + 5, y + 1.6)
    _named(paper, x + 6.5, y, norm)


def keys(paper: Paper, x: float, named: Sequence[tuple[str, str]]) -> None:
    """Draw what colours mean, from where the paper stands; as (colour, name)."""
    y = paper.get_y() + 1.5
    for colour, name in named:
        paper.box(x, y + 0.3, 2.6, 2.6, colour, 0.5)
        x = _named(paper, x + 3.8, y, name)
    paper.set_y(y + 3.5)


def _named(paper: Paper, x: float, y: float, name: str) -> float:
    """Write a key's name and return where the next key begins."""
    paper.write_at(x, y, name, 6.8, colour="ink_soft", width=40)
    return float(x + paper.get_string_width(name) + 5)


def _curve(
    paper: Paper, low: Sequence[tuple[float, float]], high: Sequence[tuple[float, float]]
) -> None:
    red, green, blue = tokens.load().rgb("accent_soft")
    paper.set_fill_color(red, green, blue)
    if len(low) > 1:
        paper.polygon([*low, *reversed(high)], style=RenderStyle.F)
    paper.ink("accent")
    paper.set_line_width(0.6)
    paper.polyline(list(low))
    for x, y in low:
        dot(paper, x, y, 1.0)


def _norm(paper: Paper, left: float, right: float, y: float) -> None:
    paper.ink("ink")
    paper.set_line_width(0.3)
    paper.set_dash_pattern(dash=1.2, gap=0.9)
    paper.line(left, y, right, y)
    paper.set_dash_pattern()


def _centred(paper: Paper, x: float, y: float, width: float, text: str, colour: str) -> None:
    paper.write_at(x, y, text, _SMALL, colour=colour, width=width, align="C")

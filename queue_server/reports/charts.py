"""A report's charts for its page. Beside each one the page has a table with the same values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from queue_server.reports import svg
from queue_server.reports.scales import Scale, runs, scale, shade, slots

#: pixels: room above a plot, the plot, the names below
_HEAD, _PLOT, _FOOT = 20, 128, 24
#: percent that the numbers of an upright axis take
_MARGIN: Final = 7
#: the same for the days' names of a heat map
_HEAT_MARGIN: Final = 9
#: pixels: a line of a heat map; a drawing beside a line of text
_ROW, _THIN = 34, 22
#: on shades from here letters are light
_DARK: Final = 4
_MARK: Final = "chart__mark"
#: more places than these leave no room on a phone: every second name stands, values do not
_MANY: Final = 16


@dataclass(frozen=True, slots=True)
class Wait:
    """The waits of one place on an axis, in minutes; None where nobody waited."""

    median: float | None
    p90: float | None


def columns(label: str, names: Sequence[str], values: Sequence[float], tips: Sequence[str]) -> str:
    """Return columns, each with its value above and its name below."""
    axis = scale(max(values, default=0))
    parts = [_base()]
    for (left, width), name, value, tip in zip(
        _places(len(names)), _thinned(names), values, tips, strict=True
    ):
        height, middle = _PLOT * axis.share(value), left + width / 2
        top = _HEAD + _PLOT - height
        bar = svg.box("chart__bar", left + width * 0.12, top, width * 0.76, height, 3)
        above = svg.words("chart__value", middle, top - 6, f"{value:g}" if value else "")
        parts.append(svg.tipped(tip, _touch(left, width), bar, above, _name(middle, name)))
    return svg.drawing(label, _HEAD + _PLOT + _FOOT, parts, _kind(names))


def lines(
    label: str, names: Sequence[str], waits: Sequence[Wait], norm: float, tips: Sequence[str]
) -> str:
    """Return the line of the medians below a band up to the p90, and the norm across."""
    known = [value for wait in waits for value in (wait.median, wait.p90) if value is not None]
    axis = scale(max([norm * 1.1, *known]))
    places = _places(len(names))
    middles = [left + width / 2 for left, width in places]
    level = _down(norm, axis)
    parts = [
        *_grid(axis),
        svg.stretched(_HEAD + _PLOT + _FOOT, _curves(middles, waits, axis)),
        svg.line("chart__norm", _MARGIN, level, 100, level),
    ]
    for (left, width), name, wait, tip in zip(places, _thinned(names), waits, tips, strict=True):
        middle = left + width / 2
        dot = "" if wait.median is None else _point(middle, wait.median, axis)
        parts.append(svg.tipped(tip, _touch(left, width), dot, _name(middle, name)))
    return svg.drawing(label, _HEAD + _PLOT + _FOOT, parts, _kind(names))


def heat(
    label: str, rows: Sequence[str], names: Sequence[str], values: Sequence[Sequence[float | None]]
) -> str:
    """Return a map of fields, darker where there is more, with the value in each; None is shut."""
    most = max((value or 0 for row in values for value in row), default=0)
    places = _places(len(names), _HEAT_MARGIN)
    parts = [
        svg.words("chart__row", 0, down * _ROW + _ROW / 2 + 4, row)
        + "".join(
            _field(place, down * _ROW, value, most)
            for place, value in zip(places, line, strict=True)
        )
        for down, (row, line) in enumerate(zip(rows, values, strict=True))
    ]
    parts += [
        svg.words("chart__name", left + width / 2, len(rows) * _ROW + 17, name)
        for (left, width), name in zip(places, _thinned(names), strict=True)
    ]
    return svg.drawing(label, len(rows) * _ROW + _FOOT, parts, _kind(names))


def spread(label: str, median: float, p90: float, norm: float, axis: Scale) -> str:
    """Return a range from the median to the p90 on a track, with the norm across it."""
    left, right, mark = (100 * axis.share(value) for value in (median, p90, norm))
    late = " chart__range--late" if p90 > norm else ""
    parts = [
        svg.box("chart__track", 0, 8, 100, 6, 3),
        svg.box(f"chart__range{late}", left, 5, max(right - left, 0.6), 12, 6),
        svg.dot("chart__dot", left, 11, 6),
        svg.line("chart__norm", mark, 0, mark, _THIN),
    ]
    return svg.drawing(label, _THIN, parts, "chart chart--row")


def ruler(axis: Scale, names: Sequence[str]) -> str:
    """Return the marks of rows that lie below one another; it only repeats, so nobody hears it."""
    kinds = [_MARK] * len(names)
    kinds[0], kinds[-1] = f"{_MARK} {_MARK}--first", f"{_MARK} {_MARK}--last"
    marks = [
        svg.words(kind, 100 * axis.share(mark), 14, name)
        for kind, mark, name in zip(kinds, axis.marks, names, strict=True)
    ]
    return svg.silent(20, marks, "chart chart--row")


def shares(label: str, parts: Sequence[tuple[str, float]]) -> str:
    """Return what a whole is made of, as (class's ending, share of one), from the left."""
    drawn, left = [svg.box("chart__track", 0, 4, 100, 14, 4)], 0.0
    for kind, share in parts:
        drawn.append(svg.box(f"chart__part chart__part--{kind}", left, 4, 100 * share, 14))
        left += 100 * share
    return svg.drawing(label, _THIN, drawn, "chart chart--row")


def estimate(label: str, value: float, low: float, high: float, axis: Scale, even: float) -> str:
    """Return a dot with its uncertainty, and where "as expected" is."""
    left, middle, right, mark = (100 * axis.share(v) for v in (low, value, high, even))
    parts = [
        svg.line("chart__even", mark, 0, mark, _THIN),
        svg.line("chart__whisker", left, 11, right, 11),
        svg.line("chart__whisker", left, 7, left, 15),
        svg.line("chart__whisker", right, 7, right, 15),
        svg.dot("chart__dot", middle, 11, 5),
    ]
    return svg.drawing(label, _THIN, parts, "chart chart--row")


def _places(count: int, margin: float = _MARGIN) -> list[tuple[float, float]]:
    return slots(count, margin, 100 - margin)


def _kind(names: Sequence[str]) -> str:
    return "chart chart--many" if len(names) > _MANY else "chart"


def _thinned(names: Sequence[str]) -> list[str]:
    every = 2 if len(names) > _MANY else 1
    return [name if not place % every else "" for place, name in enumerate(names)]


def _down(value: float, axis: Scale) -> float:
    return _HEAD + _PLOT * (1 - axis.share(value))


def _base() -> str:
    return svg.line("chart__base", _MARGIN, _HEAD + _PLOT, 100, _HEAD + _PLOT)


def _name(middle: float, name: str) -> str:
    return svg.words("chart__name", middle, _HEAD + _PLOT + 17, name)


def _point(middle: float, value: float, axis: Scale) -> str:
    return svg.dot("chart__dot", middle, _down(value, axis), 4.5)


def _grid(axis: Scale) -> list[str]:
    return [
        part
        for mark in axis.marks
        for part in (
            svg.line(
                "chart__grid" if mark else "chart__base",
                _MARGIN,
                _down(mark, axis),
                100,
                _down(mark, axis),
            ),
            svg.words("chart__scale", _MARGIN - 1.2, _down(mark, axis) + 4, f"{mark:g}"),
        )
    ]


def _curves(middles: Sequence[float], waits: Sequence[Wait], axis: Scale) -> list[str]:
    parts = []
    for run in runs([wait.median for wait in waits]):
        low = [(middles[at], _down(waits[at].median or 0, axis)) for at in run]
        high = [(middles[at], _down(waits[at].p90 or 0, axis)) for at in run]
        parts.append(svg.corners("polygon", "chart__band", [*low, *reversed(high)]))
        parts.append(svg.corners("polyline", "chart__high", high))
        parts.append(svg.corners("polyline", "chart__line", low))
    return parts


def _field(place: tuple[float, float], top: float, value: float | None, most: float) -> str:
    left, width = place
    if value is None:
        return svg.box("chart__shut", left + 0.2, top + 1, width - 0.4, _ROW - 2, 4)
    dark = shade(value, most)
    kind = f"chart__field chart__field--{dark}"
    light = " chart__inside--light" if dark >= _DARK else ""
    return svg.box(kind, left + 0.2, top + 1, width - 0.4, _ROW - 2, 4) + svg.words(
        f"chart__inside{light}", left + width / 2, top + _ROW / 2 + 4, f"{value:g}"
    )


def _touch(left: float, width: float) -> str:
    """Return what the pointer meets: a column of air is part of its hour too."""
    return svg.box("chart__touch", left, 0, width, _HEAD + _PLOT + _FOOT)

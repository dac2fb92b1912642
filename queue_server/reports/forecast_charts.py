"""A forecast's charts for its page. Beside each one the page has its values as text or table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from queue_server.reports import svg
from queue_server.reports.scales import Scale, runs, scale, slots

#: pixels: room above a plot, the plot, the names below
_HEAD, _PLOT, _FOOT = 14, 204, 24
#: percent that the numbers of an upright axis take
_MARGIN: Final = 7.0
#: pixels: a drawing beside a line of text
_THIN: Final = 22
#: pixels: from a line to the foot of letters below it
_LETTERS: Final = 16
#: more places than these leave a phone no room for values
_MANY: Final = 16


@dataclass(frozen=True, slots=True)
class Range:
    """An expected number and its band."""

    expected: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Windows:
    """The windows of one place on an axis; None where the number is not known."""

    planned: int
    needed: int | None = None
    quick: int | None = None
    #: whether the plan has too few
    lack: bool = False


def curve(
    label: str,
    names: Sequence[str],
    ranges: Sequence[Range | None],
    so_far: Sequence[float | None],
    tips: Sequence[str],
) -> str:
    """Return the expected numbers as a line in their band, and a column for each that came."""
    places = _places(len(names))
    axis = scale(max([1, *(each.high for each in ranges if each), *(n for n in so_far if n)]))
    middles = [left + width / 2 for left, width in places]
    behind = [
        svg.box("chart__came", left + width * 0.16, _down(n, axis), width * 0.68, _up(n, axis), 3)
        for (left, width), n in zip(places, so_far, strict=True)
        if n
    ]
    curves = svg.stretched(_HEAD + _PLOT + _FOOT, _curves(middles, ranges, axis))
    parts = [*_grid(axis), *behind, curves, *_touched(places, names, tips)]
    return svg.drawing(label, _HEAD + _PLOT + _FOOT, parts, _kind(names))


def windows(label: str, names: Sequence[str], each: Sequence[Windows], tips: Sequence[str]) -> str:
    """Return the windows needed as steps before those of the plan; too few are marked above."""
    places = _places(len(names))
    most = max((max(w.planned, w.needed or 0, w.quick or 0) for w in each), default=0)
    axis = scale(max(most, 4))
    parts = _grid(axis)
    for (left, width), w in zip(places, each, strict=True):
        parts.append(
            svg.box("chart__plan", left, _down(w.planned, axis), width, _up(w.planned, axis))
        )
        parts += _too_few(left, width, w, axis)
    parts.append(svg.stretched(_HEAD + _PLOT + _FOOT, _steps(places, each, axis)))
    for (left, width), w in zip(places, each, strict=True):
        parts += _marks(left + width / 2, w, axis)
    parts += _touched(places, names, tips)
    return svg.drawing(label, _HEAD + _PLOT + _FOOT, parts, _kind(names))


def day(label: str, span: Range, axis: Scale) -> str:
    """Return a day's bar: full up to its band, lighter in it, a mark where the expected is."""
    low, middle, high = (100 * axis.share(n) for n in (span.low, span.expected, span.high))
    parts = [
        svg.box("chart__doubt", low - min(low, 1), 4, high - low + min(low, 1), 14, 4),
        svg.box("chart__bar", 0, 4, low, 14, 4),
        svg.line("chart__edge", middle, 1, middle, 21),
    ]
    return svg.drawing(label, _THIN, parts, "chart chart--row")


def _curves(middles: Sequence[float], ranges: Sequence[Range | None], axis: Scale) -> list[str]:
    parts = []
    for run in runs([each.expected if each else None for each in ranges]):
        known = [(middles[at], each) for at in run if (each := ranges[at])]
        low = [(x, _down(each.low, axis)) for x, each in known]
        high = [(x, _down(each.high, axis)) for x, each in known]
        line = [(x, _down(each.expected, axis)) for x, each in known]
        parts.append(svg.corners("polygon", "chart__band", [*low, *reversed(high)]))
        parts.append(svg.corners("polyline", "chart__line", line))
    return parts


def _steps(
    places: Sequence[tuple[float, float]], each: Sequence[Windows], axis: Scale
) -> list[str]:
    parts = []
    for run in runs([w.needed for w in each]):
        corners = [
            (x, _down(each[at].needed or 0, axis))
            for at in run
            for x in (places[at][0], sum(places[at]))
        ]
        parts.append(svg.corners("polyline", "chart__line", corners))
    return parts


def _too_few(left: float, width: float, w: Windows, axis: Scale) -> list[str]:
    if not w.lack or w.needed is None:
        return []
    top, height = _down(w.needed, axis), _down(w.planned, axis) - _down(w.needed, axis)
    return [svg.box("chart__lack", left, top, width, height)]


def _marks(middle: float, w: Windows, axis: Scale) -> list[str]:
    parts = []
    if w.quick is not None:
        parts.append(svg.dot("chart__quick", middle, _down(w.quick, axis), 3.5))
    if w.needed is not None:
        kind = "chart__value chart__value--lack" if w.lack else "chart__value"
        line = _down(w.needed, axis)
        # below the line, unless the quick estimate or the axis is there
        room = (w.quick is None or w.quick >= w.needed) and line + _LETTERS < _HEAD + _PLOT
        parts.append(svg.words(kind, middle, line + _LETTERS if room else line - 6, f"{w.needed}"))
    return parts


def _touched(
    places: Sequence[tuple[float, float]], names: Sequence[str], tips: Sequence[str]
) -> Iterable[str]:
    """Return the names, and what the pointer meets above them."""
    bottom = _HEAD + _PLOT
    for (left, width), name, tip in zip(places, names, tips, strict=True):
        touch = svg.box("chart__touch", left, 0, width, bottom + _FOOT)
        below = svg.words("chart__name", left + width / 2, bottom + 17, name) if name else ""
        yield svg.tipped(tip, touch, below)


def _grid(axis: Scale) -> list[str]:
    parts = []
    for mark in axis.marks:
        down = _down(mark, axis)
        parts.append(svg.line("chart__grid" if mark else "chart__base", _MARGIN, down, 100, down))
        parts.append(svg.words("chart__scale", _MARGIN - 1.2, down + 4, f"{mark:g}"))
    return parts


def _places(count: int) -> list[tuple[float, float]]:
    return slots(count, _MARGIN, 100 - _MARGIN)


def _kind(names: Sequence[str]) -> str:
    return "chart chart--many" if len(names) > _MANY else "chart"


def _down(value: float, axis: Scale) -> float:
    return _HEAD + _PLOT * (1 - axis.share(value))


def _up(value: float, axis: Scale) -> float:
    return _PLOT * axis.share(value)

"""Charts of how waits were told. Beside each one the page has a table with the same values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor
from typing import Final

from queue_server.reports import svg
from queue_server.reports.scales import Scale, scale, slots

#: of all visitors so many percent should wait no longer than was said
AIM: Final = 90
#: the least percent at which the chart of shares begins; lower days pull it down
_BEGIN, _STEP, _HALF = 60, 10, 50
#: percent below a value in which it is written
_ROOM: Final = 4
#: pixels: room above a plot, the plot, the names below
_HEAD, _PLOT, _FOOT = 20, 144, 24
#: percent that the numbers of an upright axis take
_MARGIN: Final = 7
#: more places than these leave no room on a phone for values; nor more names, nor more dates
_MANY, _MOST_NAMES, _MOST_DATES = 16, 12, 7
#: the class's ending of a dot that is not where it should be
_OFF: Final = " chart__dot--below"


@dataclass(frozen=True, slots=True)
class Told:
    """What visitors were told on average, and what came, in minutes."""

    low: float
    high: float
    wait: float

    @property
    def past(self) -> bool:
        """Whether more was waited than said."""
        return self.wait > self.high


def kept(label: str, names: Sequence[str], percents: Sequence[float], tips: Sequence[str]) -> str:
    """Return how far each day's percent lies above or below the aim."""
    lowest = min([_BEGIN, *(floor((each - _ROOM) / _STEP) * _STEP for each in percents)])
    lowest = max(lowest, 0)
    step = _STEP if lowest >= _HALF else 2 * _STEP
    axis = Scale(100, step, lowest - (100 - lowest) % step)
    aim = _down(AIM, axis)
    parts = [*_grid(axis), svg.line("chart__norm", _MARGIN, aim, 100, aim)]
    for (left, width), name, percent, tip in zip(
        _places(names), _thinned(names, _MOST_DATES), percents, tips, strict=True
    ):
        middle, level = left + width / 2, _down(percent, axis)
        below, dot = (" chart__stem--below", _OFF) if percent < AIM else ("", "")
        above = level - 10 if percent >= AIM else level + 20
        parts.append(
            svg.tipped(
                tip,
                _touch(left, width),
                svg.line(f"chart__stem{below}", middle, aim, middle, level),
                svg.dot(f"chart__dot{dot}", middle, level, 5),
                svg.words("chart__value", middle, above, f"{floor(percent)}"),
                _name(middle, name),
            )
        )
    return svg.drawing(label, _HEAD + _PLOT + _FOOT, parts, _kind(names))


def ranges(label: str, names: Sequence[str], told: Sequence[Told], tips: Sequence[str]) -> str:
    """Return the range that was said as a bar, and the wait that came as a dot, place by place."""
    axis = scale(max((max(each.high, each.wait) for each in told), default=1))
    parts = _grid(axis)
    for (left, width), name, each, tip in zip(
        _places(names), _thinned(names, _MOST_NAMES), told, tips, strict=True
    ):
        middle, top = left + width / 2, _down(each.high, axis)
        bar = min(width * 0.56, 4.5)
        height = max(_down(each.low, axis) - top, 2)
        over = _OFF if each.past else ""
        parts.append(
            svg.tipped(
                tip,
                _touch(left, width),
                svg.box("chart__said", middle - bar / 2, top, bar, height, 6),
                svg.dot(f"chart__dot{over}", middle, _down(each.wait, axis), 5),
                _name(middle, name),
            )
        )
    return svg.drawing(label, _HEAD + _PLOT + _FOOT, parts, _kind(names))


def _places(names: Sequence[str]) -> list[tuple[float, float]]:
    return slots(len(names), _MARGIN, 100 - _MARGIN)


def _kind(names: Sequence[str]) -> str:
    return "chart chart--many" if len(names) > _MANY else "chart"


def _thinned(names: Sequence[str], most: int) -> list[str]:
    """Return the names, of many only as many as have room; the last one stands."""
    every = -(-len(names) // most) or 1
    last = len(names) - 1
    return [name if not (last - place) % every else "" for place, name in enumerate(names)]


def _down(value: float, axis: Scale) -> float:
    return _HEAD + _PLOT * (1 - axis.share(value))


def _name(middle: float, name: str) -> str:
    return svg.words("chart__name", middle, _HEAD + _PLOT + 18, name) if name else ""


def _grid(axis: Scale) -> list[str]:
    parts = []
    for mark in axis.marks:
        level = _down(mark, axis)
        kind = "chart__base" if mark == axis.begin else "chart__grid"
        parts.append(svg.line(kind, _MARGIN, level, 100, level))
        parts.append(svg.words("chart__scale", _MARGIN - 1.2, level + 4, f"{mark:g}"))
    return parts


def _touch(left: float, width: float) -> str:
    """Return what the pointer meets: a column of air is part of its place too."""
    return svg.box("chart__touch", left, 0, width, _HEAD + _PLOT + _FOOT)

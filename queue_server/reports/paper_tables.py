"""Tables on paper: rows that go on to a next page with their heads, and cells that may draw."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from queue_server.reports.paper import MARGIN, Paper

#: draws into (x, middle, width)
Draw = Callable[[tuple[float, float, float]], None]
Cell = str | Draw
_SIZE, _HEAD_SIZE = 7.8, 6.8
_LINE: Final = 3.6
_PAD: Final = 1.15
#: stays free at the right of each column
_GUTTER: Final = 2.5


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its width in millimetres, where its texts stand."""

    head: str
    width: float
    align: str = "R"

    @property
    def inner(self) -> float:
        """What a text may take."""
        return self.width - _GUTTER


def draw(
    paper: Paper, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], *, heads: bool = True
) -> None:
    """Draw a table from where the paper stands; its heads again on every further page."""
    if heads:
        _heads(paper, columns)
    for row in rows:
        height = _height(paper, columns, row)
        if not paper.room(height):
            paper.need(height)
            if heads:
                _heads(paper, columns)
        _row(paper, columns, row, height)


def _heads(paper: Paper, columns: Sequence[Column]) -> None:
    broken = [_broken(paper, column) for column in columns]
    most = max(len(lines) for lines in broken)
    height = most * 3.1 + 2 * _PAD
    top, left = paper.get_y(), MARGIN
    for column, lines in zip(columns, broken, strict=True):
        # short heads stand at the bottom, beside the last line of the longest
        y = top + _PAD + (most - len(lines)) * 3.1
        for line in lines:
            paper.write_at(
                left,
                y,
                line,
                _HEAD_SIZE,
                weight="medium",
                colour="ink_soft",
                width=column.inner,
                align=column.align,
            )
            y += 3.1
        left += column.width
    paper.rule(top + height, "line_strong")
    paper.set_y(top + height)


def _broken(paper: Paper, column: Column) -> list[str]:
    """Return a head's lines, broken between words alone: a long word is made smaller instead."""
    lines: list[str] = []
    for word in column.head.split():
        joined = f"{lines[-1]} {word}" if lines else word
        fits = paper.fitting(joined, "medium", _HEAD_SIZE, column.inner) == _HEAD_SIZE
        if lines and fits:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines or [""]


def _height(paper: Paper, columns: Sequence[Column], row: Sequence[Cell]) -> float:
    counts = [
        len(paper.lines_of(cell, "regular", _SIZE, column.inner))
        for column, cell in zip(columns, row, strict=True)
        if isinstance(cell, str) and column.align == "L"
    ]
    return max([1, *counts]) * _LINE + 2 * _PAD


def _row(paper: Paper, columns: Sequence[Column], row: Sequence[Cell], height: float) -> None:
    top, left = paper.get_y(), MARGIN
    for column, cell in zip(columns, row, strict=True):
        if not isinstance(cell, str):
            cell((left, top + height / 2, column.width))
        elif column.align == "L":
            _wrapped(paper, left, top + _PAD, cell, column.inner)
        else:
            paper.write_at(left, top + _PAD, cell, _SIZE, width=column.inner, align=column.align)
        left += column.width
    paper.rule(top + height, "line")
    paper.set_y(top + height)


def _wrapped(paper: Paper, x: float, y: float, text: str, width: float) -> None:
    for line in paper.lines_of(text, "regular", _SIZE, width):
        paper.write_at(x, y, line, _SIZE, width=width)
        y += _LINE

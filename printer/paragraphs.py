"""A wrapped text on a strip: centred, flush left or flush right in its column."""

from dataclasses import dataclass
from typing import Literal

from printer.blocks import Strip, Text
from printer.paper import Paper
from printer.typeface import Face, Measure
from printer.wrapping import wrap

#: From baseline to baseline, in parts of the size.
LEADING = 1.2


@dataclass(frozen=True, slots=True)
class Column:
    """Where a paragraph stands: its left edge, its width, and how its lines are set."""

    left: int
    width: int
    flush: Literal["left", "centre", "right"] = "centre"


def full_width(paper: Paper) -> Column:
    """Return the centred column between the paper's margins."""
    return Column(paper.margin, paper.inner)


def paragraph(
    text: str, face: Face, column: Column, measure: Measure, *, white: bool = False
) -> Strip:
    """Return `text` set in `column`, from the ascender of its first line to its last descender."""
    lines = wrap(text, face, column.width, measure)
    step = round(face.size * LEADING)
    blocks = tuple(
        Text(
            column.left + _shift(column, measure(line, face)),
            face.ascender + step * at,
            line,
            face,
            white,
        )
        for at, line in enumerate(lines)
    )
    height = face.ascender + step * (len(lines) - 1) + face.descender
    return Strip(height if lines else 0, blocks)


def _shift(column: Column, width: int) -> int:
    room = column.width - width
    return {"left": 0, "centre": room // 2, "right": room}[column.flush]

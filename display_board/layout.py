"""What is seen, as shapes for a screen: pure, and of the same proportions as `board.css`.

Lengths are in units: 80 × 45 of them fit on any screen, 45 × 80 on an upright one. A call is
never drawn smaller to make room for another: what does not fit waits for its page.
"""

from __future__ import annotations

from collections.abc import Iterator

from display_board import calls
from display_board.frame import GAP, Frame, footer, header
from display_board.idle import idle
from display_board.scene import CAPITAL, Measure, Rect, Scene, Screen, Shape
from display_board.speech import Speech
from display_board.view import View


def room(screen: Screen) -> int:
    """Return how many earlier calls are seen at once."""
    return 5 if screen.portrait else 4


def arrange(
    view: View, speech: Speech, screen: Screen, measure: Measure, pulse: float = 0.0
) -> Scene:
    """Return what is drawn; `pulse` from 0 to 1 is how deep the newest call glows."""
    frame = Frame(screen, measure)
    if view.newest is None:
        return tuple(idle(frame, speech))
    top, cells = places(frame)
    shapes: list[Shape] = [*header(frame, speech)]
    shapes += calls.newest(frame, top, view.newest, speech, pulse)
    shapes += _others(frame, view, cells)
    shapes += footer(frame, view, speech)
    return tuple(shapes)


def newest_capital(screen: Screen, measure: Measure) -> float:
    """Return the height of the newest call's capitals, in pixels."""
    frame = Frame(screen, measure)
    return calls.newest_parts(frame, places(frame)[0]).face.size * CAPITAL


def places(frame: Frame) -> tuple[Rect, list[Rect]]:
    """Return where the newest call stands, and where the earlier ones do in reading order."""
    body, gap = frame.body, frame.px(GAP)
    rows, columns, share = (5, 1, 0.42) if frame.screen.portrait else (2, 2, 0.45)
    free = body.h - gap * rows
    top = Rect(body.x, body.y, body.w, round(free * share))
    high, wide = (free - top.h) // rows, (body.w - gap * (columns - 1)) // columns
    cells = [
        Rect(body.x + column * (wide + gap), top.bottom + gap + row * (high + gap), wide, high)
        for row in range(rows)
        for column in range(columns)
    ]
    return top, cells


def _others(frame: Frame, view: View, cells: list[Rect]) -> Iterator[Shape]:
    for place, call in zip(cells, view.others, strict=False):
        yield from calls.earlier(frame, place, call)
    for place in cells[len(view.others) :]:
        yield calls.well(frame, place)

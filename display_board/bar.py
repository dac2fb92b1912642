"""What a bar has instead of header and footer: one line with everything that is no call."""

from __future__ import annotations

from collections.abc import Iterator

from display_board.frame import MARGIN, Frame, dots, line_of_text
from display_board.scene import Card, Picture, Rect, Shape, Words
from display_board.speech import Speech
from display_board.view import View


def bar_footer(frame: Frame, view: View, speech: Speech) -> Iterator[Shape]:
    """Return the line: the hall, what to do or what is wrong, the page, the clock."""
    bar, edge = frame.footer, frame.px(MARGIN)
    clock = frame.face("semibold", 2.6)
    right = bar.w - edge
    yield Words(speech.clock, right, frame.middle(bar, clock), clock, "ink", "right")
    right -= frame.measure("00:00", clock) + frame.px(1.2)
    pages = list(dots(frame, view, right))
    yield from pages
    right -= frame.px(1.2) * (len(pages) + 1)
    hall = frame.fitted(speech.hall, frame.face("semibold", 1.5), round(bar.w * 0.15))
    tile = Rect(edge, bar.y + (bar.h - frame.px(2.2)) // 2, frame.px(2.2), frame.px(2.2))
    yield Card(tile, "accent", radius=frame.px(0.5))
    yield Picture("mark", tile.inset(frame.px(0.35)), "accent_ink")
    yield Words(speech.hall, tile.right + frame.px(0.7), frame.middle(bar, hall), hall, "ink")
    left = tile.right + frame.measure(speech.hall, hall) + frame.px(2.2)
    yield from line_of_text(frame, speech, left, right - left)


def bar_idle(frame: Frame, speech: Speech) -> Iterator[Shape]:
    """Return the bar of a hall where nobody is called: the center, the hall, a large clock."""
    bar = frame.footer
    band = Rect(0, 0, frame.screen.width, bar.y)
    edge = frame.px(MARGIN)
    yield Card(band, "accent")
    clock = frame.face("bold", 9.0)
    wide = frame.measure("00:00", clock)
    yield Words(
        speech.clock, band.w - edge, frame.middle(band, clock), clock, "accent_ink", "right"
    )
    width = band.w - wide - 3 * edge
    lines, name = frame.wrapped(speech.center, frame.face("semibold", 3.0), width)
    step = round(name.size * 1.2)
    top = (band.h - step * (len(lines) - 1) - frame.px(3.4)) // 2
    for number, line in enumerate(lines):
        row = Rect(edge, top + number * step, width, 0)
        yield Words(line, edge, frame.middle(row, name), name, "accent_ink")
    row = Rect(edge, top + step * (len(lines) - 1) + frame.px(3.4), width, 0)
    hall = frame.fitted(speech.hall, frame.face("medium", 1.8), width)
    yield Words(speech.hall, edge, frame.middle(row, hall), hall, "accent_ink_soft")
    yield from line_of_text(frame, speech, edge, band.w - 2 * edge, hint=speech.no_calls)

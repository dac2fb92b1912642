"""What every board has round its calls: the header with center, hall and clock, and the footer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from display_board.scene import (
    CAPITAL,
    Card,
    Face,
    Measure,
    Picture,
    Rect,
    Screen,
    Shape,
    Weight,
    Words,
)
from display_board.speech import Speech
from display_board.view import View

#: heights, and the space to the left and right, in units
MARGIN = 2.0
GAP = 1.0
FOOTER = 3.25


@dataclass(frozen=True)
class Frame:
    """A screen measured in units, and the letters that it has."""

    screen: Screen
    measure: Measure
    #: how large calls are written, as a part of the largest that fits
    scale: float = 1.0

    def px(self, units: float) -> int:
        """Return a length in pixels."""
        return round(units * self.screen.unit)

    @property
    def header(self) -> Rect:
        """Return where the header is; a bar has none."""
        high = 0.0 if self.screen.wide else 7.5 if self.screen.portrait else 5.25
        return Rect(0, 0, self.screen.width, self.px(high))

    @property
    def footer(self) -> Rect:
        """Return where the footer is."""
        high = self.px(FOOTER)
        return Rect(0, self.screen.height - high, self.screen.width, high)

    @property
    def body(self) -> Rect:
        """Return what is between them, without the margins."""
        top, margin = self.header.bottom + self.px(GAP), self.px(MARGIN)
        return Rect(margin, top, self.screen.width - 2 * margin, self.footer.y - top)

    def fitted(self, text: str, face: Face, width: int) -> Face:
        """Return the face, made smaller where the text would be wider than `width`."""
        found = self.measure(text, face)
        if found <= width:
            return face
        return Face(face.weight, max(1, face.size * width // found))

    def wrapped(self, text: str, face: Face, width: int) -> tuple[list[str], Face]:
        """Return a text on one line or two, made smaller only where that is too long still."""
        words = text.split(" ")
        if self.measure(text, face) <= width or len(words) == 1:
            return [text], self.fitted(text, face, width)
        splits = [[" ".join(words[:n]), " ".join(words[n:])] for n in range(1, len(words))]
        lines = min(splits, key=lambda lines: max(self.measure(line, face) for line in lines))
        return lines, min((self.fitted(line, face, width) for line in lines), key=_size)

    def face(self, weight: Weight, units: float) -> Face:
        """Return a face whose size is so many units."""
        return Face(weight, max(1, self.px(units)))

    def middle(self, rect: Rect, face: Face) -> int:
        """Return the baseline that puts capitals in the middle of a rectangle."""
        return rect.y + (rect.h + round(face.size * CAPITAL)) // 2


def _size(face: Face) -> int:
    return face.size


def header(frame: Frame, speech: Speech) -> Iterator[Shape]:
    """Return the bar at the top."""
    bar, edge = frame.header, frame.px(MARGIN)
    yield Card(bar, "surface")
    yield Card(Rect(0, bar.bottom - frame.px(0.08), bar.w, frame.px(0.08)), "line")
    tile = Rect(edge, bar.y + (bar.h - frame.px(3.25)) // 2, frame.px(3.25), frame.px(3.25))
    yield Card(tile, "accent", radius=frame.px(0.75))
    yield Picture("mark", tile.inset(frame.px(0.6)), "accent_ink")
    clock = frame.face("semibold", 3.25)
    right = bar.w - edge
    yield Words(speech.clock, right, frame.middle(bar, clock), clock, "ink", "right")
    left = tile.right + frame.px(1.1)
    width = right - frame.measure("00:00", clock) - frame.px(2) - left
    yield from _names(frame, speech, left, width)


def footer(frame: Frame, view: View, speech: Speech) -> Iterator[Shape]:
    """Return the line at the bottom: what to do, or what is wrong, and which page is seen."""
    bar, edge = frame.footer, frame.px(MARGIN)
    pages = list(dots(frame, view, bar.w - edge))
    width = bar.w - 2 * edge - frame.px(1.2) * (len(pages) + 1)
    yield from line_of_text(frame, speech, edge, width)
    yield from pages


def line_of_text(
    frame: Frame, speech: Speech, left: int, width: int, hint: str = ""
) -> Iterator[Shape]:
    """Return what the footer says: what is wrong, else a notice of the center, else a hint."""
    bar = frame.footer
    if speech.notice:
        yield from notice(frame, speech.notice, left, width)
    elif speech.bulletin:
        yield from bulletin(frame, speech.bulletin, left, width)
    else:
        said = hint or speech.wait
        face = frame.fitted(said, frame.face("medium", 1.3), width)
        yield Words(said, left, frame.middle(bar, face), face, "ink_soft")


def bulletin(
    frame: Frame, text: str, left: int, width: int, *, centre: bool = False
) -> Iterator[Shape]:
    """Return a notice of the center in its chip."""
    look = _Chip("notice", "accent_soft", "accent", "ink", 1.6)
    yield from _chip(frame, text, left, width, look, centre=centre)


def notice(
    frame: Frame, text: str, left: int, width: int, *, centre: bool = False
) -> Iterator[Shape]:
    """Return a warning in its chip; `left` is the chip's left edge, or its middle."""
    look = _Chip("offline", "warn_soft", "warn", "warn", 1.3)
    yield from _chip(frame, text, left, width, look, centre=centre)


def dots(frame: Frame, view: View, right: int) -> Iterator[Shape]:
    """Return a dot for each page, the present one larger; they end at `right`."""
    if view.pages < 2:  # noqa: PLR2004 - one page needs no dot
        return
    bar, step = frame.footer, frame.px(1.2)
    for page in range(view.pages):
        size = frame.px(0.7 if page == view.page else 0.45)
        middle = right - frame.px(0.35) - step * (view.pages - 1 - page)
        place = Rect(middle - size // 2, bar.y + (bar.h - size) // 2, size, size)
        yield Card(place, "accent" if page == view.page else "line_strong", radius=size // 2)


@dataclass(frozen=True, slots=True)
class _Chip:
    """How a chip looks: its drawing, its colours, its type in units."""

    drawing: str
    fill: str
    mark: str
    ink: str
    size: float


def _chip(
    frame: Frame, text: str, left: int, width: int, look: _Chip, *, centre: bool
) -> Iterator[Shape]:
    bar = frame.footer
    icon, inside = frame.px(1.5), frame.px(0.9)
    taken = 2 * inside + icon + frame.px(0.5)
    face = frame.fitted(text, frame.face("medium", look.size), width - taken)
    wide = frame.measure(text, face) + taken
    x = left - wide // 2 if centre else left
    chip = Rect(x, bar.y + (bar.h - frame.px(2.3)) // 2, wide, frame.px(2.3))
    yield Card(chip, look.fill, radius=chip.h // 2)
    place = Rect(x + inside, chip.y + (chip.h - icon) // 2, icon, icon)
    yield Picture(look.drawing, place, look.mark)
    text_x = x + inside + icon + frame.px(0.5)
    yield Words(text, text_x, frame.middle(chip, face), face, look.ink)


def _names(frame: Frame, speech: Speech, left: int, width: int) -> Iterator[Shape]:
    bar = frame.header
    hall = frame.face("medium", 1.3)
    lines, name = [speech.center], frame.face("semibold", 1.85)
    if frame.screen.portrait:
        lines, name = frame.wrapped(speech.center, name, width)
    name = frame.fitted(max(lines, key=len), name, width)
    step = round(name.size * 1.15)
    high = step * (len(lines) - 1) + round(name.size * CAPITAL) + frame.px(1.9)
    top = bar.y + (bar.h - high) // 2 + round(name.size * CAPITAL)
    for number, line in enumerate(lines):
        yield Words(line, left, top + number * step, name, "ink")
    below = top + (len(lines) - 1) * step + frame.px(1.9)
    yield Words(speech.hall, left, below, frame.fitted(speech.hall, hall, width), "ink_soft")

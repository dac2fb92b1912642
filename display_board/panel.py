"""The figures beside the calls: who is likely next, and how long one waits, by prefix letter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from display_board.calls import NUMBER
from display_board.frame import GAP, Frame
from display_board.scene import Card, Face, Picture, Rect, Shape, Words
from display_board.speech import Speech, WaitText

#: units: inside a card's edge, its title's line, a line of numbers, a line of a wait and its least
#: width, and between two columns of waits
INSET: Final = 1.1
TITLE: Final = 2.4
NUMBERS: Final = 3.4
WAIT: Final = 3.3
WAIT_WIDE: Final = 12.4
APART: Final = 1.6
#: that lines may reach into the space below them
ROUNDED: Final = 0.2
#: sizes in units
TITLE_SIZE: Final = 1.5
NUMBER_SIZE: Final = 2.6
WAIT_SIZE: Final = 1.9
COUNT_SIZE: Final = 1.5
#: a card as high as so many units has two lines of numbers
TWO_LINES: Final = 24.0
#: a panel so many times as wide as high has its cards side by side
ACROSS: Final = 1.9


def room(frame: Frame, place: Rect) -> int:
    """Return how many waits are seen at once."""
    rows, columns = _grid(frame, _below_title(frame, _cards(frame, place)[1]))
    return rows * columns


def figures(frame: Frame, place: Rect, speech: Speech) -> Iterator[Shape]:
    """Return both cards: the numbers that are likely next, and the waits."""
    upper, lower = _cards(frame, place)
    yield from _card(frame, upper, speech.next_title)
    yield from _numbers(frame, _below_title(frame, upper), speech.next)
    yield from _card(frame, lower, speech.waits_title)
    yield from _waits(frame, _below_title(frame, lower), speech.waits)


def _cards(frame: Frame, place: Rect) -> tuple[Rect, Rect]:
    gap = frame.px(GAP)
    if place.w > place.h * ACROSS:
        wide = round((place.w - gap) * 0.44)
        right = Rect(place.x + wide + gap, place.y, place.w - wide - gap, place.h)
        return Rect(place.x, place.y, wide, place.h), right
    lines = 2 if place.h >= frame.px(TWO_LINES) else 1
    high = frame.px(INSET * 1.5 + TITLE + NUMBERS * lines)
    below = Rect(place.x, place.y + high + gap, place.w, place.h - high - gap)
    return Rect(place.x, place.y, place.w, high), below


def _card(frame: Frame, place: Rect, title: str) -> Iterator[Shape]:
    yield Card(place, "surface", frame.px(1.25), "line", frame.px(0.08))
    inner = place.inset(frame.px(INSET))
    face = frame.fitted(title, frame.face("semibold", TITLE_SIZE), inner.w)
    line = Rect(inner.x, inner.y, inner.w, frame.px(TITLE - 0.6))
    yield Words(title, inner.x, frame.middle(line, face), face, "ink_soft")


def _below_title(frame: Frame, card: Rect) -> Rect:
    top, side = frame.px(INSET + TITLE), frame.px(INSET)
    return Rect(card.x + side, card.y + top, card.w - 2 * side, card.h - top - frame.px(INSET / 2))


def _numbers(frame: Frame, place: Rect, numbers: tuple[str, ...]) -> Iterator[Shape]:
    """Return the numbers in reading order, as many as there is room for."""
    face = frame.face("bold", NUMBER_SIZE)
    columns = max(1, place.w // (frame.measure(NUMBER, face) + frame.px(0.8)))
    rows = _rows(frame, place, NUMBERS)
    wide, high = place.w // columns, frame.px(NUMBERS)
    for index, number in enumerate(numbers[: rows * columns]):
        row, column = divmod(index, columns)
        cell = Rect(place.x + column * wide, place.y + row * high, wide, high)
        fitted = frame.fitted(number, face, wide - frame.px(0.5))
        yield Words(number, cell.x, frame.middle(cell, fitted), fitted, "ink")


def _grid(frame: Frame, place: Rect) -> tuple[int, int]:
    """Return the rows and columns of waits."""
    apart = frame.px(APART)
    columns = max(1, (place.w + apart) // (frame.px(WAIT_WIDE) + apart))
    return _rows(frame, place, WAIT), min(2, columns)


def _rows(frame: Frame, place: Rect, high: float) -> int:
    """Return how many lines of so many units a place holds, give or take a rounded pixel."""
    return max(1, (place.h + frame.px(ROUNDED)) // frame.px(high))


def _waits(frame: Frame, place: Rect, waits: tuple[WaitText, ...]) -> Iterator[Shape]:
    """Return the waits, down the first column and then the second, all in one size."""
    rows, columns = _grid(frame, place)
    wide = (place.w - frame.px(APART) * (columns - 1)) // columns
    high = frame.px(WAIT)
    face = _expected_face(frame, waits, wide)
    for index, wait in enumerate(waits[: rows * columns]):
        column, row = divmod(index, rows)
        left = place.x + column * (wide + frame.px(APART))
        yield from _wait(frame, Rect(left, place.y + row * high, wide, high), wait, face)


def _expected_face(frame: Frame, waits: tuple[WaitText, ...], width: int) -> Face:
    face = frame.face("bold", WAIT_SIZE)
    longest = max(
        (w.expected for w in waits), key=lambda text: frame.measure(text, face), default=""
    )
    return frame.fitted(longest, face, width - frame.px(2.7 + 0.6 + 3.4))


def _wait(frame: Frame, row: Rect, wait: WaitText, face: Face) -> Iterator[Shape]:
    """Return a letter in its chip, how many wait, and how long."""
    size = frame.px(2.7)
    chip = Rect(row.x, row.y + (row.h - size) // 2, size, size)
    yield Card(chip, "accent_soft", frame.px(0.65))
    letter = frame.fitted(wait.prefix, frame.face("bold", 1.9), size - frame.px(0.4))
    middle = frame.middle(chip, letter)
    yield Words(wait.prefix, chip.x + size // 2, middle, letter, "accent", "centre")
    icon = frame.px(1.2)
    place = Rect(chip.right + frame.px(0.6), row.y + (row.h - icon) // 2, icon, icon)
    yield Picture("person", place, "ink_soft")
    count = frame.fitted(str(wait.waiting), frame.face("medium", COUNT_SIZE), frame.px(2.0))
    left = place.right + frame.px(0.2)
    yield Words(str(wait.waiting), left, frame.middle(row, count), count, "ink_soft")
    if wait.expected:
        yield Words(wait.expected, row.right, frame.middle(row, face), face, "ink", "right")

"""What is drawn, as plain shapes in pixels: cards, words and pictures; and the screen itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import hypot
from typing import Final, Literal

#: heights over the baseline of Fira Sans in parts of its size: a capital, an accent on one (Ǵ)
CAPITAL: Final = 0.69
ASCENDER: Final = 0.935
#: and the depth of a g below it
DESCENDER: Final = 0.24
#: a capital can be read from so many times its height: 30 minutes of arc
READABLE: Final = 114.6
#: a screen is a bar from so many times as wide as high
WIDE: Final = 3.2
_MM_PER_INCH: Final = 25.4

Weight = Literal["medium", "semibold", "bold"]
Align = Literal["left", "centre", "right"]


@dataclass(frozen=True, slots=True)
class Face:
    """A weight of the type at a size in pixels."""

    weight: Weight
    size: int


#: how wide a text is in a face, in pixels
Measure = Callable[[str, Face], int]


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in pixels."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        """Return the first column to the right of it."""
        return self.x + self.w

    @property
    def bottom(self) -> int:
        """Return the first row below it."""
        return self.y + self.h

    def inset(self, across: int, down: int | None = None) -> Rect:
        """Return the rectangle that lies so far inside."""
        down = across if down is None else down
        return Rect(self.x + across, self.y + down, self.w - 2 * across, self.h - 2 * down)

    def holds(self, other: Rect) -> bool:
        """Whether the other one lies inside."""
        inside = self.x <= other.x and other.right <= self.right
        return inside and self.y <= other.y and other.bottom <= self.bottom


@dataclass(frozen=True, slots=True)
class Card:
    """A rounded rectangle; colours are names of the design tokens."""

    rect: Rect
    fill: str
    radius: int = 0
    border: str = ""
    width: int = 0
    #: 0 to 1: how far the fill has gone from `accent` to `accent_press`, for a calm pulse
    pulse: float = 0.0


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; `x` is its left end, middle or right end."""

    text: str
    x: int
    baseline: int
    face: Face
    colour: str
    align: Align = "left"

    def rect(self, measure: Measure) -> Rect:
        """Return where its letters may be, accents and descenders included."""
        width = measure(self.text, self.face)
        left = self.x - {"left": 0, "centre": width // 2, "right": width}[self.align]
        top = self.baseline - round(self.face.size * ASCENDER)
        return Rect(left, top, width, round(self.face.size * (ASCENDER + DESCENDER)))


@dataclass(frozen=True, slots=True)
class Picture:
    """A line drawing by its name in `icons.py`, in one colour."""

    name: str
    rect: Rect
    colour: str


Shape = Card | Words | Picture
Scene = tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """A television."""

    width: int
    height: int
    diagonal_inches: float = 55.0

    @property
    def portrait(self) -> bool:
        """Whether it stands upright."""
        return self.height > self.width

    @property
    def wide(self) -> bool:
        """Whether it is a bar: so wide that everything stands side by side."""
        return self.width >= WIDE * self.height

    @property
    def unit(self) -> float:
        """Return the pixels of one unit.

        80 × 45 of them fit on any screen, 45 × 80 on an upright one, 64 × 20 on a bar.
        """
        across, down = (64, 20) if self.wide else (45, 80) if self.portrait else (80, 45)
        return min(self.width / across, self.height / down)

    @property
    def mm_per_pixel(self) -> float:
        """Return the size of a pixel."""
        return self.diagonal_inches * _MM_PER_INCH / hypot(self.width, self.height)

    def readable_from(self, capital: float) -> float:
        """Return the distance in metres from which a capital of so many pixels can be read."""
        return capital * self.mm_per_pixel * READABLE / 1000

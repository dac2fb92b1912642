"""The glass in pixels, millimetres and points, and rectangles to cut it into."""

from __future__ import annotations

import math
from dataclasses import dataclass

MM_PER_INCH = 25.4
#: points that the short side of the screen shows; the text grows and shrinks with the glass …
SHORT_SIDE = 595
#: … within these millimetres per point: body text is 16 points
LEAST_POINT, LARGEST_POINT = 0.30, 0.75


@dataclass(frozen=True, slots=True)
class Rect:
    """A place on the screen, in pixels."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        """The first column beside it."""
        return self.x + self.w

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.y + self.h

    @property
    def centre(self) -> tuple[int, int]:
        """Its middle."""
        return self.x + self.w // 2, self.y + self.h // 2

    def inset(self, dx: int, dy: int | None = None) -> Rect:
        """Return it without a margin of `dx` at both sides and `dy` above and below."""
        down = dx if dy is None else dy
        return Rect(self.x + dx, self.y + down, max(0, self.w - 2 * dx), max(0, self.h - 2 * down))

    def top(self, h: int) -> Rect:
        """Return its upper `h` pixels."""
        return Rect(self.x, self.y, self.w, min(h, self.h))

    def below(self, h: int) -> Rect:
        """Return what is left under its upper `h` pixels."""
        return Rect(self.x, self.y + min(h, self.h), self.w, max(0, self.h - h))

    def foot(self, h: int) -> Rect:
        """Return its lower `h` pixels."""
        return Rect(self.x, self.bottom - min(h, self.h), self.w, min(h, self.h))

    def above(self, h: int) -> Rect:
        """Return what is left over its lower `h` pixels."""
        return Rect(self.x, self.y, self.w, max(0, self.h - h))

    def left(self, w: int) -> Rect:
        """Return its first `w` pixels."""
        return Rect(self.x, self.y, min(w, self.w), self.h)

    def after(self, w: int) -> Rect:
        """Return what is left after its first `w` pixels."""
        return Rect(self.x + min(w, self.w), self.y, max(0, self.w - w), self.h)

    def end(self, w: int) -> Rect:
        """Return its last `w` pixels."""
        return Rect(self.right - min(w, self.w), self.y, min(w, self.w), self.h)

    def before(self, w: int) -> Rect:
        """Return what is left before its last `w` pixels."""
        return Rect(self.x, self.y, max(0, self.w - w), self.h)

    def middle(self, w: int, h: int) -> Rect:
        """Return a rectangle of this size in its middle."""
        return Rect(self.x + (self.w - w) // 2, self.y + (self.h - h) // 2, w, h)

    def contains(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.x <= x < self.right and self.y <= y < self.bottom

    def gap(self, other: Rect) -> int:
        """Return the pixels between the two, along the axis where they are apart; < 0: overlap."""
        across = max(other.x - self.right, self.x - other.right)
        down = max(other.y - self.bottom, self.y - other.bottom)
        return max(across, down)


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen: its pixels, and how many of them make a millimetre."""

    width: int
    height: int
    px_per_mm: float
    #: how much larger than usual a point is: everything but fingers grows with it
    zoom: float = 1.0

    @property
    def area(self) -> Rect:
        """All of it."""
        return Rect(0, 0, self.width, self.height)

    @property
    def tall(self) -> bool:
        """Whether it stands upright."""
        return self.height > self.width

    @property
    def px_per_pt(self) -> float:
        """Pixels of a design token's point."""
        short_mm = min(self.width, self.height) / self.px_per_mm
        point_mm = min(LARGEST_POINT, max(LEAST_POINT, short_mm / SHORT_SIDE))
        return point_mm * self.px_per_mm * self.zoom

    def mm(self, length: float) -> int:
        """Return millimetres as whole pixels, rounded up: sizes in millimetres are least sizes."""
        return math.ceil(length * self.px_per_mm - 1e-6)

    def pt(self, length: float) -> int:
        """Return points as whole pixels."""
        return round(length * self.px_per_pt)


def screen_of(width: int, height: int, diagonal: float) -> Screen:
    """Return the screen of so many pixels on a diagonal of so many inches."""
    return Screen(width, height, math.hypot(width, height) / (diagonal * MM_PER_INCH))

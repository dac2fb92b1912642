"""What a layout is made of: boxes, texts, icons, codes and keys, each at its place in pixels."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.acts import Act
from kiosk.geometry import Rect


class Align(StrEnum):
    """Where a text's lines stand in their rectangle."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Look(StrEnum):
    """How a key is drawn."""

    #: a white card
    TILE = "tile"
    #: the one thing to do next
    PRIMARY = "primary"
    #: something else that one may do
    OUTLINE = "outline"
    #: one of a row, and the one that is chosen
    PILL = "pill"
    PILL_ON = "pill_on"
    #: an option that is on
    OPTION_ON = "option_on"


@dataclass(frozen=True, slots=True)
class Face:
    """A cut of the typeface at a size in pixels."""

    weight: str
    size: int


@dataclass(frozen=True, slots=True)
class Text:
    """Lines of text; they stand in the middle of the rectangle's height."""

    rect: Rect
    lines: tuple[str, ...]
    face: Face
    colour: str = "ink"
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Icon:
    """A line icon, as large as the rectangle."""

    rect: Rect
    name: str
    colour: str = "accent"


@dataclass(frozen=True, slots=True)
class Box:
    """A rounded rectangle, with a hairline or a shadow where named."""

    rect: Rect
    fill: str
    radius: int = 0
    line: str = ""
    elevation: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code, quiet zone included."""

    rect: Rect
    url: str


Part = Text | Icon | Box


@dataclass(frozen=True, slots=True)
class Key:
    """Something to touch; `act` is what it means."""

    rect: Rect
    act: Act
    look: Look
    parts: tuple[Part, ...] = ()
    radius: int = 0


Element = Text | Icon | Box | Code | Key


@dataclass(frozen=True, slots=True)
class Layout:
    """A screen's elements in the order of drawing, which is the order of the focus too.

    A dialog lies over all the rest: while there is one, only its keys can be touched.
    """

    elements: tuple[Element, ...]
    dialog: tuple[Element, ...] = ()
    #: painted with the high-contrast palette
    contrast: bool = False
    #: how many of the elements every screen has on top: the center's name and the clock
    band: int = 0

    @property
    def keys(self) -> tuple[Key, ...]:
        """What can be touched now."""
        return tuple(one for one in self.dialog or self.elements if isinstance(one, Key))

    def key_at(self, x: float, y: float) -> Key | None:
        """Return the key under a point."""
        return next((key for key in self.keys if key.rect.contains(x, y)), None)

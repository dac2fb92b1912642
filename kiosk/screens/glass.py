"""The glass that a step is placed on: its sizes, its type and the language it speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from config import tokens
from config.languages import LANGUAGES
from config.wording import Wording
from kiosk.elements import Align, Face, Text
from kiosk.geometry import Rect, Screen
from kiosk.typesetting import Measure, Setting, fit

NBSP = "\N{NO-BREAK SPACE}"
#: least sizes of what is touched, millimetres
KEY_MM, TILE_MM, GAP_MM = 20.0, (60.0, 35.0), 5.0
#: short side of a screen on which only the needful has room, millimetres
TIGHT_MM = 170.0
#: one step down a ladder of type sizes
STEP = 0.93
#: Fira Sans: height of a capital as a share of the type's size
CAPITAL = 0.689
#: large text: millimetres of a capital that is read from 60 cm (EN 301 549, 5.1.4: 0.7°), and how
#: much larger than usual text becomes at least and at most
LARGE_CAPITAL_MM, LEAST_ZOOM, MOST_ZOOM = 7.35, 1.4, 1.65
#: least tile of large text, points: one name and its queue without squeezing
LARGE_TILE = (230, 79)


@dataclass(frozen=True, slots=True)
class Glass:
    """A screen, a way to measure text, and the interface's words in one language."""

    screen: Screen
    measure: Measure
    wording: Wording
    language: str
    #: everything that can be touched stands in the lower half
    low: bool = False

    def say(self, key: str, **values: object) -> str:
        """Return an interface text in the visitor's language."""
        return self.wording.say(key, self.language, **values)

    def say_in(self, key: str, tags: Sequence[str]) -> str:
        """Return a text in several languages, each kept on one line, once where two are alike."""
        texts = dict.fromkeys(self.wording.say(key, tag).replace(" ", NBSP) for tag in tags)
        return f"{NBSP}· ".join(texts)

    def text_of(self, texts: dict[str, str]) -> str:
        """Return a catalogue's text in the visitor's language, in its first one if need be."""
        return texts.get(self.language) or next(iter(texts.values()), "")

    def pt(self, length: float) -> int:
        """Return points as pixels."""
        return self.screen.pt(length)

    def radius(self, name: str) -> int:
        """Return a token's corner radius."""
        return self.pt(tokens.load().radii[name])

    @property
    def large(self) -> bool:
        """Whether text is set for who sees little."""
        return self.screen.zoom > 1

    @property
    def tight(self) -> bool:
        """Whether fingers leave little room for anything else: less is shown, nothing smaller."""
        return min(self.screen.width, self.screen.height) < self.screen.mm(TIGHT_MM)

    @property
    def reach(self) -> Rect:
        """The part of the screen where keys may stand."""
        area = self.screen.area
        return area.foot(area.h // 2) if self.low else area

    @property
    def stage(self) -> Rect:
        """The room between the header and what can be touched: none but in the low layout."""
        head = self.header
        return Rect(0, head, self.screen.width, max(0, self.reach.y - head))

    @property
    def upright(self) -> Glass:
        """The same glass for what stands on the stage: all of its area may be used."""
        return replace(self, low=False)

    @property
    def header(self) -> int:
        """The height of the bar with the center's name."""
        return self.pt(96 if self.screen.tall and not self.large else 72)

    @property
    def tile(self) -> tuple[int, int]:
        """The least width and height of a tile."""
        width, height = (self.screen.mm(length) for length in TILE_MM)
        if self.large:
            width, height = (
                max(width, min(self.pt(LARGE_TILE[0]), self.screen.width - 2 * self.margin)),
                max(height, self.pt(LARGE_TILE[1])),
            )
        return width, height

    @property
    def foot(self) -> int:
        """The height of the lowest row of keys, with its space above and below."""
        return self.key + 2 * self.pt(14)

    @property
    def comfort_width(self) -> int:
        """The width that the key in the lower left corner of every screen takes, gap included."""
        return self.key + self.gap

    @property
    def key(self) -> int:
        """The height of a key."""
        return max(self.screen.mm(KEY_MM), self.pt(42 if self.large else 48))

    @property
    def gap(self) -> int:
        """The space between two things that can be touched."""
        return max(self.screen.mm(GAP_MM), self.pt(7 if self.large else 14))

    @property
    def margin(self) -> int:
        """The space at the edges of the screen."""
        return max(self.screen.mm(GAP_MM), self.pt(32 if self.screen.width >= self.pt(560) else 16))

    def face(self, size: str, weight: str = "regular") -> Face:
        """Return a face by its tokens."""
        return Face(weight, self.pt(self._size(size)))

    def faces(self, weight: str, largest: str, smallest: str = "") -> tuple[Face, ...]:
        """Return the faces of one weight from one token's size down to another's."""
        least = self._size(smallest or largest)
        return ladder(weight, self.pt(self._size(largest)), self.pt(least))

    def _size(self, name: str) -> float:
        """Return a size in points; in large text nothing is smaller than body text."""
        sizes = tokens.load().sizes
        return max(sizes[name], sizes["body"]) if self.large else sizes[name]

    def width(self, text: str, face: Face) -> int:
        """Return a line's width."""
        return self.measure(text, face)

    def fit(self, text: str, area: Rect, faces: Sequence[Face], most: int = 3) -> Setting:
        """Return the text in the largest face in which it fits into the area."""
        return fit(text, area.w, area.h, faces, self.measure, most)

    def text(
        self,
        text: str,
        area: Rect,
        faces: Sequence[Face],
        colour: str = "ink",
        align: Align = Align.LEFT,
        most: int = 3,
    ) -> Text:
        """Return the text placed in the middle of the area's height."""
        setting = self.fit(text, area, faces, most)
        return Text(area, setting.lines, setting.face, colour, align)

    def flow(
        self,
        text: str,
        area: Rect,
        faces: Sequence[Face],
        colour: str = "ink",
        align: Align = Align.LEFT,
        most: int = 3,
    ) -> tuple[Text, Rect]:
        """Return the text at the top of the area, and the area left below it."""
        setting = self.fit(text, area, faces, most)
        placed = Text(area.top(setting.height), setting.lines, setting.face, colour, align)
        return placed, area.below(setting.height)


def magnified(screen: Screen) -> Screen:
    """Return the screen with text large enough to be read from 60 cm by who sees little."""
    body_mm = tokens.load().sizes["body"] * CAPITAL * screen.px_per_pt / screen.px_per_mm
    zoom = min(MOST_ZOOM, max(LEAST_ZOOM, LARGE_CAPITAL_MM / body_mm))
    return replace(screen, zoom=zoom)


def ladder(weight: str, largest: int, smallest: int) -> tuple[Face, ...]:
    """Return faces from one size in pixels down to another, in even steps."""
    sizes: list[float] = [largest]
    while sizes[-1] * STEP > smallest + 1:
        sizes.append(sizes[-1] * STEP)
    last = [smallest] if smallest < largest else []
    return tuple(Face(weight, round(size)) for size in [*sizes, *last])


def own_name(tag: str) -> str:
    """Return a language's name in its own script; the tag of an unknown one."""
    return next((name for known, name in LANGUAGES.items() if known == tag), tag)

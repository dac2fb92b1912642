"""The glass that a step is placed on: its sizes, its type and the language it speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Glass:
    """A screen, a way to measure text, and the interface's words in one language."""

    screen: Screen
    measure: Measure
    wording: Wording
    language: str

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
    def tight(self) -> bool:
        """Whether fingers leave little room for anything else: less is shown, nothing smaller."""
        return min(self.screen.width, self.screen.height) < self.screen.mm(TIGHT_MM)

    @property
    def key(self) -> int:
        """The height of a key."""
        return max(self.screen.mm(KEY_MM), self.pt(48))

    @property
    def gap(self) -> int:
        """The space between two things that can be touched."""
        return max(self.screen.mm(GAP_MM), self.pt(14))

    @property
    def margin(self) -> int:
        """The space at the edges of the screen."""
        return max(self.screen.mm(GAP_MM), self.pt(32 if self.screen.width >= self.pt(560) else 16))

    def face(self, size: str, weight: str = "regular") -> Face:
        """Return a face by its tokens."""
        return Face(weight, self.pt(tokens.load().sizes[size]))

    def faces(self, weight: str, largest: str, smallest: str = "") -> tuple[Face, ...]:
        """Return the faces of one weight from one token's size down to another's."""
        sizes = tokens.load().sizes
        return ladder(weight, self.pt(sizes[largest]), self.pt(sizes[smallest or largest]))

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

"""A keyboard on the glass, and the field that shows what was typed on it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.acts import Act, Erase, SwitchScript, Type
from kiosk.elements import Align, Box, Element, Icon, Key, Look, Text
from kiosk.geometry import Rect
from kiosk.keyboards import SCRIPTS, Keyboard
from kiosk.screens.glass import Glass
from kiosk.screens.keys import label_key, side_by_side

#: keys grow to so many millimetres, and where a screen is too small they shrink
MOST_MM = 27.0
#: millimetres between keys where they had to shrink
CLOSE_MM = 2.0


@dataclass(frozen=True, slots=True)
class Control:
    """A key beside the letters."""

    act: Act
    label: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """Where the letters stand: rows of them, the sides of a key and the space between two."""

    rows: tuple[tuple[str, ...], ...]
    across: int
    down: int
    gap: int

    @property
    def height(self) -> int:
        """The height of all rows."""
        return len(self.rows) * (self.down + self.gap) - self.gap

    @property
    def width(self) -> int:
        """The width of the longest row."""
        return max(map(len, self.rows)) * (self.across + self.gap) - self.gap


def board(glass: Glass, letters: Keyboard, width: int, height: int) -> Board:
    """Return the letters' places in an area: rather as on a typewriter, rather with large keys."""
    columns = (width + glass.gap) // (glass.screen.mm(20) + glass.gap)
    rows = math.ceil(len(letters.ordered) / max(1, columns))
    orders = [letters.rows, _even(letters.ordered, rows)]
    boards = [_board(glass, order, width, height) for order in orders]
    return max(boards, key=lambda one: (one.gap, min(one.across, one.down, glass.key)))


def board_keys(glass: Glass, letters: Board, area: Rect) -> list[Key]:
    """Return the keys of a board in the middle of an area."""
    keys = []
    for number, row in enumerate(letters.rows):
        y = area.y + number * (letters.down + letters.gap)
        places = side_by_side(
            Rect(area.x, y, area.w, letters.down),
            [letters.across] * len(row),
            letters.gap,
            Align.CENTRE,
        )
        keys += [_letter_key(glass, at, one) for at, one in zip(places, row, strict=True)]
    return keys


def field(glass: Glass, area: Rect, typed: str, hint: str, icon: str) -> tuple[Element, ...]:
    """Return the field with what was typed, or with a hint while it is empty."""
    inner = area.inset(glass.pt(18), glass.pt(4))
    side = min(glass.pt(26), inner.h)
    words = inner.after(side + glass.pt(14))
    faces = glass.faces("regular", "lead", "small")
    set_hint = glass.fit(hint, words, faces, 3)
    hinted = (Text(words, set_hint.lines, set_hint.face, "ink_soft"),)
    fits = hint and set_hint.height <= words.h
    said = hinted if fits and not typed else _typed(glass, words, typed)
    return (
        Box(area, "surface", min(area.h // 2, glass.radius("medium")), "line_strong"),
        Icon(inner.left(side).middle(side, side), icon, "ink_soft"),
        *said,
    )


def control_acts(script: str, *, space: bool) -> list[Control]:
    """Return what stands beside the letters: other scripts, a space, the way to take one back."""
    others = [Control(SwitchScript(name), SCRIPTS[name]) for name in SCRIPTS if script != name]
    spaces = [Control(Type(" "), icon="space")] if space else []
    return [*(others if script else []), *spaces, Control(Erase(), icon="erase")]


def controls_width(glass: Glass, count: int) -> int:
    """Return the least width of so many controls."""
    return count * (glass.key + glass.gap) - glass.gap


def control_keys(glass: Glass, row: Rect, controls: Sequence[Control]) -> list[Key]:
    """Return the controls' keys over the whole row; the space takes what the others leave."""
    wide = next((at for at, one in enumerate(controls) if one.icon == "space"), len(controls) - 1)
    spare = row.w - controls_width(glass, len(controls))
    side = glass.key + max(0, spare) // (3 * len(controls))
    widths = [side] * len(controls)
    widths[wide] = row.w - (len(controls) - 1) * (side + glass.gap)
    places = side_by_side(row, widths, glass.gap)
    return [
        label_key(glass, at, one.act, Look.OUTLINE, one.label, one.icon, ("body", "small"))
        for at, one in zip(places, controls, strict=True)
    ]


def _typed(glass: Glass, area: Rect, text: str) -> tuple[Element, ...]:
    """Return what was typed on one line, and a mark after it; of what is too long, the end."""
    face = glass.face("title", "semibold")
    room = area.before(glass.pt(8))
    while len(text) > 1 and glass.width(text, face) > room.w:
        text = text[1:]
    end = glass.width(text, face) + glass.pt(3)
    mark = area.after(end).left(max(2, glass.pt(2)))
    return Text(room, (text,), face), Box(mark.middle(mark.w, face.size), "accent")


def _letter_key(glass: Glass, rect: Rect, letter: str) -> Key:
    faces = glass.faces("medium", "title", "small")
    text = glass.text(letter, rect, faces, "ink", Align.CENTRE, 1)
    return Key(rect, Type(letter), Look.TILE, (text,), min(rect.h // 4, glass.radius("medium")))


def _board(glass: Glass, rows: Sequence[tuple[str, ...]], width: int, height: int) -> Board:
    most, longest = glass.screen.mm(MOST_MM), max(map(len, rows))
    for gap in (glass.gap, glass.screen.mm(CLOSE_MM)):
        across = min(most, (width + gap) // longest - gap)
        down = min(most, (height + gap) // len(rows) - gap)
        if min(across, down) >= glass.screen.mm(20):
            break
    return Board(tuple(rows), across, down, gap)


def _even(letters: Sequence[str], rows: int) -> tuple[tuple[str, ...], ...]:
    """Return the letters in rows of the same length, the last one shorter."""
    length = math.ceil(len(letters) / rows)
    return tuple(tuple(letters[start : start + length]) for start in range(0, len(letters), length))

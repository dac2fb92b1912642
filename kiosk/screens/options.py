"""Options that are on or off: what they mean, what follows from them, and a mark."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.acts import Act
from kiosk.elements import Align, Box, Key, Look, Part, Text
from kiosk.geometry import Rect
from kiosk.screens.glass import Glass, ladder
from kiosk.screens.keys import badge, check


@dataclass(frozen=True, slots=True)
class Option:
    """Something to switch; `note` says what follows from it, `number` stands for an icon."""

    act: Act
    label: str
    on: bool
    note: str = ""
    icon: str = ""
    number: str = ""


def option_key(glass: Glass, rect: Rect, option: Option) -> Key:
    """Return an option's key."""
    inner = rect.inset(glass.pt(18), glass.pt(6))
    side, ring = min(glass.pt(48), inner.h), glass.pt(28)
    if glass.large:
        inner, side = rect.inset(glass.pt(10), glass.pt(2)), glass.pt(34)
    words = inner.after(side + glass.pt(16)).before(ring + glass.pt(12))
    parts: list[Part] = [
        *_sign(glass, inner.left(side).middle(side, side), option),
        *_words(glass, words, option),
        *_mark(inner.end(ring).middle(ring, ring), on=option.on),
    ]
    look = Look.OPTION_ON if option.on else Look.TILE
    return Key(rect, option.act, look, tuple(parts), glass.radius("large"))


def _sign(glass: Glass, rect: Rect, option: Option) -> tuple[Part, ...]:
    fill = "surface" if option.on else "accent_soft"
    if not option.number:
        return badge(rect, option.icon, fill)
    face = glass.face("lead", "semibold")
    return (
        Box(rect, fill, rect.w // 2),
        Text(rect, (option.number,), face, "accent", Align.CENTRE),
    )


def _words(glass: Glass, area: Rect, option: Option) -> list[Part]:
    """Return the option's label, with its note below it where there is room for both."""
    note = glass.fit(option.note, area, glass.faces("regular", "small"), 2)
    room = area.above(note.height) if option.note else area
    name = glass.fit(option.label, room, glass.faces("semibold", "lead", "small"))
    if not option.note or name.height + note.height > area.h:
        faces = glass.faces("semibold", "lead", "small")
        if glass.large:
            faces = (*faces, *ladder("semibold", glass.pt(15), glass.pt(12)))
        alone = glass.fit(option.label, area, faces, 4)
        return [Text(area, alone.lines, alone.face)]
    block = area.middle(area.w, name.height + note.height)
    return [
        Text(block.top(name.height), name.lines, name.face),
        Text(block.below(name.height), note.lines, note.face, "ink_soft"),
    ]


def _mark(rect: Rect, *, on: bool) -> tuple[Part, ...]:
    """Return an empty ring, or a check mark."""
    return check(rect) if on else (Box(rect, "surface", rect.w // 2, "line_strong"),)

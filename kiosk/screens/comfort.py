"""The ways to see, hear and reach better, each shown at once; and a call for help."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.acts import Act, CallHelp, ChangeVolume, SayAgain, SwitchComfort, SwitchSignLanguage
from kiosk.elements import Align, Box, Element, Icon, Key, Look, Part, Text
from kiosk.geometry import Rect
from kiosk.screens.frame import bar, heading
from kiosk.screens.glass import Glass
from kiosk.screens.grid import cells
from kiosk.screens.keys import badge, check, label_key
from kiosk.state import Flow
from kiosk.steps.comfort import UNDER_WAY

#: points: the height of a row, and the width from which two of them stand side by side
ROW, PAIR = 92, 620
#: how a call for help stands → what is said of it, and whether it is good news
_HELP = {
    "": "comfort.help_note",
    "calling": "comfort.help_calling",
    "called": "kiosk.staff_called",
    "answered": "comfort.help_answered",
    "failed": "comfort.help_failed",
}


@dataclass(frozen=True, slots=True)
class _Option:
    act: Act
    icon: str
    label: str
    note: str
    #: None is no switch
    on: bool | None


#: places something in a cell
_Placed = Callable[[Glass, Rect], list[Key | Element]]


def comfort(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place the switches, the call for help and, while the kiosk speaks, its volume."""
    below = bar(flow, glass, area)
    top = heading(glass, below.rest, glass.say("comfort.title"), glass.say("comfort.hint"))
    room = top.rest.inset(glass.margin, 0).above(glass.gap)
    rows: list[_Placed] = [_placing(one) for one in _options(flow, glass)]
    if flow.visit.comfort.spoken:
        rows.append(lambda glass, cell: _volume(flow, glass, cell))
    places = _cells(glass, room, len(rows))
    placed = [one for row, cell in zip(rows, places, strict=False) for one in row(glass, cell)]
    return (*top.elements, *placed, *below.elements)


def _options(flow: Flow, glass: Glass) -> list[_Option]:
    say, now = glass.say, flow.visit.comfort
    switches = [
        ("large", "kiosk.large_text"),
        ("contrast", "kiosk.high_contrast"),
        ("low", "kiosk.low_layout"),
        ("spoken", "comfort.spoken"),
    ]
    options = [
        _Option(
            SwitchComfort(name),
            "speaker" if name == "spoken" else name,
            say(label),
            say(f"comfort.{name}_note"),
            getattr(now, name),
        )
        for name, label in switches
        if name != "low" or glass.screen.tall
    ]
    signing = flow.visit.sign_language
    sign, told = say("kiosk.sign_language"), say("kiosk.sign_language_on")
    options.append(_Option(SwitchSignLanguage(), "sign-language", sign, told, signing))
    state = flow.visit.help
    icon = "check" if state in UNDER_WAY else "warning" if state == "failed" else "call"
    label, note = say("kiosk.call_staff"), say(_HELP.get(state, _HELP[""]))
    options.append(_Option(CallHelp(), icon, note if state else label, "" if state else note, None))
    return options


def _cells(glass: Glass, room: Rect, count: int) -> list[Rect]:
    """Return equal places, in as few columns as there is height for."""
    most = max(1, (room.h + glass.gap) // (glass.key + glass.gap))
    pair = glass.screen.area.w >= glass.pt(PAIR) and not glass.screen.tall
    columns = max(math.ceil(count / most), 2 if pair else 1)
    rows = math.ceil(count / columns)
    height = min(room.h, rows * glass.pt(ROW) + (rows - 1) * glass.gap)
    return cells(room.top(height), columns, rows, glass.gap)


def _placing(option: _Option) -> _Placed:
    return lambda glass, cell: [_option_key(glass, cell, option)]


def _option_key(glass: Glass, rect: Rect, option: _Option) -> Key:
    inner = rect.inset(min(glass.pt(18), rect.w // 16), glass.pt(3))
    side, ring = min(glass.pt(48), inner.h, inner.w // 6), min(glass.pt(30), inner.w // 9)
    words = inner.after(side + glass.pt(14)).before(ring + glass.pt(8))
    parts: list[Part] = [
        *badge(
            inner.left(side).middle(side, side),
            option.icon,
            "surface" if option.on else "accent_soft",
        ),
        *_words(glass, words, option),
    ]
    if option.on is not None:
        parts += _mark(inner.end(ring).middle(ring, ring), on=option.on)
    look = Look.OPTION_ON if option.on else Look.TILE
    radius = min(rect.h // 2, glass.radius("large"))
    return Key(rect, option.act, look, tuple(parts), radius)


def _words(glass: Glass, area: Rect, option: _Option) -> list[Part]:
    """Return the label, and where there is room what the switch does."""
    name = glass.fit(option.label, area, glass.faces("semibold", "title", "small"), 3)
    note = glass.fit(option.note, area, glass.faces("regular", "body", "small"), 2)
    height = name.height + note.height
    if not option.note or height > area.h or len(note.lines) > 2:  # noqa: PLR2004
        return [Text(area, name.lines, name.face)]
    block = area.middle(area.w, height)
    return [
        Text(block.top(name.height), name.lines, name.face),
        Text(block.below(name.height), note.lines, note.face, "ink_soft"),
    ]


def _mark(rect: Rect, *, on: bool) -> tuple[Part, ...]:
    """Return an empty ring, or a check mark."""
    return check(rect) if on else (Box(rect, "surface", rect.w // 2, "line_strong"),)


def _volume(flow: Flow, glass: Glass, cell: Rect) -> list[Key | Element]:
    """Return the keys that change the volume and repeat, and the volume between them."""
    say, radius = glass.say, min(cell.h // 2, glass.radius("large"))
    side = min(cell.h, max(glass.key, cell.w // 5))
    low, high = cell.left(side), cell.after(side + glass.gap).left(side)
    rest = cell.after(2 * (side + glass.gap))
    again = rest.end(side)
    text = say("comfort.volume", n=flow.visit.comfort.volume)
    words = rest.before(side + glass.gap)
    faces = glass.faces("semibold", "lead", "small")
    quieter, louder = ((low, -1, "quieter"), (high, 1, "louder"))
    return [
        *(
            Key(rect, ChangeVolume(by), Look.OUTLINE, _icon(glass, rect, icon), radius)
            for rect, by, icon in (quieter, louder)
        ),
        glass.text(text, words, faces, align=Align.CENTRE, most=2),
        label_key(glass, again, SayAgain(), Look.OUTLINE, "", "again"),
    ]


def _icon(glass: Glass, rect: Rect, name: str) -> tuple[Part, ...]:
    side = min(glass.pt(28), rect.h // 2)
    return (Icon(rect.middle(side, side), name),)

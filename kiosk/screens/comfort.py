"""The ways to see, hear and reach better, each shown at once; and a call for help."""

from __future__ import annotations

import math
from dataclasses import dataclass

from kiosk.acts import Act, CallHelp, ChangeVolume, SayAgain, SwitchComfort, SwitchSignLanguage
from kiosk.elements import Align, Box, Element, Icon, Key, Look, Part, Text
from kiosk.geometry import Rect
from kiosk.screens.frame import bar, heading
from kiosk.screens.glass import Glass, ladder
from kiosk.screens.grid import cells
from kiosk.screens.keys import badge, check
from kiosk.state import Flow
from kiosk.steps.comfort import UNDER_WAY

#: points: the height of a row, and the width from which two of them stand side by side
ROW, PAIR = 92, 620
#: points across under which a row has no room for its icon
NARROW = 190
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
    """A way to see, hear or reach better, as its tile shows it."""

    act: Act
    icon: str
    label: str
    note: str
    #: None is no switch
    on: bool | None


def comfort(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place the switches, the call for help and, while the kiosk speaks, its volume."""
    below = bar(flow, glass, area)
    top = heading(glass, below.rest, glass.say("comfort.title"), glass.say("comfort.hint"))
    room = top.rest.inset(glass.margin, 0).above(glass.gap)
    options = _options(flow, glass)
    speaks = flow.visit.comfort.spoken
    places, foot = _places(glass, room, len(options), extra=speaks)
    keys = [_option_key(glass, at, one) for at, one in zip(places, options, strict=True)]
    volume = _volume(flow, glass, foot) if speaks else []
    return (*top.elements, *keys, *volume, *below.elements)


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
        if {"low": glass.screen.tall, "spoken": flow.habits.speaks}.get(name, True)
    ]
    signing = flow.visit.sign_language
    sign, told = say("comfort.sign_language"), say("kiosk.sign_language_on")
    options.append(_Option(SwitchSignLanguage(), "sign-language", sign, told, signing))
    state = flow.visit.help
    icon = "check" if state in UNDER_WAY else "warning" if state == "failed" else "call"
    told = say(_HELP.get(state, _HELP[""]))
    label, note = (told, "") if state else (say("kiosk.call_staff"), told)
    options.append(_Option(CallHelp(), icon, label, note, None))
    return options


def _places(glass: Glass, room: Rect, count: int, *, extra: bool) -> tuple[list[Rect], Rect]:
    """Return the places of the options, and a row of its own below them if there is an `extra`.

    They stand in as few columns as there is height for.
    """
    most = max(1, (room.h + glass.gap) // (glass.key + glass.gap) - extra)
    pair = not glass.screen.tall and glass.screen.area.w >= glass.pt(PAIR)
    columns = max(math.ceil(count / most), 2 if pair else 1)
    rows = math.ceil(count / columns) + extra
    height = min((room.h + glass.gap) // rows, glass.pt(ROW) + glass.gap) - glass.gap
    high = rows * (height + glass.gap) - glass.gap
    used = room.top(high)
    above = used.above(height + glass.gap) if extra else used
    return cells(above, columns, rows - extra, glass.gap)[:count], used.foot(height)


def _option_key(glass: Glass, rect: Rect, option: _Option) -> Key:
    inner = rect.inset(min(glass.pt(18), rect.w // 16), glass.pt(3))
    narrow = rect.w < glass.pt(NARROW)
    side = 0 if narrow else min(glass.pt(48), inner.h)
    ring = min(glass.pt(30), inner.w // 8) if option.on is not None else 0
    words = inner.after(side + glass.pt(14) if side else glass.pt(4)).before(ring + glass.pt(6))
    mark = inner.left(side).middle(side, side)
    fill = "surface" if option.on else "accent_soft"
    parts: list[Part] = [
        *(badge(mark, option.icon, fill) if side else ()),
        *_words(glass, words, option),
    ]
    if option.on is not None:
        parts += _mark(inner.end(ring).middle(ring, ring), on=option.on)
    look = Look.OPTION_ON if option.on else Look.TILE
    radius = min(rect.h // 2, glass.radius("large"))
    return Key(rect, option.act, look, tuple(parts), radius)


def _words(glass: Glass, area: Rect, option: _Option) -> list[Part]:
    """Return the label, and where there is room what the switch does."""
    faces = (
        *glass.faces("semibold", "title", "small"),
        *ladder("semibold", glass.pt(15), glass.pt(12)),
    )
    name = glass.fit(option.label, area, faces, 3)
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


def _volume(flow: Flow, glass: Glass, row: Rect) -> list[Element]:
    """Return the keys that change the volume and repeat, and the volume between them."""
    width = max(glass.key, min(row.w // 5, glass.pt(120)))
    again = row.end(width)
    text = glass.say("comfort.volume", n=flow.visit.comfort.volume)
    words = row.after(width + glass.gap).before(2 * (width + glass.gap))
    quieter = row.left(width)
    louder = Rect(words.right + glass.gap, row.y, width, row.h)
    return [
        _icon_key(glass, quieter, ChangeVolume(-1), "quieter"),
        glass.text(text, words, glass.faces("semibold", "title", "small"), align=Align.CENTRE),
        _icon_key(glass, louder, ChangeVolume(1), "louder"),
        _icon_key(glass, again, SayAgain(), "again"),
    ]


def _icon_key(glass: Glass, rect: Rect, act: Act, icon: str) -> Key:
    side = min(glass.pt(28), rect.h // 2)
    radius = min(rect.h // 2, glass.radius("large"))
    return Key(rect, act, Look.OUTLINE, (Icon(rect.middle(side, side), icon),), radius)

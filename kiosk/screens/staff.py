"""The service PIN on a keypad, and the service menu: facts on one side, what to do on the other."""

from __future__ import annotations

import math

from kiosk.acts import Act, Erase, GoBack, StaffDo, Submit, Type
from kiosk.elements import Align, Box, Element, Key, Look, Text
from kiosk.geometry import Rect
from kiosk.screens.frame import heading
from kiosk.screens.glass import Glass
from kiosk.screens.grid import cells
from kiosk.screens.keys import label_key, label_width
from kiosk.state import Flow
from kiosk.steps.staff import CAME, LOST
from kiosk.typesetting import Setting, fit_all

#: what the menu offers, with its icons
OFFERS = {
    "status": "again",
    "test_page": "document",
    "new_roll": "printer",
    "reprint": "ticket",
    "sound": "speaker",
    "journal": "inbox",
    "doctor": "check",
    "restart": "hourglass",
}
#: questions about slips that are shown at a time
ASKED = 2
#: keys side by side
COLUMNS = 3
#: lines that a fact may take
MOST_LINES = 3
_DIGITS = ("1", "2", "3", "4", "5", "6", "7", "8", "9")


def pin(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place the dots of what was typed, the keypad and the way out."""
    side = area if glass.screen.tall else area.left(area.w * 2 // 5)
    title, hint = glass.say("staffmenu.pin_title"), glass.say("staffmenu.pin_hint")
    top = heading(glass, side, title, hint)
    room = top.rest.inset(glass.margin, 0).above(glass.gap)
    foot = room.foot(glass.key)
    between = room.above(foot.h + glass.gap)
    if glass.screen.tall:
        field, pad = between.top(glass.key), between.below(glass.key + glass.gap)
    else:
        field, pad = between, area.after(side.w).before(glass.margin).inset(0, glass.pt(12))
    back = glass.say("kiosk.back")
    way = foot.left(label_width(glass, back, "back"))
    return (
        *top.elements,
        _field(flow, glass, field),
        *_pad(glass, pad),
        label_key(glass, way, GoBack(), Look.OUTLINE, back, "back"),
    )


def staff(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place the facts, the last answer, the questions and the keys."""
    inner = area.inset(glass.margin, glass.pt(16))
    if glass.screen.tall:
        high = _rows(flow) * (max(glass.key, glass.pt(84)) + glass.gap) - glass.gap
        keys = inner.foot(high)
        told = inner.above(high + glass.gap)
    else:
        wide = inner.w * 2 // 3 if glass.tight else inner.w * 3 // 5
        told, keys = inner.before(wide + glass.gap), inner.end(wide)
    return (*_facts(flow, glass, told), *_keys(flow, glass, keys))


def _pad(glass: Glass, area: Rect) -> list[Key]:
    """Return the keypad, its keys no larger than a finger likes them."""
    high = min(area.h, 4 * glass.pt(110) + 3 * glass.gap)
    wide = min(area.w, 3 * glass.pt(170) + 2 * glass.gap)
    places = cells(area.middle(wide, area.h).top(high), 3, 4, glass.gap)
    keys = [_digit(glass, rect, one) for rect, one in zip(places, _DIGITS, strict=False)]
    erase, enter = glass.say("staffmenu.erase"), glass.say("staffmenu.enter")
    return [
        *keys,
        label_key(glass, places[9], Erase(), Look.OUTLINE, erase, sizes=("body", "small")),
        _digit(glass, places[10], "0"),
        label_key(glass, places[11], Submit(), Look.PRIMARY, enter, sizes=("body", "small")),
    ]


def _digit(glass: Glass, rect: Rect, digit: str) -> Key:
    return label_key(glass, rect, Type(digit), Look.TILE, digit, sizes=("heading", "lead"))


def _field(flow: Flow, glass: Glass, rect: Rect) -> Text:
    """Return a dot for each digit, or what was wrong with the last ones."""
    faces = glass.faces("semibold", "lead", "small")
    if flow.visit.refusal and not flow.visit.typed:
        said = glass.say(f"staffmenu.{flow.visit.refusal}")
        return glass.text(said, rect, faces, "bad", Align.CENTRE, 2)
    dots = "•" * len(flow.visit.typed)
    return Text(rect, (dots,), glass.face("heading", "bold"), "ink", Align.CENTRE)


def _facts(flow: Flow, glass: Glass, area: Rect) -> list[Element]:
    """Return a card with the facts, each whole, in the largest type in which all have room."""
    inner = area.inset(glass.pt(20), glass.pt(16))
    title, left = glass.flow(
        flow.staff_answer or glass.say("staffmenu.title"),
        inner,
        glass.faces("semibold", "title", "lead"),
        "good" if flow.staff_answer else "ink",
        most=2,
    )
    elements: list[Element] = [Box(area, "surface", glass.radius("large"), "line", "card"), title]
    left = left.below(glass.pt(10))
    for setting in _set(glass, flow.staff_lines, left):
        if setting.height > left.h:
            break
        elements.append(Text(left.top(setting.height), setting.lines, setting.face, "ink_soft"))
        left = left.below(setting.height + glass.pt(4))
    return elements


def _set(glass: Glass, lines: tuple[str, ...], area: Rect) -> list[Setting]:
    """Return the facts in the largest type in which they have room, else in the smallest."""
    settings: list[Setting] = []
    for face in glass.faces("regular", "lead", "small"):
        settings = fit_all(lines, area.w, area.h, [face], glass.measure, MOST_LINES, evenly=False)
        if sum(one.height + glass.pt(4) for one in settings) <= area.h:
            break
    return settings


def _keys(flow: Flow, glass: Glass, area: Rect) -> list[Element]:
    """Return the questions about slips, the offers, and the way out."""
    asked = flow.staff_questions[:ASKED]
    places = cells(area, COLUMNS, _rows(flow), glass.gap)
    keys: list[Element] = []
    for number, title in enumerate(asked):
        row = places[COLUMNS * number]
        keys += _question(glass, Rect(area.x, row.y, area.w, row.h), title)
    left = places[COLUMNS * len(asked) :]
    acts: list[tuple[Act, str, str]] = [
        (StaffDo(name), glass.say(f"staffmenu.{name}"), icon) for name, icon in OFFERS.items()
    ]
    acts.append((GoBack(), glass.say("staffmenu.leave"), "back"))
    return keys + [
        label_key(
            glass, rect, act, Look.OUTLINE, label, "" if glass.tight else icon, ("body", "small")
        )
        for rect, (act, label, icon) in zip(left, acts, strict=False)
    ]


def _rows(flow: Flow) -> int:
    """Return how many rows the questions and the keys take."""
    return math.ceil((len(OFFERS) + 1) / COLUMNS) + len(flow.staff_questions[:ASKED])


def _question(glass: Glass, row: Rect, title: str) -> list[Element]:
    """Return "did it come out?" with its two answers."""
    no = row.end(max(glass.key, row.w // 5))
    yes = row.before(no.w + glass.gap).end(no.w)
    words = row.before(2 * (no.w + glass.gap))
    said = glass.say("staffmenu.came_out", number=title)
    faces = glass.faces("semibold", "lead", "small")
    return [
        glass.text(said, words, faces, "warn", most=2),
        label_key(glass, yes, StaffDo(CAME + title), Look.PRIMARY, glass.say("staffmenu.yes")),
        label_key(glass, no, StaffDo(LOST + title), Look.OUTLINE, glass.say("staffmenu.no")),
    ]

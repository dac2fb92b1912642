"""The service PIN on a keypad, and the service menu: facts on one side, what to do on the other."""

from __future__ import annotations

import math

from kiosk.acts import Act, Erase, GoBack, StaffDo, Submit, Type
from kiosk.elements import Align, Box, Element, Key, Look, Text
from kiosk.geometry import Rect
from kiosk.screens.frame import heading
from kiosk.screens.glass import Glass
from kiosk.screens.grid import cells
from kiosk.screens.keys import label_key
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
#: lines that a fact may take
MOST_LINES = 3
_DIGITS = ("1", "2", "3", "4", "5", "6", "7", "8", "9")


def pin(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place the dots of what was typed, the keypad and the way out."""
    top = heading(glass, area, glass.say("staffmenu.pin_title"), glass.say("staffmenu.pin_hint"))
    room = top.rest.inset(glass.margin, 0).above(glass.gap)
    wide = room.middle(min(room.w, max(glass.pt(420), 3 * glass.key + 2 * glass.gap)), room.h)
    field = wide.top(min(glass.key, max(glass.pt(40), room.h // 8)))
    pad = wide.below(field.h + glass.gap)
    high = min(pad.h, 5 * glass.pt(84) + 4 * glass.gap)
    places = cells(pad.top(high), 3, 5, glass.gap)
    keys = [_digit(glass, rect, one) for rect, one in zip(places, _DIGITS, strict=False)]
    erase, enter = glass.say("staffmenu.erase"), glass.say("staffmenu.enter")
    foot = Rect(places[12].x, places[12].y, places[14].right - places[12].x, places[12].h)
    half = (foot.w - glass.gap) // 2
    return (
        *top.elements,
        _field(flow, glass, field),
        *keys,
        label_key(glass, places[9], Erase(), Look.OUTLINE, erase, sizes=("body", "small")),
        _digit(glass, places[10], "0"),
        label_key(glass, places[11], Submit(), Look.PRIMARY, enter, sizes=("body", "small")),
        label_key(
            glass, foot.middle(max(half, glass.key), foot.h), GoBack(), Look.OUTLINE,
            glass.say("kiosk.back"), "back",
        ),
    )  # fmt: skip


def staff(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place the facts, the last answer, the questions and the keys."""
    inner = area.inset(glass.margin, glass.pt(16))
    if glass.screen.tall:
        told, keys = inner.top(inner.h * 9 // 20), inner.below(inner.h * 9 // 20 + glass.gap)
    else:
        told, keys = inner.left((inner.w - glass.gap) // 2), inner.end((inner.w - glass.gap) // 2)
    return (*_facts(flow, glass, told), *_keys(flow, glass, keys))


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
    count = len(OFFERS) + 1
    rows = math.ceil(count / 2) + len(asked)
    places = cells(area, 2, rows, glass.gap)
    keys: list[Element] = []
    for number, title in enumerate(asked):
        row = places[2 * number]
        whole = Rect(row.x, row.y, places[2 * number + 1].right - row.x, row.h)
        keys += _question(glass, whole, title)
    left = places[2 * len(asked) :]
    acts: list[tuple[Act, str, str]] = [
        (StaffDo(name), glass.say(f"staffmenu.{name}"), icon) for name, icon in OFFERS.items()
    ]
    acts.append((GoBack(), glass.say("staffmenu.leave"), "back"))
    return keys + [
        label_key(glass, rect, act, Look.OUTLINE, label, icon, ("body", "small"))
        for rect, (act, label, icon) in zip(left, acts, strict=False)
    ]


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

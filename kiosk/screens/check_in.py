"""An appointment's code on a keypad."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.acts import Submit, TakeTicket
from kiosk.elements import Box, Element, Icon, Look, Text
from kiosk.geometry import Rect
from kiosk.keyboards import code_keyboard
from kiosk.screens.frame import bar, heading
from kiosk.screens.glass import Glass
from kiosk.screens.keys import label_key
from kiosk.screens.typing import board, board_keys, control_acts, control_keys, field
from kiosk.state import Flow
from kiosk.steps.check_in import waiting

#: a problem's code, or a word of our own → what is said
SAID = {
    "short": "kiosk.code_short",
    "garbage": "kiosk.code_garbage",
    "foreign": "kiosk.code_foreign",
    "away": "kiosk.code_away",
    "unknown_code": "kiosk.code_unknown",
    "wrong_day": "kiosk.code_wrong_day",
    "already_here": "kiosk.code_used",
    "too_early": "kiosk.code_early",
    "too_late": "kiosk.code_late",
}
#: points that a sentence of two lines needs
SENTENCE = 72


@dataclass(frozen=True, slots=True)
class _Places:
    """Where everything stands, and what the empty field says."""

    title: tuple[Element, ...]
    hint: str
    field: Rect
    said: Rect
    pad: Rect


def code(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place the field, what became of the last code, the keypad and the ways on."""
    below = bar(flow, glass, area)
    places = (_tall if glass.screen.tall else _wide)(glass, below.rest)
    end = places.field.end(max(glass.key, glass.pt(90)))
    typed = places.field.before(end.w + glass.gap)
    foot = glass.key + glass.gap
    made = board(glass, code_keyboard(), places.pad.w, places.pad.h - foot)
    slack = max(0, places.pad.h - foot - made.height)
    return (
        *places.title,
        *field(glass, typed, flow.visit.typed, places.hint, "calendar"),
        *_said(flow, glass, places.said),
        *board_keys(glass, made, places.pad.below(min(slack // 2, glass.pt(30)))),
        *control_keys(glass, end, control_acts("", space=False)),
        *_ways_on(flow, glass, places.pad.foot(glass.key)),
        *below.elements,
    )


def _wide(glass: Glass, area: Rect) -> _Places:
    """Place what is said beside the field."""
    room = area.inset(glass.margin, glass.pt(6))
    row = room.top(glass.key)
    typed = row.left(row.w * 9 // 20)
    said = row.after(typed.w + glass.pt(20))
    return _Places(
        (), glass.say("kiosk.code_title"), typed, said, room.below(glass.key + glass.gap)
    )


def _tall(glass: Glass, area: Rect) -> _Places:
    """Place a title above the field, and what is said below it."""
    top = heading(glass, area, glass.say("kiosk.code_title"))
    room = top.rest.inset(glass.margin, 0).above(glass.pt(6))
    rest = room.below(glass.key + glass.gap)
    if glass.low:
        top = heading(glass.upright, glass.stage, glass.say("kiosk.code_title"))
        said = glass.stage.inset(glass.margin, glass.pt(18)).foot(glass.pt(SENTENCE))
        return _Places(top.elements, "", room.top(glass.key), said, rest)
    said = rest.top(glass.pt(SENTENCE))
    pad = rest.below(said.h + glass.gap)
    return _Places(top.elements, "", room.top(glass.key), said, pad)


def _said(flow: Flow, glass: Glass, area: Rect) -> list[Element]:
    """Return what became of the code: asked for, or refused in a plain sentence."""
    faces = glass.faces("semibold", "lead", "small")
    if waiting(flow):
        return [glass.text(glass.say("kiosk.please_wait"), area, faces, "accent", most=1)]
    if not flow.visit.refusal:
        faces = glass.faces("regular", "lead", "small")
        return [glass.text(glass.say("kiosk.code_hint"), area, faces, "ink_soft", most=2)]
    side = min(glass.pt(30), area.h)
    inner = area.inset(glass.pt(14), glass.pt(4))
    words = inner.after(side + glass.pt(12))
    whole = glass.say(SAID.get(flow.visit.refusal, "kiosk.code_unknown"))
    setting = glass.fit(whole, words, faces, 3)
    if setting.height > words.h:  # the first sentence says what is wrong
        setting = glass.fit(whole.partition(". ")[0], words, faces, 3)
    return [
        Box(area, "warn_soft", glass.radius("medium")),
        Icon(inner.left(side).middle(side, side), "warning", "warn"),
        Text(words, setting.lines, setting.face, "warn"),
    ]


def _ways_on(flow: Flow, glass: Glass, row: Rect) -> list[Element]:
    """Return the key that checks the code, and the way to an ordinary ticket."""
    half = (row.w - glass.gap) // 2
    take, submit = glass.say("kiosk.take_ticket"), glass.say("kiosk.code_check")
    look = Look.OUTLINE if waiting(flow) else Look.PRIMARY
    return [
        label_key(glass, row.left(half), TakeTicket(), Look.OUTLINE, take, "ticket"),
        label_key(glass, row.end(half), Submit(), look, submit, "check"),
    ]

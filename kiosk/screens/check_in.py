"""An appointment's code on a keypad."""

from __future__ import annotations

from kiosk.acts import Submit, TakeTicket
from kiosk.elements import Box, Element, Icon, Look
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
SENTENCE = 62


def code(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place the field, what became of the last code, the keypad and the ways on."""
    below = bar(flow, glass, area)
    room, title = below.rest.inset(glass.margin, glass.pt(6)), ()
    if glass.screen.tall:
        top = heading(glass, below.rest, glass.say("kiosk.code_title"))
        room, title = top.rest.inset(glass.margin, 0).above(glass.pt(6)), top.elements
    row, erase = room.top(glass.key), control_acts("", space=False)
    end = row.end(max(glass.key, glass.pt(90)))
    hint = glass.say("kiosk.code_hint")
    rest = room.below(glass.key + glass.gap)
    said = rest.top(glass.pt(SENTENCE))
    pad = rest.below(said.h + glass.gap)
    foot = glass.key + glass.gap
    made = board(glass, code_keyboard(), pad.w, pad.h - foot)
    slack = max(0, pad.h - foot - made.height)
    letters = pad.below(min(slack // 2, glass.pt(30)))
    return (
        *title,
        *field(
            glass,
            row.before(end.w + glass.gap),
            flow.visit.typed,
            glass.say("kiosk.code_hint"),
            "calendar",
        ),
        *_said(flow, glass, said),
        *board_keys(glass, made, letters),
        *control_keys(glass, end, erase),
        *_ways_on(flow, glass, pad.foot(glass.key)),
        *below.elements,
    )


def _said(flow: Flow, glass: Glass, area: Rect) -> list[Element]:
    """Return what became of the code: asked for, or refused in a plain sentence."""
    faces = glass.faces("semibold", "lead", "small")
    if waiting(flow):
        return [glass.text(glass.say("kiosk.please_wait"), area, faces, "accent", most=1)]
    if not flow.visit.refusal and glass.screen.tall:
        return []
    if not flow.visit.refusal:
        faces = glass.faces("regular", "lead", "small")
        return [glass.text(glass.say("kiosk.code_title"), area, faces, "ink_soft", most=2)]
    side = min(glass.pt(30), area.h)
    inner = area.inset(glass.pt(14), glass.pt(4))
    sentence = glass.say(SAID.get(flow.visit.refusal, "kiosk.code_unknown"))
    return [
        Box(area, "warn_soft", glass.radius("medium")),
        Icon(inner.left(side).middle(side, side), "warning", "warn"),
        glass.text(sentence, inner.after(side + glass.pt(12)), faces, "warn"),
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

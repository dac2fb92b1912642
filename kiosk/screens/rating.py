"""How was the service? Five faces, a reason if the visitor likes, and a word of thanks."""

from __future__ import annotations

import math

from kiosk.acts import GiveReason, GoBack, Rate, Submit
from kiosk.elements import Align, Element, Key, Look, Part
from kiosk.geometry import Rect
from kiosk.screens.frame import bar, heading
from kiosk.screens.glass import Glass
from kiosk.screens.grid import cells
from kiosk.screens.keys import disc, label_key
from kiosk.state import Flow
from kiosk.steps.rating import BEST, GOOD, reasons

#: colours of the five faces; what they say is in their mouths
TINTS = {
    1: ("bad_soft", "bad"),
    2: ("bad_soft", "bad"),
    3: ("warn_soft", "warn"),
    4: ("good_soft", "good"),
    5: ("good_soft", "good"),
}
#: points of a face at most, and of a row of reasons
FACE, ROW = 150, 92
#: the window has finished nothing that could be rated
NOTHING = "nothing_to_rate"


def rate(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place the five faces."""
    below = bar(flow, glass, area)
    top = heading(glass, below.rest, glass.say("rating.title"), glass.say("rating.hint"))
    room = top.rest.inset(glass.margin, 0).above(glass.gap)
    rows = 1 if (room.w - (BEST - 1) * glass.gap) // BEST >= glass.key else BEST
    high = min(room.h, glass.pt(FACE * 2)) if rows == 1 else room.h
    places = cells(room.middle(room.w, high), BEST // rows, rows, glass.gap)
    faces = [_face(glass, rect, stars) for stars, rect in enumerate(places, 1)]
    # from here there is nowhere to go back to
    ways = [one for one in below.elements if not _leads_back(one)]
    return (*top.elements, *faces, *ways)


def rated(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place the reasons, then the thanks, or that there was nothing to rate."""
    return _reasons(flow, glass, area) if flow.visit.stars else _thanks(flow, glass, area)


def _face(glass: Glass, rect: Rect, stars: int) -> Key:
    inner = rect.inset(min(glass.pt(14), rect.w // 12))
    label = glass.say(f"rating.stars_{stars}")
    words = inner.foot(max(glass.pt(56), inner.h // 4))
    over = inner.above(words.h)
    side = min(over.w, over.h, glass.pt(FACE))
    parts: list[Part] = [
        *disc(over.middle(side, side), f"face-{stars}", *TINTS[stars]),
        glass.text(label, words, glass.faces("semibold", "title", "small"), "ink", Align.CENTRE, 2),
    ]
    return Key(rect, Rate(stars), Look.TILE, tuple(parts), glass.radius("large"))


def _reasons(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    stars = flow.visit.stars
    below = bar(flow, glass, area)
    asked = glass.say("rating.why_good" if stars >= GOOD else "rating.why_bad")
    top = heading(glass, below.rest, asked, glass.say("rating.why_hint"))
    room = top.rest.inset(glass.margin, 0).above(glass.gap)
    names = reasons(stars)
    columns = 1 if glass.screen.tall else 2
    rows = math.ceil((len(names) + 1) / columns)
    high = min(room.h, rows * glass.pt(ROW) + (rows - 1) * glass.gap)
    places = cells(room.top(high), columns, rows, glass.gap)
    keys = [
        label_key(glass, rect, GiveReason(name), Look.TILE, glass.say(f"rating.reason_{name}"))
        for name, rect in zip(names, places, strict=False)
    ]
    send = glass.say("rating.no_reason")
    last = label_key(glass, places[len(names)], Submit(), Look.PRIMARY, send, "check")
    return (*top.elements, *keys, last, *below.elements)


def _thanks(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    said, icon = "thanks", "check"
    if flow.visit.refusal:
        said = "nothing" if flow.visit.refusal == NOTHING else "not_noted"
        icon = "warning"
    fill, ink = ("good_soft", "good") if said == "thanks" else ("warn_soft", "warn")
    inner = area.inset(glass.margin, glass.pt(20))
    wide = inner.middle(min(inner.w, glass.pt(720)), min(inner.h, glass.pt(360)))
    side = glass.pt(104 if wide.h > glass.pt(240) else 64)
    title, left = glass.flow(
        glass.say(f"rating.{said}"),
        wide.below(side + glass.pt(20)),
        glass.faces("semibold", "display", "title"),
        align=Align.CENTRE,
    )
    hint, _ = glass.flow(
        glass.say(f"rating.{said}_hint"),
        left.below(glass.pt(8)),
        glass.faces("regular", "lead", "body"),
        "ink_soft",
        Align.CENTRE,
    )
    return (*disc(wide.top(side).middle(side, side), icon, fill, ink), title, hint)


def _leads_back(element: Element) -> bool:
    return isinstance(element, Key) and isinstance(element.act, GoBack)

"""How was the service? Five faces, a reason if the visitor likes, and a word of thanks."""

from __future__ import annotations

import math

from kiosk.acts import GiveReason, GoBack, Rate, Submit
from kiosk.elements import Align, Box, Element, Icon, Key, Look, Part, Text
from kiosk.geometry import Rect
from kiosk.screens.frame import bar, heading
from kiosk.screens.glass import Glass
from kiosk.screens.grid import cells
from kiosk.screens.keys import disc, label_key
from kiosk.state import Flow
from kiosk.steps.rating import BEST, GOOD, reasons
from kiosk.typesetting import fit_all

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
    """Place the five faces: side by side, or one below the other on a tall screen."""
    below = bar(flow, glass, area)
    top = heading(glass, below.rest, glass.say("rating.title"), glass.say("rating.hint"))
    room = top.rest.inset(glass.margin, 0).above(glass.gap)
    rows = BEST if glass.screen.tall else 1
    high = min(room.h, glass.pt(FACE * 2) if rows == 1 else BEST * (glass.pt(FACE) + glass.gap))
    places = cells(room.middle(room.w, high), BEST // rows, rows, glass.gap)
    # from here there is nowhere to go back to
    ways = [one for one in below.elements if not _leads_back(one)]
    return (*top.elements, *_faces(glass, places, beside=rows > 1), *ways)


def rated(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place the reasons, then the thanks, or that there was nothing to rate."""
    return _reasons(flow, glass, area) if flow.visit.stars else _thanks(flow, glass, area)


def _faces(glass: Glass, places: list[Rect], *, beside: bool) -> list[Key]:
    """Return the faces with what they mean beside or below them, all in one size of type."""
    inner = places[0].inset(min(glass.pt(14), places[0].w // 12, places[0].h // 12))
    side = inner.h if beside else min(inner.w, inner.h - glass.pt(56), glass.pt(FACE))
    room = inner.after(side + glass.pt(20)) if beside else inner.below(side)
    labels = [glass.say(f"rating.stars_{stars}") for stars in TINTS]
    faces = glass.faces("semibold", "title", "small")
    settings = fit_all(labels, room.w, room.h, faces, glass.measure, 2)
    keys = []
    for stars, rect, label in zip(TINTS, places, settings, strict=True):
        within = rect.middle(inner.w, inner.h)
        face = within.left(side) if beside else within.top(side).middle(side, side)
        words = within.after(side + glass.pt(20)) if beside else within.below(side)
        align = Align.LEFT if beside else Align.CENTRE
        parts = (*_face(face, stars), Text(words, label.lines, label.face, "ink", align))
        keys.append(Key(rect, Rate(stars), Look.TILE, parts, glass.radius("large")))
    return keys


def _face(rect: Rect, stars: int) -> tuple[Part, ...]:
    fill, ink = TINTS[stars]
    return Box(rect, fill, rect.w // 2), Icon(rect, f"face-{stars}", ink)


def _reasons(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    stars = flow.visit.stars
    below = bar(flow, glass, area)
    asked = glass.say("rating.why_good" if stars >= GOOD else "rating.why_bad")
    top = heading(glass, below.rest, asked, glass.say("rating.why_hint"))
    room = top.rest.inset(glass.margin, 0).above(glass.gap)
    names = reasons(stars)
    columns, rows = _grid(glass, room, len(names) + 1)
    high = min(room.h, rows * glass.pt(ROW) + (rows - 1) * glass.gap)
    places = cells(room.top(high), columns, rows, glass.gap)
    keys = [
        label_key(glass, rect, GiveReason(name), Look.TILE, glass.say(f"rating.reason_{name}"))
        for name, rect in zip(names, places, strict=False)
    ]
    send = glass.say("rating.no_reason")
    last = label_key(glass, places[len(names)], Submit(), Look.PRIMARY, send, "check")
    return (*top.elements, *keys, last, *below.elements)


def _grid(glass: Glass, room: Rect, count: int) -> tuple[int, int]:
    """Return the fewest columns, from two on a wide screen, in which every key is high enough."""
    for columns in (1,) if glass.screen.tall else (2, 3):
        rows = math.ceil(count / columns)
        if rows * (glass.key + glass.gap) - glass.gap <= room.h:
            break
    return columns, rows


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

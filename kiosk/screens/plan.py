"""The plan of a hall: windows with their numbers, what else there is, and where the visitor is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from kiosk.elements import Align, Box, Element, Face, Icon, Text
from kiosk.geometry import Rect
from kiosk.screens.glass import Glass
from kiosk.screens.keys import side_by_side
from kiosk.typesetting import fit_all
from queue_server.contracts.catalogue import PlaceOut

#: squares of a hall's plan: across, down
SQUARES = (24, 14)
#: kind → icon; a window shows its number
ICONS = {
    "entrance": "entrance",
    "kiosk": "ticket",
    "room": "room",
    "toilet": "toilet",
    "seats": "seats",
    "corner": "computer",
    "reception": "reception",
    "stairs": "stairs",
    "parking": "parking",
}
#: the icon of the kiosk that the visitor stands before
HERE = "pin"
#: fill, icon and outline of what is not marked
PLAIN = ("surface", "ink_soft", "line_strong")
#: width over height from which the legend stands beside the plan
SIDEWAYS = 1.3
#: kinds of which the legend names one only
ALIKE = frozenset({"seats", "toilet", "stairs", "parking", "entrance", "kiosk"})


def plans(places: Sequence[PlaceOut]) -> list[list[PlaceOut]]:
    """Return the places hall by hall."""
    by_hall = sorted(places, key=lambda one: one.hall)
    return [list(some) for _, some in groupby(by_hall, key=lambda one: one.hall)]


def plan(glass: Glass, area: Rect, places: Sequence[PlaceOut], here: str) -> list[Element]:
    """Return the plan with its legend: beside it on wide areas, below it on tall ones.

    `here` is the id of this kiosk's own place; a hall's only kiosk is known without it.
    """
    legend = _legend(glass, places, here)
    if area.w > area.h * SIDEWAYS:
        side = max(glass.width(text, glass.face("body")) for _, text, _ in legend) + glass.pt(44)
        drawing = area.before(min(side, area.w * (12 if glass.large else 10) // 20) + glass.pt(24))
        floor = _floor(drawing)
        floor = drawing.left(floor.w).middle(floor.w, floor.h)
        words = area.after(floor.right + glass.pt(24) - area.x)
        return [*_drawn(glass, floor, places, here), *_named(glass, words, legend, 1)]
    rows = -(-len(legend) // 2)
    drawing = area.above(rows * glass.pt(36) + glass.pt(16))
    floor = _floor(drawing)
    floor = drawing.top(floor.h).middle(floor.w, floor.h)
    words = area.below(floor.bottom + glass.pt(16) - area.y)
    return [*_drawn(glass, floor, places, here), *_named(glass, words, legend, 2)]


def floor_of(
    glass: Glass, area: Rect, places: Sequence[PlaceOut], here: str, shown: Sequence[str]
) -> list[Element]:
    """Return the plan alone, in the middle of an area, with signs only for some kinds."""
    return _drawn(glass, _floor(area), places, here, shown)


def _floor(area: Rect) -> Rect:
    """Return the largest plan in the middle of an area, in whole pixels for a square."""
    square = max(1, min(area.w // SQUARES[0], area.h // SQUARES[1]))
    return area.middle(square * SQUARES[0], square * SQUARES[1])


def _drawn(
    glass: Glass,
    floor: Rect,
    places: Sequence[PlaceOut],
    here: str,
    shown: Sequence[str] = (),
) -> list[Element]:
    square = floor.w // SQUARES[0]
    elements: list[Element] = [Box(floor, "page", glass.radius("small"), "line_strong")]
    for place in places:
        left, top = round(place.x * square), round(place.y * square)
        width, height = round(place.w * square), round(place.h * square)
        rect = Rect(floor.x + left, floor.y + top, width, height).inset(max(1, square // 10))
        elements += _place(glass, rect, place, own=_is_here(place, places, here), shown=shown)
    return elements


def _place(
    glass: Glass, rect: Rect, place: PlaceOut, *, own: bool, shown: Sequence[str]
) -> list[Element]:
    signed = own or place.kind in shown or not shown
    small, round_by = min(rect.w, rect.h), min(min(rect.w, rect.h) // 5, glass.radius("small"))
    if place.kind == "window":
        box = Box(rect, "accent" if signed else "accent_soft", round_by)
        return [box, _number(glass, rect, place)] if signed else [box]
    side = max(min(small * 4 // 5, glass.pt(40)), min(glass.pt(22), rect.w, small))
    marked = own or (shown and signed and place.kind == shown[0])
    fill, ink, line = ("warn_soft", "warn", "warn") if marked else PLAIN
    box = Box(rect, fill, round_by, line)
    icon = HERE if own else ICONS.get(place.kind, "room")
    return [box, Icon(rect.middle(side, side), icon, ink)] if signed else [box]


def _number(glass: Glass, rect: Rect, place: PlaceOut) -> Text:
    size = max(1, min(min(rect.w, rect.h) * 3 // 5, glass.pt(25)))
    face = Face("semibold", size)
    return Text(rect, (str(place.window or ""),), face, "accent_ink", Align.CENTRE)


def _is_here(place: PlaceOut, places: Sequence[PlaceOut], here: str) -> bool:
    alone = sum(one.kind == "kiosk" for one in places) == 1
    return place.kind == "kiosk" and (alone or place.id == here)


def _legend(glass: Glass, places: Sequence[PlaceOut], here: str) -> list[tuple[str, str, bool]]:
    """Return icons, what they stand for, and whether that is here; each kind is named once."""
    named: dict[str, tuple[str, str, bool]] = {}
    for place in sorted(places, key=lambda one: not _is_here(one, places, here)):
        own = _is_here(place, places, here)
        key = "here" if own else place.kind if place.kind in ALIKE else place.id
        icon = HERE if own else ICONS.get(place.kind, "room")
        text = glass.say("info.here") if own else glass.text_of(place.texts)
        if place.kind != "window":
            named.setdefault(key, (icon, text, own))
    return [*named.values()]


def _named(
    glass: Glass, area: Rect, legend: Sequence[tuple[str, str, bool]], columns: int
) -> list[Element]:
    elements: list[Element] = []
    widths = [area.w // columns - glass.pt(8)] * columns
    small, room = glass.face("small"), widths[0] - glass.pt(38)
    settings = fit_all([one[1] for one in legend], room, area.h, [small], glass.measure)
    least = max((one.height for one in settings), default=1)
    height = max(least, min(glass.pt(44), area.h // max(1, -(-len(legend) // columns))))
    legend = legend[: columns * (area.h // height)]
    side = min(glass.pt(26), height)
    for number, (icon, text, own) in enumerate(legend):
        row = area.below(number // columns * height).top(height)
        at = side_by_side(row, widths, glass.pt(8))[number % columns]
        weight, tint, ink = ("semibold", "warn", "warn") if own else ("regular", "ink", "ink_soft")
        words = at.after(side + glass.pt(12))
        elements += [
            Icon(at.left(side).middle(side, side), icon, ink),
            glass.text(text, words, glass.faces(weight, "body", "small"), tint, most=2),
        ]
    return elements

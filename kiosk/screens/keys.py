"""Keys with a label and an icon, badges, facts, and things in a row."""

from __future__ import annotations

from kiosk.acts import Act
from kiosk.elements import Align, Box, Icon, Key, Look, Part, Text
from kiosk.geometry import Rect
from kiosk.screens.glass import Glass
from kiosk.typesetting import fits

#: look → colour of its label
INK = {
    Look.PRIMARY: "accent_ink",
    Look.PILL_ON: "accent_ink",
    Look.OUTLINE: "accent",
    Look.PILL: "ink",
    Look.TILE: "ink",
    Look.OPTION_ON: "ink",
}


def label_key(
    glass: Glass,
    rect: Rect,
    act: Act,
    look: Look,
    label: str,
    icon: str = "",
    sizes: tuple[str, str] = ("lead", "small"),
) -> Key:
    """Return a key with its icon and label in the middle."""
    parts = _label(glass, rect, label, icon, INK[look], sizes)
    return Key(rect, act, look, parts, min(rect.h // 2, glass.radius("large")))


def label_width(glass: Glass, label: str, icon: str = "", size: str = "lead") -> int:
    """Return the width that a key with this label likes to have."""
    text = glass.width(label, glass.face(size, "semibold")) if label else 0
    mark = _icon_side(glass, size) + (glass.pt(10) if label else 0) if icon else 0
    return max(glass.key, text + mark + 2 * glass.pt(22))


def badge(
    rect: Rect, icon: str, fill: str = "accent_soft", ink: str = "accent"
) -> tuple[Part, ...]:
    """Return an icon on a soft square."""
    side = round(rect.w * 0.58)
    return Box(rect, fill, round(rect.w * 0.28)), Icon(rect.middle(side, side), icon, ink)


def disc(rect: Rect, icon: str, fill: str = "accent_soft", ink: str = "accent") -> tuple[Part, ...]:
    """Return an icon on a soft disc."""
    side = round(rect.w * 0.5)
    return Box(rect, fill, rect.w // 2), Icon(rect.middle(side, side), icon, ink)


def check(rect: Rect) -> tuple[Part, ...]:
    """Return a check mark on a disc: what is chosen is not told by colour alone."""
    return Box(rect, "accent", rect.w // 2), Icon(rect.inset(rect.w // 5), "check", "accent_ink")


def fact(glass: Glass, area: Rect, icon: str, text: str) -> tuple[Part, ...]:
    """Return a small icon and one line of text beside it."""
    side = _fact_icon(glass)
    beside = area.after(side + glass.pt(10))
    words = glass.text(text, beside, glass.faces("medium", "body", "small"), "ink_soft", most=1)
    return Icon(area.left(side).middle(side, side), icon, "ink_soft"), words


def fact_width(glass: Glass, text: str) -> int:
    """Return the least width of a fact."""
    return _fact_icon(glass) + glass.pt(10) + glass.width(text, glass.face("small", "medium"))


def side_by_side(row: Rect, widths: list[int], gap: int, align: Align = Align.LEFT) -> list[Rect]:
    """Return rectangles of these widths in a row, standing left, right or in the middle."""
    slack = row.w - sum(widths) - gap * (len(widths) - 1)
    x = row.x + {Align.LEFT: 0, Align.CENTRE: slack // 2, Align.RIGHT: slack}[align]
    placed = []
    for width in widths:
        placed.append(Rect(x, row.y, width, row.h))
        x += width + gap
    return placed


def _fact_icon(glass: Glass) -> int:
    return round(glass.face("body").size * 1.25)


def _label(
    glass: Glass, rect: Rect, label: str, icon: str, colour: str, sizes: tuple[str, str]
) -> tuple[Part, ...]:
    side = _icon_side(glass, sizes[0]) if icon else 0
    if not label:
        return (Icon(rect.middle(side, side), icon, colour),)
    between = glass.pt(10) if icon else 0
    room = rect.inset(min(glass.pt(18), rect.w // 10), glass.pt(3)).before(side + between)
    setting = glass.fit(label, room, glass.faces("semibold", *sizes), 2)
    if icon and not fits([label], [setting], room.w, room.h, glass.measure, 2):
        return _label(glass, rect, label, "", colour, sizes)  # rather no icon than broken words
    wide = max(glass.width(line, setting.face) for line in setting.lines)
    block = rect.middle(side + between + wide, rect.h)
    text = Text(block.after(side + between), setting.lines, setting.face, colour)
    return (Icon(block.left(side).middle(side, side), icon, colour), text) if icon else (text,)


def _icon_side(glass: Glass, size: str) -> int:
    return round(glass.face(size).size * 1.3)

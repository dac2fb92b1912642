"""What every screen has: the center's name and the clock on top, ways back and languages below."""

from __future__ import annotations

from dataclasses import dataclass

from config.languages import LANGUAGES
from kiosk.elements import Align, Box, Element, Icon, Key, Look, Text
from kiosk.events import Act, ChooseLanguage, GoBack, ShowPage, StartAgain
from kiosk.flow import Flow, Step
from kiosk.geometry import Rect
from kiosk.screens.glass import Glass
from kiosk.screens.keys import label_key, label_width, side_by_side

#: characters of a language's own name that tell it from the others
SHORT = 3
#: steps on which the language can still be changed, and on which one can go back
SPOKEN = frozenset({Step.GROUP, Step.SERVICE, Step.CONFIRM, Step.CATEGORY})
DEEPER = frozenset({Step.SERVICE, Step.CONFIRM, Step.CATEGORY})


@dataclass(frozen=True, slots=True)
class Part:
    """Elements, and the area that they have left over."""

    elements: tuple[Element, ...]
    rest: Rect


@dataclass(frozen=True, slots=True)
class Pager:
    """The page that is shown, of how many."""

    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class _Pills:
    """How the languages are written in the bar below."""

    names: list[str]
    size: str
    own_row: bool


def header(flow: Flow, glass: Glass, clock: str) -> Part:
    """Return the bar on top, with the center's name and the time of day."""
    area = glass.screen.area
    band = area.top(glass.pt(96 if glass.screen.tall else 72))
    inner = band.inset(glass.margin, 0)
    side = glass.pt(56 if glass.screen.tall else 46)
    mark = inner.left(side).middle(side, side)
    face = glass.face("heading", "semibold")
    time_width = glass.width("00:00", face)
    name = glass.text_of(flow.catalogue.name) if flow.catalogue else ""
    place = inner.after(side + glass.pt(16)).before(time_width + glass.pt(24)).inset(0, glass.pt(6))
    title = glass.text(name, place, glass.faces("semibold", "title", "body"), "accent_ink", most=2)
    elements = (
        Box(band, "accent"),
        Box(mark, "accent_ink", glass.radius("medium")),
        Icon(mark.middle(round(side * 0.62), round(side * 0.62)), "ticket"),
        title,
        Text(inner.end(time_width), (clock,), face, "accent_ink", Align.RIGHT),
    )
    return Part(elements, area.below(band.h))


def banner(glass: Glass, area: Rect, text: str) -> Part:
    """Return a strip that says what is wrong."""
    inner = area.inset(glass.margin, 0)
    side = glass.pt(26)
    words = inner.after(side + glass.pt(12))
    faces = glass.faces("medium", "lead", "body")
    setting = glass.fit(text, Rect(words.x, 0, words.w, glass.pt(60)), faces, 2)
    band = area.top(setting.height + glass.pt(20))
    row = band.inset(glass.margin, 0)
    elements = (
        Box(band, "warn_soft"),
        Icon(row.left(side).middle(side, side), "warning", "warn"),
        Text(row.after(side + glass.pt(12)), setting.lines, setting.face, "warn"),
    )
    return Part(elements, area.below(band.h))


def heading(glass: Glass, area: Rect, title: str, subtitle: str = "", beside: int = 0) -> Part:
    """Return the screen's title, and the area below it; `beside` pixels at its right stay free."""
    tall = glass.screen.tall
    inner = area.inset(glass.margin, glass.pt(30 if tall else 18))
    words = inner.before(beside)
    most = 2 if tall else 1
    room = words.top(glass.pt(110 if tall else 56))
    big, left = glass.flow(
        title, Rect(room.x, room.y, room.w, room.h), glass.faces("semibold", "display", "lead"), most=most
    )
    if not subtitle:
        return Part((big,), area.below(big.rect.bottom - area.y + glass.pt(14)))
    low = Rect(left.x, big.rect.bottom + glass.pt(2), left.w, glass.pt(56))
    small, _ = glass.flow(subtitle, low, glass.faces("regular", "lead", "body"), "ink_soft", most=2)
    return Part((big, small), area.below(small.rect.bottom - area.y + glass.pt(18 if tall else 12)))


def pager_width(glass: Glass) -> int:
    """Return the width of the keys that turn pages."""
    return 2 * glass.key + _count_width(glass)


def pager(glass: Glass, area: Rect, shown: Pager) -> tuple[Element, ...]:
    """Return the keys that turn pages, at the right end of an area."""
    row = area.end(pager_width(glass))
    back, on = row.left(glass.key), row.end(glass.key)
    count = f"{shown.page + 1} / {shown.pages}"
    elements: list[Element] = [
        Text(row.middle(_count_width(glass), row.h), (count,), glass.face("body", "semibold"), "ink_soft", Align.CENTRE)
    ]
    if shown.page + 1 < shown.pages:
        elements.append(_icon_key(glass, on, ShowPage(shown.page + 1), "next"))
    if shown.page > 0:
        elements.append(_icon_key(glass, back, ShowPage(shown.page - 1), "previous"))
    return tuple(elements)


def bar_height(flow: Flow, glass: Glass) -> int:
    """Return the height of the bar below."""
    rows = 2 if _pills(flow, glass).own_row else 1
    return rows * glass.key + (rows - 1) * glass.gap + 2 * glass.pt(14)


def bar(flow: Flow, glass: Glass, area: Rect, shown: Pager | None = None) -> Part:
    """Return the bar below: the ways back, the languages, and on tall screens the pages."""
    band = area.foot(bar_height(flow, glass))
    row = band.inset(glass.margin, glass.pt(14))
    line = Box(band.top(max(1, glass.pt(1))), "line")
    elements: list[Element] = [Box(band, "surface"), line]
    top, low = row.top(glass.key), row.foot(glass.key)
    elements += _ways(flow, glass, top)
    if shown and shown.pages > 1 and glass.screen.tall:
        elements += pager(glass, top, shown)
    elements += _languages(flow, glass, low)
    return Part(tuple(elements), area.above(band.h))


def _ways(flow: Flow, glass: Glass, row: Rect) -> list[Key]:
    keys: list[tuple[Act, str, str]] = [(GoBack(), glass.say("kiosk.back"), "back")]
    if flow.step in DEEPER:
        keys.append((StartAgain(), glass.say("kiosk.home") if glass.screen.tall else "", "home"))
    widths = [label_width(glass, label, icon) for _, label, icon in keys]
    return [
        label_key(glass, rect, act, Look.OUTLINE, label, icon)
        for rect, (act, label, icon) in zip(
            side_by_side(row, widths, glass.gap), keys, strict=True
        )
    ]


def _ways_width(flow: Flow, glass: Glass) -> int:
    back = label_width(glass, glass.say("kiosk.back"), "back")
    return back + (glass.gap + label_width(glass, "", "home") if flow.step in DEEPER else 0)


def _languages(flow: Flow, glass: Glass, row: Rect) -> list[Key]:
    pills = _pills(flow, glass)
    widths = [_pill_width(glass, name, pills.size) for name in pills.names]
    if pills.own_row:
        spare = row.w - sum(widths) - glass.gap * (len(widths) - 1)
        widths = [width + spare // len(widths) for width in widths]
    rects = side_by_side(row, widths, glass.gap, Align.RIGHT)
    return [
        label_key(
            glass,
            rect,
            ChooseLanguage(tag),
            Look.PILL_ON if tag == flow.visit.language else Look.PILL,
            name,
            sizes=(pills.size, "small"),
        )
        for rect, tag, name in zip(rects, flow.languages, pills.names, strict=True)
    ]


def _pills(flow: Flow, glass: Glass) -> _Pills:
    """Return the best that the screen has room for: names or letters, beside the ways or below."""
    names = [dict[str, str](LANGUAGES).get(tag, tag) for tag in flow.languages]
    letters = [name[:SHORT] for name in names]
    whole = glass.screen.width - 2 * glass.margin
    beside = 0 if glass.screen.tall else whole - _ways_width(flow, glass) - 2 * glass.gap
    for own_row, room in ((False, beside), (True, whole)):
        for texts, size in ((names, "body"), (names, "small"), (letters, "body")):
            width = sum(_pill_width(glass, text, size) for text in texts)
            if width + glass.gap * (len(texts) - 1) <= room:
                return _Pills(texts, size, own_row)
    return _Pills(letters, "small", own_row=True)


def _pill_width(glass: Glass, name: str, size: str) -> int:
    text = glass.width(name, glass.face(size, "semibold"))
    return max(glass.key, text + 2 * glass.pt(14))


def _count_width(glass: Glass) -> int:
    return max(glass.gap, glass.width("88 / 88", glass.face("body", "semibold")) + glass.pt(16))


def _icon_key(glass: Glass, rect: Rect, act: Act, icon: str) -> Key:
    return label_key(glass, rect, act, Look.OUTLINE, "", icon)

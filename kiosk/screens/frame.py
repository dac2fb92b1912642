"""What every screen has: the center's name and the clock on top, ways back and languages below."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.elements import Align, Box, Element, Icon, Key, Look, Text
from kiosk.events import Act, ChooseLanguage, GoBack, ShowPage, StartAgain
from kiosk.geometry import Rect
from kiosk.screens.glass import Glass, own_name
from kiosk.screens.keys import label_key, label_width, side_by_side
from kiosk.state import Flow, Step

#: characters of a language's own name that tell it from the others
SHORT = 3
#: steps from which it is more than one step back to the start
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
    above, under = (10, 12) if glass.tight else (30, 18) if tall else (18, 12)
    words = area.inset(glass.margin, 0).below(glass.pt(above)).before(beside)
    faces = glass.faces("semibold", "heading" if glass.tight else "display", "lead")
    room = words.top(glass.pt(110 if tall else 56))
    big, _ = glass.flow(title, room, faces, most=2 if tall else 1)
    elements, low = [big], big.rect.bottom
    if subtitle and not glass.tight:
        rest = words.below(low + glass.pt(2) - words.y)
        small, _ = glass.flow(
            subtitle, rest.top(glass.pt(56)), glass.faces("regular", "lead", "body"), "ink_soft"
        )
        elements, low = [big, small], small.rect.bottom
    return Part(tuple(elements), area.below(low + glass.pt(under) - area.y))


def pager_width(glass: Glass) -> int:
    """Return the width of the keys that turn pages."""
    return 2 * glass.key + _count_width(glass)


def pager(glass: Glass, area: Rect, shown: Pager) -> tuple[Element, ...]:
    """Return the keys that turn pages, at the right end of an area."""
    row = area.end(pager_width(glass))
    back, on = row.left(glass.key), row.end(glass.key)
    count = f"{shown.page + 1} / {shown.pages}"
    elements: list[Element] = [
        Text(
            row.middle(_count_width(glass), row.h),
            (count,),
            glass.face("body", "semibold"),
            "ink_soft",
            Align.CENTRE,
        )
    ]
    if shown.page + 1 < shown.pages:
        elements.append(_icon_key(glass, on, ShowPage(shown.page + 1), "next"))
    if shown.page > 0:
        elements.append(_icon_key(glass, back, ShowPage(shown.page - 1), "previous"))
    return tuple(elements)


def pages_below(glass: Glass) -> bool:
    """Whether the keys for pages stand in the bar below: within reach, or for want of room."""
    return glass.screen.tall or glass.tight


def bar_height(flow: Flow, glass: Glass) -> int:
    """Return the height of the bar below."""
    pills = _pills(flow, glass)
    rows = 2 if pills and pills.own_row else 1
    return rows * glass.key + (rows - 1) * glass.gap + 2 * glass.pt(14)


def bar(flow: Flow, glass: Glass, area: Rect, shown: Pager | None = None) -> Part:
    """Return the bar below: the ways back, the languages, and on tall screens the pages."""
    band = area.foot(bar_height(flow, glass))
    row = band.inset(glass.margin, glass.pt(14))
    line = Box(band.top(max(1, glass.pt(1))), "line")
    elements: list[Element] = [Box(band, "surface"), line]
    top, low = row.top(glass.key), row.foot(glass.key)
    elements += _ways(flow, glass, top)
    if shown and shown.pages > 1 and pages_below(glass):
        elements += pager(glass, top, shown)
    elements += _languages(flow, glass, low)
    return Part(tuple(elements), area.above(band.h))


def _ways(flow: Flow, glass: Glass, row: Rect) -> list[Key]:
    ways = _ways_back(flow, glass)
    widths = [label_width(glass, label, icon) for _, label, icon in ways]
    return [
        label_key(glass, rect, act, Look.OUTLINE, label, icon)
        for rect, (act, label, icon) in zip(side_by_side(row, widths, glass.gap), ways, strict=True)
    ]


def _ways_back(flow: Flow, glass: Glass) -> list[tuple[Act, str, str]]:
    """Return the acts that lead back, their labels and icons."""
    ways: list[tuple[Act, str, str]] = [(GoBack(), glass.say("kiosk.back"), "back")]
    if flow.step in DEEPER:
        roomy = glass.screen.tall and not glass.tight
        ways.append((StartAgain(), glass.say("kiosk.home") if roomy else "", "home"))
    return ways


def _ways_width(flow: Flow, glass: Glass) -> int:
    widths = [label_width(glass, label, icon) for _, label, icon in _ways_back(flow, glass)]
    return sum(widths) + glass.gap * len(widths)


def _languages(flow: Flow, glass: Glass, row: Rect) -> list[Key]:
    pills = _pills(flow, glass)
    if pills is None:
        return [_next_language(flow, glass, row)]
    widths = [_pill_width(glass, name, pills.size) for name in pills.names]
    if pills.own_row:
        spare = row.w - sum(widths) - glass.gap * (len(widths) - 1)
        widths = [width + spare // len(widths) for width in widths]
    room = row if pills.own_row else row.before(_pages_width(glass))
    rects = side_by_side(room, widths, glass.gap, Align.RIGHT)
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


def _pills(flow: Flow, glass: Glass) -> _Pills | None:
    """Return the best there is room for, names or their first letters; None: not even these."""
    names = [own_name(tag) for tag in flow.languages]
    letters = [name[:SHORT] for name in names]
    own_row = glass.screen.tall
    room = glass.screen.width - 2 * glass.margin
    if not own_row:
        room -= _ways_width(flow, glass) + _pages_width(glass)
    for texts, size in ((names, "body"), (names, "small"), (letters, "body")):
        width = sum(_pill_width(glass, text, size) for text in texts)
        if width + glass.gap * (len(texts) - 1) <= room:
            return _Pills(texts, size, own_row)
    return None


def _next_language(flow: Flow, glass: Glass, row: Rect) -> Key:
    """Return the one key that steps through the languages, where there is no room for all."""
    at = flow.languages.index(flow.visit.language)
    following = flow.languages[(at + 1) % len(flow.languages)]
    label = own_name(flow.visit.language)[:SHORT]
    width = label_width(glass, label, "globe", "body")
    place = row.before(_pages_width(glass)).end(width)
    return label_key(
        glass, place, ChooseLanguage(following), Look.PILL, label, "globe", ("body", "small")
    )


def _pages_width(glass: Glass) -> int:
    """Return the room beside the languages that the keys for pages need."""
    return pager_width(glass) + glass.gap if pages_below(glass) else 0


def _pill_width(glass: Glass, name: str, size: str) -> int:
    text = glass.width(name, glass.face(size, "semibold"))
    return max(glass.key, text + 2 * glass.pt(14))


def _count_width(glass: Glass) -> int:
    return max(glass.gap, glass.width("88 / 88", glass.face("body", "semibold")) + glass.pt(16))


def _icon_key(glass: Glass, rect: Rect, act: Act, icon: str) -> Key:
    return label_key(glass, rect, act, Look.OUTLINE, "", icon)

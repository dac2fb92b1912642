"""What every screen has: the center's name and the clock on top, ways back and languages below.

In the lower left corner of every screen that can be touched stands the one key to see, hear and
reach better; the ways back stand beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.acts import Act, ChooseLanguage, GoBack, OpenComfort, ShowPage, StartAgain
from kiosk.elements import Align, Box, Element, Icon, Key, Look, Text
from kiosk.geometry import Rect
from kiosk.screens.glass import Glass, own_name
from kiosk.screens.keys import label_key, label_width, side_by_side
from kiosk.state import Flow, Step

#: characters of a language's own name that tell it from the others
SHORT = 3
#: steps from which it is more than one step back to the start
DEEPER = frozenset({Step.SERVICE, Step.CONFIRM, Step.CATEGORY})
#: steps that need every row of the lower half: there one key steps through the languages
CROWDED = frozenset({Step.CONFIRM, Step.FIND, Step.CODE})
#: steps without that key: nothing can be touched, or only staff do
BARE = frozenset({Step.CLOSED, Step.ISSUING, Step.PIN, Step.STAFF})


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
    band = area.top(glass.header)
    inner = band.inset(glass.margin, 0)
    side = glass.pt(56 if band.h >= glass.pt(90) else 46)
    mark = inner.left(side).middle(side, side)
    face = glass.face("heading" if not glass.large else "title", "semibold")
    time_width = glass.width("00:00", face)
    name = glass.text_of(flow.catalogue.name) if flow.catalogue else ""
    place = inner.after(side + glass.pt(16)).before(time_width + glass.pt(24)).inset(0, glass.pt(6))
    title = glass.text(name, place, glass.faces("semibold", "title", "body"), "band_ink", most=2)
    elements = (
        Box(band, "band"),
        Box(mark, "band_ink", glass.radius("medium")),
        Icon(mark.middle(round(side * 0.62), round(side * 0.62)), "ticket", "band"),
        title,
        Text(inner.end(time_width), (clock,), face, "band_ink", Align.RIGHT),
    )
    return Part(elements, area.below(band.h))


def comfort_key(flow: Flow, glass: Glass) -> tuple[Element, ...]:
    """Return the key that opens, and closes, the ways to see, hear and reach better."""
    if flow.step in BARE:
        return ()
    row = glass.screen.area.foot(glass.foot).inset(glass.margin, glass.pt(14))
    look = Look.PILL_ON if flow.step is Step.COMFORT else Look.OUTLINE
    return (_icon_key(glass, row.left(glass.key), OpenComfort(), "comfort", look),)


def banner(glass: Glass, area: Rect, text: str, *, calm: bool = False) -> Part:
    """Return a strip that says what is wrong; a calm one says what is only less than usual."""
    fill, icon, ink = ("accent_soft", "ticket", "ink") if calm else ("warn_soft", "warning", "warn")
    inner = area.inset(glass.margin, 0)
    side = glass.pt(26)
    words = inner.after(side + glass.pt(12))
    faces = glass.faces("medium", "lead", "body")
    setting = glass.fit(text, Rect(words.x, 0, words.w, glass.pt(60)), faces, 2)
    band = area.top(setting.height + glass.pt(20))
    row = band.inset(glass.margin, 0)
    elements = (
        Box(band, fill),
        Icon(row.left(side).middle(side, side), icon, ink),
        Text(row.after(side + glass.pt(12)), setting.lines, setting.face, ink),
    )
    return Part(elements, area.below(band.h))


def heading(glass: Glass, area: Rect, title: str, subtitle: str = "", beside: int = 0) -> Part:
    """Return the screen's title, and the area below it; `beside` pixels at its right stay free.

    In the low layout the title stands above, where nothing is touched, and leaves the whole area.
    """
    if glass.low:
        return Part(_on_stage(glass, title, subtitle), area.below(glass.gap))
    tall = glass.screen.tall
    above, under = (10, 12) if glass.tight or glass.large else (30, 18) if tall else (18, 12)
    words = area.inset(glass.margin, 0).below(glass.pt(above)).before(beside)
    faces = glass.faces("semibold", "heading" if glass.tight or glass.large else "display", "lead")
    room = words.top(glass.pt(110 if tall else 56))
    big, _ = glass.flow(title, room, faces, most=2 if tall else 1)
    elements, low = [big], big.rect.bottom
    if subtitle and not glass.tight and not glass.large:
        rest = words.below(low + glass.pt(2) - words.y)
        small, _ = glass.flow(
            subtitle, rest.top(glass.pt(56)), glass.faces("regular", "lead", "body"), "ink_soft"
        )
        elements, low = [big, small], small.rect.bottom
    return Part(tuple(elements), area.below(low + glass.pt(under) - area.y))


def _on_stage(glass: Glass, title: str, subtitle: str) -> tuple[Element, ...]:
    """Return the title and what follows it, large, at the foot of the room above the keys."""
    room = glass.stage.inset(glass.margin, glass.pt(18))
    low = glass.fit(subtitle, room, glass.faces("regular", "title", "body"), 3)
    apart = glass.pt(10) if subtitle else 0
    above = room.above(low.height + apart)
    big = glass.fit(title, above, glass.faces("semibold", "number", "lead"), 3)
    block = room.foot(big.height + apart + low.height)
    sentence = Text(block.top(big.height), big.lines, big.face)
    if not subtitle:
        return (sentence,)
    return sentence, Text(block.foot(low.height), low.lines, low.face, "ink_soft")


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
    return glass.screen.tall or glass.tight or glass.large


def bar_height(flow: Flow, glass: Glass) -> int:
    """Return the height of the bar below."""
    pills = _pills(flow, glass, 0)
    rows = 2 if pills and pills.own_row else 1
    return glass.foot + (rows - 1) * (glass.key + glass.gap)


def bar(flow: Flow, glass: Glass, area: Rect, shown: Pager | None = None) -> Part:
    """Return the bar below: the ways back, the languages, and on tall screens the pages.

    The lowest row begins with room for the key to see, hear and reach better.
    """
    band = area.foot(bar_height(flow, glass))
    row = band.inset(glass.margin, glass.pt(14))
    low = row.foot(glass.key)
    pages = pager(glass, low, shown) if shown and shown.pages > 1 and pages_below(glass) else ()
    taken = pager_width(glass) + glass.gap if pages else 0
    elements = (
        Box(band, "surface"),
        Box(band.top(max(1, glass.pt(1))), "line"),
        *_ways(flow, glass, low.after(glass.comfort_width)),
        *pages,
        *_languages(flow, glass, row.top(glass.key), taken),
    )
    return Part(elements, area.above(band.h))


def _ways(flow: Flow, glass: Glass, row: Rect) -> list[Key]:
    ways = _ways_back(flow, glass)
    widths = [label_width(glass, label, icon) for _, label, icon in ways]
    return [
        label_key(glass, rect, act, Look.OUTLINE, label, icon)
        for rect, (act, label, icon) in zip(side_by_side(row, widths, glass.gap), ways, strict=True)
    ]


def _ways_back(flow: Flow, glass: Glass) -> list[tuple[Act, str, str]]:
    """Return the acts that lead back, their labels and icons."""
    deeper = flow.step in DEEPER
    narrow = glass.tight or (glass.large and _is_crowded(flow, glass))
    label = "" if deeper and narrow else glass.say("kiosk.back")
    ways: list[tuple[Act, str, str]] = [(GoBack(), label, "back")]
    if deeper:
        roomy = glass.screen.tall and not glass.tight and not glass.large
        ways.append((StartAgain(), glass.say("kiosk.home") if roomy else "", "home"))
    return ways


def _ways_width(flow: Flow, glass: Glass) -> int:
    widths = [label_width(glass, label, icon) for _, label, icon in _ways_back(flow, glass)]
    return sum(widths) + glass.gap * len(widths)


def _languages(flow: Flow, glass: Glass, row: Rect, taken: int) -> list[Key]:
    """Return the keys for languages, left of the pixels `taken` at the right end of the row."""
    pills = _pills(flow, glass, taken)
    if pills is None:
        return [_next_language(flow, glass, row.before(taken))]
    widths = [_pill_width(glass, name, pills.size) for name in pills.names]
    if pills.own_row:
        spare = row.w - sum(widths) - glass.gap * (len(widths) - 1)
        widths = [width + spare // len(widths) for width in widths]
    room = row if pills.own_row else row.before(taken)
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


def _pills(flow: Flow, glass: Glass, taken: int) -> _Pills | None:
    """Return the best there is room for, names or their first letters; None: not even these.

    Only where they share the row do the pixels `taken` by the keys for pages matter.
    """
    names = [own_name(tag) for tag in flow.languages]
    letters = [name[:SHORT] for name in names]
    own_row = glass.screen.tall and not _is_crowded(flow, glass)
    room = glass.screen.width - 2 * glass.margin
    if not own_row:
        room -= glass.comfort_width + _ways_width(flow, glass) + taken
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
    place, sizes = row.end(width), ("body", "small")
    return label_key(glass, place, ChooseLanguage(following), Look.PILL, label, "globe", sizes)


def _is_crowded(flow: Flow, glass: Glass) -> bool:
    return glass.low and flow.step in CROWDED


def _pill_width(glass: Glass, name: str, size: str) -> int:
    text = glass.width(name, glass.face(size, "semibold"))
    return max(glass.key, text + 2 * glass.pt(14))


def _count_width(glass: Glass) -> int:
    return max(glass.gap, glass.width("88 / 88", glass.face("body", "semibold")) + glass.pt(16))


def _icon_key(glass: Glass, rect: Rect, act: Act, icon: str, look: Look = Look.OUTLINE) -> Key:
    return label_key(glass, rect, act, look, "", icon)

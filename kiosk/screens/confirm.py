"""Is this right? The service with its queue and documents, two options, and the one big key."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.acts import Act, AskCategory, SwitchSignLanguage, TakeTicket
from kiosk.elements import Box, Element, Icon, Key, Look, Part, Text
from kiosk.geometry import Rect
from kiosk.screens import waits
from kiosk.screens.frame import bar, heading
from kiosk.screens.glass import Glass
from kiosk.screens.keys import badge, check, fact, fact_width, label_key
from kiosk.state import Flow
from kiosk.typesetting import Setting, fit_all
from queue_server.contracts.catalogue import GroupOut, ServiceOut


@dataclass(frozen=True, slots=True)
class _Option:
    act: Act
    icon: str
    label: str
    #: what follows from it, while it is on
    note: str
    on: bool


def confirm(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place what was chosen, and the key that takes the ticket."""
    below = bar(flow, glass, area)
    above = glass.stage if glass.low else below.rest
    top = heading(glass.upright, above, glass.say("kiosk.confirm_title"))
    room = top.rest.inset(glass.margin, 0).above(glass.gap)
    if flow.group is None or flow.service is None:
        return (*top.elements, *below.elements)
    options = _options(flow, glass)
    split = _tall if glass.screen.tall else _wide
    take, places, card = split(glass, room, len(options))
    if glass.low:
        card = room
        reached = below.rest.inset(glass.margin, 0).below(glass.gap).above(glass.gap)
        take, places, _ = _tall(glass, reached, len(options))
    return (
        *top.elements,
        *_card(flow, glass, card, flow.group, flow.service),
        _take_key(glass, take),
        *(_option_key(glass, at, one) for at, one in zip(places, options, strict=True)),
        *below.elements,
    )


def _wide(glass: Glass, room: Rect, count: int) -> tuple[Rect, list[Rect], Rect]:
    """Return the places of the big key, the options and the card, side by side."""
    column = room.end(max(room.w // 2 if glass.tight else room.w * 2 // 5, glass.screen.mm(60)))
    take = column.foot(max(glass.key, min(glass.pt(96), column.h // 3)))
    above = column.above(take.h + glass.gap)
    row = min(glass.pt(92), (above.h + glass.gap) // count - glass.gap)
    return (
        take,
        _rows(above, max(glass.key, row), glass.gap, count),
        room.before(column.w + max(glass.gap, glass.pt(20))),
    )


def _tall(glass: Glass, room: Rect, count: int) -> tuple[Rect, list[Rect], Rect]:
    """Return the places of the big key, the options and the card, one below the other."""
    compact = glass.tight or glass.large
    take = room.foot(max(glass.key, glass.pt(66 if compact else 104)))
    left = room.above(take.h + glass.gap)
    row = max(glass.key, glass.pt(66 if compact else 84))
    options = left.foot(count * (row + glass.gap) - glass.gap)
    card = left.above(options.h + glass.gap)
    return take, _rows(options, row, glass.gap, count), card


def _rows(area: Rect, height: int, gap: int, count: int) -> list[Rect]:
    return [
        Rect(area.x, area.y + number * (height + gap), area.w, height) for number in range(count)
    ]


def _card(
    flow: Flow, glass: Glass, rect: Rect, group: GroupOut, service: ServiceOut
) -> tuple[Element, ...]:
    inner = rect.inset(min(glass.pt(28), rect.h // 12))
    side = min(glass.pt(64), inner.h // 4)
    words = inner.after(side + glass.pt(18))
    above, left = glass.flow(
        glass.text_of(group.texts), words, glass.faces("medium", "body", "small"), "ink_soft"
    )
    name = _name(glass, left.below(glass.pt(4)).top(inner.h * 2 // 5), service)
    used = max(side, name.rect.bottom - inner.y) + glass.pt(18)
    return (
        Box(rect, "surface", glass.radius("large"), "line", "card"),
        *badge(inner.left(side).top(side), group.icon),
        above,
        name,
        *_facts(flow, glass, inner.below(used), service),
    )


def _name(glass: Glass, area: Rect, service: ServiceOut) -> Text:
    """Return the service's name: rather two lines in smaller type than three in the largest."""
    name = glass.text_of(service.texts)
    set_name = glass.fit(name, area, glass.faces("semibold", "heading", "title"), 2)
    if set_name.height > area.h or len(set_name.lines) > 2:  # noqa: PLR2004
        set_name = glass.fit(name, area, glass.faces("semibold", "title", "body"), 3)
    return Text(area.top(set_name.height), set_name.lines, set_name.face)


def _facts(flow: Flow, glass: Glass, area: Rect, service: ServiceOut) -> list[Element]:
    """Return the queue and the documents."""
    if flow.server_away:
        return _documents(glass, area, service)
    row, half = area.top(glass.pt(28)), area.w // 2
    people = waits.people(glass, service.waiting)
    minutes = waits.minutes(glass, service.low, service.high)
    longest = max(fact_width(glass, text) for text in (people, minutes))
    if longest <= half:
        first, second = row.left(half), row.after(half)
    else:
        first, second = row, Rect(row.x, row.bottom, row.w, row.h)
    return [
        *fact(glass, first, "people", people),
        *fact(glass, second, "clock", minutes),
        *_documents(glass, area.below(second.bottom - area.y + glass.pt(16)), service),
    ]


def _documents(glass: Glass, area: Rect, service: ServiceOut) -> list[Element]:
    """Return the documents under a line, in the largest type that shows them all."""
    names = [glass.text_of(texts) for texts in service.documents]
    line, head = area.top(max(1, glass.pt(1))), area.below(glass.pt(14)).top(glass.pt(24))
    left = area.below(glass.pt(46))
    settings = _set_documents(glass, names, left)
    if not settings:
        return []
    title = Text(head, (glass.say("kiosk.documents"),), glass.face("body", "semibold"), "ink_soft")
    elements: list[Element] = [Box(line, "line"), title]
    for setting in settings:
        row = left.top(setting.height)
        mark = min(glass.pt(20), round(setting.face.size * 1.2))
        elements += [
            Icon(Rect(row.x, row.y, mark, mark), "document"),
            Text(row.after(glass.pt(30)), setting.lines, setting.face),
        ]
        left = left.below(setting.height + glass.pt(8))
    return elements


def _set_documents(glass: Glass, names: list[str], area: Rect) -> list[Setting]:
    """Return the documents, or as many as there is room for and a count of the others."""
    width = area.w - glass.pt(30)
    settings: list[Setting] = []
    for face in glass.faces("regular", "lead", "small"):
        settings = fit_all(names, width, area.h, [face], glass.measure, evenly=False)
        if _height(glass, settings) <= area.h:
            return settings
    for shown in range(len(names) - 1, 0, -1):
        more = glass.say("kiosk.documents_more", n=len(names) - shown)
        fewer = [*settings[:shown], Setting((more,), face)]
        if _height(glass, fewer) <= area.h:
            return fewer
    return []


def _height(glass: Glass, settings: list[Setting]) -> int:
    return sum(one.height + glass.pt(8) for one in settings)


def _take_key(glass: Glass, rect: Rect) -> Key:
    label = glass.say("kiosk.take_ticket")
    return label_key(glass, rect, TakeTicket(), Look.PRIMARY, label, "ticket", ("heading", "lead"))


def _options(flow: Flow, glass: Glass) -> list[_Option]:
    sign = _Option(
        SwitchSignLanguage(),
        "sign-language",
        glass.say("kiosk.sign_language"),
        glass.say("kiosk.sign_language_on"),
        flow.visit.sign_language,
    )
    if not flow.categories:
        return [sign]
    chosen = next((one for one in flow.categories if one.id == flow.visit.category), None)
    label = glass.text_of(chosen.texts) if chosen else glass.say("kiosk.category_key")
    proof = glass.say("kiosk.category_proof")
    return [sign, _Option(AskCategory(), "right", label, proof, chosen is not None)]


def _option_key(glass: Glass, rect: Rect, option: _Option) -> Key:
    inner = rect.inset(glass.pt(18), glass.pt(6))
    side, ring = min(glass.pt(48), inner.h), glass.pt(28)
    words = inner.after(side + glass.pt(16)).before(ring + glass.pt(12))
    parts: list[Part] = [
        *badge(
            inner.left(side).middle(side, side),
            option.icon,
            "surface" if option.on else "accent_soft",
        ),
        *_words(glass, words, option),
        *_mark(inner.end(ring).middle(ring, ring), on=option.on),
    ]
    look = Look.OPTION_ON if option.on else Look.TILE
    return Key(rect, option.act, look, tuple(parts), glass.radius("large"))


def _words(glass: Glass, area: Rect, option: _Option) -> list[Part]:
    """Return the option's label, with its note below it while it is on."""
    note = glass.fit(option.note, area, glass.faces("regular", "small"), 2)
    room = area.above(note.height) if option.on else area
    name = glass.fit(option.label, room, glass.faces("semibold", "lead", "small"))
    if not option.on or name.height + note.height > area.h:
        alone = glass.fit(option.label, area, glass.faces("semibold", "lead", "small"), 4)
        return [Text(area, alone.lines, alone.face)]
    block = area.middle(area.w, name.height + note.height)
    return [
        Text(block.top(name.height), name.lines, name.face),
        Text(block.below(name.height), note.lines, note.face, "ink_soft"),
    ]


def _mark(rect: Rect, *, on: bool) -> tuple[Part, ...]:
    """Return an empty ring, or a check mark."""
    return check(rect) if on else (Box(rect, "surface", rect.w // 2, "line_strong"),)

"""Is this right? The service with its queue and documents, two options, and the one big key."""

from __future__ import annotations

from kiosk.elements import Box, Element, Icon, Key, Look, Text
from kiosk.events import Act, AskCategory, SwitchSignLanguage, TakeTicket
from kiosk.flow import Flow
from kiosk.geometry import Rect
from kiosk.screens import waits
from kiosk.screens.frame import bar, heading
from kiosk.screens.glass import Glass
from kiosk.screens.keys import badge, fact, label_key
from queue_server.contracts.api import GroupOut, ServiceOut

#: documents that the screen names; the others are counted
MOST_DOCUMENTS = 4


def confirm(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place what was chosen, and the key that takes the ticket."""
    below = bar(flow, glass, area)
    top = heading(glass, below.rest, glass.say("kiosk.confirm_title"))
    room = top.rest.inset(glass.margin, 0).above(glass.gap)
    if flow.group is None or flow.service is None:
        return (*top.elements, *below.elements)
    take, options, card = _split(flow, glass, room)
    return (
        *top.elements,
        *_card(flow, glass, card, flow.group, flow.service),
        _take_key(glass, take),
        *_options(flow, glass, options),
        *below.elements,
    )


def _split(flow: Flow, glass: Glass, room: Rect) -> tuple[Rect, Rect, Rect]:
    """Return the places of the big key, the options and the card."""
    count = 2 if flow.categories else 1
    high = max(glass.key, glass.pt(84))
    row = max(glass.key, glass.pt(72))
    options = count * row + (count - 1) * glass.gap
    if glass.screen.tall:
        take, left = room.foot(glass.pt(104)), room.above(glass.pt(104) + glass.gap)
        card = left.above(options + glass.gap)
        return take, left.foot(options), card.top(min(card.h, glass.pt(460)))
    side = room.end(max(room.w * 2 // 5, glass.screen.mm(60)))
    card = room.before(side.w + glass.gap)
    return side.foot(high), side.top(min(options, side.h - high - glass.gap)), card


def _card(
    flow: Flow, glass: Glass, rect: Rect, group: GroupOut, service: ServiceOut
) -> tuple[Element, ...]:
    pad = min(glass.pt(28), rect.h // 12)
    inner = rect.inset(pad)
    side = min(glass.pt(60), inner.h // 4)
    beside = inner.after(side + glass.pt(18))
    group_text, left = glass.flow(
        glass.text_of(group.texts), beside, glass.faces("medium", "body", "small"), "ink_soft", most=2
    )
    name, left = glass.flow(
        glass.text_of(service.texts),
        left.below(glass.pt(4)).top(inner.h // 2),
        glass.faces("semibold", "heading", "title", "lead", "body"),
        most=4,
    )
    used = max(side, name.rect.bottom - inner.y) + glass.pt(16)
    return (
        Box(rect, "surface", glass.radius("large"), "line", "card"),
        *badge(inner.left(side).top(side), group.icon),
        group_text,
        name,
        *_facts(flow, glass, inner.below(used), service),
    )


def _facts(flow: Flow, glass: Glass, area: Rect, service: ServiceOut) -> list[Element]:
    """Return the queue and the documents, as many as there is room for."""
    elements: list[Element] = []
    row = glass.pt(26)
    if not flow.server_away:
        wait = waits.wait_for([service])
        half = area.w // 2
        elements += fact(glass, area.top(row).left(half), "people", _people(glass, wait))
        elements += fact(
            glass,
            area.top(row).after(half),
            "clock",
            waits.minutes(glass, service.low, service.high),
        )
        area = area.below(row + glass.pt(14))
    return elements + _documents(glass, area, service)


def _people(glass: Glass, wait: waits.Wait) -> str:
    return waits.people(glass, wait) if wait.waiting else glass.say("kiosk.nobody_waits")


def _documents(glass: Glass, area: Rect, service: ServiceOut) -> list[Element]:
    names = [glass.text_of(texts) for texts in service.documents]
    title = glass.face("small", "semibold")
    line = Box(area.top(max(1, glass.pt(1))), "line")
    head = area.below(glass.pt(14)).top(glass.pt(20))
    left = area.below(glass.pt(40))
    elements: list[Element] = []
    for number, name in enumerate(names):
        setting = glass.fit(name, left.after(glass.pt(30)), glass.faces("regular", "body"), 3)
        more = glass.pt(24) if number + 1 < len(names) else 0
        if setting.height + more > left.h:
            rest = glass.say("kiosk.documents_more", n=len(names) - number)
            elements += fact(glass, left.top(glass.pt(24)), "document", rest)
            break
        row = left.top(setting.height)
        mark = glass.pt(20)
        elements += [
            Icon(Rect(row.x, row.y, mark, mark), "document", "accent"),
            Text(row.after(glass.pt(30)), setting.lines, setting.face),
        ]
        left = left.below(setting.height + glass.pt(8))
    if not elements:
        return []
    return [line, Text(head, (glass.say("kiosk.documents"),), title, "ink_soft"), *elements]


def _take_key(glass: Glass, rect: Rect) -> Key:
    label = glass.say("kiosk.take_ticket")
    return label_key(glass, rect, TakeTicket(), Look.PRIMARY, label, "ticket", ("heading", "title", "lead"))


def _options(flow: Flow, glass: Glass, area: Rect) -> list[Key]:
    sign = flow.visit.sign_language
    options: list[tuple[Act, str, str, str, bool]] = [
        (
            SwitchSignLanguage(),
            "sign-language",
            glass.say("kiosk.sign_language"),
            glass.say("kiosk.sign_language_on") if sign else "",
            sign,
        )
    ]
    if flow.categories:
        options.append(_category_option(flow, glass))
    row = (area.h - glass.gap * (len(options) - 1)) // len(options)
    return [
        _option(glass, Rect(area.x, area.y + number * (row + glass.gap), area.w, row), *option)
        for number, option in enumerate(options)
    ]


def _category_option(flow: Flow, glass: Glass) -> tuple[Act, str, str, str, bool]:
    chosen = next((one for one in flow.categories if one.id == flow.visit.category), None)
    if chosen is None:
        return AskCategory(), "right", glass.say("kiosk.category_key"), "", False
    name, proof = glass.text_of(chosen.texts), glass.say("kiosk.category_proof")
    return AskCategory(), "right", name, proof, True


def _option(  # noqa: PLR0913 - an option is its words, its icon and whether it is on
    glass: Glass, rect: Rect, act: Act, icon: str, label: str, note: str, on: bool  # noqa: FBT001
) -> Key:
    inner = rect.inset(glass.pt(18), glass.pt(8))
    side = min(glass.pt(48), inner.h)
    check = glass.pt(28)
    words = inner.after(side + glass.pt(16)).before(check + glass.pt(12))
    name = glass.fit(label, words, glass.faces("semibold", "lead", "body", "small"), 3)
    parts: list[Box | Icon | Text] = [*badge(inner.left(side).middle(side, side), icon)]
    if note:
        under = glass.fit(note, words, glass.faces("regular", "small"), 2)
        block = words.middle(words.w, name.height + under.height)
        parts.append(Text(block.top(name.height), name.lines, name.face))
        parts.append(Text(block.below(name.height), under.lines, under.face, "ink_soft"))
    else:
        parts.append(Text(words, name.lines, name.face))
    parts += _mark(inner.end(check).middle(check, check), on=on)
    look = Look.OPTION_ON if on else Look.TILE
    return Key(rect, act, look, tuple(parts), glass.radius("large"))


def _mark(rect: Rect, *, on: bool) -> tuple[Box | Icon, ...]:
    """Return an empty ring, or a disc with a check mark: not by colour alone."""
    if on:
        return Box(rect, "accent", rect.w // 2), Icon(rect.inset(rect.w // 5), "check", "accent_ink")
    return (Box(rect, "surface", rect.w // 2, "line_strong"),)

"""Is this right? The service with its queue and documents, two options, and the one big key."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.acts import (
    Act,
    AskCategory,
    DivertOnline,
    GoBack,
    OpenInfo,
    SwitchSignLanguage,
    TakeTicket,
)
from kiosk.elements import Box, Element, Icon, Key, Look, Text
from kiosk.geometry import Rect
from kiosk.screens import waits
from kiosk.screens.frame import Part, bar, heading
from kiosk.screens.glass import Glass
from kiosk.screens.keys import badge, fact, fact_width, label_key, label_width, side_by_side
from kiosk.screens.options import Option, option_key
from kiosk.state import Flow
from kiosk.typesetting import Setting, fit_all
from queue_server.contracts.catalogue import GroupOut, ServiceOut


@dataclass(frozen=True, slots=True)
class _Places:
    """Where everything stands; the ways on stand in the card where they have no place."""

    card: Rect
    options: list[Rect]
    take: Rect
    ways: Rect | None = None


def confirm(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place what was chosen, and the key that takes the ticket."""
    below = bar(flow, glass, area)
    top = _heading(glass, below.rest)
    room = top.rest.inset(glass.margin, 0).above(glass.pt(4) if glass.tight else glass.gap)
    if flow.group is None or flow.service is None:
        return (*top.elements, *below.elements)
    options = _options(flow, glass)
    places = _places(glass, room, below.rest, len(options))
    pad = min(glass.pt(28), places.card.h // 12)
    inner = places.card.inset(pad)
    ways = places.ways or inner.foot(glass.key)
    words = inner if places.ways else inner.above(ways.h + glass.pt(12))
    return (
        *top.elements,
        Box(places.card, "surface", glass.radius("large"), "line", "card"),
        *_card(flow, glass, words, flow.group, flow.service),
        _take_key(glass, places.take, flow.service),
        *(option_key(glass, at, one) for at, one in zip(places.options, options, strict=True)),
        *_ways(glass, flow.service, ways),
        *below.elements,
    )


def _heading(glass: Glass, area: Rect) -> Part:
    """Return the title; where fingers leave no room for it, none."""
    narrow = glass.tight or (glass.large and not glass.screen.tall)
    if narrow and not glass.low:
        return Part((), area.below(glass.pt(6)))
    above = glass.stage if glass.low else area
    return heading(glass.upright, above, glass.say("kiosk.confirm_title"))


def _places(glass: Glass, room: Rect, reached: Rect, count: int) -> _Places:
    """Return the places in a room; in the low layout the card stands in it alone."""
    if glass.low:
        hands = reached.inset(glass.margin, 0).below(glass.gap).above(glass.gap)
        low = _tall(glass, hands.below(glass.key + glass.gap), count)
        return replace(low, card=room, ways=hands.top(glass.key))
    return _tall(glass, room, count) if glass.screen.tall else _wide(glass, room, count)


def _wide(glass: Glass, room: Rect, count: int) -> _Places:
    """Place the card at the left; the options, the ways on and the big key at its right."""
    column = room.end(
        max(room.w // 2 if glass.tight or glass.large else room.w * 2 // 5, glass.screen.mm(60))
    )
    least = (count + 1) * (glass.key + glass.gap)
    take = column.foot(max(glass.key, min(glass.pt(96), column.h // 3, column.h - least)))
    above = column.above(take.h + glass.gap)
    upper = above.above(glass.key + glass.gap)
    row = min(glass.pt(92), (upper.h + glass.gap) // count - glass.gap)
    options = _rows(upper, max(glass.key, row), glass.gap, count)
    card = room.before(column.w + max(glass.gap, glass.pt(20)))
    return _Places(card, options, take, above.foot(glass.key))


def _tall(glass: Glass, room: Rect, count: int) -> _Places:
    """Place the card, the options and the big key one below the other."""
    compact = glass.tight or glass.large
    if glass.large and glass.low:
        return _low(glass, room, count)
    take = room.foot(max(glass.key, glass.pt(66 if compact else 104)))
    left = room.above(take.h + glass.gap)
    row = max(glass.key, glass.pt(66 if compact else 84))
    options = left.foot(count * (row + glass.gap) - glass.gap)
    card = left.above(options.h + glass.gap)
    return _Places(card, _rows(options, row, glass.gap, count), take)


def _low(glass: Glass, room: Rect, count: int) -> _Places:
    """Place the options and the big key where every row is dear."""
    take = room.foot(max(glass.key, glass.pt(54)))
    left = room.above(take.h + glass.gap)
    row = max(glass.key, min(glass.pt(66), (left.h + glass.gap) // count - glass.gap))
    options = left.foot(count * (row + glass.gap) - glass.gap)
    return _Places(room, _rows(options, row, glass.gap, count), take)


def _rows(area: Rect, height: int, gap: int, count: int) -> list[Rect]:
    return [
        Rect(area.x, area.y + number * (height + gap), area.w, height) for number in range(count)
    ]


def _card(
    flow: Flow, glass: Glass, inner: Rect, group: GroupOut, service: ServiceOut
) -> tuple[Element, ...]:
    side = min(glass.pt(64), inner.h // 4)
    words = inner.after(side + glass.pt(18))
    above, left = glass.flow(
        glass.text_of(group.texts), words, glass.faces("medium", "body", "small"), "ink_soft"
    )
    share = inner.h * (4 if glass.tight else 2) // 5
    name = _name(glass, left.below(glass.pt(4)).top(share), service)
    used = max(side, name.rect.bottom - inner.y) + glass.pt(6 if glass.large else 18)
    return (
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
        set_name = glass.fit(name, area, glass.faces("semibold", "title", "small"), 3)
    return Text(area.top(set_name.height), set_name.lines, set_name.face)


def _facts(flow: Flow, glass: Glass, area: Rect, service: ServiceOut) -> list[Element]:
    """Return the queue and the documents, as much as there is room for: the wait before all."""
    if service.closed is not None:
        return _closed(glass, area, service.closed)
    if flow.server_away:
        return _documents(glass, area, service)
    if area.h < glass.pt(28):
        return []
    row, half = area.top(glass.pt(28)), area.w // 2
    people = waits.people(glass, service.waiting)
    minutes = waits.minutes(glass, service.low, service.high)
    longest = max(fact_width(glass, text) for text in (people, minutes))
    if longest > half and area.h < 2 * row.h:
        return [*fact(glass, row, "clock", minutes)]
    if longest <= half:
        first, second = row.left(half), row.after(half)
    else:
        first, second = row, Rect(row.x, row.bottom, row.w, row.h)
    return [
        *fact(glass, first, "people", people),
        *fact(glass, second, "clock", minutes),
        *_documents(glass, area.below(second.bottom - area.y + glass.pt(16)), service),
    ]


def _closed(glass: Glass, area: Rect, reason: str) -> list[Element]:
    """Return why no ticket is given, and what to do instead."""
    mark, gap = glass.pt(26), glass.pt(12)
    words = area.after(mark + gap)
    why, left = glass.flow(
        glass.say(f"closing.{reason}"), words, glass.faces("semibold", "lead", "small"), "bad"
    )
    what, _ = glass.flow(
        glass.say("closing.choose"), left.below(gap), glass.faces("regular", "lead", "small")
    )
    return [Icon(area.left(mark).top(mark), "warning", "bad"), why, what]


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


def _take_key(glass: Glass, rect: Rect, service: ServiceOut) -> Key:
    if service.closed is not None:
        label, way = glass.say("closing.other"), ("heading", "small")
        return label_key(glass, rect, GoBack(), Look.PRIMARY, label, "back", way)
    label = glass.say("kiosk.take_ticket")
    return label_key(glass, rect, TakeTicket(), Look.PRIMARY, label, "ticket", ("heading", "lead"))


def _options(flow: Flow, glass: Glass) -> list[Option]:
    sign = Option(
        SwitchSignLanguage(),
        glass.say("kiosk.sign_language"),
        flow.visit.sign_language,
        glass.say("kiosk.sign_language_on") if flow.visit.sign_language else "",
        "sign-language",
    )
    if not flow.categories:
        return [sign]
    chosen = next((one for one in flow.categories if one.id == flow.visit.category), None)
    label = glass.text_of(chosen.texts) if chosen else glass.say("kiosk.category_key")
    note = glass.say(f"kiosk.confirm_{chosen.confirm}") if chosen else ""
    return [sign, Option(AskCategory(), label, chosen is not None, note, "right")]


def _ways(glass: Glass, service: ServiceOut, row: Rect) -> list[Key]:
    """Return the keys that tell more, and that lead online where the service is done there."""
    ways: list[tuple[Act, str, str]] = [(OpenInfo(), glass.say("kiosk.more_info"), "info")]
    if "online" in service.flags:
        label = glass.say("kiosk.online_key")
        short = label.partition(" – ")[0] if glass.large else label
        ways.append((DivertOnline(), short, "globe"))
    liked = [label_width(glass, label, icon) for _, label, icon in ways]
    most = (row.w + glass.gap) // len(ways) - glass.gap
    widths = liked if sum(liked) + glass.gap * (len(ways) - 1) <= row.w else [most] * len(ways)
    places = side_by_side(row, widths, glass.gap)
    return [
        label_key(glass, at, act, Look.OUTLINE, label, icon)
        for at, (act, label, icon) in zip(places, ways, strict=True)
    ]

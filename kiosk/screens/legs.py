"""One life event: its services to switch on and off, what to know and to bring, and the ticket."""

from __future__ import annotations

import math
from collections.abc import Sequence

from kiosk.acts import OpenInfo, SwitchLeg, TakeTicket
from kiosk.elements import Box, Element, Key, Look
from kiosk.geometry import Rect
from kiosk.screens.frame import Pager, bar
from kiosk.screens.glass import Glass
from kiosk.screens.keys import label_key
from kiosk.screens.options import Option, option_key
from kiosk.screens.paging import beside_title
from kiosk.screens.papers import documents
from kiosk.screens.scene import scene
from kiosk.screens.strips import Line, Section, Strip, height_of, paged, placed
from kiosk.state import Flow
from kiosk.steps.finding import offered, wanted


def event(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place the life event in hand."""
    below = bar(flow, glass, area)
    if flow.event is None:
        return below.elements
    title, hint = glass.text_of(flow.event.texts), glass.say("kiosk.legs_hint")
    place = scene(glass, below.rest, title, hint, pages=True)
    foot = place.hands.foot(max(glass.key, glass.pt(64)))
    options = _options(flow, glass)
    if place.apart:
        rows, card = place.hands.above(foot.h + glass.gap), place.room
    else:
        rows, card = _split(glass, place.over(foot), len(options))
    per_page = max(1, (rows.h + glass.gap) // (glass.key + glass.gap))
    pages = max(1, math.ceil(len(options) / per_page))
    page = min(flow.visit.page, pages - 1)
    shown = Pager(page, pages)
    return (
        *place.title,
        *_rows(glass, rows, options[page * per_page : (page + 1) * per_page]),
        *_card(flow, glass, card),
        *_keys(flow, glass, foot),
        *beside_title(glass, below.rest, place.top, shown),
        *bar(flow, glass, area, shown).elements,
    )


def _split(glass: Glass, room: Rect, count: int) -> tuple[Rect, Rect]:
    """Return the places of the services and of the card: side by side, or one above the other."""
    if not glass.screen.tall:
        card = room.end(room.w * 9 // 20)
        return room.before(card.w + max(glass.gap, glass.pt(20))), card
    most = count * (glass.pt(100) + glass.gap) - glass.gap
    rows = room.top(min(most, max(glass.key, room.h * 11 // 20)))
    return rows, room.below(rows.h + glass.gap)


def _rows(glass: Glass, area: Rect, options: list[Option]) -> list[Key]:
    most = (area.h + glass.gap) // max(1, len(options)) - glass.gap
    height = max(glass.key, min(most, glass.pt(100)))
    places = [
        Rect(area.x, area.y + at * (height + glass.gap), area.w, height)
        for at in range(len(options))
    ]
    return [option_key(glass, at, one) for at, one in zip(places, options, strict=True)]


def _options(flow: Flow, glass: Glass) -> list[Option]:
    """Return the services: each says which of the others comes before it."""
    if flow.event is None:
        return []
    legs, taken = offered(flow, flow.event), wanted(flow)
    numbers = {leg.service: number for number, leg in enumerate(legs, start=1)}
    options = []
    for leg in legs:
        service = flow.find_service(leg.service)
        before = [numbers[one] for one in leg.after if one in taken and one in numbers]
        note = glass.say("kiosk.leg_after", n=max(before)) if before else ""
        name = glass.text_of(service.texts) if service else leg.service
        act, number = SwitchLeg(leg.service), str(numbers[leg.service])
        options.append(Option(act, name, leg.service in taken, note, number=number))
    return options


def _card(flow: Flow, glass: Glass, rect: Rect) -> list[Element]:
    """Return what to know and to bring."""
    inner = rect.inset(min(glass.pt(22), rect.w // 16), min(glass.pt(18), rect.h // 12))
    box = Box(rect, "surface", glass.radius("large"), "line", "card")
    return [box, *placed(glass, _strips(flow, glass, inner), inner)]


def _strips(flow: Flow, glass: Glass, area: Rect) -> Sequence[Strip]:
    """Return as many papers as there is room for, and how many there are beside."""
    services = [one for one in map(flow.find_service, wanted(flow)) if one]
    papers, known = documents(glass, services), _known(flow, glass)
    for shown in range(len(papers), -1, -1):
        rest = len(papers) - shown
        more = [Line(glass.say("kiosk.documents_more", n=rest))] if rest else []
        brought = Section(glass.say("kiosk.documents"), (*papers[:shown], *more))
        sections = [known, brought] if shown else [known]
        pages = paged(glass, sections, area.w, area.h, smallest="small")
        strips = pages[0].columns[0]
        if height_of(strips) <= area.h and len(strips) == sum(map(_count, sections)):
            return strips
    return ()


def _count(section: Section) -> int:
    return len(section.lines) + bool(section.title)


def _known(flow: Flow, glass: Glass) -> Section:
    services = [one for one in map(flow.find_service, wanted(flow)) if one]
    total = round(sum(one.minutes for one in services))
    lines = [Line(glass.say("kiosk.total_minutes", n=total), "clock", weight="medium")]
    hint = glass.text_of(flow.event.hint) if flow.event else ""
    if hint:
        lines.insert(0, Line(hint, "bulb", weight="medium"))
    return Section("", tuple(lines))


def _keys(flow: Flow, glass: Glass, row: Rect) -> list[Element]:
    """Return the keys that tell all and take the ticket; without a service, what is missing."""
    take = row.after((row.w + glass.gap) * 2 // 5)
    if not flow.visit.service:
        text = glass.say("kiosk.leg_none")
        return [glass.text(text, take, glass.faces("semibold", "lead", "small"), "warn")]
    more, label = glass.say("kiosk.more_info"), glass.say("kiosk.take_ticket")
    sizes = ("title", "small")
    info = row.left(row.w - take.w - glass.gap)
    return [
        label_key(glass, take, TakeTicket(), Look.PRIMARY, label, "ticket", sizes),
        label_key(glass, info, OpenInfo(), Look.OUTLINE, more, "info"),
    ]

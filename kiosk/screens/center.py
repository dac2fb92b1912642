"""The center itself: hours, plan of the hall, facilities, legal advice, sign language, notices."""

from __future__ import annotations

from kiosk.acts import OpenCenter, TakeTicket
from kiosk.elements import Box, Element, Key, Look
from kiosk.geometry import Rect
from kiosk.screens.frame import Pager, Part, bar, pager, pager_width, pages_below
from kiosk.screens.glass import Glass
from kiosk.screens.grid import cells
from kiosk.screens.keys import label_key, side_by_side
from kiosk.screens.plan import plan, plans
from kiosk.screens.scene import Scene, scene
from kiosk.screens.strips import Line, Section, paged, placed
from kiosk.state import Flow
from kiosk.steps.informing import TOPICS
from queue_server.contracts.catalogue import FactsOut

#: millimetres across that a tab needs for its words
TAB_MM = 42.0
ICONS = {
    "hours": "clock",
    "plan": "map",
    "facilities": "building",
    "law": "law",
    "sign_language": "sign-language",
    "notices": "bell",
}
#: days that share hours → the last of their weekdays, 0 is Monday
DAYS = {"mon_fri": 4, "sat": 5, "sun": 6}


def center(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place the topic in hand under the tabs of all topics."""
    below = bar(flow, glass, area)
    place = _scene(glass, below.rest)
    room = place.hands
    topics = _topics(flow)
    topic = flow.visit.topic if flow.visit.topic in topics else topics[0]
    tabs = _tabs(glass, room, topics, topic)
    left = room.below(tabs[-1].rect.bottom + glass.gap - room.y)
    foot = left.foot(glass.key)
    card = place.room if place.apart else left.above(foot.h + glass.gap)
    told, pages = _card(flow, glass, card, topic)
    shown = Pager(min(flow.visit.page, pages - 1), pages)
    return (
        *place.title,
        *tabs,
        *told,
        *_foot(glass, foot, shown),
        *bar(flow, glass, area, shown).elements,
    )


def _scene(glass: Glass, area: Rect) -> Scene:
    """Return the scene; on wide screens the tabs stand where the title would."""
    if glass.screen.tall:
        return scene(glass, area, glass.say("kiosk.center_key"))
    room = area.below(glass.gap).inset(glass.margin, 0).above(glass.gap)
    return Scene(Part((), room), room, room, apart=False, gap=glass.gap)


def _topics(flow: Flow) -> list[str]:
    """Return the topics of which something is known."""
    facts = flow.catalogue.facts if flow.catalogue else FactsOut()
    known = {
        "plan": facts.places,
        "facilities": facts.facilities,
        "law": facts.legal_advice,
        "sign_language": facts.sign_language,
        "notices": flow.catalogue.notices if flow.catalogue else [],
    }
    return [topic for topic in TOPICS if known.get(topic, True)]


def _tabs(glass: Glass, room: Rect, topics: list[str], chosen: str) -> list[Key]:
    """Return the topics' keys; where there is little room only the chosen one has its name."""
    if _is_close(glass):
        wide = room.w - (len(topics) - 1) * (glass.key + glass.gap)
        widths = [wide if topic == chosen else glass.key for topic in topics]
        places = side_by_side(room.top(glass.key), widths, glass.gap)
    else:
        least = max(glass.screen.mm(TAB_MM), glass.pt(124))
        most = max(1, (room.w + glass.gap) // (least + glass.gap))
        rows = -(-len(topics) // most)
        height = rows * (glass.key + glass.gap) - glass.gap
        places = cells(room.top(height), -(-len(topics) // rows), rows, glass.gap)
    return [_tab(glass, at, topic, chosen) for at, topic in zip(places, topics, strict=False)]


def _is_close(glass: Glass) -> bool:
    """Whether there is too little height for tabs with all their names."""
    return glass.tight or (glass.large and not glass.screen.tall)


def _tab(glass: Glass, rect: Rect, topic: str, chosen: str) -> Key:
    look = Look.PILL_ON if topic == chosen else Look.PILL
    named = topic == chosen or not _is_close(glass)
    label = glass.say(f"info.{topic}") if named else ""
    return label_key(glass, rect, OpenCenter(topic), look, label, ICONS[topic], ("body", "small"))


def _foot(glass: Glass, row: Rect, shown: Pager) -> list[Element]:
    """Return the way to a ticket, and the keys for pages where the bar has no room for them."""
    label = glass.say("kiosk.take_ticket")
    turning = shown.pages > 1 and not pages_below(glass)
    at = row.before(pager_width(glass) + glass.gap) if turning else row
    key = label_key(glass, at, TakeTicket(), Look.PRIMARY, label, "ticket")
    return [key, *(pager(glass, row, shown) if turning else ())]


def _card(flow: Flow, glass: Glass, card: Rect, topic: str) -> tuple[list[Element], int]:
    """Return a topic's card, and of how many pages it is one."""
    box = Box(card, "surface", glass.radius("large"), "line", "card")
    facts = flow.catalogue.facts if flow.catalogue else FactsOut()
    inner = card.inset(min(glass.pt(28), card.w // 16), min(glass.pt(22), card.h // 14))
    if topic == "plan":
        halls = plans(facts.places)
        page = min(flow.visit.page, len(halls) - 1)
        return [box, *plan(glass, inner, halls[page], flow.habits.place)], len(halls)
    sections = _sections(flow, glass, facts, topic)
    pages = paged(glass, sections, inner.w, inner.h, largest="title")
    page = min(flow.visit.page, len(pages) - 1)
    return [box, *placed(glass, pages[page].columns[0], inner)], len(pages)


def _sections(flow: Flow, glass: Glass, facts: FactsOut, topic: str) -> list[Section]:
    notices = flow.catalogue.notices if flow.catalogue else []
    lines = {
        "facilities": [Line(glass.text_of(texts), "check") for texts in facts.facilities],
        "law": [Line(glass.text_of(facts.legal_advice), "law")],
        "sign_language": [Line(glass.text_of(facts.sign_language), "sign-language")],
        "notices": [Line(glass.text_of(one.texts), "bell") for one in notices],
    }
    if topic in lines:
        return [Section("", tuple(lines[topic]))]
    reach = [(facts.address, "pin"), ({"": facts.phone}, "handset")]
    found = [Line(glass.text_of(text), icon) for text, icon in reach if glass.text_of(text)]
    return [Section("", tuple(_hours(flow, glass, facts))), Section("", tuple(found))]


def _hours(flow: Flow, glass: Glass, facts: FactsOut) -> list[Line]:
    """Return the opening hours, today's set off by weight, colour and word."""
    lines = []
    today = _today(flow.weekday)
    for day in DAYS:
        if day not in facts.hours:
            continue
        value = "–".join(facts.hours[day]) or glass.say("info.day_off")
        name = glass.say(f"info.{day}")
        if day == today:
            said = f"{name} ({glass.say('info.today')})"
            lines.append(Line(said, "clock", value, weight="semibold", colour="accent"))
        else:
            lines.append(Line(name, "clock", value))
    spans = ", ".join("–".join(span) for span in facts.lunch)
    if spans:
        lines.append(Line(glass.say("info.lunch", spans=spans), colour="ink_soft"))
    return lines or [Line(glass.say("info.ask_reception"), "help")]


def _today(weekday: int | None) -> str:
    """Return the name of the days that this one shares its hours with."""
    if weekday is None:
        return ""
    return next(name for name, last in DAYS.items() if weekday <= last)

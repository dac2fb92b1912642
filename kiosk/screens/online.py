"""How a service is done online: on the visitor's own phone, or at a computer in the corner."""

from __future__ import annotations

from kiosk.acts import DivertOnline, StartAgain, TakeTicket
from kiosk.elements import Box, Element, Key, Look
from kiosk.geometry import Rect
from kiosk.screens.frame import bar
from kiosk.screens.glass import Glass
from kiosk.screens.keys import label_key
from kiosk.screens.notices import notice
from kiosk.screens.plan import floor_of, plans
from kiosk.screens.scene import scene
from kiosk.screens.strips import CODE_MM, Line, Section, fitting, height_of, paged, placed
from kiosk.state import Flow
from kiosk.steps.informing import THANKED
from queue_server.contracts.catalogue import PlaceOut, ServiceOut

#: millimetres of the code on a card of at least so many
LARGE_CODE_MM, ROOMY_MM = 50.0, 90.0
#: the least height of a plan, in points
LEAST_PLAN = 110


def online(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place how the service in hand is done online, or a word of thanks."""
    if flow.visit.topic == THANKED:
        return _thanks(glass, area)
    below = bar(flow, glass, area)
    if flow.service is None:
        return below.elements
    title, name = glass.say("kiosk.online_key"), glass.text_of(flow.service.texts)
    place = scene(glass, below.rest, title, name)
    foot = place.hands.foot(max(glass.key, glass.pt(64)))
    phone, corner = _split(glass, place.over(foot))
    return (
        *place.title,
        *_phone(glass, phone, flow.service),
        *_corner(flow, glass, corner),
        *_answers(glass, foot),
        *below.elements,
    )


def address_of(service: ServiceOut) -> str:
    """Return the address at which a service is done online; "" where none is known."""
    named = service.online
    return named if not named or named.startswith("http") else f"https://{named}"


def _split(glass: Glass, room: Rect) -> tuple[Rect, Rect]:
    if glass.screen.tall:
        upper = room.top((room.h - glass.gap) * 2 // 5)
        return upper, room.below(upper.h + glass.gap)
    half = (room.w - glass.gap) // 2
    return room.left(half), room.end(half)


def _phone(glass: Glass, card: Rect, service: ServiceOut) -> list[Element]:
    """Return the way by phone, with the address as a code to scan."""
    inner = _inner(glass, card)
    lines = [Line(glass.say("info.online_where"), "phone", weight="semibold")]
    if address := address_of(service):
        roomy = inner.h >= glass.screen.mm(ROOMY_MM)
        side = LARGE_CODE_MM if roomy else CODE_MM
        lines.append(Line(glass.say("info.scan"), code=address, side=side))
        named = address.removeprefix("https://").rstrip("/")
        lines.append(Line(named, "globe", colour="ink_soft"))
    else:
        lines.append(Line(glass.say("info.address_ask"), "help"))
    return [_box(glass, card), *_told(glass, lines, inner)]


def _corner(flow: Flow, glass: Glass, card: Rect) -> list[Element]:
    """Return the way to the corner's computers, shown on the plan where there is room for it."""
    inner = _inner(glass, card)
    places = _hall_with_corner(flow)
    text = "info.corner" if places else "info.corner_none"
    line = Line(glass.say(text), "computer" if places else "help", weight="semibold")
    strips = fitting(paged(glass, [Section("", (line,))], inner.w, inner.h)[0].columns[0], inner.h)
    rest = inner.below(height_of(strips) + glass.pt(14))
    drawn: list[Element] = []
    if places and rest.h >= glass.pt(LEAST_PLAN):
        drawn = floor_of(glass, rest, places, flow.habits.place, shown=("corner", "kiosk"))
    return [_box(glass, card), *placed(glass, strips, inner), *drawn]


def _told(glass: Glass, lines: list[Line], area: Rect) -> list[Element]:
    pages = paged(glass, [Section("", tuple(lines))], area.w, area.h, largest="title")
    return placed(glass, fitting(pages[0].columns[0], area.h), area)


def _hall_with_corner(flow: Flow) -> list[PlaceOut]:
    halls = plans(flow.catalogue.facts.places) if flow.catalogue else []
    return next((hall for hall in halls if any(one.kind == "corner" for one in hall)), [])


def _box(glass: Glass, card: Rect) -> Box:
    return Box(card, "surface", glass.radius("large"), "line", "card")


def _inner(glass: Glass, card: Rect) -> Rect:
    return card.inset(min(glass.pt(26), card.w // 16), min(glass.pt(22), card.h // 12))


def _answers(glass: Glass, row: Rect) -> list[Key]:
    """Return the keys that do it online, and that take a ticket all the same."""
    half = (row.w - glass.gap) // 2
    yes, no = glass.say("info.online_do"), glass.say("info.online_ticket")
    return [
        label_key(glass, row.end(half), DivertOnline(), Look.PRIMARY, yes, "check"),
        label_key(glass, row.left(half), TakeTicket(), Look.OUTLINE, no, "ticket"),
    ]


def _thanks(glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Return a word of thanks, and the key that ends the visit."""
    title, hint = glass.say("info.thanks"), glass.say("info.thanks_hint")
    return notice(glass, area, "check", title, hint, ((StartAgain(), "kiosk.done", "check"),))

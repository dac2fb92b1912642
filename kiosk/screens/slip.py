"""The number, as large as it goes, and what becomes of its slip."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.acts import GoBack
from kiosk.elements import Align, Box, Code, Element, Icon, Look, Text
from kiosk.events import Paper
from kiosk.geometry import Rect
from kiosk.screens.glass import Glass, ladder
from kiosk.screens.keys import disc, label_key
from kiosk.screens.waits import minutes
from kiosk.state import Flow
from kiosk.typesetting import Setting, fit_all
from queue_server.contracts.api import TicketOut

#: how the slip fares → icon, colours of its disc, text, hint
_SAID = {
    Paper.PRINTING: ("printer", "accent_soft", "accent", "kiosk.printing", "kiosk.watch_board"),
    Paper.DONE: ("check", "good_soft", "good", "kiosk.take_slip", "kiosk.watch_board"),
    Paper.FAILED: ("warning", "warn_soft", "warn", "kiosk.remember_number", "kiosk.not_printed"),
    Paper.NO_PAPER: ("warning", "warn_soft", "warn", "kiosk.remember_number", "kiosk.paper_out"),
}
#: the slip with the code is not in the visitor's hand
PAPERLESS = frozenset({Paper.FAILED, Paper.NO_PAPER})
#: a code under this many millimetres is hard to catch with a phone
LEAST_CODE_MM = 28


def slip(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place the number, the news of its slip and the key that ends the visit."""
    ticket = flow.visit.ticket
    if ticket is None:
        return ()
    foot = area.foot(glass.foot)
    room = area.above(foot.h).inset(glass.margin, glass.pt(14 if glass.large else 28))
    if glass.low:
        card, news = glass.stage.inset(glass.margin, glass.pt(28)), room
    elif glass.screen.tall:
        card = room.top(room.h * 9 // 20)
        news = room.below(card.h + glass.pt(36))
    else:
        card = room.left(room.w // 2)
        news = room.after(card.w + glass.pt(36))
    return (
        *_card(flow, glass, card, ticket),
        *_news(flow, glass, news, ticket),
        *_foot(flow, glass, foot),
    )


def _card(flow: Flow, glass: Glass, rect: Rect, ticket: TicketOut) -> tuple[Element, ...]:
    """Return the ticket as a card: it looks like what comes out of the printer."""
    inner = (
        rect.inset(glass.pt(16), glass.pt(10))
        if glass.large
        else rect.inset(glass.pt(32), glass.pt(24))
    )
    title, left = glass.flow(
        glass.say("kiosk.your_number"),
        inner,
        glass.faces("medium", "lead" if glass.large else "title", "body"),
        "ink_soft",
        Align.CENTRE,
        1,
    )
    services = _set_services(flow, glass, ticket, left)
    foot = left.foot(sum(one.height for one in services))
    middle = left.above(foot.h + glass.pt(8))
    faces = ladder("bold", min(middle.h * 5 // 6, glass.pt(190)), glass.pt(24))
    return (
        Box(rect, "surface", glass.radius("large"), "line", "raised"),
        title,
        glass.text(ticket.number, middle, faces, "accent", Align.CENTRE, 1),
        *_listed(services, foot),
    )


def _set_services(flow: Flow, glass: Glass, ticket: TicketOut, area: Rect) -> list[Setting]:
    """Return the services in the largest type in which they leave half of an area to the number.

    If even the smallest does not, the last ones are counted.
    """
    names = _services(flow, glass, ticket)
    for face in glass.faces("medium", "lead", "small"):
        services = fit_all(names, area.w, area.h, [face], glass.measure)
        if sum(one.height for one in services) <= area.h // 2:
            return services
    while len(services) > 1 and sum(one.height for one in services) > area.h // 2:
        services.pop()
        rest = glass.say("kiosk.documents_more", n=len(names) - len(services) + 1)
        services[-1] = Setting((rest,), face)
    return services


def _listed(services: list[Setting], area: Rect) -> list[Text]:
    """Return the services one below the other."""
    texts = []
    for one in services:
        texts.append(Text(area.top(one.height), one.lines, one.face, "ink", Align.CENTRE))
        area = area.below(one.height)
    return texts


def _services(flow: Flow, glass: Glass, ticket: TicketOut) -> list[str]:
    """Return the names of the ticket's services, numbered where there are several."""
    found = [flow.find_service(leg.service) for leg in ticket.legs]
    alone = flow.find_service(ticket.service)
    several = [one for one in found if one] or [one for one in (alone,) if one]
    names = [glass.text_of(one.texts) for one in several]
    if len(names) < 2:  # noqa: PLR2004
        return names
    return [f"{number}. {name}" for number, name in enumerate(names, start=1)]


def _news(flow: Flow, glass: Glass, area: Rect, ticket: TicketOut) -> list[Element]:
    """Return how the slip fares, the place in the queue, and the code for a phone."""
    icon, fill, ink, said, hint = _SAID[flow.visit.paper]
    side = glass.pt(54 if glass.large else 72)
    head = area.top(side)
    title = glass.text(
        glass.say(said),
        head.after(side + glass.pt(20)),
        glass.faces("semibold", "display", "lead"),
        most=2,
    )
    advice, left = glass.flow(
        glass.say(hint),
        area.below(side + glass.pt(8 if glass.large else 16)),
        glass.faces("regular", "lead", "body"),
        "ink_soft",
    )
    return [
        *disc(head.left(side), icon, fill, ink),
        title,
        advice,
        *_queue(flow, glass, left.below(glass.pt(8 if glass.large else 18)), ticket),
    ]


def _queue(flow: Flow, glass: Glass, area: Rect, ticket: TicketOut) -> list[Element]:
    """Return how many are ahead, how long it takes, what to know, and the code for a phone.

    Where there is no room for all, the code gives way to what is to be known; but not where the
    slip, which has it too, was not printed.
    """
    rows = [("people", _ahead(glass, ticket.ahead))]
    if ticket.estimate and ticket.ahead is not None:
        rows.append(("clock", minutes(glass, ticket.estimate.low, ticket.estimate.high)))
    if _shown_first(flow):
        rows.insert(0, ("reception", glass.say("kiosk.confirm_reception")))
    elements, area = _rows(glass, rows, area)
    code = glass.screen.mm(LEAST_CODE_MM) if flow.visit.paper in PAPERLESS else 0
    for hint in _hints(flow, glass, ticket):
        known, left = _rows(glass, [("bulb", hint)], area)
        if left.h > code:
            elements, area = elements + known, left
    return elements + _code(glass, area.below(glass.pt(14)), ticket.url)


def _rows(glass: Glass, rows: Iterable[tuple[str, str]], area: Rect) -> tuple[list[Element], Rect]:
    """Return sentences, each with its icon, and the area that they leave."""
    elements: list[Element] = []
    mark = glass.pt(24)
    for icon, text in rows:
        faces = glass.faces("semibold", "lead", "small")
        setting = glass.fit(text, area.after(glass.pt(36)), faces, 3)
        if setting.height > area.h:
            break
        row = area.top(max(setting.height, glass.pt(30)))
        elements += [
            Icon(row.left(mark).middle(mark, mark), icon),
            Text(row.after(glass.pt(36)), setting.lines, setting.face),
        ]
        area = area.below(row.h + glass.pt(8))
    return elements, area


def _shown_first(flow: Flow) -> bool:
    """Whether the visitor's papers are seen at the reception, before the head start counts."""
    chosen = (one for one in flow.categories if one.id == flow.visit.category)
    return any(one.confirm == "reception" for one in chosen)


def _hints(flow: Flow, glass: Glass, ticket: TicketOut) -> list[str]:
    """Return what the visitor should know, each sentence once."""
    service = flow.find_service(ticket.service)
    told = [one.hint for one in (flow.event, service) if one and one.hint]
    return list(dict.fromkeys(glass.text_of(texts) for texts in told))[:1]


def _ahead(glass: Glass, ahead: int | None) -> str:
    """Return how many are before a ticket, or that nobody could count."""
    if ahead is None:
        return glass.say("offline.wait_unknown")
    return glass.say("kiosk.ahead", n=ahead) if ahead else glass.say("kiosk.nobody_ahead")


def _code(glass: Glass, area: Rect, url: str | None) -> list[Element]:
    side = min(area.h, glass.pt(240), area.w // 2)
    if not url or side < glass.screen.mm(LEAST_CODE_MM):
        return []
    rect = area.left(side).top(side)
    words = area.after(side + glass.pt(20)).top(side)
    faces = glass.faces("regular", "lead", "small")
    return [
        Box(rect, "surface", glass.radius("medium"), "line"),
        Code(rect.inset(glass.pt(4)), url),
        glass.text(glass.say("kiosk.scan"), words, faces, "ink_soft", most=6),
    ]


def _foot(flow: Flow, glass: Glass, band: Rect) -> list[Element]:
    """Return the key that ends the visit, and how long the screen stays."""
    row = band.inset(glass.margin, glass.pt(14)).after(glass.comfort_width)
    key = row.end(max(row.w // 4, glass.pt(140 if glass.large else 180)))
    elements: list[Element] = [
        Box(band, "surface"),
        Box(band.top(max(1, glass.pt(1))), "line"),
        label_key(glass, key, GoBack(), Look.PRIMARY, glass.say("kiosk.done"), "check"),
    ]
    if flow.left is not None:
        words = row.before(key.w + glass.gap)
        left = glass.say("kiosk.seconds_left", n=flow.left)
        faces = glass.faces("regular", "body", "small")
        if glass.large:
            faces = (*faces, *ladder("regular", glass.pt(15), glass.pt(13)))
        elements.append(glass.text(left, words, faces, "ink_soft", most=2))
    return elements

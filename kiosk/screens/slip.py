"""The number, as large as it goes, and what becomes of its slip."""

from __future__ import annotations

from kiosk.elements import Align, Box, Code, Element, Icon, Look, Text
from kiosk.events import GoBack, Paper
from kiosk.flow import Flow
from kiosk.geometry import Rect
from kiosk.screens.glass import Glass
from kiosk.screens.keys import disc, label_key, side_by_side
from kiosk.screens.waits import minutes
from queue_server.contracts.api import TicketOut

#: how the slip fares → icon, text, hint
_SAID = {
    Paper.PRINTING: ("printer", "kiosk.printing", "kiosk.watch_board"),
    Paper.DONE: ("check", "kiosk.take_slip", "kiosk.watch_board"),
    Paper.FAILED: ("warning", "kiosk.remember_number", "kiosk.printer_away"),
    Paper.NO_PAPER: ("warning", "kiosk.remember_number", "kiosk.paper_out"),
}
_TROUBLE = frozenset({Paper.FAILED, Paper.NO_PAPER})


def slip(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place the number, the news of its slip and the key that ends the visit."""
    ticket = flow.visit.ticket
    if ticket is None:
        return ()
    room = area.inset(glass.margin, glass.pt(24))
    foot, room = room.foot(glass.key), room.above(glass.key + glass.pt(20))
    if glass.screen.tall:
        card, news = room.top(room.h * 9 // 20), room.below(room.h * 9 // 20 + glass.gap)
    else:
        card, news = room.left(room.w // 2), room.after(room.w // 2 + glass.pt(32))
    return (
        *_card(flow, glass, card, ticket),
        *_news(flow, glass, news, ticket),
        *_foot(flow, glass, foot),
    )


def _card(flow: Flow, glass: Glass, rect: Rect, ticket: TicketOut) -> tuple[Element, ...]:
    """Return the ticket as a card: it looks like what comes out of the printer."""
    inner = rect.inset(glass.pt(28), glass.pt(22))
    title, left = glass.flow(
        glass.say("kiosk.your_number"),
        inner,
        glass.faces("medium", "title", "lead"),
        "ink_soft",
        Align.CENTRE,
        1,
    )
    service = next(
        (
            glass.text_of(one.texts)
            for group in (flow.catalogue.groups if flow.catalogue else [])
            for one in group.services
            if one.id == ticket.service
        ),
        "",
    )
    words = glass.fit(service, left, glass.faces("medium", "lead", "body"), 3)
    foot = left.foot(words.height)
    middle = left.above(words.height + glass.pt(10))
    number = glass.text(
        ticket.number, middle, _number_faces(glass, middle), "accent", Align.CENTRE, 1
    )
    return (
        Box(rect, "surface", glass.radius("large"), "line", "raised"),
        title,
        number,
        Text(foot, words.lines, words.face, "ink", Align.CENTRE),
    )


def _number_faces(glass: Glass, area: Rect) -> tuple[object, ...]:
    largest = glass.face("giant", "bold")
    return tuple(
        type(largest)("bold", size)
        for size in range(int(area.h / 1.2), largest.size // 2, -max(2, largest.size // 24))
    ) or (largest,)


def _news(flow: Flow, glass: Glass, area: Rect, ticket: TicketOut) -> list[Element]:
    """Return how the slip fares, the place in the queue, and the code for a phone."""
    icon, said, hint = _SAID[flow.visit.paper]
    trouble = flow.visit.paper in _TROUBLE
    fill, ink = ("warn_soft", "warn") if trouble else ("accent_soft", "accent")
    if flow.visit.paper is Paper.DONE:
        fill, ink = "good_soft", "good"
    side = glass.pt(72)
    head = area.top(side)
    words = head.after(side + glass.pt(20))
    title = glass.text(glass.say(said), words, glass.faces("semibold", "display", "heading", "title", "lead"), most=2)
    under, left = glass.flow(
        glass.say(hint), area.below(side + glass.pt(14)), glass.faces("regular", "lead", "body"), "ink_soft", most=3
    )
    return [
        *disc(head.left(side), icon, fill, ink),
        title,
        under,
        *_queue(glass, left.below(glass.pt(18)), ticket),
    ]


def _queue(glass: Glass, area: Rect, ticket: TicketOut) -> list[Element]:
    """Return how many are ahead, how long it takes, and the code: what there is room for."""
    ahead = (
        glass.say("kiosk.ahead", n=ticket.ahead) if ticket.ahead else glass.say("kiosk.nobody_ahead")
    )
    rows = [("people", ahead)]
    if ticket.estimate:
        rows.append(("clock", minutes(glass, ticket.estimate.low, ticket.estimate.high)))
    elements: list[Element] = []
    height = glass.pt(30)
    for icon, text in rows:
        row = area.top(height)
        mark = glass.pt(24)
        elements += [
            Icon(row.left(mark).middle(mark, mark), icon, "accent"),
            glass.text(text, row.after(glass.pt(36)), glass.faces("semibold", "lead", "body"), most=1),
        ]
        area = area.below(height + glass.pt(8))
    return elements + _code(glass, area.below(glass.pt(10)), ticket.url)


def _code(glass: Glass, area: Rect, url: str | None) -> list[Element]:
    side = min(area.h, glass.pt(220), area.w // 2)
    if not url or side < glass.screen.mm(24):
        return []
    rect = area.left(side).top(side)
    words = area.after(side + glass.pt(18)).top(side)
    return [
        Box(rect, "surface", glass.radius("medium"), "line"),
        Code(rect.inset(glass.pt(4)), url),
        glass.text(glass.say("kiosk.scan"), words, glass.faces("regular", "lead", "body", "small"), "ink_soft", most=6),
    ]


def _foot(flow: Flow, glass: Glass, row: Rect) -> list[Element]:
    """Return the key that ends the visit, and how long the screen stays."""
    label = glass.say("kiosk.done")
    width = max(row.w // 4, glass.pt(180))
    key = side_by_side(row, [width], 0, Align.RIGHT)[0]
    elements: list[Element] = [label_key(glass, key, GoBack(), Look.PRIMARY, label, "check")]
    if flow.left is not None:
        left = glass.say("kiosk.seconds_left", n=flow.left)
        words = row.before(width + glass.gap)
        elements.append(
            glass.text(left, words, glass.faces("regular", "body", "small"), "ink_soft", most=2)
        )
    return elements

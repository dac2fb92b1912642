"""What there is to know of a service, and the way online."""

from __future__ import annotations

from kiosk.acts import PrintList, TakeTicket
from kiosk.elements import Box, Element, Key, Look
from kiosk.events import Paper
from kiosk.geometry import Rect
from kiosk.screens import center as center_screen
from kiosk.screens import online as online_screen
from kiosk.screens import waits
from kiosk.screens.frame import Pager, bar
from kiosk.screens.glass import Glass
from kiosk.screens.keys import label_key
from kiosk.screens.online import address_of
from kiosk.screens.paging import beside_title
from kiosk.screens.papers import documents, not_required
from kiosk.screens.scene import scene
from kiosk.screens.strips import Line, Page, Section, paged, placed
from kiosk.state import Flow
from kiosk.steps.finding import wanted
from queue_server.contracts.catalogue import ServiceOut

#: how the printed list fares → what its key says
_LIST = {
    None: ("info.print_list", "printer"),
    Paper.PRINTING: ("info.list_printing", "hourglass"),
    Paper.DONE: ("info.list_done", "check"),
    Paper.FAILED: ("info.list_failed", "warning"),
    Paper.NO_PAPER: ("info.list_failed", "warning"),
}
#: points across from which a page has two columns
TWO_COLUMNS = 700

center = center_screen.center
online = online_screen.online


def info(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place all that is to be known of the service, or the life event, in hand."""
    below = bar(flow, glass, area)
    services = [one for one in map(flow.find_service, wanted(flow)) if one]
    if flow.service is None or not services:
        return below.elements
    named = flow.event or flow.service
    place = scene(glass, below.rest, glass.text_of(named.texts), pages=True)
    foot = place.hands.foot(max(glass.key, glass.pt(64)))
    card = place.over(foot)
    columns = 2 if card.w >= glass.pt(TWO_COLUMNS) else 1
    inner = _inner(glass, card)
    width = (inner.w - (columns - 1) * glass.pt(40)) // columns
    pages = paged(glass, _sections(flow, glass, services), width, inner.h, columns)
    page = min(flow.visit.page, len(pages) - 1)
    shown = Pager(page, len(pages))
    return (
        *place.title,
        *_card(glass, card, pages[page], width),
        *_keys(flow, glass, foot),
        *beside_title(glass, below.rest, place.top, shown),
        *bar(flow, glass, area, shown).elements,
    )


def _inner(glass: Glass, card: Rect) -> Rect:
    return card.inset(min(glass.pt(30), card.w // 16), min(glass.pt(24), card.h // 14))


def _card(glass: Glass, card: Rect, page: Page, width: int) -> list[Element]:
    inner = _inner(glass, card)
    elements: list[Element] = [Box(card, "surface", glass.radius("large"), "line", "card")]
    for number, strips in enumerate(page.columns):
        column = inner.after(number * (width + glass.pt(40))).left(width)
        elements += placed(glass, strips, column)
    return elements


def _keys(flow: Flow, glass: Glass, row: Rect) -> list[Key]:
    """Return the keys that take a ticket and, for one service, print the list."""
    take = glass.say("kiosk.take_ticket")
    half = row if flow.event else row.after((row.w + glass.gap) // 2)
    keys = [label_key(glass, half, TakeTicket(), Look.PRIMARY, take, "ticket", ("title", "small"))]
    if flow.event is None:
        text, icon = _LIST[flow.visit.list_paper]
        at = row.left((row.w + glass.gap) // 2 - glass.gap)
        keys.append(label_key(glass, at, PrintList(), Look.OUTLINE, glass.say(text), icon))
    return keys


def _sections(flow: Flow, glass: Glass, services: list[ServiceOut]) -> list[Section]:
    papers = documents(glass, services) or [Line(glass.say("info.no_documents"), "check")]
    sections = [
        Section(glass.say("kiosk.documents"), tuple(papers)),
        Section(glass.say("info.time"), tuple(_times(flow, glass, services))),
        Section(glass.say("info.fee"), tuple(_fees(glass, services))),
    ]
    hints = [glass.text_of(one.hint) for one in (flow.event, *services) if one and one.hint]
    if hints:
        told = tuple(Line(text, "bulb") for text in dict.fromkeys(hints))
        sections.insert(0, Section(glass.say("info.hint"), told))
    if others := _other_ways(glass, services):
        sections.append(Section("", tuple(others)))
    if flow.catalogue and flow.catalogue.not_required:
        forbidden = tuple(not_required(glass, flow.catalogue))
        sections.append(Section(glass.say("kiosk.not_required"), forbidden))
    return sections


def _times(flow: Flow, glass: Glass, services: list[ServiceOut]) -> list[Line]:
    total = round(sum(one.minutes for one in services))
    lines = [Line(glass.say("info.minutes", n=total), "clock")]
    if flow.server_away or flow.service is None:
        return lines
    queue = waits.people(glass, flow.service.waiting)
    wait = waits.minutes(glass, flow.service.low, flow.service.high)
    return [*lines, Line(queue, "people"), Line(wait, "hourglass")]


def _fees(glass: Glass, services: list[ServiceOut]) -> list[Line]:
    """Return what each service costs; who does not know it says so."""
    lines: list[Line] = []
    for one in services:
        fee = glass.text_of(one.fee_texts) or glass.say("info.fee_ask")
        named = f"{glass.text_of(one.texts)}: {fee}" if len(services) > 1 else fee
        lines.append(Line(named, "money"))
        if one.fee_texts and one.fee_checked:
            date = ".".join(reversed(one.fee_checked.split("-")))
            lines.append(Line(glass.say("info.fee_checked", date=date), colour="ink_soft"))
    return lines


def _other_ways(glass: Glass, services: list[ServiceOut]) -> list[Line]:
    lines = []
    flags = {flag for one in services for flag in one.flags}
    if "post" in flags:
        lines.append(Line(glass.say("info.post"), "post"))
    if len(services) == 1 and "online" in flags:
        lines.append(Line(glass.say("info.online"), "globe"))
        if address := address_of(services[0]):
            lines.append(Line(glass.say("info.scan"), code=address))
    return lines

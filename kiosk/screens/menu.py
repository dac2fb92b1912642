"""The menus: groups with their queues, a group's services, and the categories."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.elements import Element, Look
from kiosk.events import ChooseCategory, ChooseGroup, ChooseService
from kiosk.geometry import Rect
from kiosk.screens.frame import Pager, Part, bar, heading, pager, pager_width, pages_below
from kiosk.screens.glass import Glass
from kiosk.screens.grid import grid
from kiosk.screens.tiles import Fact, Tile, place_tiles
from kiosk.screens.waits import facts
from kiosk.state import Flow
from queue_server.contracts.api import ServiceOut


def groups(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place the service groups."""
    tiles = [
        Tile(
            ChooseGroup(group.prefix),
            glass.text_of(group.texts),
            group.icon,
            _facts(flow, glass, group.services),
        )
        for group in (flow.catalogue.groups if flow.catalogue else [])
    ]
    title, hint = glass.say("kiosk.choose_group"), glass.say("kiosk.touch_hint")
    return _menu(flow, glass, area, tiles, title, hint)


def services(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place the services of the group in hand."""
    group = flow.group
    tiles = [
        Tile(
            ChooseService(service.id),
            glass.text_of(service.texts),
            facts=_facts(flow, glass, [service]),
        )
        for service in (group.services if group else [])
    ]
    title = glass.text_of(group.texts) if group else ""
    return _menu(flow, glass, area, tiles, title, glass.say("kiosk.touch_service_hint"))


def categories(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place the question for a category; "none of these" is its last answer."""
    answers = [(one.id, glass.text_of(one.texts)) for one in flow.categories]
    tiles = [
        Tile(
            ChooseCategory(category),
            name,
            look=Look.OPTION_ON if category == flow.visit.category else Look.TILE,
        )
        for category, name in [*answers, (None, glass.say("kiosk.category_none"))]
    ]
    title, hint = glass.say("kiosk.category_ask"), glass.say("kiosk.category_proof")
    return _menu(flow, glass, area, tiles, title, hint)


def _menu(
    flow: Flow, glass: Glass, area: Rect, tiles: Sequence[Tile], title: str, hint: str
) -> tuple[Element, ...]:
    """Place a title, a page of tiles and the bar below."""
    room_below = bar(flow, glass, area).rest
    beside = 0 if pages_below(glass) else pager_width(glass) + glass.gap
    free = heading(glass, room_below, title, hint, beside).rest
    cells = grid(glass, free.inset(glass.margin, 0).above(glass.gap), len(tiles))
    page = min(flow.visit.page, cells.pages - 1)
    shown = Pager(page, cells.pages)
    below = bar(flow, glass, area, shown)
    turning = cells.pages > 1 and not pages_below(glass)
    top = heading(glass, below.rest, title, hint, beside)
    first = page * cells.per_page
    keys = place_tiles(glass, tiles[first : first + cells.per_page], cells.cells)
    pages: tuple[Element, ...] = ()
    if turning:
        pages = _beside_title(glass, below.rest, top, shown)
    return (*top.elements, *keys, *pages, *below.elements)


def _beside_title(glass: Glass, area: Rect, top: Part, shown: Pager) -> tuple[Element, ...]:
    band = Rect(area.x, area.y, area.w, top.rest.y - area.y).inset(glass.margin, 0)
    return pager(glass, band.middle(band.w, glass.key), shown)


def _facts(flow: Flow, glass: Glass, offered: Sequence[ServiceOut]) -> tuple[Fact, ...]:
    """Return the queue in short; nothing while nobody knows it."""
    return () if flow.server_away else facts(glass, offered)

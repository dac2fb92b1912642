"""The menus: groups with their queues, a group's services, and the categories."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.acts import ChooseCategory, ChooseGroup, ChooseService
from kiosk.elements import Element, Look
from kiosk.geometry import Rect
from kiosk.screens.finders import finders, finders_height
from kiosk.screens.frame import Pager, Part, bar
from kiosk.screens.glass import Glass
from kiosk.screens.grid import grid
from kiosk.screens.paging import beside_title, headed
from kiosk.screens.tiles import Fact, Tile, place_tiles
from kiosk.screens.waits import facts
from kiosk.state import Flow
from queue_server.contracts.catalogue import ServiceOut

#: who sees a category's papers → icon
PAPER_ICONS = {"none": "check", "clerk": "document", "reception": "reception"}


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
    return menu(flow, glass, area, tiles, title, hint, ways_in=True)


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
    return menu(flow, glass, area, tiles, title, glass.say("kiosk.touch_service_hint"))


def categories(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place the question for a category; "none of these" is its last answer."""
    tiles = [
        Tile(
            ChooseCategory(one.id),
            glass.text_of(one.texts),
            facts=(Fact(glass.say(f"kiosk.paper_{one.confirm}"), PAPER_ICONS[one.confirm]),),
            look=Look.OPTION_ON if one.id == flow.visit.category else Look.TILE,
        )
        for one in flow.categories
    ]
    look = Look.OPTION_ON if flow.visit.category is None else Look.TILE
    tiles.append(Tile(ChooseCategory(None), glass.say("kiosk.category_none"), look=look))
    title, hint = glass.say("kiosk.category_ask"), glass.say("kiosk.category_private")
    return menu(flow, glass, area, tiles, title, hint)


def menu(
    flow: Flow,
    glass: Glass,
    area: Rect,
    tiles: Sequence[Tile],
    title: str,
    hint: str,
    *,
    ways_in: bool = False,
) -> tuple[Element, ...]:
    """Place a title, a page of tiles and the bar below; on request the other ways in."""
    room_below = bar(flow, glass, area).rest
    free = _heading(glass, room_below, title, hint, ways_in=ways_in).rest
    room = free.inset(glass.margin, 0).above(glass.pt(4) if glass.tight else glass.gap)
    ways_height = finders_height(flow, glass, room.w) + glass.gap if ways_in else 0
    cells = grid(glass, room.below(ways_height), len(tiles))
    page = min(flow.visit.page, cells.pages - 1)
    shown = Pager(page, cells.pages)
    below = bar(flow, glass, area, shown)
    top = _heading(glass, below.rest, title, hint, ways_in=ways_in)
    first = page * cells.per_page
    keys = place_tiles(glass, tiles[first : first + cells.per_page], cells.cells)
    ways = finders(flow, glass, room) if ways_in else ()
    pages = beside_title(glass, below.rest, top, shown)
    return (*top.elements, *keys, *ways, *pages, *below.elements)


def _heading(glass: Glass, area: Rect, title: str, hint: str, *, ways_in: bool) -> Part:
    """Return the title; where the ways in leave no room for it, none."""
    if ways_in and glass.tight and not glass.low:
        return Part((), area.below(glass.pt(6)))
    return headed(glass, area, title, hint)


def _facts(flow: Flow, glass: Glass, offered: Sequence[ServiceOut]) -> tuple[Fact, ...]:
    """Return the queue in short; nothing while nobody knows it."""
    return () if flow.server_away else facts(glass, offered)

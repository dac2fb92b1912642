"""Finding a service: the keyboard with what it finds, and the life events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.acts import CallHelp, ChooseEvent, ChooseService, OpenInfo
from kiosk.elements import Element, Key, Look, Text
from kiosk.geometry import Rect
from kiosk.keyboards import SCRIPTS, Keyboard, keyboard, script_of
from kiosk.screens import legs
from kiosk.screens.frame import bar, heading
from kiosk.screens.glass import KEY_MM, Glass
from kiosk.screens.grid import cells
from kiosk.screens.keys import label_key, label_width
from kiosk.screens.menu import menu
from kiosk.screens.tiles import Fact, Tile, place_tiles
from kiosk.screens.typing import (
    Board,
    board,
    board_keys,
    control_acts,
    control_keys,
    controls_width,
    field,
)
from kiosk.screens.waits import facts
from kiosk.search import find as find_services
from kiosk.state import Flow
from queue_server.contracts.catalogue import ServiceOut

#: results that a screen shows at most
MOST = 6
#: points of a result that is a name alone
BARE = 68
#: results in one row, where there is but one
IN_A_ROW = 4
#: points of height from which a result has a key for its facts beside it
INFORMED = 90


@dataclass(frozen=True, slots=True)
class Places:
    """Where everything stands."""

    title: tuple[Element, ...]
    field: Rect
    results: Rect
    board: Board
    letters: Rect
    controls: Rect


def find(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place the field, what was found so far, and the keyboard."""
    below = bar(flow, glass, area)
    script = flow.visit.script or script_of(flow.visit.language)
    letters = keyboard(script, flow.visit.language)
    places = _low(glass, below.rest, letters) if glass.low else _roomy(glass, below.rest, letters)
    if not glass.low and not _is_roomy(glass, places):
        places = _close(glass, below.rest, letters)
    acts = control_acts(script, space=True)
    hint = glass.say("kiosk.search_hint")
    return (
        *places.title,
        *_results(flow, glass, places.results),
        *field(glass, places.field, flow.visit.typed, hint, "search"),
        *board_keys(glass, places.board, places.letters),
        *control_keys(glass, places.controls, acts),
        *below.elements,
    )


def _roomy(glass: Glass, area: Rect, letters: Keyboard) -> Places:
    """Return the places with a title above and the controls in a row of their own below."""
    top = heading(glass, area, glass.say("kiosk.search"))
    room = top.rest.inset(glass.margin, 0).above(glass.gap)
    controls = room.foot(glass.key)
    rest = room.above(glass.key + glass.gap).below(glass.key + glass.gap)
    made = board(glass, letters, room.w, rest.h - 2 * (glass.tile[1] + glass.gap))
    lower = rest.foot(made.height)
    results = rest.above(made.height + glass.gap)
    return Places(top.elements, room.top(glass.key), results, made, lower, controls)


def _low(glass: Glass, area: Rect, letters: Keyboard) -> Places:
    """Return the places with the title and the field above what is touched."""
    above = glass.stage.inset(glass.margin, glass.pt(10))
    typed = above.foot(glass.key)
    over = glass.stage.above(glass.stage.bottom - typed.y + glass.pt(10))
    top = heading(glass.upright, over.foot(glass.pt(110)), glass.say("kiosk.search"))
    room = area.inset(glass.margin, glass.pt(6))
    controls, rest = room.foot(glass.key), room.above(glass.key + glass.gap)
    made = _board(glass, letters, rest)
    results = rest.above(made.height + glass.gap)
    return Places(top.elements, typed, results, made, rest.foot(made.height), controls)


def _is_roomy(glass: Glass, places: Places) -> bool:
    """Whether the letters have their full size, and the results two rows."""
    return _is_full(glass, places.board) and places.results.h >= 2 * glass.tile[1] + glass.gap


def _is_full(glass: Glass, made: Board) -> bool:
    """Whether a finger finds every letter."""
    return made.gap == glass.gap and min(made.across, made.down) >= glass.screen.mm(KEY_MM)


def _board(glass: Glass, letters: Keyboard, rest: Rect) -> Board:
    """Return the keyboard that leaves two rows to the results; if it must be small, one row."""
    boards = [
        board(glass, letters, rest.w, rest.h - rows * (_result(glass) + glass.gap))
        for rows in (2, 1)
    ]
    return next((one for one in boards if _is_full(glass, one)), boards[-1])


def _close(glass: Glass, area: Rect, letters: Keyboard) -> Places:
    """Return the places with the controls beside the field."""
    room = area.inset(glass.margin, glass.pt(6))
    row, rest = room.top(glass.key), room.below(glass.key + glass.gap)
    made = _board(glass, letters, rest)
    controls = row.end(controls_width(glass, len(SCRIPTS) + 1))
    results = rest.above(made.height + glass.gap)
    lower = rest.foot(made.height)
    return Places((), row.before(controls.w + glass.gap), results, made, lower, controls)


def events(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place the life events."""
    tiles = [
        Tile(
            ChooseEvent(one.id),
            glass.text_of(one.texts),
            one.icon,
            (Fact(glass.say("kiosk.services_count", n=len(one.legs))),),
        )
        for one in (flow.catalogue.events if flow.catalogue else [])
    ]
    title, hint = glass.say("kiosk.events_title"), glass.say("kiosk.events_hint")
    return menu(flow, glass, area, tiles, title, hint)


event = legs.event


def _results(flow: Flow, glass: Glass, area: Rect) -> list[Element]:
    if flow.catalogue is None:
        return []
    found = find_services(flow.visit.typed, flow.catalogue, flow.visit.language)
    if found:
        return _tiles(flow, glass, area, found)
    if flow.visit.typed.strip():
        return _nothing(glass, area)
    faces = glass.faces("regular", "title", "small")
    text = glass.say("kiosk.type_to_find")
    return [glass.text(text, area, faces, "ink_soft", most=3)]


def _tiles(flow: Flow, glass: Glass, area: Rect, found: Sequence[ServiceOut]) -> list[Element]:
    """Return the best results, each with the key that tells all about it where there is room."""
    columns, rows = _shape(glass, area)
    height = min(area.h, rows * (glass.pt(170) + glass.gap) - glass.gap)
    places = cells(area.top(height), columns, rows, glass.gap)
    wide = places[0].w - glass.key - glass.gap >= glass.tile[0]
    informed = wide and places[0].h >= glass.pt(INFORMED)
    best = found[: len(places)]
    tiles = [_tile(flow, glass, one) for one in best]
    spots = [at.before(glass.key + glass.gap) if informed else at for at in places]
    keys: list[Element] = [*place_tiles(glass, tiles, spots[: len(tiles)])]
    if informed:
        ends = [at.end(glass.key) for at in places]
        keys += [_info_key(glass, at, one) for at, one in zip(ends, best, strict=False)]
    return keys


def _tile(flow: Flow, glass: Glass, service: ServiceOut) -> Tile:
    queue = () if flow.server_away or _is_bare(glass) else facts(glass, [service])
    return Tile(ChooseService(service.id), glass.text_of(service.texts), facts=queue)


def _info_key(glass: Glass, cell: Rect, service: ServiceOut) -> Key:
    at = cell.middle(cell.w, min(cell.h, glass.key))
    return label_key(glass, at, OpenInfo(service.id), Look.OUTLINE, "", "info")


def _result(glass: Glass) -> int:
    """Return the least height of a result: without its queue where every row is dear."""
    bare = max(glass.screen.mm(35), glass.pt(BARE))
    return bare if _is_bare(glass) else glass.tile[1]


def _is_bare(glass: Glass) -> bool:
    """Whether large text leaves no room for the queues beside a keyboard."""
    return glass.large and (glass.low or not glass.screen.tall)


def _shape(glass: Glass, area: Rect) -> tuple[int, int]:
    """Return the columns and rows of results that the area has room for."""
    width, height = glass.tile[0], _result(glass)
    columns = max(1, (area.w + glass.gap) // (width + glass.gap))
    rows = max(1, (area.h + glass.gap) // (height + glass.gap))
    if rows == 1:
        return min(columns, IN_A_ROW), 1
    columns = min(columns, 3 if rows == 2 else 2)  # noqa: PLR2004
    return columns, min(rows, MOST // columns)


def _nothing(glass: Glass, area: Rect) -> list[Element]:
    """Say that nothing was found, and offer somebody's help."""
    label = glass.say("kiosk.call_staff")
    width = min(area.w // 2, label_width(glass, label, "help"))
    key = area.end(width).top(min(area.h, glass.key))
    words = area.before(width + glass.gap)
    title, left = glass.flow(
        glass.say("kiosk.nothing_found"),
        words.top(max(words.h * 2 // 5, glass.pt(24))),
        glass.faces("semibold", "title", "small"),
        most=2,
    )
    left = words.below(title.rect.h + glass.pt(4))
    faces = glass.faces("regular", "lead", "small")
    hint = glass.fit(glass.say("kiosk.nothing_found_hint"), left, faces, 4)
    advice = Text(left.top(hint.height), hint.lines, hint.face, "ink_soft")
    said = [title, advice] if hint.height <= left.h else [title]
    return [*said, label_key(glass, key, CallHelp(), Look.PRIMARY, label, "help")]

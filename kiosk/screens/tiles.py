"""A page of tiles: icon, name and status, all set alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kiosk.elements import Key, Look, Part, Text
from kiosk.events import Act
from kiosk.geometry import Rect
from kiosk.screens.glass import Glass
from kiosk.screens.keys import badge
from kiosk.typesetting import Setting, fit_all, fits

MOST_LINES = 3
#: width over height from which the icon stands beside the name
WIDE = 1.5


@dataclass(frozen=True, slots=True)
class Tile:
    """What a tile says and means."""

    act: Act
    name: str
    icon: str = ""
    status: str = ""
    colour: str = "ink_soft"


@dataclass(frozen=True, slots=True)
class _Places:
    icon: Rect
    name: Rect
    status: Rect


#: (glass, cell, height of the status, whether there is an icon) → places
_Arrangement = Callable[[Glass, Rect, int, bool], _Places]


@dataclass(frozen=True, slots=True)
class _Page:
    """A page's tiles, set in one arrangement."""

    arrange: _Arrangement
    foot: int
    names: list[Setting]
    statuses: list[Setting]


def place_tiles(glass: Glass, tiles: Sequence[Tile], cells: Sequence[Rect]) -> tuple[Key, ...]:
    """Return the tiles' keys: one arrangement and one size of type for the whole page."""
    cell = Rect(0, 0, min(one.w for one in cells), min(one.h for one in cells))
    page = _set(glass, tiles, cell)
    return tuple(
        _key(glass, tile, rect, page, number)
        for number, (tile, rect) in enumerate(zip(tiles, cells, strict=False))
    )


def _set(glass: Glass, tiles: Sequence[Tile], cell: Rect) -> _Page:
    """Return the first arrangement in which every name fits, the largest type first."""
    names = [tile.name for tile in tiles]
    has_icon = any(tile.icon for tile in tiles)
    for sizes, arrange in _trials(cell):
        statuses, foot = _statuses(glass, tiles, cell, arrange)
        area = arrange(glass, cell, foot, has_icon).name
        faces = glass.faces("semibold", *sizes)
        set_names = fit_all(names, area.w, area.h, faces, glass.measure, MOST_LINES)
        if fits(names, set_names, area.w, area.h, glass.measure, MOST_LINES):
            break
    return _Page(arrange, foot, set_names, statuses)


def _trials(cell: Rect) -> Iterator[tuple[tuple[str, ...], _Arrangement]]:
    orders = (_beside, _stacked, _compact) if cell.w > cell.h * WIDE else (_stacked, _compact)
    for sizes in (("title", "lead"), ("lead", "body"), ("body", "small")):
        for arrange in orders:
            yield sizes, arrange


def _statuses(
    glass: Glass, tiles: Sequence[Tile], cell: Rect, arrange: _Arrangement
) -> tuple[list[Setting], int]:
    """Return the status lines and their height."""
    has_icon = any(tile.icon for tile in tiles)
    width = arrange(glass, cell, glass.pt(1), has_icon).status.w
    faces = glass.faces("medium", "body", "small")
    statuses = [tile.status for tile in tiles]
    settings = fit_all(statuses, width, cell.h // 3, faces, glass.measure, 2)
    return settings, max(one.height for one in settings)


def _key(glass: Glass, tile: Tile, rect: Rect, page: _Page, number: int) -> Key:
    at = page.arrange(glass, rect, page.foot, bool(tile.icon))
    name, status = page.names[number], page.statuses[number]
    parts: list[Part] = []
    if tile.icon:
        parts += badge(at.icon, tile.icon)
    parts.append(Text(at.name.top(name.height), name.lines, name.face))
    if tile.status:
        parts.append(Text(at.status, status.lines, status.face, tile.colour))
    return Key(rect, tile.act, Look.TILE, tuple(parts), glass.radius("large"))


def _inner(glass: Glass, cell: Rect) -> Rect:
    return cell.inset(min(glass.pt(22), cell.h // 7, cell.w // 10))


def _beside(glass: Glass, cell: Rect, foot: int, has_icon: bool) -> _Places:  # noqa: FBT001
    """Icon at the left; name and status at its right."""
    inner = _inner(glass, cell)
    side = min(glass.pt(60), inner.h // 2)
    words = inner.after(side + glass.pt(16)) if has_icon else inner
    return _Places(
        inner.left(side).top(side), words.above(foot + glass.pt(6)), words.foot(foot)
    )


def _stacked(glass: Glass, cell: Rect, foot: int, has_icon: bool) -> _Places:  # noqa: FBT001
    """Icon on top, name below it, status at the foot."""
    inner = _inner(glass, cell)
    side = min(glass.pt(56), inner.h // 3)
    words = inner.below(side + glass.pt(14)) if has_icon else inner
    return _Places(
        inner.left(side).top(side), words.above(foot + glass.pt(6)), inner.foot(foot)
    )


def _compact(glass: Glass, cell: Rect, foot: int, has_icon: bool) -> _Places:  # noqa: FBT001
    """Name over the whole width; a small icon and the status at the foot."""
    inner = _inner(glass, cell)
    side = glass.pt(28)
    base = inner.foot(max(foot, side) if has_icon else foot)
    status = base.after(side + glass.pt(8)) if has_icon else base
    return _Places(base.left(side).middle(side, side), inner.above(base.h + glass.pt(6)), status)

"""Tiles in rows and columns: as many as a page takes, never smaller than a finger needs."""

from __future__ import annotations

import math
from dataclasses import dataclass

from kiosk.geometry import Rect
from kiosk.screens.glass import Glass

#: width over height that a tile likes to have
ASPECT = 1.75
#: tiles of a small and of a large page, then of what a small screen can take
SIZES = (6, 8)
LESSER = (6, 4, 3, 2, 1)
#: points across that a tile of a large page needs for its name
ROOMY = 200


@dataclass(frozen=True, slots=True)
class Grid:
    """Equal cells, filled row by row; `pages` of them hold all tiles."""

    cells: tuple[Rect, ...]
    pages: int
    per_page: int


def grid(glass: Glass, area: Rect, count: int) -> Grid:
    """Return the cells for `count` tiles in an area."""
    columns, rows = _shape(glass, area, _per_page(glass, area, count))
    pages = max(1, math.ceil(count / (columns * rows)))
    places = cells(area, columns, rows, glass.gap)
    return Grid(tuple(places), pages, max(1, math.ceil(count / pages)))


def cells(area: Rect, columns: int, rows: int, gap: int) -> list[Rect]:
    """Return an area's cells, row by row, with a gap between them."""
    width = (area.w - gap * (columns - 1)) // columns
    height = (area.h - gap * (rows - 1)) // rows
    return [
        Rect(area.x + column * (width + gap), area.y + row * (height + gap), width, height)
        for row in range(rows)
        for column in range(columns)
    ]


def _per_page(glass: Glass, area: Rect, count: int) -> int:
    """Return how many tiles a page should hold: pages are filled evenly."""
    large = _shapes(glass, area, SIZES[1])
    roomy = any(cells(area, *shape, glass.gap)[0].w >= glass.pt(ROOMY) for shape in large)
    most = SIZES[1] if roomy else SIZES[0]
    if count <= most:
        return SIZES[0] if count <= SIZES[0] else most
    per_page = math.ceil(count / math.ceil(count / most))
    return SIZES[0] if per_page <= SIZES[0] else most


def _shape(glass: Glass, area: Rect, size: int) -> tuple[int, int]:
    """Return the columns and rows that bring tiles nearest to the shape they like."""
    for smaller in (size, *LESSER):
        if shapes := _shapes(glass, area, smaller):
            return min(
                shapes, key=lambda shape: abs(math.log(_aspect(glass, area, shape) / ASPECT))
            )
    return 1, 1


def _shapes(glass: Glass, area: Rect, size: int) -> list[tuple[int, int]]:
    """Return the shapes of so many cells in which each is as large as a tile must be."""
    least_w, least_h = glass.tile
    return [
        (columns, size // columns)
        for columns in range(1, size + 1)
        if size % columns == 0
        and (area.w + glass.gap) // columns - glass.gap >= least_w
        and (area.h + glass.gap) // (size // columns) - glass.gap >= least_h
    ]


def _aspect(glass: Glass, area: Rect, shape: tuple[int, int]) -> float:
    cell = cells(area, *shape, glass.gap)[0]
    return cell.w / max(1, cell.h)

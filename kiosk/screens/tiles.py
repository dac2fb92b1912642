"""A page of tiles: icon, name and a few facts, all set alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kiosk.acts import Act
from kiosk.elements import Face, Icon, Key, Look, Part, Text
from kiosk.geometry import Rect
from kiosk.screens.glass import Glass
from kiosk.screens.keys import badge, check
from kiosk.typesetting import Setting, fit_all, fits, line_height

MOST_LINES = 3
#: width over height from which the icon stands beside the name
WIDE = 1.45


@dataclass(frozen=True, slots=True)
class Fact:
    """A few words with a small icon, or without."""

    text: str
    icon: str = ""
    colour: str = "ink_soft"


@dataclass(frozen=True, slots=True)
class Tile:
    """What a tile says and means."""

    act: Act
    name: str
    icon: str = ""
    facts: tuple[Fact, ...] = ()
    look: Look = Look.TILE


@dataclass(frozen=True, slots=True)
class _Places:
    """Where a tile's parts stand."""

    icon: Rect
    name: Rect
    facts: Rect


@dataclass(frozen=True, slots=True)
class _Facts:
    """How the page's facts are set: one beside the other, or one below the other."""

    face: Face
    beside: bool
    height: int


#: (glass, cell, height of the facts, whether there is an icon) → places
_Arrangement = Callable[[Glass, Rect, int, bool], _Places]


@dataclass(frozen=True, slots=True)
class _Page:
    """A page's tiles, set in one arrangement."""

    arrange: _Arrangement
    facts: _Facts
    names: list[Setting]
    #: the room at the right of the names that a check mark may need
    mark: int = 0


def place_tiles(glass: Glass, tiles: Sequence[Tile], cells: Sequence[Rect]) -> tuple[Key, ...]:
    """Return the tiles' keys: one arrangement and one size of type for the whole page."""
    if not tiles:
        return ()
    cell = Rect(0, 0, min(one.w for one in cells), min(one.h for one in cells))
    page = _set(glass, tiles, cell)
    return tuple(
        _key(glass, tile, rect, page, name)
        for tile, rect, name in zip(tiles, cells, page.names, strict=False)
    )


def _set(glass: Glass, tiles: Sequence[Tile], cell: Rect) -> _Page:
    """Return the first arrangement in which every name fits in a good size."""
    names = [tile.name for tile in tiles]
    has_icon = any(tile.icon for tile in tiles)
    mark = glass.pt(28) if any(tile.look is Look.OPTION_ON for tile in tiles) else 0
    orders = (_beside, _stacked, _compact) if cell.w > cell.h * WIDE else (_stacked, _compact)
    for arrange in orders:
        facts = _set_facts(glass, tiles, arrange(glass, cell, 1, has_icon).facts.w)
        area = arrange(glass, cell, facts.height, has_icon).name.before(mark)
        faces = glass.faces("semibold", "title", "small" if arrange is _compact else "body")
        set_names = fit_all(names, area.w, area.h, faces, glass.measure, MOST_LINES)
        if fits(names, set_names, area.w, area.h, glass.measure, MOST_LINES):
            break
    return _Page(arrange, facts, set_names, mark)


def _set_facts(glass: Glass, tiles: Sequence[Tile], width: int) -> _Facts:
    """Return the largest face in which the facts stand in one row; else they stand in two."""
    most = max(len(tile.facts) for tile in tiles)
    for face in glass.faces("medium", "body", "small"):
        if all(_row_width(glass, tile.facts, face) <= width for tile in tiles):
            return _Facts(face, True, line_height(face) if most else 0)
    return _Facts(face, False, line_height(face) * most)


def _row_width(glass: Glass, facts: Sequence[Fact], face: Face) -> int:
    widths = [_fact_width(glass, fact, face) for fact in facts]
    return sum(widths) + glass.pt(18) * (len(widths) - 1)


def _fact_width(glass: Glass, fact: Fact, face: Face) -> int:
    return glass.width(fact.text, face) + (_mark(face) if fact.icon else 0)


def _mark(face: Face) -> int:
    """Return the room that a fact's icon takes, space included."""
    return round(face.size * 1.65)


def _key(glass: Glass, tile: Tile, rect: Rect, page: _Page, name: Setting) -> Key:
    at = page.arrange(glass, rect, page.facts.height, bool(tile.icon))
    parts: list[Part] = []
    if tile.icon:
        parts += badge(at.icon, tile.icon)
    place = at.name.top(name.height) if tile.icon or tile.facts else at.name
    place = place.before(page.mark)
    parts.append(Text(place, name.lines, name.face))
    parts += _facts(glass, tile.facts, at.facts, page.facts)
    if tile.look is Look.OPTION_ON:
        parts += check(rect.inset(glass.pt(14)).end(glass.pt(28)).top(glass.pt(28)))
    return Key(rect, tile.act, tile.look, tuple(parts), glass.radius("large"))


def _facts(glass: Glass, facts: Sequence[Fact], area: Rect, how: _Facts) -> list[Part]:
    parts: list[Part] = []
    height = line_height(how.face)
    row = area.middle(area.w, how.height).top(height)
    for fact in facts:
        side = round(how.face.size * 1.2)
        mark = _mark(how.face) if fact.icon else 0
        if fact.icon:
            parts.append(Icon(row.left(side).middle(side, side), fact.icon, fact.colour))
        wide = glass.width(fact.text, how.face)
        parts.append(Text(row.after(mark).left(wide), (fact.text,), how.face, fact.colour))
        if how.beside:
            row = row.after(mark + wide + glass.pt(18))
        else:
            row = Rect(row.x, row.bottom, row.w, height)
    return parts


def _inner(glass: Glass, cell: Rect) -> Rect:
    return cell.inset(min(glass.pt(22), cell.h // 7, cell.w // 10))


def _beside(glass: Glass, cell: Rect, foot: int, has_icon: bool) -> _Places:  # noqa: FBT001
    """Icon at the left; name and facts at its right."""
    inner = _inner(glass, cell)
    side = min(glass.pt(60), inner.h // 2)
    words = inner.after(side + glass.pt(16)) if has_icon else inner
    return _Places(inner.left(side).top(side), _over(glass, words, foot), words.foot(foot))


def _stacked(glass: Glass, cell: Rect, foot: int, has_icon: bool) -> _Places:  # noqa: FBT001
    """Icon on top, name below it, facts at the foot."""
    inner = _inner(glass, cell)
    side = min(glass.pt(56), inner.h // 3)
    words = inner.below(side + glass.pt(14)) if has_icon else inner
    return _Places(inner.left(side).top(side), _over(glass, words, foot), inner.foot(foot))


def _compact(glass: Glass, cell: Rect, foot: int, has_icon: bool) -> _Places:  # noqa: FBT001
    """Name over the whole width; a small icon and the facts at the foot."""
    inner = _inner(glass, cell)
    side = glass.pt(28)
    base = inner.foot(max(foot, side) if has_icon else foot)
    facts = base.after(side + glass.pt(12)) if has_icon else base
    return _Places(base.left(side).middle(side, side), _over(glass, inner, base.h), facts)


def _over(glass: Glass, words: Rect, foot: int) -> Rect:
    """Return what is left for the name over the facts."""
    return words.above(foot + glass.pt(6)) if foot else words

"""Things to read, one below the other: in one or two columns, on as many pages as they need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kiosk.elements import Align, Box, Code, Element, Face, Icon, Text
from kiosk.geometry import Rect
from kiosk.screens.glass import Glass
from kiosk.typesetting import line_height, wrap

#: a code under this many millimetres is hard to catch with a phone
CODE_MM = 32.0
#: points between two strips, and above a title
BETWEEN, ABOVE = 9, 26


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, with an icon before it or a value at the end of its row, or a code to scan."""

    text: str
    icon: str = ""
    value: str = ""
    code: str = ""
    weight: str = "regular"
    colour: str = "ink"
    #: of the code, millimetres
    side: float = CODE_MM


@dataclass(frozen=True, slots=True)
class Section:
    """A few lines under a title."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """What stands in one row of a column, and how high it is; `title` never ends a column."""

    height: int
    above: int
    lines: tuple[str, ...]
    line: Line
    face: Face
    title: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The strips of each column."""

    columns: list[list[Strip]] = field(default_factory=list)


def paged(
    glass: Glass,
    sections: Iterable[Section],
    width: int,
    height: int,
    columns: int = 1,
    largest: str = "lead",
    smallest: str = "body",
) -> list[Page]:
    """Return the fewest pages that there can be down to the smallest type, in the largest one."""
    every = list(sections)
    sizes = []
    for face in glass.faces("regular", largest, smallest):
        strips = [strip for one in every for strip in _strips(glass, one, width, face)]
        sizes.append(_pages(strips, height, columns))
        if len(sizes[-1]) == 1 and _holds(sizes[-1], height):
            break
    fewest = len(sizes[-1])
    alike = (one for one in sizes if len(one) == fewest and _holds(one, height))
    return next(alike, sizes[-1])


def placed(glass: Glass, strips: Sequence[Strip], area: Rect) -> list[Element]:
    """Return a column's elements."""
    elements: list[Element] = []
    for number, strip in enumerate(strips):
        above = strip.above if number else 0
        elements += _placed(glass, strip, area.below(above).top(strip.height))
        area = area.below(above + strip.height)
    return elements


def fitting(strips: Sequence[Strip], height: int) -> list[Strip]:
    """Return as many of the strips as there is room for; a title does not stand alone."""
    kept = list(strips)
    while kept and (height_of(kept) > height or kept[-1].title):
        kept.pop()
    return kept


def height_of(strips: Sequence[Strip]) -> int:
    """Return the height of a column's strips."""
    return sum(one.height + (one.above if at else 0) for at, one in enumerate(strips))


def _holds(pages: Sequence[Page], height: int) -> bool:
    """Whether no strip is higher than its column."""
    return all(height_of(column) <= height for page in pages for column in page.columns)


def _strips(glass: Glass, section: Section, width: int, face: Face) -> list[Strip]:
    strips = [_strip(glass, line, width, face) for line in section.lines]
    if not section.title:
        return [
            replace(one, above=glass.pt(BETWEEN if at else ABOVE)) for at, one in enumerate(strips)
        ]
    bold = Face("semibold", max(face.size - glass.pt(1), glass.face("small").size))
    lines = wrap(section.title, bold, width, glass.measure)
    title = Line(section.title, colour="ink_soft")
    height = line_height(bold) * len(lines)
    return [Strip(height, glass.pt(ABOVE), lines, title, bold, title=True), *strips]


def _strip(glass: Glass, line: Line, width: int, face: Face) -> Strip:
    own = Face(line.weight, face.size)
    square = glass.screen.mm(line.side) if line.code else 0
    side = square + glass.pt(16) if square else _indent(line, face)
    lines = wrap(line.text, own, width - side - _value_width(glass, line, own), glass.measure)
    height = max(line_height(own) * len(lines), square)
    return Strip(height, glass.pt(BETWEEN), lines, line, own)


def _indent(line: Line, face: Face) -> int:
    return round(face.size * 1.75) if line.icon else 0


def _value_width(glass: Glass, line: Line, face: Face) -> int:
    return glass.width(line.value, face) + glass.pt(20) if line.value else 0


def _pages(strips: Sequence[Strip], height: int, columns: int) -> list[Page]:
    """Fill one column after another; a section that has room in one is not parted."""
    filled: list[list[Strip]] = [[]]
    for at, strip in enumerate(strips):
        kept = _together(strips[at:], height)
        if filled[-1] and height_of([*filled[-1], *kept]) > height:
            filled.append([])
        filled[-1].append(strip)
    return [Page(filled[at : at + columns]) for at in range(0, len(filled), columns)]


def _together(strips: Sequence[Strip], height: int) -> Sequence[Strip]:
    """Return what should stand in one column with the first strip: under a title, its section."""
    if not strips[0].title:
        return strips[:1]
    titles = (at for at, one in enumerate(strips) if at and one.title)
    section = strips[: next(titles, len(strips))]
    return section if height_of(section) <= height else strips[:2]


def _placed(glass: Glass, strip: Strip, row: Rect) -> list[Element]:
    line, face = strip.line, strip.face
    if line.code:
        return _code(glass, strip, row)
    words = row.after(_indent(line, face))
    elements: list[Element] = [Text(words, strip.lines, face, line.colour)]
    if line.icon:
        side = round(face.size * 1.25)
        top = row.top(line_height(face))
        tint = "accent" if line.colour == "ink" else line.colour
        elements.append(Icon(top.left(side).middle(side, side), line.icon, tint))
    if line.value:
        width = _value_width(glass, line, face)
        value = Text(row.end(width), (line.value,), face, line.colour, Align.RIGHT)
        elements[0] = Text(words.before(width), strip.lines, face, line.colour)
        elements.append(value)
    return elements


def _code(glass: Glass, strip: Strip, row: Rect) -> list[Element]:
    side = glass.screen.mm(strip.line.side)
    square = row.left(side).top(side)
    words = row.after(side + glass.pt(16))
    return [
        Box(square, "surface", glass.radius("small"), "line"),
        Code(square.inset(glass.pt(3)), strip.line.code),
        Text(words, strip.lines, strip.face, strip.line.colour),
    ]

"""The parts that every piece of paper is made of: number, rows, hairlines, marks and end line."""

from itertools import accumulate

from printer.blocks import Box, Strip, Text, beside, space, stack
from printer.paper import PAPER_80, Paper
from printer.paragraphs import Column, full_width, paragraph
from printer.typeface import Face, Measure, Weight

#: The number's capitals are 20 mm high where the paper is wide enough for them.
LARGEST_NUMBER = 232
#: All rows shrink together to have label and value on one line; what is longer takes two lines.
ROW_SIZES = (28, 26, 24)
ROW_GAP = 16
HAIRLINE = 2

Row = tuple[str, str]


def face_for(weight: Weight, size: int, paper: Paper) -> Face:
    """Return the type at its size on wide paper, a tenth smaller on narrow paper."""
    return Face(weight, size if paper.mm >= PAPER_80.mm else round(size * 0.9))


def number(text: str, paper: Paper, measure: Measure) -> Strip:
    """Return the number as large as the paper takes it, up to 20 mm.

    Its letters stand apart by themselves: kerning would let a T and a 7 run into each other.
    """
    size = LARGEST_NUMBER
    while (width := _spaced(text, Face("Bold", size), measure)[-1]) > paper.inner:
        size = min(size - 1, size * paper.inner // width)
    face = Face("Bold", size)
    left = paper.margin + (paper.inner - width) // 2
    places = zip(text, _spaced(text, face, measure), strict=False)
    letters = tuple(Text(left + x, face.capital, letter, face) for letter, x in places)
    return Strip(face.capital if text else 0, letters)


def rule(paper: Paper) -> Strip:
    """Return a hairline from margin to margin."""
    return Strip(HAIRLINE, (Box(paper.margin, 0, paper.inner, HAIRLINE),))


def mark_band(text: str, paper: Paper, measure: Measure) -> Strip:
    """Return the mark of a copy or repeat, white on a black band; nothing for an original."""
    if not text:
        return space(0)
    inside, face = Column(paper.margin + 12, paper.inner - 24), face_for("Bold", 30, paper)
    mark = stack((space(4), paragraph(text, face, inside, measure, white=True), space(8)))
    band = Box(paper.margin, 0, paper.inner, mark.height, radius=14)
    return Strip(mark.height, (band, *mark.blocks))


def rows(lines: tuple[Row, ...], paper: Paper, measure: Measure) -> Strip:
    """Return labels and values in rows, a hairline above each."""
    filled = [row for row in lines if any(row)]
    fitting = (
        size for size in ROW_SIZES if all(_fits(row, size, paper, measure) for row in filled)
    )
    size = next(fitting, ROW_SIZES[1])
    strips = (_row(row, size, paper, measure) for row in filled)
    return stack(part for strip in strips for part in (rule(paper), space(6), strip, space(7)))


def end_line(text: str, paper: Paper, measure: Measure) -> Strip:
    """Return the last line under its hairline: a piece of paper without it is torn."""
    end = paragraph(text, face_for("Medium", 25, paper), full_width(paper), measure)
    return stack((rule(paper), space(6), end))


def _spaced(text: str, face: Face, measure: Measure) -> list[int]:
    """Return where each letter begins, and where the last one ends."""
    apart = face.size // 24
    places = list(accumulate((measure(letter, face) + apart for letter in text), initial=0))
    return [*places[:-1], max(0, places[-1] - apart)]


def _fits(row: Row, size: int, paper: Paper, measure: Measure) -> bool:
    label, value = row
    width = measure(label, Face("Regular", size)) + measure(value, Face("SemiBold", size))
    return width + ROW_GAP <= paper.inner


def _row(row: Row, size: int, paper: Paper, measure: Measure) -> Strip:
    label, value = row
    left = Column(paper.margin, paper.inner, "left")
    right = Column(paper.margin, paper.inner, "right" if label else "centre")
    strips = (
        paragraph(label, Face("Regular", size), left, measure),
        paragraph(value, Face("SemiBold", size), right, measure),
    )
    return beside(*strips) if _fits(row, size, paper, measure) else stack(strips)

"""What the paper says and where: a slip becomes blocks for the width of a paper."""

from itertools import accumulate

from printer.blocks import Box, CodeBox, Sheet, Text, beside, space, stack
from printer.paper import DOTS_PER_MM, PAPER_80, Paper
from printer.paragraphs import Column, full_width, paragraph
from printer.qr import QUIET, make_code
from printer.slip import Slip
from printer.typeface import Face, Measure, Weight

#: The number's capitals are 20 mm high where the paper is wide enough for them.
LARGEST_NUMBER = 232
CODE_AIM = 32 * DOTS_PER_MM
#: Notes stand beside the code if they have at least this much room.
NOTES_ROOM = 24 * DOTS_PER_MM
#: All rows shrink together to have label and value on one line; what is longer takes two lines.
ROW_SIZES = (28, 26, 24)
ROW_GAP = 16
HAIRLINE = 2


def lay_out(slip: Slip, paper: Paper, measure: Measure) -> Sheet:
    """Return the slip's blocks: center, number, service, lines, code, and the end line last."""
    column = full_width(paper)
    parts = (
        _copy_mark(slip, paper, measure),
        paragraph(slip.center, _face("Medium", 28, paper), column, measure),
        number(slip.number, paper, measure),
        paragraph(slip.service, _face("SemiBold", 34, paper), column, measure),
        _rows(slip, paper, measure),
        _code(slip, paper, measure),
        _end(slip, paper, measure),
    )
    gaps = (16, 28, 20, 16, 0, 0, 8)
    pairs = ((part, space(gap)) for part, gap in zip(parts, gaps, strict=True) if part.height)
    return stack((space(8), *(sheet for pair in pairs for sheet in pair)))


def number(text: str, paper: Paper, measure: Measure) -> Sheet:
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
    return Sheet(face.capital if text else 0, letters)


def rule(paper: Paper) -> Sheet:
    """Return a hairline from margin to margin."""
    return Sheet(HAIRLINE, (Box(paper.margin, 0, paper.inner, HAIRLINE),))


def _spaced(text: str, face: Face, measure: Measure) -> list[int]:
    """Return where each letter begins, and where the last one ends."""
    apart = face.size // 24
    places = list(accumulate((measure(letter, face) + apart for letter in text), initial=0))
    return [*places[:-1], max(0, places[-1] - apart)]


def _face(weight: Weight, size: int, paper: Paper) -> Face:
    return Face(weight, size if paper.mm >= PAPER_80.mm else round(size * 0.9))


def _copy_mark(slip: Slip, paper: Paper, measure: Measure) -> Sheet:
    if slip.copy == 1:
        return space(0)
    inside, face = Column(paper.margin + 12, paper.inner - 24), _face("Bold", 30, paper)
    text = f"{slip.copy_mark} · {slip.copy}"
    mark = stack((space(4), paragraph(text, face, inside, measure, white=True), space(8)))
    band = Box(paper.margin, 0, paper.inner, mark.height, radius=14)
    return Sheet(mark.height, (band, *mark.blocks))


def _rows(slip: Slip, paper: Paper, measure: Measure) -> Sheet:
    rows = [row for row in slip.lines if any(row)]
    fitting = (size for size in ROW_SIZES if all(_fits(row, size, paper, measure) for row in rows))
    size = next(fitting, ROW_SIZES[1])
    sheets = (_row(row, size, paper, measure) for row in rows)
    return stack(part for sheet in sheets for part in (rule(paper), space(6), sheet, space(7)))


def _fits(row: tuple[str, str], size: int, paper: Paper, measure: Measure) -> bool:
    label, value = row
    width = measure(label, Face("Regular", size)) + measure(value, Face("SemiBold", size))
    return width + ROW_GAP <= paper.inner


def _row(row: tuple[str, str], size: int, paper: Paper, measure: Measure) -> Sheet:
    label, value = row
    left = Column(paper.margin, paper.inner, "left")
    right = Column(paper.margin, paper.inner, "right" if label else "centre")
    sheets = (
        paragraph(label, Face("Regular", size), left, measure),
        paragraph(value, Face("SemiBold", size), right, measure),
    )
    return beside(*sheets) if _fits(row, size, paper, measure) else stack(sheets)


def _code(slip: Slip, paper: Paper, measure: Measure) -> Sheet:
    if not slip.url:
        return stack((rule(paper), space(6), _notes(slip, full_width(paper), paper, measure)))
    code = make_code(slip.url, paper.width_dots, CODE_AIM)
    left = max(0, paper.margin - QUIET * code.module)
    room = paper.width_dots - paper.margin - left - code.size
    if slip.notes and room >= NOTES_ROOM:
        notes = _notes(slip, Column(left + code.size, room, "left"), paper, measure)
        return stack((rule(paper), beside(Sheet(code.size, (CodeBox(left, 0, code),)), notes)))
    picture = Sheet(code.size, (CodeBox((paper.width_dots - code.size) // 2, 0, code),))
    return stack((rule(paper), picture, _notes(slip, full_width(paper), paper, measure)))


def _notes(slip: Slip, column: Column, paper: Paper, measure: Measure) -> Sheet:
    face = _face("Regular", 26, paper)
    notes = (paragraph(note, face, column, measure) for note in slip.notes)
    return stack(part for note in notes for part in (note, space(8)))


def _end(slip: Slip, paper: Paper, measure: Measure) -> Sheet:
    end = paragraph(slip.end, _face("Medium", 25, paper), full_width(paper), measure)
    return stack((rule(paper), space(6), end))

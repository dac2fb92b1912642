"""What a sheet to take home says and where: headings, boxes to tick, crosses for refusals."""

from printer.blocks import Box, Strip, Text, frame, space, stack
from printer.paper import Paper
from printer.paragraphs import Column, full_width, paragraph
from printer.parts import end_line, face_for, mark_band, rows, rule
from printer.sheet import Bullet, Section, Sheet
from printer.typeface import Face, Measure

#: The thick line under a heading.
_LINE = 5
#: From the margin to the text behind a box or cross, in parts of the text's size.
_INDENT = 1.6
_BOX_LINE, _BOX_CORNER = 3, 5
_CROSS = "×"


def lay_out_sheet(sheet: Sheet, paper: Paper, measure: Measure) -> Strip:
    """Return the sheet's blocks: center, title, facts, the sections, and the end line last."""
    column = full_width(paper)
    parts = (
        mark_band(sheet.marks, paper, measure),
        paragraph(sheet.center, face_for("Medium", 26, paper), column, measure),
        paragraph(sheet.title, face_for("Bold", 42, paper), column, measure),
        rows(sheet.facts, paper, measure),
        *(_section(one, paper, measure) for one in sheet.sections),
        end_line(sheet.end, paper, measure),
    )
    gaps = (16, 14, 18, 12, *(10 for _ in sheet.sections), 8)
    pairs = ((part, space(gap)) for part, gap in zip(parts, gaps, strict=True) if part.height)
    return stack((space(8), *(strip for pair in pairs for strip in pair)))


def _section(section: Section, paper: Paper, measure: Measure) -> Strip:
    lines = [_line(line, section.bullet, paper, measure) for line in section.lines if line]
    spaced = [part for line in lines for part in (line, space(10))]
    if not section.heading:
        return stack((rule(paper), space(8), *spaced)) if lines else space(0)
    return stack((_heading(section.heading, paper, measure), space(12), *spaced))


def _heading(text: str, paper: Paper, measure: Measure) -> Strip:
    column = Column(paper.margin, paper.inner, "left")
    words = paragraph(text, face_for("Bold", 32, paper), column, measure)
    line = Strip(_LINE, (Box(paper.margin, 0, paper.inner, _LINE),))
    return stack((space(6), words, space(2), line))


def _line(text: str, bullet: Bullet, paper: Paper, measure: Measure) -> Strip:
    face = face_for("Regular", 28, paper)
    indent = round(face.size * _INDENT) if bullet is not Bullet.NONE else 0
    column = Column(paper.margin + indent, paper.inner - indent, "left")
    words = paragraph(text, face, column, measure)
    return Strip(words.height, (*_bullet(bullet, face, paper, measure), *words.blocks))


def _bullet(bullet: Bullet, face: Face, paper: Paper, measure: Measure) -> tuple[Box | Text, ...]:
    """Return what stands in front of a line, as high as its capitals and a little more."""
    side = face.capital + 6
    top = face.ascender - face.capital - 3
    if bullet is Bullet.BOX:
        return _moved(frame(side, side, _BOX_LINE, _BOX_CORNER), paper.margin, top)
    if bullet is Bullet.CROSS:
        large = Face("Bold", round(face.size * 1.7))
        left = paper.margin + (side - measure(_CROSS, large)) // 2
        return (Text(max(paper.margin, left), face.ascender + 6, _CROSS, large),)
    return ()


def _moved(boxes: tuple[Box, ...], x: int, y: int) -> tuple[Box, ...]:
    return tuple(Box(b.x + x, b.y + y, b.width, b.height, b.radius, b.white) for b in boxes)

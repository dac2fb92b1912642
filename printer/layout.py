"""What the slip says and where: a slip becomes blocks for the width of a paper."""

from printer.blocks import CodeBox, Strip, beside, frame, space, stack
from printer.paper import DOTS_PER_MM, Paper
from printer.paragraphs import Column, full_width, paragraph
from printer.parts import end_line, face_for, mark_band, number, rows, rule
from printer.qr import QUIET, make_code
from printer.slip import Slip
from printer.typeface import Measure

CODE_AIM = 32 * DOTS_PER_MM
#: Notes stand beside the code if they have at least this much room.
NOTES_ROOM = 24 * DOTS_PER_MM
#: The frame around the hints: its line, its corners, and the room within.
_FRAME, _CORNER, _INSET = 3, 14, 18


def lay_out(slip: Slip, paper: Paper, measure: Measure) -> Strip:
    """Return the slip's blocks: center, number, service, lines, code, and the end line last."""
    column = full_width(paper)
    parts = (
        mark_band(slip.marks, paper, measure),
        paragraph(slip.center, face_for("Medium", 28, paper), column, measure),
        number(slip.number, paper, measure),
        paragraph(slip.service, face_for("SemiBold", 34, paper), column, measure),
        rows(slip.lines, paper, measure),
        _hints(slip, paper, measure),
        _code(slip, paper, measure),
        end_line(slip.end, paper, measure),
    )
    gaps = (16, 28, 20, 16, 0, 12, 0, 8)
    pairs = ((part, space(gap)) for part, gap in zip(parts, gaps, strict=True) if part.height)
    return stack((space(8), *(strip for pair in pairs for strip in pair)))


def _hints(slip: Slip, paper: Paper, measure: Measure) -> Strip:
    """Return the hints within one frame, so that they are not overlooked."""
    filled = [hint for hint in slip.hints if hint]
    if not filled:
        return space(0)
    column = Column(paper.margin + _INSET, paper.inner - 2 * _INSET, "left")
    face = face_for("Medium", 26, paper)
    texts = [paragraph(hint, face, column, measure) for hint in filled]
    between = [part for text in texts for part in (space(8), text)]
    inside = stack((space(4), *between, space(14)))
    lines = Strip(0, frame(paper.inner, inside.height, _FRAME, _CORNER)).moved(paper.margin, 0)
    return stack((rule(paper), space(12), Strip(inside.height, (*lines, *inside.blocks))))


def _code(slip: Slip, paper: Paper, measure: Measure) -> Strip:
    if not slip.url:
        return stack((rule(paper), space(6), _notes(slip, full_width(paper), paper, measure)))
    code = make_code(slip.url, paper.width_dots, CODE_AIM)
    left = max(0, paper.margin - QUIET * code.module)
    room = paper.width_dots - paper.margin - left - code.size
    if slip.notes and room >= NOTES_ROOM:
        notes = _notes(slip, Column(left + code.size, room, "left"), paper, measure)
        return stack((rule(paper), beside(Strip(code.size, (CodeBox(left, 0, code),)), notes)))
    picture = Strip(code.size, (CodeBox((paper.width_dots - code.size) // 2, 0, code),))
    return stack((rule(paper), picture, _notes(slip, full_width(paper), paper, measure)))


def _notes(slip: Slip, column: Column, paper: Paper, measure: Measure) -> Strip:
    face = face_for("Regular", 26, paper)
    notes = (paragraph(note, face, column, measure) for note in slip.notes)
    return stack(part for note in notes for part in (note, space(8)))

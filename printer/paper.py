"""The rolls a thermal printer of 203 dpi takes."""

from dataclasses import dataclass

DOTS_PER_MM = 8


@dataclass(frozen=True, slots=True)
class Paper:
    """A roll: its width in millimetres and the dots across that can be printed."""

    mm: int
    width_dots: int
    margin: int

    @property
    def inner(self) -> int:
        """Return the dots between the left and the right margin."""
        return self.width_dots - 2 * self.margin


PAPER_80 = Paper(mm=80, width_dots=576, margin=16)
PAPER_58 = Paper(mm=58, width_dots=384, margin=8)
PAPERS = {paper.mm: paper for paper in (PAPER_58, PAPER_80)}

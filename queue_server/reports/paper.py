"""The paper of a report: A4, Fira Sans, the colours of the tokens, a foot with page x of y."""

from __future__ import annotations

from typing import Final

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from config import fonts, tokens
from queue_server.reports.headlines import SIGNS, Level

MARGIN: Final = 14.0
WIDTH: Final = 210.0 - 2 * MARGIN
#: what is left free below for the foot
_FOOT: Final = 18.0


class Paper(FPDF):
    """Pages to draw on, in millimetres; `foot` stands at the bottom of each one."""

    def __init__(self, foot: str, page_of: str) -> None:
        super().__init__(format="A4")
        self._foot, self._page_of = foot, page_of
        for weight in ("regular", "medium", "semibold"):
            self.add_font(weight, fname=fonts.path(weight))
        self.set_margins(MARGIN, MARGIN, MARGIN)
        # texts begin just where lines and boxes do
        self.c_margin = 0
        self.set_auto_page_break(auto=True, margin=_FOOT)
        self.add_page()

    def footer(self) -> None:
        """Draw the foot of a page; the library calls this."""
        self.rule(297 - 13, "line")
        number = self._page_of.format(page=self.page_no(), pages="{nb}")
        self.write_at(MARGIN, 297 - 11.5, self._foot, 7, colour="ink_soft")
        self.write_at(MARGIN + WIDTH - 30, 297 - 11.5, number, 7, width=30, align="R")

    def ink(self, colour: str) -> None:
        """Draw on in a colour of the tokens: text, lines and areas."""
        red, green, blue = tokens.load().rgb(colour)
        self.set_text_color(red, green, blue)
        self.set_draw_color(red, green, blue)
        self.set_fill_color(red, green, blue)

    def rule(self, y: float, colour: str, x: float = MARGIN, width: float = WIDTH) -> None:
        """Draw a hairline across."""
        self.ink(colour)
        self.set_line_width(0.2)
        self.line(x, y, x + width, y)

    def box(
        self, x: float, y: float, width: float, height: float, colour: str, radius: float = 0
    ) -> None:
        """Fill a rectangle, with round corners where there is room for them."""
        self.ink(colour)
        rounded = 0 < 2 * radius <= min(width, height)
        if width <= 0 or height <= 0:
            return
        self.rect(x, y, width, height, "F", round_corners=rounded, corner_radius=radius)

    def mark_level(self, level: Level, x: float, y: float) -> None:
        """Draw the sign of a level round a point, 4 mm across."""
        self.ink(SIGNS[level].colour)
        self.set_line_width(0.45)
        if level == "watch":
            self.polygon([(x, y - 1.7), (x + 1.9, y + 1.6), (x - 1.9, y + 1.6)], style="D")
            self.line(x, y - 0.6, x, y + 0.5)
            self.line(x, y + 1.0, x, y + 1.1)
        elif level == "good":
            self.polyline([(x - 1.6, y + 0.1), (x - 0.4, y + 1.3), (x + 1.7, y - 1.3)])
        else:
            self.line(x - 1.3, y - 1.3, x + 1.3, y + 1.3)
            self.line(x - 1.3, y + 1.3, x + 1.3, y - 1.3)

    def write_at(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        weight: str = "regular",
        colour: str = "ink",
        width: float = WIDTH,
        align: str = "L",
    ) -> None:
        """Write one line, made smaller where it would not fit; size in points."""
        self.ink(colour)
        self.set_font(weight, size=self.fitting(text, weight, size, width))
        self.set_xy(x, y)
        self.cell(
            width, size * 0.46, _printable(text), align=align, new_x=XPos.LEFT, new_y=YPos.TOP
        )

    def fitting(self, text: str, weight: str, size: float, width: float) -> float:
        """Return the size, or the smaller one at which the text is no wider."""
        self.set_font(weight, size=size)
        wide = self.get_string_width(text)
        return size if wide <= width else size * width / wide * 0.99

    def lines_of(self, text: str, weight: str, size: float, width: float) -> list[str]:
        """Return a text broken into lines of a width."""
        self.set_font(weight, size=size)
        found = self.multi_cell(width, size * 0.46, _printable(text), dry_run=True, output="LINES")
        return list(found) if isinstance(found, list) else [text]

    def room(self, height: float) -> bool:
        """Whether so much fits below on this page."""
        return bool(self.get_y() + height <= 297 - _FOOT)

    def need(self, height: float) -> None:
        """Go on to a new page unless so much fits on this one."""
        if not self.room(height):
            self.add_page()
            self.set_y(MARGIN)


def _printable(text: str) -> str:
    """Return a text without control characters, which no font draws."""
    return "".join(letter if letter.isprintable() or letter == "\u00a0" else " " for letter in text)

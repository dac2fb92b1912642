"""Blocks become dots: a 1-bit picture of the slip, the same on every printer."""

from functools import lru_cache

from PIL import Image, ImageDraw

from printer.blocks import Block, Box, Strip, Text
from printer.layout import lay_out
from printer.paper import Paper
from printer.printable import Printable
from printer.qr import QUIET, Code
from printer.sheet import Sheet
from printer.sheet_layout import lay_out_sheet
from printer.typeface import Face, font, measure

#: How much of a dot, of 255, a letter covers where the dot is black; no dithering.
THRESHOLD = 112
BLACK, WHITE = 0, 255

_TO_INK = [0] * THRESHOLD + [255] * (256 - THRESHOLD)
_DARK_TO_BLACK = [255] + [0] * 255


def render(page: Printable, paper: Paper) -> Image.Image:
    """Return the slip or sheet as a 1-bit picture as wide as `paper`: black is ink."""
    if isinstance(page, Sheet):
        return draw(lay_out_sheet(page, paper, measure), paper)
    return draw(lay_out(page, paper, measure), paper)


def draw(strip: Strip, paper: Paper) -> Image.Image:
    """Return the strip's blocks as a 1-bit picture as wide as `paper`."""
    canvas = Image.new("1", (paper.width_dots, strip.height), WHITE)
    for block in strip.blocks:
        _draw_block(canvas, block)
    return canvas


def _draw_block(canvas: Image.Image, block: Block) -> None:
    if isinstance(block, Text):
        mask, left, top = _ink(block.text, block.face)
        canvas.paste(WHITE if block.white else BLACK, (block.x + left, block.y + top), mask)
    elif isinstance(block, Box):
        ink = WHITE if block.white else BLACK
        corners = (block.x, block.y, block.x + block.width - 1, block.y + block.height - 1)
        ImageDraw.Draw(canvas).rounded_rectangle(corners, block.radius, fill=ink)
    else:
        quiet = QUIET * block.code.module
        canvas.paste(_modules(block.code), (block.x + quiet, block.y + quiet))


@lru_cache(maxsize=512)
def _ink(text: str, face: Face) -> tuple[Image.Image, int, int]:
    """Return the letters as a mask, and where its corner lies from the start of the baseline."""
    left, top, right, bottom = (round(edge) for edge in font(face).getbbox(text, anchor="ls"))
    grey = Image.new("L", (max(1, right - left), max(1, bottom - top)))
    ImageDraw.Draw(grey).text((-left, -top), text, fill=255, font=font(face), anchor="ls")
    return grey.point(_TO_INK, mode="1"), left, top


def _modules(code: Code) -> Image.Image:
    side = len(code.rows)
    small = Image.frombytes("L", (side, side), b"".join(code.rows)).point(_DARK_TO_BLACK, "1")
    return small.resize((side * code.module,) * 2, Image.Resampling.NEAREST)

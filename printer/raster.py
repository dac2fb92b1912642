"""Blocks become dots: a 1-bit picture of the slip, the same on every printer."""

from functools import lru_cache

from PIL import Image, ImageDraw

from printer.blocks import Block, Box, Sheet, Text
from printer.layout import lay_out
from printer.paper import Paper
from printer.qr import QUIET, Code
from printer.slip import Slip
from printer.typeface import Face, font, measure

#: How much of a dot, of 255, a letter covers where the dot is black; no dithering.
THRESHOLD = 112
BLACK, WHITE = 0, 255

_TO_INK = [0] * THRESHOLD + [255] * (256 - THRESHOLD)
_DARK_TO_BLACK = [255] + [0] * 255


def render(slip: Slip, paper: Paper) -> Image.Image:
    """Return the slip as a 1-bit picture as wide as `paper`: black is ink."""
    return draw(lay_out(slip, paper, measure), paper)


def draw(sheet: Sheet, paper: Paper) -> Image.Image:
    """Return the sheet's blocks as a 1-bit picture as wide as `paper`."""
    canvas = Image.new("1", (paper.width_dots, sheet.height), WHITE)
    for block in sheet.blocks:
        _draw_block(canvas, block)
    return canvas


def _draw_block(canvas: Image.Image, block: Block) -> None:
    if isinstance(block, Text):
        ink, left, top = _ink(block.text, block.face)
        canvas.paste(WHITE if block.white else BLACK, (block.x + left, block.y + top), ink)
    elif isinstance(block, Box):
        corners = (block.x, block.y, block.x + block.width - 1, block.y + block.height - 1)
        ImageDraw.Draw(canvas).rounded_rectangle(corners, block.radius, fill=BLACK)
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

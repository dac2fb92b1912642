"""What a slip is drawn from: texts, boxes and a code at their places, all in dots."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from printer.qr import Code
from printer.typeface import Face


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text: its left edge and its baseline."""

    x: int
    y: int
    text: str
    face: Face
    #: White, for a line on a black box.
    white: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A black box, its corners round by `radius`."""

    x: int
    y: int
    width: int
    height: int
    radius: int = 0
    #: White, to hollow out a black one.
    white: bool = False


@dataclass(frozen=True, slots=True)
class CodeBox:
    """A QR code; `x` and `y` are the corner of its quiet zone."""

    x: int
    y: int
    code: Code


Block = Text | Box | CodeBox


@dataclass(frozen=True, slots=True)
class Strip:
    """Blocks on a piece of paper `height` dots long."""

    height: int
    blocks: tuple[Block, ...] = ()

    def moved(self, dx: int, dy: int) -> tuple[Block, ...]:
        """Return the blocks, each moved to the right and down."""
        return tuple(replace(block, x=block.x + dx, y=block.y + dy) for block in self.blocks)


def space(height: int) -> Strip:
    """Return an empty piece of paper `height` dots long."""
    return Strip(height)


def stack(strips: Iterable[Strip]) -> Strip:
    """Return one strip with the given ones from top to bottom."""
    height = 0
    blocks: list[Block] = []
    for strip in strips:
        blocks += strip.moved(0, height)
        height += strip.height
    return Strip(height, tuple(blocks))


def frame(width: int, height: int, line: int, radius: int = 0) -> tuple[Box, Box]:
    """Return the outline of a box, `line` dots thick, from the corner (0, 0)."""
    inner = (width - 2 * line, height - 2 * line)
    return (
        Box(0, 0, width, height, radius),
        Box(line, line, *inner, radius=max(0, radius - line), white=True),
    )


def beside(left: Strip, right: Strip) -> Strip:
    """Return one strip with two that share it, the lower one centred beside the higher."""
    height = max(left.height, right.height)
    first = left.moved(0, (height - left.height) // 2)
    return Strip(height, first + right.moved(0, (height - right.height) // 2))

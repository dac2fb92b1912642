"""The board of a hall where nobody is called: the center, the clock, and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from display_board.frame import Frame
from display_board.scene import Shape
from display_board.speech import Speech
from display_board.view import View


def idle(frame: Frame, view: View, speech: Speech) -> Iterator[Shape]:
    """Return the shapes."""
    yield from ()

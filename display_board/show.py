"""The board at work: hears what reaches it, and draws only when there is something new to see."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

import pygame

from config.wording import Wording
from display_board import layout
from display_board.center import Center
from display_board.memory import Memory, Remembered
from display_board.painter import paint
from display_board.scene import Screen
from display_board.speech import Speech, Voice
from display_board.state import Board, Message, apply
from display_board.typeface import measure
from display_board.view import View, see, turn

#: shades that the newest call goes through while it glows, once a second
_SHADES: Final = 4


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant on both clocks: steady seconds, and the time of day."""

    steady: float
    wall: datetime


@dataclass(frozen=True, slots=True)
class Picture:
    """All that decides what is drawn; as long as it stays the same, nothing is."""

    screen: Screen
    view: View
    speech: Speech
    pulse: float


class Show:
    """One board on one surface."""

    def __init__(
        self, hall: int, languages: tuple[str, ...], memory: Memory, announce: Callable[[], None]
    ) -> None:
        self._languages, self._memory, self._announce = languages, memory, announce
        self._voice = Voice(Wording.load(), Center(), hall)
        self._drawn: Picture | None = None
        self.board = Board()

    def recall(self, now: Moment) -> None:
        """Begin with what was known last."""
        known = self._memory.recall(now.wall)
        if known is not None:
            self.board = known.board
            self._voice = replace(self._voice, center=known.center)

    def hear(self, message: Message) -> None:
        """Take a message: remember what it changed, and sound for a new call."""
        before, self.board = self.board, apply(self.board, message)
        if self.board.turn > before.turn:
            self._announce()
        if (self.board.rows, self.board.connection) != (before.rows, before.connection):
            self._keep(message.at)

    def meet(self, center: Center, at: str) -> None:
        """Take what the server says of the center."""
        if center != self._voice.center:
            self._voice = replace(self._voice, center=center)
            self._keep(at)

    def draw(self, surface: pygame.Surface, screen: Screen, now: Moment) -> bool:
        """Draw if there is something new to see, and return whether."""
        picture = self._picture(screen, now)
        if picture == self._drawn:
            return False
        self._drawn = picture
        paint(surface, layout.arrange(picture.view, picture.speech, screen, measure, picture.pulse))
        return True

    def forget_drawing(self) -> None:
        """Draw again at the next chance: the surface was lost."""
        self._drawn = None

    def _picture(self, screen: Screen, now: Moment) -> Picture:
        view = see(self.board, now.steady, layout.room(screen))
        language = self._languages[turn(now.steady, len(self._languages))]
        notice = self._voice.warn(language, view.notice, self.board)
        speech = self._voice.speak(language, now.wall, notice)
        return Picture(screen, view, speech, _pulse(view, now.steady))

    def _keep(self, at: str) -> None:
        """Keep what the server has said; what is old already is on the disk already."""
        if self.board.seq is not None:
            at = self.board.stale_since or at
            self._memory.keep(Remembered(self.board, self._voice.center), at)


def rfc3339(at: datetime) -> str:
    """Return a time as it is written on the wire."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _pulse(view: View, now: float) -> float:
    """Return how deep the newest call glows: from 0 to 1 and back within a second."""
    if view.newest is None or not view.newest.lit:
        return 0.0
    depth = (1 - math.cos(2 * math.pi * now)) / 2
    return round(depth * _SHADES) / _SHADES

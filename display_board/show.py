"""The board at work: hears what reaches it, and draws only when there is something new to see."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final

import pygame

from config.theming import Theme
from config.wording import Wording
from display_board import bulletin, layout
from display_board.center import Center
from display_board.media import Projector, Slide
from display_board.memory import Memory, Remembered
from display_board.painter import paint, rgb
from display_board.plan import Format
from display_board.scene import Scene, Screen
from display_board.speech import Speech, Voice
from display_board.state import Board, Message, apply
from display_board.typeface import measure
from display_board.view import View, page_of_waits, see, see_windows, turn, windows_of

#: shades that the newest call goes through while it glows, once a second
_SHADES: Final = 4


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant on both clocks: steady seconds, and the time of day."""

    steady: float
    wall: datetime


@dataclass(frozen=True, slots=True)
class Style:
    """How a board is laid out and coloured."""

    form: Format = field(default_factory=Format)
    theme: Theme = field(default_factory=Theme)


@dataclass(frozen=True, slots=True)
class Picture:
    """All that decides what is drawn; as long as it stays the same, nothing is."""

    screen: Screen
    form: Format
    view: View
    speech: Speech
    #: among how many windows a board by window divides itself
    windows: int
    pulse: float


class Show:
    """One board on one surface."""

    def __init__(
        self,
        hall: int,
        languages: tuple[str, ...],
        memory: Memory,
        announce: Callable[[Board, Board, Message], None],
        style: Style | None = None,
        projector: Projector | None = None,
    ) -> None:
        """Show a hall; `announce` is told the board before and after each message."""
        self._languages, self._memory, self._announce = languages, memory, announce
        self._style, self._projector = style or Style(), projector
        self._palette = self._style.theme.palette
        self._voice = Voice(Wording.load(), Center(), hall)
        self._drawn: Picture | None = None
        self._slide: Slide | None = None
        self.board = Board()

    def recall(self, now: Moment) -> None:
        """Begin with what was known last."""
        known = self._memory.recall(now.wall)
        if known is not None:
            self.board = known.board
            self._voice = replace(self._voice, center=known.center)

    def hear(self, message: Message) -> None:
        """Take a message: announce what it says, and remember what it changed."""
        before, self.board = self.board, apply(self.board, message)
        self._announce(before, self.board, message)
        if _lasting(self.board) != _lasting(before):
            self._keep(message.at)

    def meet(self, center: Center, at: str) -> None:
        """Take what the server says of the center."""
        if center != self._voice.center:
            self._voice = replace(self._voice, center=center)
            self._keep(at)

    def draw(self, surface: pygame.Surface, screen: Screen, now: Moment) -> bool:
        """Draw if there is something new to see, and return whether."""
        picture = self._picture(screen, now)
        slide = self._projector.slide if self._projector and picture.form.media else None
        if picture == self._drawn and slide == self._slide:
            return False
        if picture != self._drawn:
            paint(surface, self._scene(picture), self._palette)
        self._drawn, self._slide = picture, slide
        self._project(surface, picture, slide)
        return True

    def _project(self, surface: pygame.Surface, picture: Picture, slide: Slide | None) -> None:
        """Draw the present slide in the middle of its place, over nothing else."""
        place = layout.media_place(picture.screen, measure, picture.form)
        if place is None or self._projector is None:
            return
        self._projector.fit((place.w, place.h))
        surface.fill(rgb(self._palette["sunken"]), (place.x, place.y, place.w, place.h))
        if slide is not None:
            wide, high = slide.surface.get_size()
            corner = place.x + (place.w - wide) // 2, place.y + (place.h - high) // 2
            surface.set_clip((place.x, place.y, place.w, place.h))
            surface.blit(slide.surface, corner)
            surface.set_clip(None)

    def forget_drawing(self) -> None:
        """Draw again at the next chance: the surface was lost."""
        self._drawn = None

    def _scene(self, picture: Picture) -> Scene:
        return layout.arrange(
            picture.view,
            picture.speech,
            picture.screen,
            measure,
            picture.pulse,
            form=picture.form,
            windows=picture.windows,
            scale=self._style.theme.calls,
        )

    def _picture(self, screen: Screen, now: Moment) -> Picture:
        form, windows = self._form(), windows_of(self.board)
        look = see_windows if form.by_window else see
        view = look(self.board, now.steady, layout.room(screen, measure, form, windows))
        speech = self._speech(screen, view, form, now)
        return Picture(screen, form, view, speech, windows, _pulse(view, now.steady))

    def _form(self) -> Format:
        """Return the format: media have a place only while there is something to show."""
        media = self._projector is not None and self._projector.any()
        return replace(self._style.form, media=media)

    def _speech(self, screen: Screen, view: View, form: Format, now: Moment) -> Speech:
        language = self._languages[turn(now.steady, len(self._languages))]
        notice = self._voice.warn(language, view.notice, self.board)
        speech = self._voice.speak(language, now.wall, notice)
        width = bulletin.width(screen.width, screen.height)
        lines = bulletin.lines(self.board.figures.notices, self._languages, width)
        tag, line = bulletin.shown(lines, now.steady)
        speech = replace(speech, bulletin=line, bulletin_language=tag)
        if not form.figures:
            return speech
        room = layout.waits_room(screen, measure, form)
        waits = page_of_waits(self.board, now.steady, room)
        return self._voice.tell(speech, language, waits, self.board)

    def _keep(self, at: str) -> None:
        """Keep what the server has said; what is old already is on the disk already."""
        if self.board.seq is not None:
            at = self.board.stale_since or at
            self._memory.keep(Remembered(self.board, self._voice.center), at)


def rfc3339(at: datetime) -> str:
    """Return a time as it is written on the wire."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _lasting(board: Board) -> tuple[object, ...]:
    """Return what is worth the disk; figures are stale when they are read again."""
    return board.rows, board.connection, board.windows


def _pulse(view: View, now: float) -> float:
    """Return how deep the newest call glows: from 0 to 1 and back within a second."""
    if view.newest is None or not view.newest.lit:
        return 0.0
    depth = (1 - math.cos(2 * math.pi * now)) / 2
    return round(depth * _SHADES) / _SHADES

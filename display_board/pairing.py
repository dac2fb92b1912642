"""The screen of a board that waits to be let in: its code, to be read from across the hall.

Nobody knows yet who will read it, so every language says what to do.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pygame

from config import devices
from config.wording import Wording
from display_board import television
from display_board.frame import Frame
from display_board.painter import paint
from display_board.scene import Card, Face, Measure, Picture, Rect, Scene, Screen, Shape, Words
from display_board.typeface import measure
from queue_server.client.pairing import Admitted, Standing, let_in

#: units: the code's largest size, the lines that say what to do, the kind, a notice's lines
CODE, FIRST, LINE, KIND, NOTICE = 12.0, 1.9, 1.55, 1.7, 1.3
#: units between two blocks, and around a notice's lines
GAP, INSET = 2.0, 1.0
#: of a line's size: from one line to the next
LEADING: Final = 1.4
#: part of the screen's width that text may take
WIDE: Final = 0.9
#: seconds between two looks at the mail and the desktop
BEAT: Final = 0.05
#: a screen that is too low has everything smaller, step by step
STEP, LEAST_SCALE = 0.94, 0.25

#: shapes of a block from its own upper edge on, and its height
Block = tuple[list[Shape], int]


def scene(
    standing: Standing,
    screen: Screen,
    languages: Sequence[str],
    wording: Wording,
    measure: Measure,
) -> Scene:
    """Return what the screen shows: kind, notice, code and what to do, in the middle."""
    say, scale = wording.say, 1.0
    told = [say(f"pairing.{standing.saying}", tag) for tag in languages]
    off = [say("pairing.signed_off", tag) for tag in languages] if standing.signed_off else []
    while True:
        page = _Page(screen, measure, scale)
        blocks = [_kind(page, say("devices.kind_board", languages[0]))]
        blocks += [_notice(page, off)] if off else []
        blocks += [_code(page, standing.code)] if standing.code else []
        blocks.append(_lines(page, told))
        if page.high(blocks) <= screen.height or scale < LEAST_SCALE:
            return _stacked(page, blocks)
        scale *= STEP


def admit(
    settings: devices.Board, stopping: threading.Event, *, signed_off: bool
) -> Admitted | None:
    """Show codes until this board is let in; None when told to stop or the window was closed.

    Raises pygame's error where there is no screen.
    """
    television.open_screen(settings, television.style_of(settings))
    mail: queue.SimpleQueue[Standing | Admitted | None] = queue.SimpleQueue()
    closed = threading.Event()
    threading.Thread(
        target=lambda: mail.put(let_in(settings.server, "board", mail.put, closed)),
        name="pairing",
        daemon=True,
    ).start()
    try:
        return _shown(settings, mail, stopping, Standing(signed_off=signed_off))
    finally:
        closed.set()
        pygame.display.quit()


def _shown(
    settings: devices.Board,
    mail: queue.SimpleQueue[Standing | Admitted | None],
    stopping: threading.Event,
    standing: Standing,
) -> Admitted | None:
    wording, drawn = Wording.load(), False
    palette = television.style_of(settings).theme.palette
    while not stopping.is_set() and _open(may_leave=settings.windowed):
        surface = pygame.display.get_surface()
        if surface is not None and not drawn:
            screen = television.screen_of(settings)
            paint(surface, scene(standing, screen, settings.languages, wording, measure), palette)
            pygame.display.flip()
            drawn = True
        try:
            letter = mail.get(timeout=BEAT)
        except queue.Empty:
            continue
        if not isinstance(letter, Standing):
            return letter
        standing, drawn = replace(letter, signed_off=standing.signed_off), False
    return None


def _open(*, may_leave: bool) -> bool:
    """Attend to the desktop; return whether the window is still there."""
    for event in pygame.event.get():
        if event.type == pygame.QUIT:
            return False
        if may_leave and event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE:
            return False
    return True


class _Page(Frame):
    """A frame whose units may be smaller than the screen's."""

    def px(self, units: float) -> int:
        """Return a length in pixels."""
        return round(units * self.screen.unit * self.scale)

    def high(self, blocks: Sequence[Block]) -> int:
        """Return how high the blocks are together, with the gaps and an edge."""
        return sum(high + self.px(GAP) for _, high in blocks)


def _kind(frame: Frame, name: str) -> Block:
    face = frame.face("medium", KIND)
    side = round(face.size * 1.3)
    left = (frame.screen.width - side * 3 // 2 - frame.measure(name, face)) // 2
    return [
        Picture("screen", Rect(left, 0, side, side), "accent"),
        _words(frame, name, left + side * 3 // 2, Rect(0, 0, 0, side), face, "ink_soft"),
    ], side


def _code(frame: Frame, code: str) -> Block:
    face = frame.fitted(code, frame.face("bold", CODE), round(frame.screen.width * WIDE))
    return [_centred(frame, code, 0, face, "accent")], round(face.size * 1.1)


def _lines(frame: Frame, lines: Sequence[str]) -> Block:
    first, *others = dict.fromkeys(lines)
    shapes: list[Shape] = []
    top = 0
    for line, face, tint in [
        (first, _fitting(frame, [first], frame.face("semibold", FIRST), 1.0), "ink"),
        *(
            (line, _fitting(frame, others, frame.face("medium", LINE), 1.0), "ink_soft")
            for line in others
        ),
    ]:
        shapes.append(_centred(frame, line, top, face, tint))
        top += round(face.size * LEADING)
    return shapes, top


def _notice(frame: Frame, lines: Sequence[str]) -> Block:
    """Return a box in the colour of trouble with a sign and a text in every language."""
    ink = "accent_ink"
    told = list(dict.fromkeys(lines))
    face = _fitting(frame, told, frame.face("medium", NOTICE), 0.8)
    inset, row = frame.px(INSET), round(face.size * LEADING)
    side = row * 2
    wide = max(frame.measure(line, face) for line in told) + side + 3 * inset
    high = row * len(told) + 2 * inset
    left = (frame.screen.width - wide) // 2
    words = [
        _words(frame, line, left + side + 2 * inset, Rect(0, inset + n * row, 0, row), face, ink)
        for n, line in enumerate(told)
    ]
    picture = Picture("offline", Rect(left + inset, (high - side) // 2, side, side), ink)
    return [Card(Rect(left, 0, wide, high), "bad", frame.px(1.0)), picture, *words], high


def _fitting(frame: Frame, lines: Sequence[str], face: Face, part: float) -> Face:
    """Return the face in which every line fits into a part of the usual width."""
    room = round(frame.screen.width * WIDE * part)
    return min((frame.fitted(line, face, room) for line in lines), key=_size, default=face)


def _size(face: Face) -> int:
    return face.size


def _centred(frame: Frame, text: str, top: int, face: Face, tint: str) -> Words:
    row = Rect(0, top, frame.screen.width, round(face.size * 1.1))
    return Words(text, frame.screen.width // 2, frame.middle(row, face), face, tint, "centre")


def _words(frame: Frame, text: str, left: int, row: Rect, face: Face, tint: str) -> Words:
    return Words(text, left, frame.middle(row, face), face, tint)


def _stacked(page: _Page, blocks: Sequence[Block]) -> Scene:
    """Return the blocks' shapes one under the other, in the middle of the screen."""
    gap, shapes = page.px(GAP), []
    top = max(0, (page.screen.height - page.high(blocks) + gap) // 2)
    for block, high in blocks:
        shapes += [_lowered(shape, top) for shape in block]
        top += high + gap
    return tuple(shapes)


def _lowered(shape: Shape, by: int) -> Shape:
    if isinstance(shape, Words):
        return replace(shape, baseline=shape.baseline + by)
    return replace(shape, rect=replace(shape.rect, y=shape.rect.y + by))

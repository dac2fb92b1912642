"""The screen of a kiosk that waits to be let in: its code, to be read from afar.

Nobody knows yet who will read it, so every language says what to do.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import pygame

from config import devices, tokens
from config.wording import Wording
from kiosk import theme
from kiosk.elements import Align, Box, Element, Face, Icon, Layout, Text
from kiosk.geometry import Rect, Screen
from kiosk.gestures import Other, gesture
from kiosk.painter import paint
from kiosk.typesetting import Measure, line_height
from kiosk.window import Window
from queue_server.client.pairing import Admitted, Standing, let_in
from queue_server.contracts.pairing import DeviceKind

#: parts of the screen's width and height that the code fills at most
WIDE, HIGH = 0.88, 0.26
#: points of the lines that say what to do, the first one larger, and of the kind of device
LINE, FIRST, KIND = 20, 25, 22
#: points between two blocks, and around the lines of a notice
GAP, INSET = 30, 18
#: seconds between two looks at the mail and the desktop
BEAT: Final = 0.05
#: a screen that is too low has everything smaller, step by step
STEP, LEAST_SCALE = 0.94, 0.25


def layout(
    standing: Standing,
    kind: DeviceKind,
    screen: Screen,
    languages: Sequence[str],
    wording: Wording,
    measure: Measure,
) -> Layout:
    """Return what the screen shows: kind, notice, code and what to do, in the middle."""
    say, scale = wording.say, 1.0
    name = say(f"devices.kind_{kind}", languages[0])
    told = [say(f"pairing.{standing.saying}", tag) for tag in languages]
    off = [say("pairing.signed_off", tag) for tag in languages] if standing.signed_off else []
    while True:
        page = _Page(screen, measure, scale)
        blocks = [page.kind(name)]
        blocks += [page.notice(off)] if off else []
        blocks += [page.code(standing.code)] if standing.code else []
        blocks.append(page.lines(told))
        if page.high(blocks) <= screen.height or scale < LEAST_SCALE:
            return Layout(tuple(page.stacked(blocks)))
        scale *= STEP


def admit(
    settings: devices.Kiosk, stopping: threading.Event, *, signed_off: bool
) -> Admitted | None:
    """Show codes until this kiosk is let in; None when told to stop or the window was closed.

    Raises pygame's error where there is no screen.
    """
    window = Window.open(settings)
    mail: queue.SimpleQueue[Standing | Admitted | None] = queue.SimpleQueue()
    closed = threading.Event()
    ask = threading.Thread(
        target=lambda: mail.put(let_in(settings.server, kind_of(settings), mail.put, closed)),
        name="pairing",
        daemon=True,
    )
    ask.start()
    try:
        return _shown(window, mail, stopping, Standing(signed_off=signed_off))
    finally:
        closed.set()
        pygame.display.quit()


def kind_of(settings: devices.Kiosk) -> DeviceKind:
    """Return what a kiosk's settings make of it."""
    return "pad" if settings.rating_window else "kiosk"


def _shown(
    window: Window,
    mail: queue.SimpleQueue[Standing | Admitted | None],
    stopping: threading.Event,
    standing: Standing,
) -> Admitted | None:
    wording, drawn = Wording.load(), False
    while not stopping.is_set() and _open(window):
        surface = pygame.display.get_surface()
        if surface is not None and not drawn:
            languages, kind = window.settings.languages, kind_of(window.settings)
            shown = layout(standing, kind, window.screen, languages, wording, theme.measure)
            paint(surface, window.screen, shown)
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


def _open(window: Window) -> bool:
    """Attend to the desktop; return whether the window is still there."""
    for event in pygame.event.get():
        meant = gesture(event, window.screen)
        if meant is Other.QUIT and window.settings.windowed:
            return False
    return True


#: elements of a block from its own upper edge on, and its height
Block = tuple[list[Element], int]


class _Page:
    """Blocks of elements, each as wide as the screen; `scale` makes their letters smaller."""

    def __init__(self, screen: Screen, measure: Measure, scale: float) -> None:
        self._screen, self._measure, self._scale = screen, measure, scale
        self._width = round(screen.width * WIDE)
        self._left = (screen.width - self._width) // 2

    def kind(self, name: str) -> Block:
        """Return the kind of device, with its picture."""
        face = self._fitted([name], Face("medium", self._pt(KIND)), self._width // 2)
        high = round(line_height(face) * 1.2)
        wide = self._measure(name, face)
        left = (self._screen.width - high - high // 2 - wide) // 2
        text = Rect(left + high + high // 2, 0, wide, high)
        return [
            Icon(Rect(left, 0, high, high), "ticket"),
            Text(text, (name,), face, "ink_soft"),
        ], high

    def code(self, code: str) -> Block:
        """Return the code, as large as it fits."""
        size = round(self._screen.height * HIGH * self._scale)
        face = self._fitted([code], Face("bold", size), self._width)
        high = line_height(face)
        place = Rect(self._left, 0, self._width, high)
        return [Text(place, (code,), face, "accent", Align.CENTRE)], high

    def lines(self, lines: Sequence[str]) -> Block:
        """Return a text in every language, the first one larger."""
        first, *others = dict.fromkeys(lines)
        large = self._fitted([first], Face("semibold", self._pt(FIRST)), self._width)
        small = self._fitted(others, Face("regular", self._pt(LINE)), self._width)
        elements: list[Element] = []
        top = 0
        for line, face, tint in [
            (first, large, "ink"),
            *((line, small, "ink_soft") for line in others),
        ]:
            high = round(line_height(face) * 1.2)
            place = Rect(self._left, top, self._width, high)
            elements.append(Text(place, (line,), face, tint, Align.CENTRE))
            top += high
        return elements, top

    def notice(self, lines: Sequence[str]) -> Block:
        """Return a box in the colour of trouble with a sign and a text in every language."""
        inset = self._pt(INSET)
        side = self._pt(LINE * 2)
        told = tuple(dict.fromkeys(lines))
        face = Face("medium", self._pt(LINE * 0.85))
        face = self._fitted(told, face, self._width - 3 * inset - side)
        wide = max(self._measure(line, face) for line in told)
        row = round(line_height(face) * 1.15)
        high = row * len(told) + 2 * inset
        box = Rect((self._screen.width - wide - side - 3 * inset) // 2, 0, 0, high)
        box = replace(box, w=wide + side + 3 * inset)
        text = Rect(box.x + side + 2 * inset, inset, wide, high - 2 * inset)
        rows = [Rect(text.x, text.y + n * row, wide, row) for n in range(len(told))]
        return [
            Box(box, "bad", self._screen.pt(tokens.load().radii["medium"])),
            Icon(Rect(box.x + inset, (high - side) // 2, side, side), "warning", "accent_ink"),
            *(
                Text(place, (line,), face, "accent_ink")
                for place, line in zip(rows, told, strict=True)
            ),
        ], high

    def high(self, blocks: Sequence[Block]) -> int:
        """Return how high the blocks are together, with the gaps and an edge."""
        return sum(high + self._pt(GAP) for _, high in blocks)

    def stacked(self, blocks: Sequence[Block]) -> Iterator[Element]:
        """Yield the blocks' elements one under the other, in the middle of the screen."""
        gap = self._pt(GAP)
        top = max(0, (self._screen.height - self.high(blocks) + gap) // 2)
        for elements, high in blocks:
            yield from map(partial(_lowered, by=top), elements)
            top += high + gap

    def _pt(self, points: float) -> int:
        return round(self._screen.pt(points) * self._scale)

    def _fitted(self, lines: Sequence[str], face: Face, width: int) -> Face:
        """Return the face, made smaller where a line would be wider than the width."""
        widest = max((self._measure(line, face) for line in lines), default=0)
        return face if widest <= width else replace(face, size=max(1, face.size * width // widest))


def _lowered(element: Element, by: int) -> Element:
    return replace(element, rect=replace(element.rect, y=element.rect.y + by))

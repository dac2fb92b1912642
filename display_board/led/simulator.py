"""LED displays that are none: a pseudo-terminal that reads frames and shows what would be lit."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pygame

from display_board.led.protocol import ETX, EVERYBODY, STX, Sign, decode
from display_board.scene import Face
from display_board.typeface import font

#: bytes of a frame at most: what is longer is noise
LONGEST: Final = 64
_CHUNK: Final = 1024
#: of a picture, in pixels: a dot with its gap, a display's edge; dots of a letter
_DOT: Final = 10
_EDGE: Final = 24
_LETTER: Final = (9, 11)
_DARK, _OFF, _ON = (18, 18, 20), (44, 20, 20), (255, 74, 48)


class Decoder:
    """Finds whole frames in a stream of bytes; what is between them is noise."""

    def __init__(self) -> None:
        self._begun = b""

    def feed(self, data: bytes) -> list[Sign]:
        """Return the signs that have become whole."""
        found = []
        for byte in data:
            if byte == STX:
                self._begun = bytes([byte])
            elif self._begun:
                self._begun += bytes([byte])
                if byte == ETX:
                    found.append(decode(self._begun))
                if byte == ETX or len(self._begun) > LONGEST:
                    self._begun = b""
        return [sign for sign in found if sign is not None]


def told(shown: Mapping[int, Sign], sign: Sign) -> dict[int, Sign]:
    """Return what the displays show after a sign; one for everybody goes to each."""
    if sign.address == EVERYBODY:
        return {address: Sign(address, sign.text, sign.blinking) for address in shown}
    return {**shown, sign.address: sign}


def as_text(shown: Mapping[int, Sign]) -> str:
    """Return a line: `03 [A042]*` is display 3, blinking."""
    return "  ".join(
        f"{address:02X} [{sign.text}]{'*' if sign.blinking else ''}"
        for address, sign in sorted(shown.items())
    )


def picture(shown: Mapping[int, Sign]) -> pygame.Surface:
    """Return what a visitor would see: a row of dots for each display, one below the other."""
    signs = [sign for _, sign in sorted(shown.items())]
    wide = max((len(sign.text) for sign in signs), default=1) * _LETTER[0] * _DOT + 2 * _EDGE
    high = _LETTER[1] * _DOT + 2 * _EDGE
    surface = pygame.Surface((wide, max(1, len(signs)) * high))
    surface.fill(_DARK)
    for place, sign in enumerate(signs):
        _draw(surface, sign, place * high)
    return surface


class Simulator:
    """The displays at the other end of a port; `path` is what a wall opens."""

    def __init__(self, heard: Callable[[Mapping[int, Sign]], None] = lambda _shown: None) -> None:
        """Be told by `heard` of every change."""
        pygame.font.init()
        self._master, self._slave = os.openpty()
        self._heard = heard
        self._decoder = Decoder()
        self.shown: dict[int, Sign] = {}
        self.path = Path(os.ttyname(self._slave))
        self._thread = threading.Thread(target=self._read, name="led simulator", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Switch the displays off."""
        os.close(self._slave)
        self._thread.join(2.0)

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._master, _CHUNK)
            except OSError as error:
                if error.errno == errno.EINTR:
                    continue
                break
            if not data:
                break
            self._take(data)
        os.close(self._master)

    def _take(self, data: bytes) -> None:
        for sign in self._decoder.feed(data):
            after = told(self.shown, sign)
            if after != self.shown:
                self.shown = after
                self._heard(after)


def _draw(surface: pygame.Surface, sign: Sign, top: int) -> None:
    """Draw a display's letters as dots, lit or not."""
    face = font(Face("bold", 14))
    for place, letter in enumerate(sign.text):
        drawn = face.render(letter, False, (255, 255, 255), (0, 0, 0))
        left = (_LETTER[0] - drawn.get_width()) // 2
        above = (_LETTER[1] - drawn.get_height()) // 2
        for column in range(_LETTER[0]):
            for row in range(_LETTER[1]):
                at = (column - left, row - above)
                lit = drawn.get_rect().collidepoint(at) and drawn.get_at(at)[0] > 0
                x = _EDGE + (place * _LETTER[0] + column) * _DOT + _DOT // 2
                y = top + _EDGE + row * _DOT + _DOT // 2
                pygame.draw.circle(surface, _ON if lit else _OFF, (x, y), _DOT * 2 // 5)

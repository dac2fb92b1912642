"""Text into lines: wrapped at words, evened out, in the largest size that fits; never cut off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kiosk.elements import Face

#: (text, face) → width in pixels
Measure = Callable[[str, Face], int]

#: the height of a line as a multiple of its face's size
LEADING = 1.2
#: a word too long for a line may part after a hyphen or a stroke
_PIECES = re.compile(r"[^\-/–]+[\-/–]?|[\-/–]")


@dataclass(frozen=True, slots=True)
class Setting:
    """Lines of text in one face."""

    lines: tuple[str, ...]
    face: Face

    @property
    def height(self) -> int:
        """Their height in pixels."""
        return len(self.lines) * line_height(self.face)


def line_height(face: Face) -> int:
    """Return the pixels from one line to the next."""
    return round(face.size * LEADING)


def fit(
    text: str,
    width: int,
    height: int,
    faces: Sequence[Face],
    measure: Measure,
    most: int = 3,
    *,
    evenly: bool = True,
) -> Setting:
    """Return the text in the first face in which it fits into width, height and `most` lines.

    The last face is taken in any case; only there a word too long for a line is broken.
    """
    return fit_all([text], width, height, faces, measure, most, evenly=evenly)[0]


def fit_all(
    texts: Iterable[str],
    width: int,
    height: int,
    faces: Sequence[Face],
    measure: Measure,
    most: int = 3,
    *,
    evenly: bool = True,
) -> list[Setting]:
    """Return the texts in the first face in which each of them fits: neighbours look alike."""
    every = list(texts)
    lines = even if evenly else wrap
    for face in faces[:-1]:
        settings = [Setting(lines(text, face, width, measure), face) for text in every]
        if fits(every, settings, width, height, measure, most):
            return settings
    return [Setting(lines(text, faces[-1], width, measure), faces[-1]) for text in every]


def fits(
    texts: Iterable[str],
    settings: Iterable[Setting],
    width: int,
    height: int,
    measure: Measure,
    most: int = 3,
) -> bool:
    """Whether the settings keep to width, height and `most` lines without breaking a word."""
    return all(
        len(one.lines) <= most and one.height <= height and _whole(text, one.face, width, measure)
        for text, one in zip(texts, settings, strict=True)
    )


@lru_cache(maxsize=2048)
def even(text: str, face: Face, width: int, measure: Measure) -> tuple[str, ...]:
    """Return the text in as few lines as the width allows, their lengths evened out."""
    best = wrap(text, face, width, measure)
    low = max((measure(word, face) for word in text.split(" ")), default=0) - 1
    high = width
    while low < high - 1 and len(best) > 1:
        middle = (low + high) // 2
        narrower = wrap(text, face, middle, measure)
        if len(narrower) == len(best):
            best, high = narrower, middle
        else:
            low = middle
    return best


def wrap(text: str, face: Face, width: int, measure: Measure) -> tuple[str, ...]:
    """Return the text's lines, each as full as the width allows; NBSP keeps words together."""
    lines: list[str] = []
    for word in filter(None, text.split(" ")):
        together = f"{lines[-1]} {word}" if lines else word
        if measure(together, face) <= width:
            lines[-1:] = [together]
        elif measure(word, face) <= width:
            lines.append(word)
        else:
            lines[-1:] = _parted(word, lines[-1:], face, width, measure)
    return tuple(lines)


def _parted(word: str, last: list[str], face: Face, width: int, measure: Measure) -> list[str]:
    """Return the last line and a word longer than a line, the word in pieces."""
    line = last[0] + " " if last else ""
    lines: list[str] = []
    for piece in _short_pieces(word, face, width, measure):
        if line.strip() and measure(line + piece, face) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line]


def _short_pieces(word: str, face: Face, width: int, measure: Measure) -> list[str]:
    pieces: list[str] = []
    for piece in _PIECES.findall(word):
        pieces += [piece] if measure(piece, face) <= width else list(piece)
    return pieces


def _whole(text: str, face: Face, width: int, measure: Measure) -> bool:
    """Whether no word has to be broken where it has no hyphen."""
    pieces = (piece for word in text.split(" ") for piece in _PIECES.findall(word))
    return all(measure(piece, face) <= width for piece in pieces)

"""The notices of a center in turn: each in every language of the board, a line at a time.

Pure, and the same as in `board_say.js`. A line stays as long as a slow reader needs for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from display_board.figures import Bulletin
from display_board.scene import WIDE

#: letters of a line on a usual screen, and on an upright one or a short bar
LINE: Final = 64
LINE_UPRIGHT: Final = 36
#: a bar has room for a whole line from so many times as wide as high
LONG_BAR: Final = 4.5
#: seconds that any line stays, and letters that are read in a second
LEAST: Final = 5.0
BEGIN: Final = 2.0
LETTERS: Final = 12.0


def width(across: int, down: int) -> int:
    """Return how many letters a line has on a screen of so many pixels."""
    narrow = down > across or WIDE * down <= across < LONG_BAR * down
    return LINE_UPRIGHT if narrow else LINE


def lines(
    notices: Iterable[Bulletin], languages: tuple[str, ...], width: int
) -> tuple[tuple[str, str], ...]:
    """Return (language, line) in the order in which they are shown; a line has `width` letters."""
    return tuple(
        (language, line)
        for notice in notices
        for language, text in _texts(dict(notice.texts), languages)
        for line in _broken(text, width)
    )


def seconds(line: str) -> float:
    """Return how long a line stays."""
    return max(LEAST, BEGIN + len(line) / LETTERS)


def shown(found: tuple[tuple[str, str], ...], now: float) -> tuple[str, str]:
    """Return the (language, line) of an instant, steady seconds; empty where there is none."""
    if not found:
        return "", ""
    left = now % sum(seconds(line) for _, line in found)
    for language, line in found:
        left -= seconds(line)
        if left < 0:
            return language, line
    return found[-1]


def _texts(texts: dict[str, str], languages: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Return a notice's texts in the board's languages, each once, or the one that it has."""
    said: set[str] = set()
    for language in languages if any(tag in texts for tag in languages) else tuple(texts)[:1]:
        text = texts.get(language, "")
        if text and text not in said:
            said.add(text)
            yield language, text


def _broken(text: str, width: int) -> list[str]:
    """Break a text between words into as few lines as it needs, all of about one length."""
    found = _filled(text, width)
    for narrower in range(-(-len(text) // max(1, len(found))), width):
        even = _filled(text, narrower)
        if len(even) == len(found):
            return even
    return found


def _filled(text: str, width: int) -> list[str]:
    """Fill line after line; a word that is longer than a line has a line of its own."""
    found: list[str] = []
    for word in text.split():
        if found and len(found[-1]) + 1 + len(word) <= width:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found

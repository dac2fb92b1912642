"""Clips one after another, with the pauses of speech: one sound out of many; pure."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import Final

from queue_server.voice.phrases import Sentence
from queue_server.voice.sound import silence

#: seconds: between words, between who and where, and between two languages
WORD: Final = 0.02
COMMA: Final = 0.28
LANGUAGE: Final = 0.55


def joined(sentence: Sentence, clip: Callable[[str], array[int]]) -> array[int]:
    """Return a sentence as one sound; `clip` returns the samples of a name."""
    who = _strung([clip(name) for name in sentence.ticket], WORD)
    where = _strung([clip(name) for name in sentence.place], WORD)
    return _strung([who, where], COMMA)


def in_turn(sentences: Sequence[array[int]]) -> array[int]:
    """Return the same announcement in one language after another."""
    return _strung(sentences, LANGUAGE)


def _strung(parts: Sequence[array[int]], pause: float) -> array[int]:
    made, between = array("h"), silence(pause)
    for number, part in enumerate(parts):
        if number:
            made.extend(between)
        made.extend(part)
    return made

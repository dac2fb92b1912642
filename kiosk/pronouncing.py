"""Text of the screen as a synthesizer says it right: pure.

espeak-ng's own Uzbek says i as [y], reads numbers digit by digit and spells words with ʻ or ʼ. So
Uzbek, in both its alphabets, and Karakalpak become sounds, by the tables of `config/voice`; numbers
become words, tickets' numbers are said as the hall's voice calls them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from alifbo import from_cyrillic, to_old_latin

from queue_server.voice import spelling, words
from queue_server.voice.phrases import VOICES, Unspeakable, ticket_clips

_MOST: Final = 9999
#: one piece of a text: a ticket's number, a time of day, a span, a number, a word, anything else
_PIECES: Final = re.compile(
    r"(?P<ticket>\b[A-Z]\d{3,4}\b)"
    r"|(?P<time>\b\d{1,2}:\d{2}\b)"
    r"|(?P<span>\b\d+\s?[–-]\s?\d+\b)"
    r"|(?P<number>\d+)"
    r"|(?P<word>[^\W\d_](?:[^\W\d_]|['ʻʼ‘’])*)"
    r"|(?P<pause>[.,:;!?()/—–·]+|\s-\s)"
)
#: how a language says a span of numbers
_SPANS: Final = {
    "uz": "{} dan {} gacha",
    "kaa": "{} nan {} ge shekem",
    "ru": "от {} до {}",
    "en": "{} to {}",
}
#: what is written short → as it is said
_SHORT: Final[Mapping[str, Mapping[str, str]]] = {
    "uz": {"daq": "daqiqa", "min": "daqiqa", "tel": "telefon"},
    "kaa": {"min": "minut", "sekund": "sekund"},
    "ru": {"мин": "минут", "с": "секунд", "ч": "час"},
    "en": {"min": "minutes", "s": "seconds", "h": "hour"},
}
#: letters of other alphabets that a table of sounds lacks → the nearest that it has
_NEAREST: Final = str.maketrans(
    {"w": "v", "c": "s", "é": "e", "ʼ": "", "’": "", "'": "", "‘": "ʻ", "y": "y"}
)
_KARAKALPAK: Final = str.maketrans({"h": "x", "c": "s", "f": "p", "v": "w", "ʼ": "", "ʻ": ""})


@dataclass(frozen=True, slots=True)
class Speech:
    """What a synthesizer is given."""

    voice: str
    #: words a minute, and pitch from 0 to 99
    speed: int
    pitch: int
    text: str


@lru_cache(maxsize=512)
def speech(text: str, language: str) -> Speech:
    """Return a text in the language of a tag as it is to be spoken."""
    tongue = VOICES[language]
    known = words.load(tongue)
    plain = to_old_latin(from_cyrillic(text).text).text if language == "uz-Cyrl" else text
    said = _sounded(plain, known) if known.sounds else _worded(plain, known)
    return Speech(known.voice, known.speed, known.pitch, said)


def _worded(text: str, known: words.Words) -> str:
    """Return a text for a voice that reads its own letters and numbers."""
    told = (_piece(found, known) for found in _PIECES.finditer(text))
    return re.sub(r"\s+([,.])", r"\1", " ".join(told))


def _sounded(text: str, known: words.Words) -> str:
    """Return a text as sounds, a comma where it pauses."""
    clauses: list[list[str]] = [[]]
    for found in _PIECES.finditer(text):
        if found.lastgroup == "pause":
            clauses.append([])
        else:
            clauses[-1] += _piece(found, known).split()
    told = (spelling.sounds(" ".join(clause), known.sounds) for clause in clauses if clause)
    return ", ".join(told)


def _piece(found: re.Match[str], known: words.Words) -> str:
    text, kind = found.group(), found.lastgroup
    if kind == "ticket":
        return _ticket(text, known)
    if kind == "time":
        return " ".join(_count(int(part), known) for part in text.split(":"))
    if kind == "span":
        low, high = re.findall(r"\d+", text)
        template = _SPANS[known.language]
        return template.format(_count(int(low), known), _count(int(high), known))
    if kind == "number":
        return _count(int(text), known)
    if kind == "word":
        return _word(text, known)
    return ","


def _ticket(text: str, known: words.Words) -> str:
    """Return a ticket's number as the hall's voice calls it."""
    try:
        clips = ticket_clips(text)
    except Unspeakable:
        return " ".join((text[0], *(_count(int(digit), known) for digit in text[1:])))
    said = _texts(known.language)
    return " ".join(said[clip] for clip in clips)


def _count(count: int, known: words.Words) -> str:
    """Return a number's words; one beyond the words is said digit by digit."""
    said = _texts(known.language)
    if count == 0:
        return said["number-0"]
    if count > _MOST:
        return " ".join(said[f"number-{digit}"] for digit in str(count))
    parts = []
    for name, size in (("thousand", 1000), ("hundred", 100), ("number", 1)):
        many, count = divmod(count, size)
        if many:
            parts.append(said[f"{name}-{many}"])
    return " ".join(parts)


@cache
def _texts(language: str) -> Mapping[str, str]:
    """Return clip → its text, in a voice's language."""
    return {line.name: line.text for line in words.lines(words.load(language))}


def _word(text: str, known: words.Words) -> str:
    told = _SHORT[known.language].get(text.lower(), text)
    if not known.sounds:
        return told
    folds = _KARAKALPAK if known.language == "kaa" else _NEAREST
    folded = told.lower().translate(folds)
    longest = sorted(known.sounds, key=len, reverse=True)
    return "".join(re.findall("|".join(map(re.escape, longest)), folded))

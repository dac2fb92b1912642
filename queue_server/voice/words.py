"""What stands on each clip: the words of `config/voice/<language>.toml`, written and as sounds.

`text` is for a person, who may record it; `spoken` is what the synthesizer is given.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

import config
from queue_server.voice import spelling
from queue_server.voice.phrases import clip_names

FOLDER: Final = Path(config.__file__).parent / "voice"


@dataclass(frozen=True, slots=True)
class Line:
    """A clip to be spoken."""

    name: str
    text: str
    spoken: str
    #: words a minute
    speed: int


@dataclass(frozen=True)
class Words:
    """A language's words, as its file has them."""

    language: str
    #: the synthesizer's voice, its words a minute, its pitch from 0 to 99
    voice: str
    speed: int
    letter_speed: int
    pitch: int
    units: list[str]
    tens: list[str]
    hundreds: list[str]
    thousands: list[str]
    zero: str
    #: "please go to window", or what a language says there
    go: str
    letters: dict[str, str]
    teens: list[str] = field(default_factory=list)
    #: units, tens of the window's number, where they differ from the ticket's
    window: dict[str, list[str]] = field(default_factory=dict)
    #: spelling → sounds, where the synthesizer cannot be given letters
    sounds: dict[str, str] = field(default_factory=dict)
    #: text of a clip → what the synthesizer is given instead
    respelled: dict[str, str] = field(default_factory=dict)
    #: between tens and units
    joint: str = " "


@cache
def load(language: str, folder: Path = FOLDER) -> Words:
    """Return a language's words; raises OSError, ValueError or TypeError on a broken file."""
    return Words(language, **tomllib.loads((folder / f"{language}.toml").read_text("utf-8")))


def lines(words: Words) -> tuple[Line, ...]:
    """Return every clip of a language, in the order of a recording."""
    texts = dict(_texts(words))
    return tuple(_line(words, name, texts[name]) for name in clip_names(words.language))


def edition(words: Words) -> str:
    """Return a mark that changes when anything that is spoken does."""
    said = [words.voice, words.pitch, [(x.name, x.spoken, x.speed) for x in lines(words)]]
    return sha256(json.dumps(said).encode()).hexdigest()[:12]


def _texts(words: Words) -> Iterator[tuple[str, str]]:
    yield from ((f"letter-{letter.lower()}", text) for letter, text in words.letters.items())
    yield from ((f"number-{n}", _number(words, n)) for n in range(100))
    yield from ((f"hundred-{n}", text) for n, text in enumerate(words.hundreds, 1))
    yield from ((f"thousand-{n}", text) for n, text in enumerate(words.thousands, 1))
    yield from ((f"window-{n}", _number(words, n)) for n in range(1, 100))
    yield from ((f"window-{n}", text) for n, text in enumerate(words.window.get("units", ()), 1))
    yield from (
        (f"window-{n * 10}", text) for n, text in enumerate(words.window.get("tens", ()), 1)
    )
    yield "go", words.go


def _number(words: Words, count: int) -> str:
    """Return the words of 0 to 99."""
    tens, units = divmod(count, 10)
    if count == 0:
        return words.zero
    if tens == 1 and words.teens:
        return words.teens[units]
    parts = [words.tens[tens - 1]] * (tens > 0) + [words.units[units - 1]] * (units > 0)
    return words.joint.join(parts)


def _line(words: Words, name: str, text: str) -> Line:
    speed = words.letter_speed if name.startswith("letter-") else words.speed
    return Line(name, text, _spoken(words, name, text), speed)


def _spoken(words: Words, name: str, text: str) -> str:
    """Return the text as the synthesizer says it right: a comma where the sentence goes on."""
    said = words.respelled.get(text, text)
    if words.sounds:
        said = spelling.sounds(said, words.sounds)
    return said + ("." if _ends(words, name) else ",")


def _ends(words: Words, name: str) -> bool:
    return name == "go" if words.window else name.startswith("window-")

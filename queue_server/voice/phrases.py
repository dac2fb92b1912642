"""`A042` to window 3 as the names of clips, in the order of each language; pure.

Zeros in front are not read: `A042` is "A forty-two", as people say it. A number of up to four
digits is one number; a longer one is read in groups of three, with the zeros in front of each
group but the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

#: language tag of a ticket → the language that the voice speaks to its holder
VOICES: Final[Mapping[str, str]] = {
    "uz-Latn": "uz",
    "uz-Cyrl": "uz",
    "ru": "ru",
    "kaa": "kaa",
    "en": "en",
}
#: letters that numbers begin with
LETTERS: Final = "AEFGJKLMRTUV"
#: the highest window that has a name
LAST_WINDOW: Final = 99

_NUMBER = re.compile(rf"([{LETTERS}]{{1,3}})0*([1-9][0-9]{{0,6}})", re.ASCII)
_WHOLE: Final = 9999


class Unspeakable(Exception):
    """A number or a window that has no words."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a language says where to go."""

    #: "please go to window" comes before the window's number
    go_first: bool
    #: 11 to 19 are words of their own
    teens: bool


GRAMMARS: Final[Mapping[str, Grammar]] = {
    "uz": Grammar(go_first=False, teens=False),
    "ru": Grammar(go_first=True, teens=True),
    "kaa": Grammar(go_first=False, teens=False),
    "en": Grammar(go_first=True, teens=True),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """Clips by their names: who is called, a pause, and where to."""

    ticket: tuple[str, ...]
    place: tuple[str, ...]

    @property
    def clips(self) -> tuple[str, ...]:
        """Return all of them in order."""
        return self.ticket + self.place


def sentence(language: str, number: str, window: int) -> Sentence:
    """Return what is said in one of `GRAMMARS`' languages; raises Unspeakable."""
    grammar = GRAMMARS[language]
    where = window_clips(grammar, window)
    place = ("go", *where) if grammar.go_first else (*where, "go")
    return Sentence(ticket_clips(number), place)


def ticket_clips(number: str) -> tuple[str, ...]:
    """Return the clips of a ticket's number, the same in every language; raises Unspeakable."""
    found = _NUMBER.fullmatch(number)
    if found is None:
        raise Unspeakable(f"the number {number!r} has no words")
    letters, digits = found.groups()
    return (*(f"letter-{letter.lower()}" for letter in letters), *_digits(digits))


def window_clips(grammar: Grammar, window: int) -> tuple[str, ...]:
    """Return the clips of a window's number, from 1 to `LAST_WINDOW`; raises Unspeakable."""
    if not 1 <= window <= LAST_WINDOW:
        raise Unspeakable(f"window {window} has no words")
    tens, units = divmod(window, 10)
    if units == 0 or tens == 0 or (grammar.teens and tens == 1):
        return (f"window-{window}",)
    return f"number-{tens * 10}", f"window-{units}"


def clip_names(language: str) -> tuple[str, ...]:
    """Return every clip that a language needs, in the order of a recording."""
    teens = range(11, 20) if GRAMMARS[language].teens else ()
    return (
        *(f"letter-{letter.lower()}" for letter in LETTERS),
        *(f"number-{n}" for n in range(100)),
        *(f"hundred-{n}" for n in range(1, 10)),
        *(f"thousand-{n}" for n in range(1, 10)),
        *(f"window-{n}" for n in (*range(1, 11), *teens, *range(20, 100, 10))),
        "go",
    )


def _digits(digits: str) -> Iterator[str]:
    if int(digits) <= _WHOLE:
        yield from _count(int(digits))
        return
    first = len(digits) % 3 or 3
    groups = [digits[:first], *(digits[at : at + 3] for at in range(first, len(digits), 3))]
    for group in groups:
        bare = group.lstrip("0")
        yield from ["number-0"] * (len(group) - len(bare))
        yield from _count(int(bare or 0))


def _count(count: int) -> Iterator[str]:
    """Yield the clips of 1 to 9999; of 0 none."""
    for word, size in (("thousand", 1000), ("hundred", 100)):
        if count >= size:
            yield f"{word}-{count // size}"
        count %= size
    if count:
        yield f"number-{count}"

"""Letters into the synthesizer's sounds, for a language that is written as it is spoken; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

#: sounds that carry a stress
_VOWELS: Final = frozenset("&aAeEiIouUyY")
_STRESS: Final = "'"


def sounds(text: str, table: Mapping[str, str]) -> str:
    """Return a text as espeak-ng's `[[sounds]]`, every word stressed on its last vowel.

    Raises ValueError for a letter that the table lacks.
    """
    return f"[[{' '.join(_word(word, table) for word in text.lower().split())}]]"


def _word(word: str, table: Mapping[str, str]) -> str:
    longest_first = "|".join(re.escape(key) for key in sorted(table, key=len, reverse=True))
    found = re.findall(f"{longest_first}|.", word)
    unknown = [part for part in found if part not in table]
    if unknown:
        raise ValueError(f"{word!r}: the letter {unknown[0]!r} has no sound")
    return _stressed("".join(table[part] for part in found))


def _stressed(word: str) -> str:
    """Put the stress before the last vowel."""
    vowels = [at for at, sound in enumerate(word) if sound in _VOWELS]
    at = vowels[-1] if vowels else 0
    return word[:at] + _STRESS + word[at:]

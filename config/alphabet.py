"""The letters in which Uzbek Latin is shown: today's, or the coming ones (ö ğ ş ç).

Files and databases keep today's Latin; what is shown is derived. The one switch is the environment
variable `NAVBAT_ALPHABET`, the same for every program of a center: `1995` (the default) or `new`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Literal, get_args

from config import loader
from config.transliteration import to_new_latin

Alphabet = Literal["1995", "new"]

VARIABLE = "NAVBAT_ALPHABET"

#: the language whose letters may change
UZBEK = "uz-Latn"


def in_force(environment: Mapping[str, str] = os.environ) -> Alphabet:
    """Return the alphabet that the environment asks for; raise ConfigErrors for an unknown one."""
    for alphabet in get_args(Alphabet):
        if environment.get(VARIABLE, "1995") == alphabet:
            return alphabet  # type: ignore[no-any-return]
    sentence = f"must be '1995' or 'new', not {environment[VARIABLE]!r}"
    raise loader.ConfigErrors([loader.ConfigError("environment", VARIABLE, sentence)])


def shown(texts: Mapping[Any, str], alphabet: Alphabet) -> dict[str, str]:
    """Return a text by language tag with its Uzbek Latin in the letters of the alphabet."""
    if alphabet == "1995" or UZBEK not in texts:
        return dict(texts)
    return {**texts, UZBEK: to_new_latin(texts[UZBEK])}


def in_document(document: Any, alphabet: Alphabet) -> Any:
    """Return a catalogue document with every text of it in the letters of the alphabet."""
    if isinstance(document, list):
        return [in_document(each, alphabet) for each in document]
    if not isinstance(document, dict):
        return document
    if isinstance(document.get(UZBEK), str):
        return shown(document, alphabet)
    return {key: in_document(value, alphabet) for key, value in document.items()}

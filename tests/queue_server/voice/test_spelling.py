from __future__ import annotations

import pytest

from queue_server.voice import spelling

TABLE = {"o": "A", "oʻ": "o", "ch": "tS", "u": "u", "n": "n", "ng": "N", "i": "i", "m": "m"}


def test_longest_spelling_first():
    """Two letters for one sound are read as one, also after a vowel."""
    assert spelling.sounds("oʻn uch ming", TABLE | {"i": "i"}) == "[['on 'utS m'iN]]"


def test_last_vowel_is_stressed():
    """The stress stands before a word's last vowel."""
    assert spelling.sounds("uchinchi", TABLE) == "[[utSintS'i]]"


def test_unknown_letter():
    """A letter without a sound is an error that names it, not a silence."""
    with pytest.raises(ValueError, match="'w'"):
        spelling.sounds("uw", TABLE)

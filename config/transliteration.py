"""Uzbek Latin (oʻ gʻ, U+02BB) to Uzbek Cyrillic.

`alifbo` knows the letters. This module keeps from it what is no Uzbek word: placeholders, Latin
names and Roman numerals; and spells the abbreviations and loan words that letters alone get wrong.
"""

from __future__ import annotations

import re

from alifbo import to_cyrillic as letters_to_cyrillic
from alifbo import to_new_latin

#: written in Latin in Cyrillic text too
KEPT = ("Mobile-ID", "Face-ID", "OneID", "MyID", "ID", "SMS", "QR", "PIN", "API", "Wi-Fi")

#: Latin → Cyrillic where the letters do not tell: names that the abbreviations stand for, and
#: loan words with a soft sign, which falls away before a vowel (avtomobil: автомобиль, автомобили)
WORDS = {
    "FHDY": "ФҲДЁ",
    "JShShIR": "ЖШШИР",
    "ERI": "ЭРИ",
    "avtomobil": "автомобиль",
    "apostil": "апостиль",
    "parol": "пароль",
    "kompyuter": "компьютер",
}

_VOWELS = "aeiou"

#: a verb's t before a suffix in s (qaytsin) is т and с, where alifbo would read ts as ц
_SPLIT_T = r"t(?=s(?:in|inlar|iz|a|am|ang|angiz)\b)"


def to_cyrillic(text: str) -> str:
    """Return Uzbek Latin text in Cyrillic; placeholders and Latin names stay as they are."""
    return "".join(
        _spelt(piece) if number % 2 else _letters(piece)
        for number, piece in enumerate(_PIECES.split(text))
    )


def _pieces() -> re.Pattern[str]:
    """Compile what splits a text into letters (even pieces) and special words (odd pieces)."""
    kept = "|".join(map(re.escape, KEPT))
    words = "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in WORDS)
    return re.compile(
        rf"(\{{[^{{}}]*\}}|{_SPLIT_T}|\b(?:{kept})\b|\b[IVX]+\b(?!ʻ)|\b(?:{words})(?![{_VOWELS}]))"
    )


_PIECES = _pieces()


def _spelt(piece: str) -> str:
    """Return a special word's Cyrillic form, with its capital; anything else unchanged."""
    if piece == "t":
        return "т"
    if piece in WORDS:
        return WORDS[piece]
    small = piece[:1].lower() + piece[1:]
    return WORDS[small].capitalize() if small in WORDS else piece


def _letters(text: str) -> str:
    # alifbo reads "shch" as щ, a letter that Uzbek Cyrillic does not have
    cyrillic = letters_to_cyrillic(to_new_latin(text).text).text
    return cyrillic.replace("щ", "шч").replace("Щ", "Шч")

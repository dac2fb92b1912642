"""Uzbek Latin (oʻ gʻ, U+02BB) to Uzbek Cyrillic, and to the coming Latin letters (ö ğ ş ç).

`alifbo` knows the letters. This module keeps from it what is no Uzbek word: placeholders, Latin
names and Roman numerals; and spells the abbreviations and loan words that letters alone get wrong.
"""

from __future__ import annotations

import re

from alifbo import to_cyrillic as letters_to_cyrillic
from alifbo import to_new_latin as letters_to_new_latin

#: written in the same Latin letters in every alphabet
KEPT = (
    *("Mobile-ID", "Face-ID", "OneID", "MyID", "ID", "SMS", "QR", "PIN", "API", "Wi-Fi"),
    *("my.gov.uz", "http", "https"),
)

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

#: 1995 Latin → the coming Latin where the letters do not tell: the words that the letters stand for
NEW_WORDS = {
    "FHDY": "FHDY",
    "JShShIR": "JŞŞIR",
    "ERI": "ERI",
    "BHM": "BHM",
    "MChJ": "MÇJ",
    "MCHJ": "MÇJ",
    "YaTT": "YATT",
    "Isʼhoq": "Ishoq",
    "asʼhob": "ashob",
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


def to_new_latin(text: str) -> str:
    """Return Uzbek Latin text in the coming letters; placeholders and Latin names stay."""
    return "".join(
        NEW_WORDS.get(piece, piece) if number % 2 else letters_to_new_latin(piece).text
        for number, piece in enumerate(_NEW_PIECES.split(text))
    )


def _pieces() -> re.Pattern[str]:
    """Compile what splits a text into letters (even pieces) and special words (odd pieces)."""
    kept = "|".join(map(re.escape, KEPT))
    words = "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in WORDS)
    return re.compile(
        rf"(\{{[^{{}}]*\}}|{_SPLIT_T}|\b(?:{kept})\b|\b[IVX]+\b(?!ʻ)|\b(?:{words})(?![{_VOWELS}]))"
    )


_PIECES = _pieces()
_NEW_PIECES = re.compile(
    rf"(\{{[^{{}}]*\}}|\b(?:{'|'.join(map(re.escape, (*KEPT, *NEW_WORDS)))})\b)"
)


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
    cyrillic = letters_to_cyrillic(letters_to_new_latin(text).text).text
    return cyrillic.replace("щ", "шч").replace("Щ", "Шч")

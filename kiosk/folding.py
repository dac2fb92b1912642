"""Spellings as one: what five languages, two scripts and hurried fingers write differently."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: signs inside a word that carry no sound of their own, or that people leave out
_SILENT = dict.fromkeys(map(ord, "ʻʼ‘’'`´ʹ′ьъ_"))

#: letters that are more than their base with a mark, before marks are taken off
_LETTERS = str.maketrans(
    dict(zip("абвгдежзийклмнопрстуфхыэ", "abvgdejziiklmnoprstufhie", strict=True))
    | {"ц": "s", "ч": "ch", "ш": "sh", "щ": "sh", "ю": "yu", "я": "ya", "ё": "e"}
    | {"ў": "o", "ғ": "g", "қ": "k", "ҳ": "h", "ş": "sh", "ç": "ch", "ı": "i"}
)

#: groups of letters for one sound, in the order in which they are looked for
_SOUNDS = (
    ("shch", "sh"),
    ("kh", "h"),
    ("zh", "j"),
    ("dj", "j"),
    ("ph", "f"),
    ("ts", "s"),
    ("ck", "k"),
    ("ye", "e"),
)

#: letters that people mix up
_MIXED = str.maketrans({"x": "h", "q": "k", "u": "o", "y": "i", "w": "v"})

#: a last letter → the groups that it may begin
_BEGUN = {"c": ("ch",), "t": ("ts",), "k": ("kh",), "z": ("zh",), "d": ("dj",), "y": ("ye",)}

_SIGNS = "ʻʼ‘’'`´ʹ′"
_WORD = re.compile(rf"[\w{_SIGNS}]+")
_YO = re.compile(rf"yo(?![{_SIGNS}])")
_C_ALONE = re.compile(r"c(?!h)")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """Return a word as all its spellings are compared: "oʻqish", "оқиш", "okish" are one."""
    folded = _folded_once(word)
    while (further := _folded_once(folded)) != folded:
        folded = further
    return folded


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are written; hyphens and full stops part words."""
    return tuple(_WORD.findall(text))


@lru_cache(maxsize=4096)
def spellings(word: str) -> frozenset[str]:
    """Return the folded forms under which a word is looked for: ё is read as е and as yo."""
    small = word.lower()
    forms = {small, small.replace("ё", "yo"), _YO.sub("ё", small)}
    return frozenset(filter(None, map(fold, forms)))


@lru_cache(maxsize=256)
def beginnings(typed: str) -> tuple[str, ...]:
    """Return the folded forms of a word that is still being typed.

    Its last letter may be the first of two for one sound: `c` of `ch`, `t` of `ts`.
    """
    whole = [typed[:-1] + begun for begun in _BEGUN.get(typed[-1:].lower(), ())]
    return tuple(dict.fromkeys(filter(None, map(fold, (typed, *whole)))))


def _folded_once(word: str) -> str:
    """Fold each sound once; what is left of two may stand for one again, such as `tts`."""
    letters = unicodedata.normalize("NFC", word.lower()).translate(_SILENT).translate(_LETTERS)
    bare = "".join(each for each in unicodedata.normalize("NFD", letters) if not _is_mark(each))
    for group, sound in _SOUNDS:
        bare = bare.replace(group, sound)
    return _DOUBLED.sub(r"\1", _C_ALONE.sub("s", bare).translate(_MIXED))


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) == "Mn"

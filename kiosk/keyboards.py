"""The letters of the keyboards on the glass: as on a typewriter, and in their alphabet's order."""

from __future__ import annotations

from dataclasses import dataclass

#: what a visitor can switch between, and how it is written on the key that does
SCRIPTS = {"latin": "ABC", "cyrillic": "АБВ", "digits": "123"}

_DIGITS = ("1234567890",)
_LATIN = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_CYRILLIC = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбюё")
#: Uzbek has its own letters where Russian has щ and ы
_UZBEK_CYRILLIC = ("йцукенгшўзхъ", "фқвапролджэғ", "ячсмитьбюёҳ")
#: language → its own letters, one group for each row of the typewriter
_OWN_LATIN = {"uz-Latn": (("oʻ", "gʻ"), (), ()), "kaa": (("ú", "ó"), ("á", "ǵ"), ("ı", "ń"))}
_LATIN_ORDER = (
    *("a", "á", "b", "c", "d", "e", "f", "g", "gʻ", "ǵ", "h", "i", "ı", "j", "k", "l", "m", "n"),
    *("ń", "o", "oʻ", "ó", "p", "q", "r", "s", "t", "u", "ú", "v", "w", "x", "y", "z"),
)
_CYRILLIC_ORDER = tuple("абвгғдеёжзийкқлмнопрстуўфхҳцчшщъыьэюя")


@dataclass(frozen=True, slots=True)
class Keyboard:
    """A script's letters: in the rows of a typewriter, and in their order."""

    rows: tuple[tuple[str, ...], ...]
    ordered: tuple[str, ...]


def script_of(language: str) -> str:
    """Return the script that a language is written in."""
    return "cyrillic" if language in ("uz-Cyrl", "ru") else "latin"


def keyboard(script: str, language: str) -> Keyboard:
    """Return the letters of a script that a language needs; "" is the language's own script."""
    rows = _rows(script or script_of(language), language)
    order = (*_LATIN_ORDER, *_CYRILLIC_ORDER, *_DIGITS[0])
    letters = {letter for row in rows for letter in row}
    return Keyboard(rows, tuple(letter for letter in order if letter in letters))


def code_keyboard() -> Keyboard:
    """Return digits and capital letters, for codes."""
    rows = tuple(tuple(row.upper()) for row in (*_DIGITS, *_LATIN))
    return Keyboard(rows, (*_DIGITS[0], *(chr(ord("A") + number) for number in range(26))))


def _rows(script: str, language: str) -> tuple[tuple[str, ...], ...]:
    if script == "digits":
        return (tuple(_DIGITS[0]),)
    if script == "cyrillic":
        return tuple(map(tuple, _CYRILLIC if language == "ru" else _UZBEK_CYRILLIC))
    more_latin = _OWN_LATIN.get(language, ((), (), ()))
    return tuple((*row, *more) for row, more in zip(_LATIN, more_latin, strict=True))

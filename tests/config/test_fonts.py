"""The font has every letter that is ever shown."""

import functools
from typing import get_args

import pytest
from fontTools.ttLib import TTFont

from config import alphabet, catalogue, fonts, loader, tokens
from config.alphabet import Alphabet
from config.languages import LANGUAGES
from config.wording import Wording

#: beside the texts: numbers, all alphabets in full, and the signs that screens draw as text
ALPHABETS = (
    "0123456789 №→←·–—…«»“”„:;,.!?()/%+−≈"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzʻʼ"
    "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЎҚҒҲабвгдеёжзийклмнопрстуфхцчшщъыьэюяўқғҳ"
    "ÁǴÍŃÓÚáǵıńóú"
    "ÇĞÖŞÑçğöşñ"
)


@functools.cache
def shown() -> set[str]:
    """Return every character of the shipped texts, in all languages and both Latin alphabets."""
    document = catalogue.read(loader.FOLDER / "catalogue.toml")
    letters = set(ALPHABETS).union(*LANGUAGES.values())
    for latin in get_args(Alphabet):
        texts = Wording.load(alphabet=latin).texts.values()
        letters.update(*(text for each in texts for text in each.values()))
        letters.update(*strings(alphabet.in_document(document, latin)))
    return letters


def strings(value: object) -> list[str]:
    """Return every text inside a document."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for each in inner for text in strings(each)]


@pytest.mark.parametrize("weight", fonts.WEIGHTS)
def test_every_letter_has_a_glyph(weight):
    """No empty box on any screen or slip, in any weight."""
    with TTFont(fonts.path(weight)) as font:
        known = font.getBestCmap()
    assert {letter for letter in shown() if ord(letter) not in known} == set()


def test_the_design_uses_the_weights_that_are_shipped():
    """Tokens and files name the same four weights."""
    assert tuple(tokens.load().weights) == fonts.WEIGHTS


def test_an_unknown_weight_is_an_error():
    """There is no silent fallback to another font."""
    with pytest.raises(KeyError):
        fonts.path("black")

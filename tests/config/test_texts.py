"""The shipped texts: complete, and in the right letters."""

import re

import pytest

from config.languages import LANGUAGES
from config.transliteration import KEPT
from config.wording import Wording
from queue_server.domain import errors

TEXTS = Wording.load().texts

#: names that are Latin in every script
NAMES = re.compile(r"\{\w+\}|\b(?:" + "|".join(KEPT) + r")\b")


def in_language(tag: str) -> list[tuple[str, str]]:
    """Return key and text, without placeholders and Latin names."""
    return [(key, NAMES.sub("", text[tag])) for key, text in TEXTS.items()]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_text_has_every_language(tag):
    """No screen falls silent in any of the five languages."""
    assert [key for key, text in TEXTS.items() if not text.get(tag, "").strip()] == []


@pytest.mark.parametrize("tag", ["ru", "uz-Cyrl"])
def test_cyrillic_texts_are_cyrillic_throughout(tag):
    """No Latin letter hides in a Cyrillic text."""
    assert [key for key, text in in_language(tag) if re.search("[A-Za-z]", text)] == []


@pytest.mark.parametrize("tag", ["uz-Latn", "kaa", "en"])
def test_latin_texts_are_latin_throughout(tag):
    """No Cyrillic letter hides in a Latin text."""
    assert [key for key, text in in_language(tag) if re.search("[\u0400-\u04ff]", text)] == []


def test_uzbek_has_its_own_apostrophes():
    """Oʻ and gʻ carry U+02BB, the tutuq belgisi is U+02BC; typewriter marks are neither."""
    wrong = re.compile("['`‘’]|[^oOgG]ʻ")
    assert [key for key, text in in_language("uz-Latn") if wrong.search(text)] == []


def test_karakalpak_does_not_borrow_uzbek_letters():
    """Karakalpak writes ó ú ǵ, never oʻ gʻ."""
    assert [key for key, text in in_language("kaa") if re.search("[ʻʼ]", text)] == []


def test_no_text_has_a_space_too_many():
    """Lines begin and end with a letter, and words stand one space apart."""
    wrong = re.compile(r"^\s|\s$|\s\s")
    assert [
        (key, tag) for key, text in TEXTS.items() for tag in text if wrong.search(text[tag])
    ] == []


def test_every_refusal_of_the_server_has_words():
    """Whatever code an answer carries, a clerk reads a sentence in the own language."""
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    codes = {kind.code for kind in kinds if issubclass(kind, errors.DomainError) and is_leaf(kind)}
    assert {code for code in codes if f"error.{code}" not in TEXTS} == set()


def is_leaf(kind: type) -> bool:
    """Whether the error is raised itself: inside its module nothing is derived from it."""
    return not any(sub.__module__ == kind.__module__ for sub in kind.__subclasses__())

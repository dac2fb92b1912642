"""A text in five languages."""

import pytest
from pydantic import ValidationError

from config.languages import LANGUAGES, Text, in_all


def test_the_default_language_is_uzbek_in_latin_letters():
    """The first tag is what a visitor meets who has chosen nothing."""
    assert next(iter(LANGUAGES)) == "uz-Latn"


def test_what_is_left_out_is_derived():
    """Uzbek Cyrillic comes by transliteration, Karakalpak from Uzbek Latin."""
    assert in_all("Oyna", "Окно", "Window") == {
        "uz-Latn": "Oyna",
        "uz-Cyrl": "Ойна",
        "ru": "Окно",
        "kaa": "Oyna",
        "en": "Window",
    }


def test_what_is_written_is_not_derived():
    """A translator's word wins."""
    text = Text.model_validate(
        {"uz": "Oyna", "uz_Cyrl": "Дарча", "ru": "Окно", "kaa": "Áynek", "en": "Window"}
    )
    assert text.in_all()["uz-Cyrl"] == "Дарча"
    assert text.in_all()["kaa"] == "Áynek"


def test_an_empty_text_is_no_text():
    """Nobody reads an empty line."""
    with pytest.raises(ValidationError):
        Text(uz="", ru="Окно", en="Window")

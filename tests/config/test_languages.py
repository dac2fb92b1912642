"""A text in five languages."""

import pytest
from pydantic import ValidationError

from config.languages import LANGUAGES, Hint, Text, beside, in_all


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


def test_a_text_beside_another_is_derived_like_any():
    """What stands under `hint_uz`, `hint_ru`, … is a text in five languages, or none at all."""
    hint = Hint.model_validate(
        {"hint_uz": "Kuting", "hint_uz_Cyrl": "Кутиб туринг", "hint_ru": "Ждите", "hint_en": "Wait"}
    )
    assert beside(hint, "hint") == in_all("Kuting", "Ждите", "Wait", uz_cyrl="Кутиб туринг")
    assert beside(Hint(), "hint") == {}


@pytest.mark.parametrize("missing", ["hint_uz", "hint_ru", "hint_en"])
def test_a_text_beside_another_is_whole_or_absent(missing):
    """Half a hint would leave a screen silent in one language."""
    told = {"hint_uz": "Kuting", "hint_ru": "Ждите", "hint_en": "Wait"}
    del told[missing]
    with pytest.raises(ValidationError, match=f"{missing} must be written too"):
        Hint.model_validate(told)

"""A catalogue as text, without a file: what a browser sends and gets."""

from __future__ import annotations

import pytest

from config import catalogue
from config.loader import FOLDER, ConfigErrors


def test_a_document_goes_into_text_and_comes_back() -> None:
    """The text of a document means the same document."""
    document = catalogue.read(FOLDER / "catalogue.toml")
    assert catalogue.read_text(catalogue.text(document), "it") == document


def test_a_text_that_is_no_toml_names_its_line() -> None:
    """Without a file's name the place stands alone."""
    with pytest.raises(ConfigErrors) as refused:
        catalogue.read_text('[center]\ncode = "\n', "")
    (fault,) = refused.value.errors
    assert (fault.file, fault.key) == ("", "line 2, column 9")


def test_what_nobody_wrote_is_derived_everywhere() -> None:
    """At any depth; what is written stays, and a text without Uzbek is left alone."""
    written = {"uz-Latn": "Oyna", "uz-Cyrl": "ойна", "ru": "Окно", "kaa": "Áynek", "en": "Window"}
    half = {"uz-Latn": "Oyna", "uz-Cyrl": "", "ru": "Окно", "en": "Window"}
    document = {"items": [{"texts": half}, {"texts": written}], "hint": {}, "n": 1}
    filled = catalogue.filled(document)
    assert filled["items"][0]["texts"] == {**half, "uz-Cyrl": "Ойна", "kaa": "Oyna"}
    assert (filled["items"][1]["texts"], filled["hint"], filled["n"]) == (written, {}, 1)

"""The interface's texts, by key and language."""

from pathlib import Path

import pytest

from config import loader
from config.wording import Wording


@pytest.fixture
def file(tmp_path):
    """Write a file of texts and return its folder."""

    def write(text: str) -> Path:
        path = tmp_path / "texts.toml"
        path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


TWO = """
[board.window]
uz = "Oyna"
ru = "Окно"
kaa = "Áynek"
en = "Window"
[board.please_go]
uz = "{n}-oynaga marhamat"
ru = "Пройдите к окну {n}"
kaa = "{n}-áynekke keliń"
en = "Please go to window {n}"
"""


def test_a_text_is_said_in_the_language_asked_for(file):
    """Key and language name the text, values fill it."""
    wording = Wording.load(file(TWO))
    assert wording.say("board.please_go", "en", n=3) == "Please go to window 3"
    assert wording.say("board.please_go", "uz-Cyrl", n=3) == "3-ойнага марҳамат"


def test_a_section_is_handed_over_whole(file):
    """A page takes its own texts in one piece, still unfilled."""
    assert Wording.load(file(TWO)).section("board", "en") == {
        "window": "Window",
        "please_go": "Please go to window {n}",
    }


def test_an_unknown_key_is_answered_with_the_nearest_known_one(file):
    """A slip in the code is found at its first use."""
    with pytest.raises(KeyError, match=r"no text 'board.widnow'; did you mean 'board.window'\?"):
        Wording.load(file(TWO)).say("board.widnow", "en")


def test_an_unknown_language_is_named(file):
    """A tag is exact: 'uz' is not 'uz-Latn'."""
    with pytest.raises(KeyError, match="no language 'uz-Latin'; did you mean 'uz-Latn'"):
        Wording.load(file(TWO)).say("board.window", "uz-Latin")


def test_a_placeholder_without_a_value_is_an_error(file):
    """Nobody ever reads a brace."""
    with pytest.raises(KeyError, match="n"):
        Wording.load(file(TWO)).say("board.please_go", "en")


def test_every_mistake_in_the_texts_is_told_at_once(file):
    """A missing language, a wrong key and uneven placeholders come in one list."""
    text = """
    [board.window]
    uz = "Oyna"
    ru = "Окно"
    en = "Window"
    [board.hall]
    uz = "{n}-zal"
    ru = "Зал"
    kaa = "{n}-zal"
    en = "Hall {number}"
    [board.ticket]
    uz = "Talon"
    ru = "Талон"
    kaa = "Talon"
    en = "Ticket"
    uz_cyrl = "Талон"
    """
    with pytest.raises(loader.ConfigErrors) as caught:
        Wording.load(file(text))
    assert str(caught.value).splitlines() == [
        "texts.toml: board.window.kaa: is missing; write it",
        "texts.toml: board.ticket.uz_cyrl: is not a known key; did you mean 'uz_Cyrl'?",
        "texts.toml: board.hall.ru: has other {placeholders} than uz-Latn",
        "texts.toml: board.hall.en: has other {placeholders} than uz-Latn",
    ]


def test_a_loose_value_is_no_text(file):
    """Outside a table there is nothing to translate."""
    with pytest.raises(loader.ConfigErrors, match="board: must be a table, not 'Oyna'"):
        Wording.load(file('board = "Oyna"'))

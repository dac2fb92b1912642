"""The switch between today's Latin and the coming one."""

import re

import pytest

from config import alphabet, catalogue, loader
from config.languages import LANGUAGES, names
from config.transliteration import KEPT, NEW_WORDS, WORDS
from config.wording import Wording

DOCUMENT = catalogue.read(loader.FOLDER / "catalogue.toml")


@pytest.mark.parametrize(
    ("environment", "letters"),
    [({}, "1995"), ({"NAVBAT_ALPHABET": "1995"}, "1995"), ({"NAVBAT_ALPHABET": "new"}, "new")],
)
def test_the_environment_says_which(environment, letters):
    """Today's letters, unless a center has switched."""
    assert alphabet.in_force(environment) == letters


@pytest.mark.parametrize("value", ["", "2021", "NEW"])
def test_an_unknown_alphabet_is_a_mistake(value):
    """No program guesses which letters were meant."""
    with pytest.raises(loader.ConfigErrors, match="must be '1995' or 'new', not '" + value):
        alphabet.in_force({"NAVBAT_ALPHABET": value})


def test_only_uzbek_latin_changes():
    """The other four languages and what is no text stay as they are."""
    new = alphabet.in_document(DOCUMENT, "new")
    (old_group, *_), (group, *_) = DOCUMENT["groups"], new["groups"]
    assert group["prefix"] == old_group["prefix"]
    assert {tag: group["texts"][tag] for tag in LANGUAGES if tag != "uz-Latn"} == {
        tag: old_group["texts"][tag] for tag in LANGUAGES if tag != "uz-Latn"
    }
    assert new["services"][0]["texts"]["uz-Latn"].startswith("Tuğilganlikni")
    assert new["services"][0]["search"] == DOCUMENT["services"][0]["search"]


def test_today_s_letters_change_nothing():
    """A document in the alphabet of 1995 is the document."""
    assert alphabet.in_document(DOCUMENT, "1995") == DOCUMENT


@pytest.mark.parametrize("pair", ["oʻ", "gʻ", "Oʻ", "Gʻ", "sh", "ch", "Sh", "Ch"])
def test_no_old_pair_is_left_anywhere(pair):
    """Every screen, slip and page of the catalogue and the interface has switched whole."""
    texts = [t["uz-Latn"] for t in Wording.load(alphabet="new").texts.values()]
    texts += uzbek(alphabet.in_document(DOCUMENT, "new"))
    assert [text for text in texts if pair in text] == []


def test_every_abbreviation_has_been_decided():
    """Who writes a new one says how it is spelt in Cyrillic and in the coming letters."""
    decided = {*KEPT, *WORDS, *NEW_WORDS, "MB", "GB", "NUSXA"}
    texts = [t["uz-Latn"] for t in Wording.load(alphabet="1995").texts.values()] + uzbek(DOCUMENT)
    text = re.sub("|".join(map(re.escape, KEPT)), "", " ".join(texts))
    found = set(re.findall(r"\b[A-Z][A-Za-z]*[A-Z]", text))
    assert {word for word in found if not re.fullmatch("[IVX]+", word)} - decided == set()
    assert "FHDY" in found


def uzbek(value: object) -> list[str]:
    """Return every Uzbek text in Latin inside a document."""
    if isinstance(value, dict) and isinstance(value.get("uz-Latn"), str):
        return [value["uz-Latn"]]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for each in inner for text in uzbek(each)]


def test_the_interface_speaks_the_alphabet_in_force(monkeypatch):
    """Whoever loads the texts gets the letters of the switch, without asking."""
    monkeypatch.setenv("NAVBAT_ALPHABET", "new")
    assert Wording.load().texts == Wording.load(alphabet="new").texts
    monkeypatch.setenv("NAVBAT_ALPHABET", "1995")
    assert Wording.load().texts == Wording.load(alphabet="1995").texts
    assert Wording.load().texts != Wording.load(alphabet="new").texts


def test_the_name_of_the_language_changes_too():
    """The button that chooses it is written in its letters."""
    assert names("new")["uz-Latn"] == "Özbekça"
    assert names("1995") == LANGUAGES

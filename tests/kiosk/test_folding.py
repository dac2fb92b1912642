"""Spellings that are one."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from config.transliteration import to_cyrillic, to_new_latin
from kiosk.folding import beginnings, fold, spellings, words
from tests.kiosk.catalogues import demo


@pytest.mark.parametrize(
    "alike",
    [
        "oʻqish oʼqish o'qish o‘qish o’qish o`qish оқиш ўқиш öqish okish",
        "gʻisht g'isht ғишт ğisht gisht gişt",
        "haydovchi xaydovchi ҳайдовчи хайдовчи haydovçi HAYDOVCHI",
        "pasport passport паспорт PASSPORT",
        "litsenziya лицензия licenziya",
        "yetkazish етказиш etkazish",
        "zhile жилё jile",
        "sudlanganlik судланганлик súdlanganlik",
        "jınıs jinis JINIS жинис JİNİS",
        "ana ána ANA ÁNA ана",
        "suw suv сув",
        "ю yu йу",
        "счет счёт schet",
        "shokirov шокиров şokirov",
        "kommunalka коммуналка komunalka",
        "xalq halk халқ khalq",
    ],
)
def test_spellings_of_a_word_are_one(alike):
    """Apostrophes, scripts, capitals, the coming letters and usual slips make no difference."""
    first, *others = alike.split()
    assert [word for word in others if not spellings(first) & spellings(word)] == []


@pytest.mark.parametrize("alphabet", [to_cyrillic, to_new_latin])
def test_every_alphabet_of_uzbek_is_one(alphabet):
    """Each word of the catalogue is the same in Latin, in Cyrillic and in the coming letters.

    Only FHDY is not: its Cyrillic letters stand for other sounds.
    """
    texts = [s.texts["uz-Latn"] for group in demo().groups for s in group.services]
    latin = {word for text in texts for word in words(text)} - {"FHDY"}
    assert len(latin) > 150
    assert [w for w in latin if not spellings(w) & spellings(words(alphabet(w))[0])] == []


@given(st.text(max_size=12))
@example("TC")
@example("tts")
@example("dkkh")
def test_folding_twice_changes_nothing(word):
    """A folded word is in its last form, whatever was typed."""
    assert fold(fold(word)) == fold(word)


@given(st.text(max_size=12))
def test_composed_and_decomposed_letters_are_one(word):
    """A keyboard may send й as one sign or as two."""
    assert fold(unicodedata.normalize("NFD", word)) == fold(unicodedata.normalize("NFC", word))


@pytest.mark.parametrize("word", ["chaqaloq", "tsirk", "khokim", "zhaloba", "djizak", "yer", "ёр"])
def test_a_word_is_found_from_its_first_letter_on(word):
    """No beginning of a word leads away from it, not even half a digraph."""
    ways = spellings(word)
    assert [
        word[:count]
        for count in range(1, len(word) + 1)
        if not any(way.startswith(begun) for way in ways for begun in beginnings(word[:count]))
    ] == []


def test_words_are_parted_at_hyphens_and_stops():
    """An apostrophe is inside a word; a hyphen is not."""
    assert words("1-sinf, my.gov.uz: oʻz «uy»") == ("1", "sinf", "my", "gov", "uz", "oʻz", "uy")


@pytest.mark.parametrize("text", ["", " ", "ʻ", "--", "…", "ь"])
def test_what_has_no_letters_folds_to_nothing(text):
    """Lone signs name no service."""
    assert [fold(word) for word in words(text) if fold(word)] == []

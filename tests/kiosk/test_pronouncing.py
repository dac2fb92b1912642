"""Text as a synthesizer says it right: numbers in words, Uzbek and Karakalpak in sounds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.languages import LANGUAGES
from kiosk.pronouncing import speech
from queue_server.voice.phrases import LETTERS

TAGS = tuple(LANGUAGES)


@pytest.mark.parametrize("tag", TAGS)
def test_every_text_of_the_kiosk_can_be_said(wording, catalogue, tag):
    """No letter is unknown, and nothing that has letters is silent."""
    texts = [re.sub(r"\{\w+\}", "7", text[tag]) for text in wording.texts.values()]
    for group in catalogue.groups:
        texts += [group.texts[tag], *(one.texts[tag] for one in group.services)]
    for text in texts:
        if any(sign.isalnum() for sign in text):
            assert any(sign.isalpha() for sign in speech(text, tag).text), text


@given(text=st.text(max_size=40), tag=st.sampled_from(TAGS))
def test_no_text_is_too_strange(text, tag):
    """What a center types into its catalogue may be anything."""
    assert isinstance(speech(text, tag).text, str)


@pytest.mark.parametrize(
    ("text", "tag", "said"),
    [
        ("A042", "en", "A forty-two"),
        ("A042", "ru", "а сорок два"),
        ("V999", "en", "V nine hundred ninety-nine"),
        ("Ожидание: 10–20 мин", "ru", "Ожидание, от десять до двадцать минут"),
        ("Wait: 10–20 min", "en", "Wait, ten to twenty minutes"),
        ("10:42", "en", "ten forty-two"),
        ("123456", "en", "one two three four five six"),
        ("0", "en", "zero"),
    ],
)
def test_numbers_are_said_in_words(text, tag, said):
    """A ticket's number as the hall calls it, a span, a time of day, a long number by digits."""
    assert speech(text, tag).text == said


def test_uzbek_is_given_in_sounds():
    """Numbers as well; no digit and no apostrophe reaches the synthesizer, i is no [y]."""
    assert speech("12 kishi", "uz-Latn").text == "[['on ikk'i kiS'i]]"
    assert speech("oʻng", "uz-Latn").text == "[['oN]]"


def test_both_alphabets_sound_alike():
    """Uzbek is one language."""
    latin, cyrillic = speech("Talon olish, A042", "uz-Latn"), speech("Талон олиш, A042", "uz-Cyrl")
    assert latin == cyrillic


def test_karakalpak_goes_through_the_uzbek_voice():
    """With its own sounds."""
    assert speech("Tildi tańlań", "kaa").voice == speech("Tilni tanlang", "uz-Latn").voice
    assert "N" in speech("tańlań", "kaa").text


@pytest.mark.parametrize("tag", TAGS)
def test_every_ticket_has_words(tag):
    """All letters; the first, a round and the last number."""
    for letter in LETTERS:
        for number in ("001", "100", "999"):
            assert not re.search(r"\d", speech(f"{letter}{number}", tag).text)

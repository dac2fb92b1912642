from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.numbering import PREFIXES, number
from queue_server.voice import words
from queue_server.voice.phrases import (
    GRAMMARS,
    LAST_WINDOW,
    LETTERS,
    VOICES,
    Unspeakable,
    clip_names,
    sentence,
    ticket_clips,
    window_clips,
)

LANGUAGES = list(GRAMMARS)


def read_out(language, ticket, window):
    """Return the sentence as a person would write it down."""
    texts = {line.name: line.text for line in words.lines(words.load(language))}
    said = sentence(language, ticket, window)
    who, where = (" ".join(texts[clip] for clip in part) for part in (said.ticket, said.place))
    return f"{who}, {where}"


@pytest.mark.parametrize(
    ("language", "ticket", "window", "heard"),
    [
        ("uz", "A042", 3, "a qirq ikki, uchinchi oynaga marhamat"),
        ("uz", "V999", 40, "ve toʻqqiz yuz toʻqson toʻqqiz, qirqinchi oynaga marhamat"),
        ("uz", "E100", 10, "e yuz, oʻninchi oynaga marhamat"),
        ("uz", "T1005", 23, "te ming besh, yigirma uchinchi oynaga marhamat"),
        ("uz", "K011", 11, "ka oʻn bir, oʻn birinchi oynaga marhamat"),
        ("ru", "A042", 3, "а сорок два, пройдите к окну три"),
        ("ru", "V999", 40, "вэ девятьсот девяносто девять, пройдите к окну сорок"),
        ("ru", "E112", 19, "е сто двенадцать, пройдите к окну девятнадцать"),
        ("ru", "T2001", 21, "тэ две тысячи один, пройдите к окну двадцать один"),
        ("kaa", "A042", 3, "a qırıq eki, úshinshi áynekke keliń"),
        ("kaa", "G215", 30, "ge eki júz on bes, otızınshı áynekke keliń"),
        ("en", "A042", 3, "A forty-two, please go to window three"),
        ("en", "J310", 12, "J three hundred ten, please go to window twelve"),
        ("en", "M2099", 99, "M two thousand ninety-nine, please go to window ninety nine"),
    ],
)
def test_sentences(language, ticket, window, heard):
    """Each language says it as its speakers do."""
    assert read_out(language, ticket, window) == heard


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_clip_is_missing(language):
    """A001 to V9999 at windows 1 to 99 need no clip that a pack does not have."""
    there = set(clip_names(language))
    tickets = {clip for n in range(1, 10_000) for clip in ticket_clips(number("A", n))}
    letters = {clip for letter in PREFIXES for clip in ticket_clips(number(letter, 1))}
    windows = {
        clip for n in range(1, LAST_WINDOW + 1) for clip in window_clips(GRAMMARS[language], n)
    }
    assert tickets | letters | windows | {"go"} <= there


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_clip_is_idle(language):
    """Every clip that an announcer must record is used by some announcement."""
    used = {"number-0", "go"}
    used |= {clip for n in range(1, 10_000) for clip in ticket_clips(number("A", n))}
    used |= {clip for letter in LETTERS for clip in ticket_clips(number(letter, 1))}
    used |= {clip for n in range(1, 100) for clip in window_clips(GRAMMARS[language], n)}
    assert set(clip_names(language)) == used
    assert 140 <= len(used) <= 160


def test_the_letters_are_those_of_the_numbers():
    """The voice knows every prefix that a number may have."""
    assert set(LETTERS) == set(PREFIXES)


def test_every_language_of_a_ticket_has_a_voice():
    """Whoever took a ticket in one of the five languages is called in it."""
    assert {*VOICES.values()} == {*GRAMMARS}


@given(st.integers(1, 999), st.integers(1, 999))
def test_numbers_differ(one, other):
    """Two different numbers never sound the same."""
    assert (ticket_clips(number("A", one)) == ticket_clips(number("A", other))) == (one == other)


@pytest.mark.parametrize(
    ("ticket", "clips"),
    [
        ("A9999", ("letter-a", "thousand-9", "hundred-9", "number-99")),
        ("A10000", ("letter-a", "number-10", "number-0", "number-0", "number-0")),
        ("A12345", ("letter-a", "number-12", "hundred-3", "number-45")),
        ("A100020", ("letter-a", "hundred-1", "number-0", "number-20")),
        ("A0042", ("letter-a", "number-42")),
        ("MMM042", ("letter-m", "letter-m", "letter-m", "number-42")),
    ],
)
def test_long_numbers(ticket, clips):
    """Zeros in front are not read; past four digits a number is read in groups of three."""
    assert ticket_clips(ticket) == clips


@pytest.mark.parametrize("ticket", ["", "A", "042", "A000", "a042", "А042", "A42x", "B042", "A٤٢"])
def test_garbage(ticket):
    """What is no number has no words: a Cyrillic А and Arabic figures are none either."""
    with pytest.raises(Unspeakable):
        sentence("uz", ticket, 1)


@pytest.mark.parametrize("window", [0, -1, 100, 12345])
def test_no_such_window(window):
    """A window that has no name is not called."""
    with pytest.raises(Unspeakable):
        sentence("ru", "A042", window)

from __future__ import annotations

from dataclasses import replace

import pytest

from queue_server.voice import words
from queue_server.voice.phrases import GRAMMARS, LETTERS, clip_names


@pytest.mark.parametrize("language", GRAMMARS)
def test_every_clip_has_a_text(language):
    """A language's file has words for every clip, and the synthesizer something to say."""
    lines = words.lines(words.load(language))
    assert [line.name for line in lines] == list(clip_names(language))
    assert all(line.text.strip() == line.text and line.text for line in lines)
    assert all(line.spoken[-1] in ",." for line in lines)


@pytest.mark.parametrize("language", GRAMMARS)
def test_each_number_has_its_own_words(language):
    """No two of 0 to 99 are said the same, nor two letters, nor two windows."""
    texts = {line.name: line.text for line in words.lines(words.load(language))}
    for kind in ("letter-", "number-", "hundred-", "thousand-", "window-"):
        said = [text for name, text in texts.items() if name.startswith(kind)]
        assert len(said) == len(set(said))
    assert len(words.load(language).letters) == len(LETTERS)


@pytest.mark.parametrize("language", ["uz", "kaa"])
def test_turkic_words_are_given_as_sounds(language):
    """espeak-ng never sees Uzbek or Karakalpak letters, and every word has one stress."""
    for line in words.lines(words.load(language)):
        assert line.spoken.startswith("[[")
        assert line.spoken.count("'") == len(line.text.split())


def test_uzbek_sounds():
    """The four faults of the stock voice are mended: i, tens, ordinals, and the ʻ."""
    said = {line.name: line.spoken for line in words.lines(words.load("uz"))}
    assert said["number-1"] == "[[b'ir]],"
    assert said["number-42"] == "[[q'Irq ikk'i]],"
    assert said["window-5"] == "[[beSintS'i]],"
    assert said["number-4"] == "[[t'ort]],"
    assert said["go"] == "[[Ajn&g'& m&rh&m'&t]]."


def test_edition():
    """A pack is out of date as soon as anything that it says has changed, and only then."""
    spoken = words.load("uz")
    assert words.edition(spoken) == words.edition(replace(spoken))
    assert words.edition(replace(spoken, go="marhamat")) != words.edition(spoken)
    assert words.edition(replace(spoken, speed=120)) != words.edition(spoken)


def test_uzbek_is_spelt_right():
    """Uzbek texts write oʻ with U+02BB, never with an apostrophe."""
    texts = "".join(line.text for line in words.lines(words.load("uz")))
    assert "ʻ" in texts
    assert not set("'`‘’ʼ") & set(texts)

from __future__ import annotations

import pytest

from display_board import chime


@pytest.fixture(scope="module")
def samples():
    """Return the chime."""
    return chime.samples()


def loudness(samples, begin, end):
    """Return the largest sample between two times in seconds, as a part of the most possible."""
    return max(abs(s) for s in samples[round(begin * chime.RATE) : round(end * chime.RATE)]) / 32767


def test_length(samples):
    """The chime is over within two seconds."""
    assert len(samples) / chime.RATE == pytest.approx(chime.LENGTH, abs=0.01)
    assert chime.LENGTH <= 2


def test_no_click(samples):
    """It begins and ends in silence, and is never so loud that it is cut."""
    assert abs(samples[0]) < 100
    assert abs(samples[-1]) < 100
    assert 0.2 < loudness(samples, 0, chime.LENGTH) < 0.9


def test_two_notes(samples):
    """Two strokes are heard: each begins louder than the one before has become."""
    for note in chime.NOTES:
        after = loudness(samples, note.begins + 0.02, note.begins + 0.08)
        before = loudness(samples, max(0, note.begins - 0.03), note.begins) if note.begins else 0
        assert after > 1.3 * before
    assert chime.NOTES[0].frequency > chime.NOTES[1].frequency


def test_words_may_begin_when_it_has_faded(samples):
    """When the voice sets in, the chime is far softer than it was."""
    assert chime.NOTES[-1].begins < chime.VOICE_AFTER < chime.LENGTH
    faded = loudness(samples, chime.VOICE_AFTER, chime.LENGTH)
    assert faded < 0.25 * loudness(samples, 0, chime.LENGTH)

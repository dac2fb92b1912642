from __future__ import annotations

import math
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.voice import sound
from queue_server.voice.sound import FULL, LEVEL, PEAK, RATE, TOLERANCE


def tone(length, loud=0.3, hertz=220):
    """Return so many seconds of a sine."""
    return array(
        "h",
        (
            round(FULL * loud * math.sin(2 * math.pi * hertz * n / RATE))
            for n in range(round(length * RATE))
        ),
    )


def clicks(length):
    """Return something whose peaks are far above its mean, as speech has."""
    return array(
        "h", (FULL if n % 300 == 0 else (-1) ** n * 400 for n in range(round(length * RATE)))
    )


def test_loudness_of_a_sine():
    """A full sine is 3 dB below full scale; half of it another 6."""
    assert sound.loudness(tone(0.5, 1.0)) == pytest.approx(-3.0, abs=0.1)
    assert sound.loudness(tone(0.5, 0.5)) == pytest.approx(-9.0, abs=0.1)


def test_pauses_do_not_count():
    """A word is as loud as it is, however long the silence behind it."""
    long = tone(0.5) + sound.silence(2.0)
    assert sound.loudness(long) == pytest.approx(sound.loudness(tone(0.5)), abs=0.2)


def test_silence_has_no_loudness():
    """Nothing is nothing."""
    assert sound.loudness(sound.silence(1)) == sound.SILENCE
    assert sound.levelled(sound.silence(1)) == sound.silence(1)
    assert sound.trimmed(sound.silence(1)) == array("h")


@given(st.floats(0.01, 1.0), st.floats(0.2, 1.0))
def test_levelled(loud, length):
    """Whatever comes in goes out at one level, and never too loud."""
    made = sound.levelled(tone(length, loud))
    assert sound.loudness(made) == pytest.approx(LEVEL, abs=TOLERANCE / 2)
    assert sound.peak(made) <= PEAK


def test_sharp_peaks_are_bent():
    """What stands far out of a clip is made softer, and the clip still reaches its level."""
    made = sound.levelled(clicks(0.5))
    assert sound.peak(made) <= PEAK
    assert sound.loudness(made) == pytest.approx(LEVEL, abs=TOLERANCE)


def test_trimmed():
    """Silence goes, a breath of it stays, and what sounds is all there."""
    made = sound.trimmed(sound.silence(0.4) + tone(0.5) + sound.silence(0.7))
    assert 0.5 <= sound.seconds(made) <= 0.57
    assert abs(made[0]) < 50
    assert abs(made[-1]) < 50


def test_mixed():
    """The second sound begins where it is told, on top of the first, and is never cut."""
    under, over = tone(0.5), tone(0.4)
    both = sound.mixed(under, over, 0.3)
    assert len(both) == round(0.3 * RATE) + len(over)
    assert both[: round(0.3 * RATE)] == under[: round(0.3 * RATE)]
    assert both[-100:] == over[-100:]
    at = round(0.35 * RATE)
    assert both[at] == under[at] + over[at - round(0.3 * RATE)]


def test_mixed_after_a_gap_and_inside():
    """A sound long after the first leaves silence between; a short one ends inside it."""
    apart = sound.mixed(tone(0.1), tone(0.1), 0.3)
    assert apart[round(0.1 * RATE) + 1 : round(0.3 * RATE)] == sound.silence(0.2)[1:]
    inside = sound.mixed(tone(1.0), tone(0.1), 0.3)
    assert len(inside) == RATE


def test_mixed_does_not_wrap_around():
    """Two loud sounds together are as loud as can be, not the opposite."""
    loud = array("h", [FULL] * 100)
    assert set(sound.mixed(loud, loud, 0.0)) == {FULL}

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from queue_server.voice import sound
from queue_server.voice.resampling import resampled
from queue_server.voice.sound import FULL, RATE
from queue_server.voice.wav import Recording


def recording(rate, hertz, length=0.2):
    """Return a sine as somebody's microphone recorded it."""
    many = round(rate * length)
    wave = [FULL * 0.5 * math.sin(2 * math.pi * hertz * n / rate) for n in range(many)]
    return Recording(rate, 1, 16, wave)


@pytest.mark.parametrize("rate", [8000, 16000, 22050, 32000, 44100, 48000, 96000])
def test_a_tone_stays_what_it_is(rate):
    """At any rate a recording keeps its length, its pitch and its loudness."""
    made = resampled(recording(rate, 1000))
    assert len(made) == pytest.approx(0.2 * RATE, abs=2)
    middle = made[len(made) // 4 : len(made) // 4 * 3]
    ups = sum(1 for a, b in pairwise(middle) if a < 0 <= b)
    assert ups / sound.seconds(middle) == pytest.approx(1000, rel=0.02)
    assert sound.loudness(middle) == pytest.approx(-9.0, abs=0.2)


def test_what_is_too_high_does_not_fold_back():
    """A whistle above what the new rate can hold is gone, not heard as something else."""
    made = resampled(recording(48000, 16000))
    assert sound.peak(made[500:-500]) < 0.005


@pytest.mark.parametrize("rate", [1, 400_000])
def test_impossible_rates(rate):
    """A damaged header is refused in words."""
    with pytest.raises(ValueError, match="no rate to record at"):
        resampled(Recording(rate, 1, 16, [0.0]))

"""A recording of any rate as a pack's samples; pure."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from functools import cache
from operator import mul
from typing import Final

from queue_server.voice.sound import FULL, RATE
from queue_server.voice.wav import Recording

#: recordings are of so many samples a second
LOWEST, HIGHEST = 8000, 192_000
#: zero crossings of the filter on each side: 16 keep what would fold back below -60 dB
_WIDTH: Final = 16


def resampled(recording: Recording) -> array[int]:
    """Return the recording at `RATE`; raises ValueError for a rate that nobody records at."""
    if not LOWEST <= recording.rate <= HIGHEST:
        raise ValueError(f"{recording.rate} samples a second is no rate to record at")
    if recording.rate == RATE:
        return _whole(recording.samples)
    common = math.gcd(recording.rate, RATE)
    return _whole(_filtered(recording.samples, RATE // common, recording.rate // common))


def _filtered(samples: Sequence[float], up: int, down: int) -> list[float]:
    """Return `up` samples for each `down`: every one a weighted sum of its neighbours."""
    reach = _reach(up, down)
    padded = [0.0] * reach + list(samples) + [0.0] * reach
    made = []
    for n in range(len(samples) * up // down):
        at, phase = divmod(n * down, up)
        weights = _weights(phase, up, down)
        made.append(sum(map(mul, weights, padded[at : at + len(weights)])))
    return made


def _reach(up: int, down: int) -> int:
    """Return how many neighbours on each side count."""
    return math.ceil(_WIDTH * max(1.0, down / up))


@cache
def _weights(phase: int, up: int, down: int) -> tuple[float, ...]:
    """Return a windowed sinc that lets through what both rates can hold."""
    cut = min(1.0, up / down) * 0.97
    reach = _reach(up, down)
    ages = [n - reach - phase / up for n in range(2 * reach + 1)]
    raw = [_sinc(cut * age) * _window(age / (reach + 1)) for age in ages]
    total = sum(raw)
    return tuple(weight / total for weight in raw)


def _sinc(at: float) -> float:
    return math.sin(math.pi * at) / (math.pi * at) if at else 1.0


def _window(at: float) -> float:
    """Return Blackman's window, at -1 to 1."""
    if abs(at) >= 1:
        return 0.0
    return 0.42 + 0.5 * math.cos(math.pi * at) + 0.08 * math.cos(2 * math.pi * at)


def _whole(samples: Sequence[float]) -> array[int]:
    return array("h", [max(-FULL, min(FULL, round(sample))) for sample in samples])

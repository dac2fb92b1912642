"""A clip as numbers: silence cut off, loudness brought to one level; pure.

Samples are signed 16-bit of one channel at `RATE` a second.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable
from functools import cache
from operator import mul
from typing import Final

#: samples a second
RATE: Final = 22050
FULL: Final = 32767
#: how loud every clip is, in decibels below full scale, and how far one may be off
LEVEL: Final = -20.0
TOLERANCE: Final = 1.0
#: no sample is louder than this part of full scale
PEAK: Final = 0.89
#: louder than this it bends towards PEAK
_KNEE: Final = 0.6
#: the loudness of nothing, decibels
SILENCE: Final = -96.0

_FRAME: Final = RATE // 50
#: frames so far below the loudest are pauses, decibels
_GATE: Final = 22.0
#: a sound begins and ends at this part of the clip's peak; fainter than `_FAINT` is noise
_EDGE: Final = 0.02
_FAINT: Final = 60
#: seconds that stay round a sound, and that it takes to fade in and out
_BEFORE, _AFTER = 0.012, 0.045
_FADE_IN, _FADE_OUT = 0.004, 0.03


def seconds(samples: array[int]) -> float:
    """Return how long they sound."""
    return len(samples) / RATE


def silence(length: float) -> array[int]:
    """Return so many seconds of nothing."""
    return array("h", bytes(2 * round(length * RATE)))


def loudness(samples: array[int]) -> float:
    """Return the mean loudness of what is not pause, in decibels below full scale."""
    frames = [samples[at : at + _FRAME] for at in range(0, len(samples), _FRAME)]
    powers = [sum(map(mul, frame, frame)) / len(frame) for frame in frames]
    least = max(powers, default=0.0) * 10 ** (-_GATE / 10)
    loud = [power for power in powers if power and power >= least]
    if not loud:
        return SILENCE
    return 10 * math.log10(sum(loud) / len(loud) / FULL**2)


def peak(samples: Iterable[int]) -> float:
    """Return the loudest sample as a part of full scale."""
    return max(map(abs, samples), default=0) / FULL


def trimmed(samples: array[int]) -> array[int]:
    """Return what sounds, without the silence round it, faded so that it does not click."""
    least = max(_FAINT, round(peak(samples) * FULL * _EDGE))
    first = next((at for at, s in enumerate(samples) if abs(s) >= least), None)
    if first is None:
        return array("h")
    last = next(at for at in range(len(samples) - 1, -1, -1) if abs(samples[at]) >= least)
    begin, end = max(0, first - round(_BEFORE * RATE)), last + 1 + round(_AFTER * RATE)
    return _faded(samples[begin:end])


def levelled(samples: array[int], level: float = LEVEL) -> array[int]:
    """Return a clip at a loudness, its peaks bent below `PEAK`; silence stays silence."""
    found = loudness(samples)
    if found == SILENCE:
        return samples
    gain, made = level - found, samples
    for _ in range(6):
        made = louder(samples, gain)
        off = level - loudness(made)
        if abs(off) < TOLERANCE / 4:
            break
        gain += off
    return made


def louder(samples: array[int], decibels: float) -> array[int]:
    """Return samples so much louder, or softer if negative; what would be too loud is bent."""
    factor = 10 ** (decibels / 20)
    scaled = [round(s * factor) for s in samples]
    loudest = max(map(abs, scaled), default=0)
    if loudest <= _KNEE * FULL:
        return array("h", scaled)
    bent = _bent()
    most = len(bent) - 1
    if loudest > most:
        scaled = [max(-most, min(most, s)) for s in scaled]
    return array("h", [bent[s] if s >= 0 else -bent[-s] for s in scaled])


def mixed(under: array[int], over: array[int], begins: float) -> array[int]:
    """Return two sounds at once, the second `begins` seconds after the first."""
    at = round(begins * RATE)
    made = under[:at]
    made.extend(silence((at - len(made)) / RATE))
    both = [max(-FULL, min(FULL, a + b)) for a, b in zip(under[at:], over, strict=False)]
    made.extend(both)
    made.extend(under[at + len(both) :])
    made.extend(over[len(both) :])
    return made


@cache
def _bent() -> list[int]:
    """Return how loud a sample of each size may be; four times full scale is as good as any."""
    room = PEAK - _KNEE
    parts = (size / FULL for size in range(4 * FULL))
    return [
        int(FULL * (p if p <= _KNEE else _KNEE + room * math.tanh((p - _KNEE) / room)))
        for p in parts
    ]


def _faded(samples: array[int]) -> array[int]:
    rise, fall = round(_FADE_IN * RATE), round(_FADE_OUT * RATE)
    made = array("h", samples)
    for n in range(min(rise, len(made))):
        made[n] = round(made[n] * n / rise)
    for n in range(1, min(fall, len(made)) + 1):
        made[-n] = round(made[-n] * (n - 1) / fall)
    return made

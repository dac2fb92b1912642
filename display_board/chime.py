"""The sound before a call: two soft bell notes, made here; pure.

The web board plays the same notes: `NOTES` in `queue_server/web/static/board/chime.js`.
"""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass
from typing import Final

#: samples a second
RATE: Final = 22050
_PEAK: Final = 32767
#: seconds of attack, so that a note does not click
_ATTACK: Final = 0.006
#: (times the note's frequency, loudness, times the note's decay): a struck bar, not a buzzer
_PARTIALS: Final = ((1.0, 0.78, 1.0), (2.0, 0.16, 0.6), (3.01, 0.06, 0.35))


@dataclass(frozen=True, slots=True)
class Note:
    """A struck tone."""

    #: seconds from the chime's beginning
    begins: float
    #: hertz
    frequency: float
    #: seconds until it has faded to a third
    decay: float


#: a falling third, E5 to C5, as a door bell has it
NOTES: Final = (Note(0.0, 659.26, 0.32), Note(0.34, 523.25, 0.5))
#: seconds, and how loud it is from 0 to 1
LENGTH: Final = 1.9
VOLUME: Final = 0.5
#: seconds after which the voice may begin: the second note has faded enough
VOICE_AFTER: Final = 1.25


def samples() -> array[int]:
    """Return the chime as signed 16-bit samples of one channel."""
    return array(
        "h", (round(_PEAK * VOLUME * _sound(n / RATE)) for n in range(round(LENGTH * RATE)))
    )


def _sound(at: float) -> float:
    """Return the chime's air pressure at a time, from -1 to 1; it fades out to nothing."""
    end = min(1.0, (LENGTH - at) / 0.1)
    return end * sum(_note(note, at - note.begins) for note in NOTES) / len(NOTES) * 1.6


def _note(note: Note, age: float) -> float:
    if age < 0:
        return 0.0
    attack = min(1.0, age / _ATTACK)
    return attack * sum(
        loudness
        * math.exp(-age / (note.decay * decay))
        * math.sin(2 * math.pi * note.frequency * times * age)
        for times, loudness, decay in _PARTIALS
    )

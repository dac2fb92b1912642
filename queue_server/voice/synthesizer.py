"""The synthesizer, as a program of its own: lines on its input become WAV files.

espeak-ng is GPL-3, so nothing of Navbat ever loads it: this file is run as a separate process,
`python -m queue_server.voice.synthesizer LIBRARY DATA`. Each line of its input is JSON:
`{"file", "voice", "speed", "pitch", "text"}`.
"""

from __future__ import annotations

import ctypes
import json
import sys
import wave
from array import array
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

#: numbers of espeak-ng's interface, from its speak_lib.h
_SYNCHRONOUS: Final = 2
_RATE, _PITCH = 1, 3
_CHARACTERS: Final = 1
_UTF8, _PHONEMES = 0x1, 0x100

_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


def main(library: str, data: str, lines: Iterable[str]) -> int:
    """Speak every line into its file; return the exit status."""
    engine = ctypes.CDLL(library)
    rate = engine.espeak_Initialize(_SYNCHRONOUS, 0, data.encode() if data else None, 0)
    if rate <= 0:
        sys.stderr.write(f"espeak-ng does not start with the data in {data!r}\n")
        return 1
    heard = array("h")

    def hear(samples: Any, count: int, _events: Any) -> int:
        if samples and count > 0:
            heard.extend(samples[:count])
        return 0

    callback = _Callback(hear)
    engine.espeak_SetSynthCallback(callback)
    return _speak_all(engine, rate, heard, (json.loads(line) for line in lines))


def _speak_all(
    engine: ctypes.CDLL, rate: int, heard: array[int], wishes: Iterable[Mapping[str, Any]]
) -> int:
    for wish in wishes:
        del heard[:]
        if engine.espeak_SetVoiceByName(wish["voice"].encode()) != 0:
            sys.stderr.write(f"espeak-ng has no voice {wish['voice']!r}\n")
            return 1
        _speak(engine, wish, engine.espeak_SetParameter)
        with wave.open(wish["file"], "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(rate)
            file.writeframes(heard.tobytes())
    return 0


def _speak(engine: ctypes.CDLL, wish: Mapping[str, Any], tune: Callable[..., int]) -> None:
    tune(_RATE, wish["speed"], 0)
    tune(_PITCH, wish["pitch"], 0)
    text = wish["text"].encode()
    engine.espeak_Synth(
        text, ctypes.c_size_t(len(text) + 1), 0, _CHARACTERS, 0, _UTF8 | _PHONEMES, None, None
    )
    engine.espeak_Synchronize()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.stdin))

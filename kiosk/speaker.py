"""Says aloud what the visitor is to hear: each text interrupts the one before.

The synthesizer and the player are processes of their own; falling silent is ending the player.
"""

from __future__ import annotations

import io
import logging
import math
import shutil
import subprocess
import tempfile
import threading
import wave
from array import array
from collections import deque
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import unquote, urlsplit

from kiosk.pronouncing import speech
from kiosk.utterance import Utterance
from queue_server.voice import engine

_log = logging.getLogger(__name__)
#: programs that play a WAV file from their input, the first one found is taken
PLAYERS: Final = (("aplay", "-q", "-"), ("pw-play", "-"), ("paplay", "/dev/stdin"))
#: volume, 1 to 5 → share of full scale: each step is heard alike
LOUDNESS: Final = {1: 0.25, 2: 0.4, 3: 0.6, 4: 0.8, 5: 1.0}
#: the tick of a countdown: samples a second, its tone in hertz, its length in seconds
RATE, TONE, LENGTH = 22_050, 880, 0.06
#: seconds that the last player gets to end
_ENDING: Final = 1.0

#: makes a WAV file's bytes
Sounds = Callable[[], bytes]


class Speaker(Protocol):
    """Says things; every call returns at once."""

    def say(self, told: Sequence[Utterance], volume: int) -> None:
        """Say this, from 1 (quiet) to 5, instead of whatever is being said."""

    def add(self, told: Sequence[Utterance], volume: int) -> None:
        """Say this after whatever is being said."""

    def hush(self) -> None:
        """Fall silent."""

    def tick(self) -> None:
        """Let a second of a countdown be heard."""

    def close(self) -> None:
        """Fall silent for good."""


class Mute:
    """Says nothing: there is no voice here, or none is wanted."""

    def say(self, told: Sequence[Utterance], volume: int) -> None:
        """Say nothing."""

    def add(self, told: Sequence[Utterance], volume: int) -> None:
        """Say nothing."""

    def hush(self) -> None:
        """Stay silent."""

    def tick(self) -> None:
        """Stay silent."""

    def close(self) -> None:
        """Stay silent."""


class Scribe:
    """Writes what would be said: one line each, the language's tag, a tab and the text.

    `[tick]` in the place of a language is a second of a countdown, `[hush]` a silence.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._speaking = False

    def say(self, told: Sequence[Utterance], volume: int) -> None:
        """Write what is said."""
        self._speaking = True
        self._write("".join(f"{one.language}\t{one.text}\n" for one in told))
        _log.debug("said at volume %d", volume, extra={"action": "say"})

    def add(self, told: Sequence[Utterance], volume: int) -> None:
        """Write what is said after it."""
        self.say(told, volume)

    def hush(self) -> None:
        """Write that it falls silent, once."""
        if self._speaking:
            self._write("[hush]\t\n")
        self._speaking = False

    def tick(self) -> None:
        """Write that a second is heard."""
        self._write("[tick]\t\n")

    def close(self) -> None:
        """Do nothing more."""

    def _write(self, text: str) -> None:
        try:
            with self._file.open("a", encoding="utf-8") as stream:
                stream.write(text)
        except OSError as error:
            _log.warning("what is said is not written: %s", error, extra={"action": "say"})


class Voice:
    """Speaks through the synthesizer on a thread of its own."""

    def __init__(self, speaking: engine.Engine, player: Sequence[str]) -> None:
        self._engine, self._player = speaking, tuple(player)
        self._changed = threading.Condition()
        self._wanted: deque[Sounds] = deque()
        #: counts the interruptions: what was wanted before one is not played
        self._serial = 0
        self._playing: subprocess.Popen[bytes] | None = None
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="speaker", daemon=True)
        self._thread.start()

    def say(self, told: Sequence[Utterance], volume: int) -> None:
        """Say this instead of whatever is being said."""
        self._want([partial(self._synthesized, one, volume) for one in told], at_once=True)

    def add(self, told: Sequence[Utterance], volume: int) -> None:
        """Say this after whatever is being said."""
        self._want([partial(self._synthesized, one, volume) for one in told])

    def hush(self) -> None:
        """Fall silent at once."""
        self._want([], at_once=True)

    def tick(self) -> None:
        """Let a second be heard, unless something is being said."""
        if not self._wanted and self._playing is None:
            self._want([tone])

    def close(self) -> None:
        """End the thread and its player."""
        self._closed = True
        self.hush()
        self._thread.join(_ENDING)

    def _want(self, sounds: Sequence[Sounds], *, at_once: bool = False) -> None:
        with self._changed:
            if at_once:
                self._wanted.clear()
                self._serial += 1
                if self._playing is not None:
                    self._playing.kill()
            self._wanted.extend(sounds)
            self._changed.notify()

    def _run(self) -> None:
        while not self._closed:
            with self._changed:
                while not self._wanted and not self._closed:
                    self._changed.wait()
                if self._closed:
                    return
                serial, one = self._serial, self._wanted.popleft()
            self._play(serial, one)

    def _play(self, serial: int, one: Sounds) -> None:
        """Play one sound to its end, unless something else is wanted by now."""
        try:
            if player := self._started(serial, one()):
                player.wait()
        except (engine.NoEngine, OSError, ValueError, wave.Error) as error:
            _log.warning("not said: %s", error, extra={"action": "say"})
        finally:
            self._playing = None

    def _started(self, serial: int, sounds: bytes) -> subprocess.Popen[bytes] | None:
        """Return a player that has a whole WAV file as its input; None if it is not wanted."""
        quiet = subprocess.DEVNULL
        with tempfile.TemporaryFile() as source, self._changed:
            if self._serial != serial:
                return None
            source.write(sounds)
            source.seek(0)
            self._playing = subprocess.Popen(  # noqa: S603 - one of PLAYERS, no shell
                self._player, stdin=source, stdout=quiet, stderr=quiet
            )
            return self._playing

    def _synthesized(self, one: Utterance, volume: int) -> bytes:
        wish = speech(one.text, one.language)
        with tempfile.TemporaryDirectory(prefix="navbat-speech-") as folder:
            file = Path(folder) / "said.wav"
            said = engine.Wish(file, wish.voice, wish.speed, wish.pitch, wish.text)
            self._engine.speak([said])
            return louder(file.read_bytes(), LOUDNESS[volume])


def open_speaker(speech: str) -> Speaker:
    """Return what speaks by the setting `speech`: auto, off, or a file:// to write into.

    Where nothing can speak or play, a kiosk stays mute and says so in its log.
    """
    if speech.startswith("file://"):
        return Scribe(Path(unquote(urlsplit(speech).path)))
    player = next((one for one in PLAYERS if shutil.which(one[0])), None)
    if speech == "off" or player is None:
        if player is None:
            _log.warning("there is no program to play sound with", extra={"action": "speech"})
        return Mute()
    try:
        return Voice(engine.find(), player)
    except engine.NoEngine as error:
        _log.warning("the kiosk cannot speak: %s", error, extra={"action": "speech"})
        return Mute()


def louder(file: bytes, share: float) -> bytes:
    """Return a WAV file of 16-bit samples at a share, 0 to 1, of its loudness."""
    with wave.open(io.BytesIO(file)) as heard:
        shape = heard.getparams()
        samples = array("h", heard.readframes(shape.nframes))
    return _wav(array("h", (round(one * share) for one in samples)), shape.framerate)


@cache
def tone() -> bytes:
    """Return a countdown's tick as a WAV file: short and soft, without a click."""
    count = round(RATE * LENGTH)
    waves = (
        math.sin(math.pi * at / count) * math.sin(2 * math.pi * TONE * at / RATE)
        for at in range(count)
    )
    return _wav(array("h", (round(9000 * one) for one in waves)), RATE)


def _wav(samples: array[int], rate: int) -> bytes:
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return made.getvalue()

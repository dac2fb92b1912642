"""The voice packs of a machine as one thing that speaks: number, window, language → samples."""

from __future__ import annotations

import logging
import threading
from array import array
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Final

from queue_server.voice import joining, packs, sound
from queue_server.voice.packs import MANIFEST, BrokenPack
from queue_server.voice.phrases import VOICES, Unspeakable, sentence

_log = logging.getLogger(__name__)
#: clips and whole announcements that stay in memory: about 20 MB and 10 MB
_CLIPS, _ANNOUNCEMENTS = 700, 40


class Voicebox:
    """Speaks from the packs in a folder; what is broken there is noted once and left out."""

    def __init__(self, folder: Path, always: Sequence[str] = ("uz",)) -> None:
        """Take the packs of `folder`; `always` are the voices that speak before the ticket's."""
        self._folder, self._always = folder, tuple(always)
        self._lock = threading.Lock()
        self._noted: set[str] = set()
        self._seen: dict[Path, int] = {}
        self._pack: Final = lru_cache(maxsize=None)(lambda voice: packs.read(folder / voice))
        self._clip: Final = lru_cache(_CLIPS)(self._read_clip)
        self._spoken: Final = lru_cache(_ANNOUNCEMENTS)(self._join)

    def say(self, number: str, window: int, language: str) -> array[int]:
        """Return an announcement in every language that has its turn; without any pack, nothing.

        `language` is the ticket's tag; an unknown one adds none. Raises Unspeakable.
        """
        voices = self.voices(language)
        for voice in voices or VOICES.values():
            sentence(voice, number, window)
        with self._lock:
            self._look()
            return self._spoken(number, window, voices)

    def voices(self, language: str) -> tuple[str, ...]:
        """Return who speaks to the holder of a ticket in a language, in order."""
        own = VOICES.get(language)
        return self._always + ((own,) if own and own not in self._always else ())

    def version(self, language: str) -> str:
        """Return a mark that changes when the packs of an announcement do."""
        with self._lock:
            self._look()
            return "-".join(self._version(voice) for voice in self.voices(language))

    def _look(self) -> None:
        """Forget the packs if one was made anew: a new recording is heard without a restart."""
        found = {}
        for manifest in self._folder.glob(f"*/{MANIFEST}"):
            with suppress(OSError):  # it is being replaced
                found[manifest] = manifest.stat().st_mtime_ns
        if found != self._seen:
            self._seen = found
            self._noted.clear()
            for kept in (self._pack, self._clip, self._spoken):
                kept.cache_clear()

    def _version(self, voice: str) -> str:
        try:
            pack = self._pack(voice)
        except BrokenPack as error:
            self.note(str(error))
            return "none"
        return f"{pack.version}.{len(pack.recorded)}.{pack.gain:g}"

    def _join(self, number: str, window: int, voices: tuple[str, ...]) -> array[int]:
        said = []
        for voice in voices:
            try:
                words = sentence(voice, number, window)
                said.append(joining.joined(words, lambda name, v=voice: self._clip(v, name)))  # type: ignore[misc]
            except (BrokenPack, Unspeakable) as error:
                self.note(str(error))
        return joining.in_turn(said)

    def _read_clip(self, voice: str, name: str) -> array[int]:
        gain = self._pack(voice).gain
        samples = packs.clip(self._folder / voice, name)
        return sound.louder(samples, gain) if gain else samples

    def note(self, sentence: str) -> None:
        """Log a sentence, once till the packs change."""
        if sentence not in self._noted:
            self._noted.add(sentence)
            _log.warning("voice: %s", sentence, extra={"action": "voice"})

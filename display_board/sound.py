"""Plays samples where there is something to play them on."""

from __future__ import annotations

import logging
from array import array

import pygame

from display_board import chime

_log = logging.getLogger(__name__)
#: samples that the device asks for at once: 0.05 s of delay, and still few wake-ups
_BUFFER = 1024


class Speaker:
    """A sound device, or none: then it keeps silent."""

    def __init__(self, *, wanted: bool, volume: int = 100) -> None:
        """Open the device if it is wanted; `volume` goes from 0 to 100."""
        self._volume = volume / 100
        self._playing: pygame.mixer.Channel | None = None
        self.opened = wanted and _open()

    @property
    def busy(self) -> bool:
        """Whether something sounds."""
        return self._playing is not None and self._playing.get_busy()

    def play(self, samples: array[int]) -> None:
        """Begin to play samples of `chime.RATE`; never waits."""
        if not self.opened or not samples:
            return
        try:
            sound = pygame.mixer.Sound(buffer=samples.tobytes())
            sound.set_volume(self._volume)
            self._playing = sound.play()
        except pygame.error as error:
            _log.warning("no sound: %s", error, extra={"action": "sound"})

    def close(self) -> None:
        """Let the device go."""
        if self.opened:
            self.opened, self._playing = False, None
            pygame.mixer.quit()


def _open() -> bool:
    try:
        # no changes allowed: a device of another rate would play our samples too fast
        pygame.mixer.init(chime.RATE, -16, 1, _BUFFER, allowedchanges=0)
    except pygame.error as error:
        _log.info("no sound: %s", error, extra={"action": "sound"})
        return False
    return True

"""Plays the chime where there is something to play it on."""

from __future__ import annotations

import logging

import pygame

from display_board import chime

_log = logging.getLogger(__name__)
#: samples that the device asks for at once: few wake-ups, 0.19 s of delay at most
_BUFFER = 4096


class Speaker:
    """A sound device, or none: then it keeps silent."""

    def __init__(self, *, wanted: bool) -> None:
        self._chime: pygame.mixer.Sound | None = None
        if wanted:
            self._open()

    def announce(self) -> None:
        """Play the chime; one that still sounds is not interrupted. Never waits."""
        if self._chime is not None and not pygame.mixer.get_busy():
            self._chime.play()

    def close(self) -> None:
        """Let the device go."""
        if self._chime is not None:
            self._chime = None
            pygame.mixer.quit()

    def _open(self) -> None:
        try:
            pygame.mixer.init(chime.RATE, -16, 1, _BUFFER)
            self._chime = pygame.mixer.Sound(buffer=chime.samples().tobytes())
        except pygame.error as error:
            _log.info("no sound: %s", error, extra={"action": "sound"})

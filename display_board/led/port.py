"""A serial port that may be dead: it is opened when it can be, and complains once."""

from __future__ import annotations

import contextlib
import logging
import os
import termios
import tty
from collections.abc import Callable
from pathlib import Path
from typing import Final

_log = logging.getLogger(__name__)
#: seconds before a dead port is tried again
RETRY: Final = 5.0
_SPEED, _OUT_SPEED = 4, 5


class Port:
    """A way for bytes; `clock` is steady, in seconds."""

    def __init__(self, path: Path, baud: int, clock: Callable[[], float]) -> None:
        self._path, self._baud, self._clock = path, baud, clock
        self._handle: int | None = None
        self._again = 0.0
        self._said = False

    def send(self, data: bytes) -> bool:
        """Write all of it, or nothing further, and return whether; never waits, never raises."""
        if self._handle is None and self._clock() < self._again:
            return False
        try:
            if self._handle is None:
                self._handle = _open(self._path, self._baud)
            written = os.write(self._handle, data)
        except OSError as error:
            self._dead(str(error))
            return False
        except termios.error as error:
            self._dead(f"{self._path} is no serial port: {error}")
            return False
        if written < len(data):
            self._dead(f"{self._path} takes nothing any more")
            return False
        self._alive()
        return True

    def close(self) -> None:
        """Let the port go."""
        if self._handle is not None:
            with contextlib.suppress(OSError):
                os.close(self._handle)
            self._handle = None

    def _dead(self, reason: str) -> None:
        self.close()
        self._again = self._clock() + RETRY
        if not self._said:
            self._said = True
            _log.warning("LED displays are not reached: %s", reason, extra={"action": "led"})

    def _alive(self) -> None:
        if self._said:
            self._said = False
            _log.info("LED displays are reached again", extra={"action": "led"})


def _open(path: Path, baud: int) -> int:
    """Open a port raw at a speed, 8N1; raises OSError or termios.error."""
    handle = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    try:
        tty.setraw(handle)
        settings = termios.tcgetattr(handle)
        settings[_SPEED] = settings[_OUT_SPEED] = getattr(termios, f"B{baud}")
        termios.tcsetattr(handle, termios.TCSANOW, settings)
    except BaseException:
        os.close(handle)
        raise
    return handle

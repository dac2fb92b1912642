"""The loop between a pad and the server: presses in, moves out, a sign back."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.callpad.moving import Outcome
from kiosk.callpad.pads import Opening, Pad
from kiosk.callpad.presses import Presses, press

_log = logging.getLogger(__name__)
#: seconds of one look at the pad, after which it is asked whether to go on
LOOK: Final = 0.2
#: seconds before a pad that is not there is looked for again
RETRY: Final = 1.0


@dataclass(frozen=True, slots=True)
class Mapped:
    """What the pad's keys mean, and what it is told."""

    moves: Mapping[str, str]
    #: outcome → bytes
    signs: Mapping[str, bytes]
    #: seconds within which a second press of a key counts as none
    double: float


class Desk:
    """Serves one pad until it is told to stop; a pad that is unplugged is waited for."""

    def __init__(
        self,
        opening: Opening,
        mapped: Mapped,
        do: Callable[[str], Outcome],
        stopping: threading.Event,
        retry: float = RETRY,
    ) -> None:
        self._opening, self._mapped, self._do = opening, mapped, do
        self._stopping, self._retry = stopping, retry
        self._presses = Presses()
        self._lost = False

    def run(self) -> None:
        """Serve; returns when told to stop."""
        while not self._stopping.is_set():
            try:
                self._serve(self._opening())
            except OSError as error:
                if not self._lost:
                    _log.warning("no pad: %s", error, extra={"action": "callpad"})
                self._lost = True
                self._stopping.wait(self._retry)

    def _serve(self, pad: Pad) -> None:
        _log.info("pad found", extra={"action": "callpad"})
        self._lost = False
        try:
            while not self._stopping.is_set():
                counted = [key for key in pad.pressed(LOOK) if self._counts(key)]
                for key in counted[:1]:
                    self._act(pad, key)
        finally:
            pad.close()

    def _counts(self, key: str) -> bool:
        self._presses, counts = press(self._presses, key, time.monotonic(), self._mapped.double)
        return counts

    def _act(self, pad: Pad, key: str) -> None:
        move = self._mapped.moves.get(key)
        if move is None:
            _log.info("key %s means nothing", key, extra={"action": "callpad"})
            return
        outcome = self._do(move)
        _log.info("%s: %s", move, outcome, extra={"action": "callpad"})
        # keys that were pressed while the server thought were pressed at an old picture; once the
        # sign is given, the next press counts
        pad.pressed(0.0)
        pad.tell(self._mapped.signs.get(outcome, b""))

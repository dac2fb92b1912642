"""The displays at work: every change at once, and everything again every few seconds."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from display_board.led.protocol import DRIVERS, Sign
from display_board.led.wiring import Wiring, signs
from display_board.state import Board, Message, apply
from queue_server.client.feed import Feed, State

#: seconds between two looks at the clock
TICK: Final = 0.1


class Way(Protocol):
    """Takes bytes to the displays."""

    def send(self, data: bytes) -> bool:
        """Return whether they went out."""
        ...


class Wall:
    """What is known, and what the displays were told."""

    def __init__(self, wiring: Wiring, way: Way) -> None:
        self._wiring, self._way = wiring, way
        self._drive = DRIVERS[wiring.protocol]
        self._told: dict[int, Sign] = {}
        self._refreshed = float("-inf")
        self.board = Board()

    def hear(self, message: Message) -> None:
        """Take what the server says."""
        self.board = apply(self.board, message)

    def tell(self, now: float) -> None:
        """Send what has changed, and everything where that is due; `now` is steady, seconds.

        What does not go out is forgotten, so that it is sent when the port is back.
        """
        if now - self._refreshed >= self._wiring.refresh_seconds:
            self._told.clear()
            self._refreshed = now
        for sign in signs(self.board, self._wiring, now):
            if self._told.get(sign.address) == sign:
                continue
            if not self._way.send(self._drive(sign)):
                self._told.clear()
                return
            self._told[sign.address] = sign


def follow(
    wall: Wall,
    make_feed: Callable[..., Feed],
    stopping: threading.Event,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Keep the displays true to the hall until told to stop; `make_feed` takes the callbacks."""
    letters: queue.Queue[Message] = queue.Queue()

    def write(kind: Any, body: Mapping[str, Any] | None = None) -> None:
        """Put a message into the letters, with the time at which it came."""
        letters.put(Message(kind, clock(), "", body))

    def on_state(state: State) -> None:
        """Pass on whether the server is there."""
        write(state)

    feed = make_feed(
        on_snapshot=lambda body: write("snapshot", body),
        on_event=lambda body: write("event", body),
        on_state=on_state,
    )
    feed.start()
    try:
        while not stopping.is_set():
            _hear_all(wall, letters)
            wall.tell(clock())
    finally:
        feed.stop()


def _hear_all(wall: Wall, letters: queue.Queue[Message]) -> None:
    """Take what has come; wait a tick for the first."""
    try:
        wall.hear(letters.get(timeout=TICK))
        while True:
            wall.hear(letters.get_nowait())
    except queue.Empty:
        return

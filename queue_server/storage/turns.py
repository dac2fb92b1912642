"""Whose turn it is to write: threads come first, are served first.

A plain lock lets a running thread take it again and again while others starve for seconds
(measured in docs/adr/0003); here the one that leaves hands over to the one that waited longest.
"""

from __future__ import annotations

import threading
from collections import deque
from types import TracebackType

from queue_server.storage.errors import StorageError


class Turns:
    """A lock that is handed over in the order of asking."""

    def __init__(self, patience: float) -> None:
        #: seconds after which a waiting thread gives up
        self._patience = patience
        self._guard = threading.Lock()
        self._holder: int | None = None
        self._waiting: deque[_Place] = deque()

    def __enter__(self) -> None:
        """Wait for the turn; raises StorageError when it does not come in time."""
        me = threading.get_ident()
        with self._guard:
            if self._holder is None:
                self._holder = me
                return
            if self._holder == me:
                raise RuntimeError("This thread is writing already; one transaction at a time.")
            place = _Place(me)
            self._waiting.append(place)
        if not place.reached.acquire(timeout=self._patience):
            self._give_up(place)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Hand over to the one that waited longest."""
        with self._guard:
            if not self._waiting:
                self._holder = None
                return
            place = self._waiting.popleft()
            self._holder = place.thread
            place.reached.release()

    def _give_up(self, place: _Place) -> None:
        with self._guard:
            if place not in self._waiting:
                return  # it was handed over at the last moment
            self._waiting.remove(place)
        raise StorageError(
            f"The database was busy for {self._patience:g} seconds; look at its disk and try again."
        )


class _Place:
    """A thread's place in the line of writers."""

    def __init__(self, thread: int) -> None:
        self.thread = thread
        self.reached = threading.Lock()
        self.reached.acquire()

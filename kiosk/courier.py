"""Carries a question to the server, and comes back in time with or without an answer.

A time-out of a socket begins anew with each byte, and covers neither names nor slow drips. So the
question goes out on a thread of its own; whoever is late is left behind, and ends by itself.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from queue_server.client.http import ServerAway

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class _Errand:
    """What is to be asked, and where its answer goes."""

    ask: Callable[[], Any]
    #: an answer, or what was raised
    back: queue.SimpleQueue[tuple[Any, BaseException | None]] = field(
        default_factory=queue.SimpleQueue
    )


class Courier:
    """Asks one question after another; used by one thread."""

    def __init__(self, farewell: Callable[[], None]) -> None:
        #: called in a thread that ends, to close its connection
        self._farewell = farewell
        self._road: queue.SimpleQueue[_Errand | None] | None = None

    def ask(self, question: Callable[[], Answer], seconds: float) -> Answer:
        """Return the answer, or raise what the question raises; ServerAway after the seconds."""
        if self._road is None:
            self._road = self._set_out()
        errand = _Errand(question)
        self._road.put(errand)
        try:
            answer, fault = errand.back.get(timeout=seconds)
        except queue.Empty:
            self.dismiss()
            raise ServerAway(f"no answer within {seconds:g} s") from None
        if fault is not None:
            raise fault
        return answer  # type: ignore[no-any-return]  # the queue carries answers of any kind

    def dismiss(self) -> None:
        """Let the thread end behind what it carries; the next question gets a new one."""
        if self._road is not None:
            self._road.put(None)
            self._road = None

    def _set_out(self) -> queue.SimpleQueue[_Errand | None]:
        road: queue.SimpleQueue[_Errand | None] = queue.SimpleQueue()
        threading.Thread(target=self._run, args=(road,), name="courier", daemon=True).start()
        return road

    def _run(self, road: queue.SimpleQueue[_Errand | None]) -> None:
        try:
            while errand := road.get():
                try:
                    errand.back.put((errand.ask(), None))
                except BaseException as fault:  # noqa: BLE001 - raised where the answer is awaited
                    errand.back.put((None, fault))
        finally:
            self._farewell()

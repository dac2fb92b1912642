"""Keeps the boards' figures fresh: computed at most once a second, and only while a board looks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, Final

from queue_server.usecases.access import SYSTEM
from queue_server.usecases.act import Act
from queue_server.usecases.figures import Figures, of_hall
from queue_server.usecases.ports import Center, UnitOfWork

#: figures change no more often than this, seconds
CALM: Final = 1.0


@dataclass
class FigureKeeper:
    """The last figures of each hall that has boards."""

    center: Center
    #: (topic, payload) → to everyone in the topic's room
    emit: Callable[[str, dict[str, Any]], None]
    #: the topics that somebody listens to now
    audience: Callable[[], Collection[str]]
    #: set whenever something happened in the hall
    stirred: threading.Event = field(default_factory=threading.Event)
    known: dict[int, Figures] = field(default_factory=dict)
    _stopped: threading.Event = field(default_factory=threading.Event)

    def stop(self) -> None:
        """End `run` at once."""
        self._stopped.set()
        self.stirred.set()

    def run(self) -> None:
        """Tell the boards what has changed until stopped; sleeps while nothing happens."""
        while not self._stopped.is_set():
            self.stirred.wait()
            self.stirred.clear()
            self.tell()
            self._stopped.wait(CALM)

    def tell(self) -> None:
        """Compute the figures of each hall with boards, and send those that are new."""
        for hall in self._halls():
            with self.center.read() as work:
                figures = self._compute(work, hall)
            if figures != self.known.get(hall):
                self.known[hall] = figures
                self.emit(f"hall.{hall}", _payload(hall, figures))

    def of(self, work: UnitOfWork, hall: int) -> Figures:
        """Return a hall's figures for a snapshot: a hundred boards at once count but once."""
        if hall not in self.known:
            self.known[hall] = self._compute(work, hall)
        return self.known[hall]

    def _compute(self, work: UnitOfWork, hall: int) -> Figures:
        return of_hall(Act(self.center, work, SYSTEM, self.center.clock.now()), hall)

    def _halls(self) -> list[int]:
        """Return the halls with boards; what is known of the others is forgotten."""
        halls = [int(t.partition(".")[2]) for t in self.audience() if t.startswith("hall.")]
        self.known = {hall: known for hall, known in self.known.items() if hall in halls}
        return halls


def _payload(hall: int, figures: Figures) -> dict[str, Any]:
    return {
        "topic": f"hall.{hall}",
        "type": "hall_figures",
        "next": list(figures.next),
        "waits": [wait.model_dump() for wait in figures.waits],
        "notices": [notice.model_dump() for notice in figures.notices],
    }

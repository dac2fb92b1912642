"""Keeps the figures of boards and floor fresh: at most once a second, and only while one looks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, Final

from queue_server.contracts.floor import FloorFiguresOut
from queue_server.usecases import floor
from queue_server.usecases.access import SYSTEM
from queue_server.usecases.act import Act
from queue_server.usecases.figures import Figures, of_hall
from queue_server.usecases.ports import Center, UnitOfWork

#: figures change no more often than this, seconds
CALM: Final = 1.0
#: alerts come by time alone too: the floor is looked at so often where nothing happens, seconds
LOOK: Final = 5.0
FLOOR: Final = "floor"


@dataclass
class FigureKeeper:
    """The last figures of each hall that has boards, and of the floor."""

    center: Center
    #: (topic, payload) → to everyone in the topic's room
    emit: Callable[[str, dict[str, Any]], None]
    #: the topics that somebody listens to now
    audience: Callable[[], Collection[str]]
    #: set whenever something happened in the hall
    stirred: threading.Event = field(default_factory=threading.Event)
    known: dict[int, Figures] = field(default_factory=dict)
    floor: FloorFiguresOut | None = None
    _stopped: threading.Event = field(default_factory=threading.Event)

    def stop(self) -> None:
        """End `run` at once."""
        self._stopped.set()
        self.stirred.set()

    def run(self) -> None:
        """Tell boards and floor what has changed until stopped; sleeps while nothing happens."""
        while not self._stopped.is_set():
            stirred = self.stirred.wait(LOOK)
            self.stirred.clear()
            if stirred:
                self.tell()
            else:
                self.tell_floor()
            self._stopped.wait(CALM)

    def tell(self) -> None:
        """Compute the figures that somebody looks at, and send those that are new."""
        self.tell_floor()
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

    def of_floor(self, work: UnitOfWork) -> FloorFiguresOut:
        """Return the floor's figures for a snapshot."""
        if self.floor is None:
            self.floor = self._compute_floor(work)
        return self.floor

    def tell_floor(self) -> None:
        """Compute the floor's figures while somebody looks, and send them where they are new."""
        if FLOOR not in self.audience():
            self.floor = None
            return
        with self.center.read() as work:
            figures = self._compute_floor(work)
        if figures != self.floor:
            self.floor = figures
            self.emit(FLOOR, {"topic": FLOOR, "type": "floor_figures", **figures.model_dump()})

    def _compute_floor(self, work: UnitOfWork) -> FloorFiguresOut:
        return floor.figures(Act(self.center, work, SYSTEM, self.center.clock.now()))

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

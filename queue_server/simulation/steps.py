"""A queue of timed steps: one thread plays a whole hall, whichever time the hall keeps."""

from __future__ import annotations

import heapq
import itertools
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from queue_server.simulation.days import milliseconds
from queue_server.simulation.halls import Hall, HallAway

_log = logging.getLogger(__name__)
#: a hall that is away is tried again after so many seconds
AWAY: Final = 3.0
Step = Callable[[], None]


class Steps:
    """What is still to be done in a hall, each step at its time."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._due: list[tuple[datetime, int, Step]] = []
        self._order = itertools.count()

    def at(self, at: datetime, step: Step) -> None:
        """Let a step be done at a time; those of one time in the order in which they were told."""
        heapq.heappush(self._due, (milliseconds(at), next(self._order), step))

    def after(self, seconds: float, step: Step) -> None:
        """Let a step be done so many seconds from now."""
        self.at(self._hall.now + timedelta(seconds=seconds), step)

    def run(self) -> None:
        """Do the steps in turn until none is left, or the hall says that the play is over."""
        while self._due and self._hall.wait_until(self._due[0][0]):
            self._try(heapq.heappop(self._due)[2])

    def _try(self, step: Step) -> None:
        """Do a step; while the hall is away it is tried again."""
        try:
            step()
        except HallAway as error:
            _log.info("the hall is away", extra={"action": "simulate", "error": str(error)})
            self.after(AWAY, step)

"""The paper trail: the last slip, and slips of which nobody knows whether they came out."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from kiosk.events import Event, ListFared, SlipFared
from kiosk.printing import is_papers, paper_of
from printer.job import FINAL, Job, JobState
from printer.slip import Slip

#: questions that are kept: staff answers one or all, or the day ends
MOST: Final = 12


class Trail:
    """Hears of every print job; any thread may call every method."""

    def __init__(self, tell: Callable[[Event], None], now: Callable[[], float]) -> None:
        self._tell, self._now = tell, now
        self._lock = threading.Lock()
        self._last: Slip | None = None
        self._unsure: dict[str, Slip] = {}

    def heard(self, job: Job) -> None:
        """Take the print queue's news, and tell the flow how the paper fares."""
        if is_papers(job):
            self._tell(ListFared(self._now(), paper_of(job)))
            return
        if isinstance(job.slip, Slip):
            self._note(job.slip, job.state)
        self._tell(SlipFared(self._now(), job.slip.ref, paper_of(job)))

    @property
    def last(self) -> Slip | None:
        """The slip that was printed last, or should have been."""
        return self._last

    @property
    def questions(self) -> tuple[str, ...]:
        """The slips that somebody should look for, by their titles."""
        with self._lock:
            return tuple(self._unsure)

    def answer(self, title: str) -> Slip | None:
        """Take a question back, and return its slip; None where there is no such question."""
        with self._lock:
            return self._unsure.pop(title, None)

    def _note(self, slip: Slip, state: JobState) -> None:
        with self._lock:
            if state in FINAL:
                self._last = slip
            if state is JobState.UNKNOWN:
                self._unsure[slip.title] = slip
                while len(self._unsure) > MOST:
                    del self._unsure[next(iter(self._unsure))]

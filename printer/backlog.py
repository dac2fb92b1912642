"""The jobs of a print queue in memory, shared by who submits them and the thread that prints."""

import threading
from collections.abc import Callable, Iterable

from printer.errors import SpoolError
from printer.job import OPEN, Job, new_job
from printer.printable import Printable

Key = tuple[str, int]


class Backlog:
    """All jobs that the queue remembers, the oldest first.

    Every method takes the lock for a moment only; nobody holds it over a disk or a printer.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._jobs: dict[Key, Job] = {}
        self._unwritten: list[Job] = []
        self._awake = self._closed = False

    @property
    def closed(self) -> bool:
        """Tell whether no more jobs are taken."""
        with self._changed:
            return self._closed

    def add(self, slip: Printable, now: float) -> Job:
        """Return the slip's job: the one there is, or a new one that wakes the printing thread."""
        with self._changed:
            if self._closed:
                raise SpoolError("the print queue is closed")
            if slip.key not in self._jobs:
                self._jobs[slip.key] = new_job(slip, now)
                self._unwritten.append(self._jobs[slip.key])
                self._wake()
            return self._jobs[slip.key]

    def get(self, key: Key) -> Job | None:
        """Return a job as it is now."""
        with self._changed:
            return self._jobs.get(key)

    def all(self) -> tuple[Job, ...]:
        """Return all jobs as they are now."""
        with self._changed:
            return tuple(self._jobs.values())

    def waiting(self) -> tuple[Job, ...]:
        """Return the jobs that are still to be sent."""
        return tuple(job for job in self.all() if job.state in OPEN)

    def put(self, job: Job) -> None:
        """Keep a job's next state."""
        with self._changed:
            self._jobs[job.key] = job

    def forget(self, jobs: Iterable[Job]) -> None:
        """Remember these jobs no longer."""
        with self._changed:
            for job in jobs:
                self._jobs.pop(job.key, None)

    def unwritten(self) -> Job | None:
        """Return the oldest new job that is not in the journal."""
        with self._changed:
            return self._unwritten[0] if self._unwritten else None

    def written(self, job: Job) -> None:
        """Note that the journal has the new job."""
        with self._changed:
            self._unwritten.remove(job)

    def wake(self) -> None:
        """End the printing thread's sleep."""
        with self._changed:
            self._wake()

    def close(self) -> None:
        """Take no more jobs, and wake the printing thread to its end."""
        with self._changed:
            self._closed = True
            self._wake()

    def sleep(self, pause: Callable[[bool], float | None]) -> None:
        """Sleep until woken, or for `pause(waits)` seconds; None: until woken.

        `waits` tells whether something is still to be sent.
        """
        with self._changed:
            waits = any(job.state in OPEN for job in self._jobs.values())
            self._changed.wait_for(lambda: self._awake, pause(waits))
            self._awake = False

    def rest(self, seconds: float) -> bool:
        """Rest for so long, or until closed; tell whether it is closed."""
        with self._changed:
            return self._changed.wait_for(lambda: self._closed, seconds)

    def _wake(self) -> None:
        self._awake = True
        self._changed.notify_all()

"""What a print queue is told: how long, how often, by which clock; and what it says of itself."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from printer.deadline import DEFAULT_TIMING, Timing
from printer.reasons import Reason


@dataclass(frozen=True, slots=True)
class Policy:
    """How long slips are kept and how often a printer that is away is tried, in seconds."""

    #: A slip that waited longer than this is not printed after a restart.
    max_age_at_start: float = 60.0
    #: A slip is given up after this while the program runs.
    max_wait: float = 300.0
    #: From one attempt to the next; the last one repeats. A new slip is always tried at once.
    delays: tuple[float, ...] = (1.0, 2.0, 4.0, 8.0, 15.0)
    #: How long a finished job is remembered, so that it is not printed twice.
    memory: float = 48 * 3600.0
    #: Lines after which the journal is rewritten.
    journal_lines: int = 4000

    timing: Timing = DEFAULT_TIMING

    def delay(self, failures: int) -> float:
        """Return the pause behind the given count of failures in a row."""
        return self.delays[min(failures, len(self.delays)) - 1]


@dataclass(frozen=True, slots=True)
class Clock:
    """Wall time for the journal and monotonic time for the pauses, in seconds."""

    now: Callable[[], float] = time.time
    monotonic: Callable[[], float] = time.monotonic


@dataclass(frozen=True, slots=True)
class Health:
    """How the last attempt went; no `reason` means that nothing is known to be wrong."""

    reason: Reason | None = None
    #: A sentence for technicians.
    detail: str = ""
    #: Slips that are not sent yet.
    waiting: int = 0


DEFAULT_POLICY = Policy()
SYSTEM_CLOCK = Clock()

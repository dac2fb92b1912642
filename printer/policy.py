"""What a print queue is told: how long, how often, and by which clock."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from printer.deadline import DEFAULT_TIMING, Timing


@dataclass(frozen=True, slots=True)
class Policy:
    """How long slips are kept and how often a printer that is away is tried, in seconds."""

    #: A slip that waited longer than this is not printed after a restart.
    max_age_at_start: float = 60.0
    #: A slip is given up after this while the program runs.
    max_wait: float = 300.0
    #: From one attempt to the next; the last one repeats. A new slip is always tried at once.
    delays: tuple[float, ...] = (1.0, 2.0, 4.0)
    #: While nothing is printed, from one look at the printer to the next; and where it is mute.
    look_every: float = 4.0
    look_at_mute_every: float = 60.0
    #: How long a slip of which nobody knows is held against the printer.
    unsure_for: float = 900.0
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


DEFAULT_POLICY = Policy()
SYSTEM_CLOCK = Clock()

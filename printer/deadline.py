"""A moment after which nobody waits any more."""

import time
from collections.abc import Callable
from dataclasses import dataclass

Monotonic = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment on a monotonic clock, in seconds."""

    at: float
    monotonic: Monotonic = time.monotonic

    @classmethod
    def after(cls, seconds: float, monotonic: Monotonic = time.monotonic) -> "Deadline":
        """Return the moment `seconds` from now."""
        return cls(monotonic() + seconds, monotonic)

    def remaining(self) -> float:
        """Return the seconds left, never below zero."""
        return max(0.0, self.at - self.monotonic())

    def capped(self, seconds: float) -> "Deadline":
        """Return the earlier of this moment and `seconds` from now."""
        return Deadline(min(self.at, self.monotonic() + seconds), self.monotonic)


@dataclass(frozen=True, slots=True)
class Timing:
    """How long a printer may take, in seconds."""

    #: To be reached.
    connect: float = 2.0
    #: A job may take this many times as long as its bytes do on the way …
    patience: float = 3.0
    #: … as long as its paper takes to come out, and this much more.  For a slip on a quick line all
    #: of it together stays under 8 s.
    slack: float = 2.2
    #: To be reached once more behind a job that broke off, and at the calm looks in between.
    glance: float = 0.8
    #: One answer of the printer; all four together take no longer than five thirds of it.
    answer: float = 0.3

    def for_job(self, size: int, rate: int, paper_seconds: float = 0.0) -> Deadline:
        """Return when a job of `size` bytes must be over on a way of `rate` bytes a second."""
        return Deadline.after(size / rate * self.patience + paper_seconds + self.slack)


DEFAULT_TIMING = Timing()

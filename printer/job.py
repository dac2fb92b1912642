"""A print job: which state follows which, and what becomes of it after a restart."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from printer.printable import Printable
from printer.reasons import Reason


class JobState(StrEnum):
    """Where a slip is on its way to the paper."""

    QUEUED = "queued"
    SENDING = "sending"
    #: Every byte went out, and the printer named no trouble. Not a proof.
    SENT = "sent"
    #: The printer proved it.
    PRINTED = "printed"
    #: No byte went out: it may be tried again by itself.
    FAILED_BEFORE = "failed_before"
    #: Bytes went out and nobody knows: never sent again by itself.
    UNKNOWN = "unknown"
    #: It came out of the printer, and nobody took it.
    NOT_TAKEN = "not_taken"
    #: Too old to be of use: not printed.
    VOID = "void"


_S = JobState
MOVES: Mapping[JobState, frozenset[JobState]] = {
    _S.QUEUED: frozenset({_S.QUEUED, _S.SENDING, _S.FAILED_BEFORE, _S.VOID}),
    _S.FAILED_BEFORE: frozenset({_S.QUEUED, _S.SENDING, _S.FAILED_BEFORE, _S.VOID}),
    _S.SENDING: frozenset({_S.QUEUED, _S.SENT, _S.PRINTED, _S.FAILED_BEFORE, _S.UNKNOWN}),
    _S.SENT: frozenset({_S.NOT_TAKEN}),
    _S.PRINTED: frozenset({_S.NOT_TAKEN}),
    _S.NOT_TAKEN: frozenset(),
    _S.UNKNOWN: frozenset(),
    _S.VOID: frozenset(),
}
#: Still to be sent.
OPEN = frozenset({_S.QUEUED, _S.FAILED_BEFORE})
#: Not a byte more is sent by itself.
FINAL = frozenset(_S) - OPEN - {_S.SENDING}


@dataclass(frozen=True, slots=True)
class Job:
    """One slip or sheet on its way to the paper."""

    slip: Printable
    state: JobState
    #: Seconds since 1970.
    queued_at: float
    changed_at: float
    reason: Reason | None = None
    #: How often sending was begun.
    attempts: int = 0
    #: An attempt stopped in the middle and the printer forgot the rest: the next is a repeat, and
    #: the last.
    torn: bool = False
    #: When the visitor took the slip out of the printer; None: not seen.
    taken_at: float | None = None

    @property
    def key(self) -> tuple[str, int]:
        """Return reference and copy: the same key is never printed twice."""
        return self.slip.key

    @property
    def page(self) -> Printable:
        """Return what the next attempt prints: the slip, marked if it is a repeat."""
        return self.slip.as_repeat() if self.torn else self.slip

    def to(self, state: JobState, at: float, reason: Reason | None = None) -> "Job":
        """Return the job in its next state; raise `ValueError` for a move that is not allowed."""
        back = (self.state, state) == (JobState.SENDING, JobState.QUEUED)
        if state not in MOVES[self.state] or (back and self.torn):
            raise ValueError(f"a print job never goes from {self.state} to {state}")
        attempts = self.attempts + (state is JobState.SENDING)
        torn = self.torn or back
        return replace(
            self, state=state, changed_at=at, reason=reason, attempts=attempts, torn=torn
        )

    def taken(self, at: float) -> "Job":
        """Return the job of a slip that its visitor took."""
        return replace(self, taken_at=at)


def new_job(slip: Printable, now: float) -> Job:
    """Return the job that a slip or sheet starts as."""
    return Job(slip, JobState.QUEUED, queued_at=now, changed_at=now)


def resume(job: Job, now: float, max_age: float) -> Job:
    """Return what a job from the journal is after a restart.

    What was on its way is unknown. What waits longer than `max_age` seconds, or by the clock
    comes from the future, is void: its visitor has the number from the screen.
    """
    if job.state is JobState.SENDING:
        return job.to(JobState.UNKNOWN, now, Reason.INTERRUPTED)
    if job.state in OPEN and not 0 <= now - job.queued_at <= max_age:
        return job.to(JobState.VOID, now, Reason.TOO_OLD)
    return job

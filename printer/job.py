"""A print job: which state follows which, and what becomes of it after a restart."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from printer.reasons import Reason
from printer.slip import Slip


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
    #: Too old to be of use: not printed.
    VOID = "void"


_S = JobState
MOVES: Mapping[JobState, frozenset[JobState]] = {
    _S.QUEUED: frozenset({_S.QUEUED, _S.SENDING, _S.FAILED_BEFORE, _S.VOID}),
    _S.FAILED_BEFORE: frozenset({_S.QUEUED, _S.SENDING, _S.FAILED_BEFORE, _S.VOID}),
    _S.SENDING: frozenset({_S.SENT, _S.PRINTED, _S.FAILED_BEFORE, _S.UNKNOWN}),
    _S.SENT: frozenset(),
    _S.PRINTED: frozenset(),
    _S.UNKNOWN: frozenset(),
    _S.VOID: frozenset(),
}
#: Still to be sent.
OPEN = frozenset({_S.QUEUED, _S.FAILED_BEFORE})
#: Nothing more happens by itself.
FINAL = frozenset(state for state, following in MOVES.items() if not following)


@dataclass(frozen=True, slots=True)
class Job:
    """One slip on its way to the paper."""

    slip: Slip
    state: JobState
    #: Seconds since 1970.
    queued_at: float
    changed_at: float
    reason: Reason | None = None
    #: How often sending was begun.
    attempts: int = 0

    @property
    def key(self) -> tuple[str, int]:
        """Return reference and copy: the same key is never printed twice."""
        return self.slip.key

    def to(self, state: JobState, at: float, reason: Reason | None = None) -> "Job":
        """Return the job in its next state; raise `ValueError` for a move that is not allowed."""
        if state not in MOVES[self.state]:
            raise ValueError(f"a print job never goes from {self.state} to {state}")
        attempts = self.attempts + (state is JobState.SENDING)
        return replace(self, state=state, changed_at=at, reason=reason, attempts=attempts)


def new_job(slip: Slip, now: float) -> Job:
    """Return the job that a slip starts as."""
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

"""The durable print queue: one thread owns the printer, and no slip is sent twice by itself."""

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from printer.backlog import Backlog
from printer.contact import Contact, Taking
from printer.delivery import Outcome
from printer.errors import SpoolError
from printer.health import Health, HealthBook, HealthListener
from printer.job import FINAL, OPEN, Job, JobState, new_job, resume
from printer.journal import Journal
from printer.model import GENERIC, Model
from printer.monitor import Monitor
from printer.paper import PAPER_80, Paper
from printer.policy import DEFAULT_POLICY, SYSTEM_CLOCK, Clock, Policy
from printer.printable import Printable
from printer.reasons import Reason
from printer.roll import RollCounter, ask_new_roll
from printer.slip import Slip
from printer.transport import Transport

_log = logging.getLogger(__name__)
#: Never printed: rendering it loads every face, the encoder and the code's maker.
_FIRST = Slip(
    ref="first",
    number="A000",
    center="-",
    service="-",
    lines=(("-", "-"),),
    url="HTTPS://EXAMPLE.UZ",
    notes=("-",),
    end="-",
)
Listener = Callable[[Job], None]


class Spool:
    """A print queue in `folder` for the printer behind `transport`.

    `model` None lets the printer say what it is. `listener` hears of every change of a job,
    `health_listener` of every change of the printer's health, both in the spool's own thread:
    they must be quick and must not raise.
    """

    def __init__(
        self,
        folder: Path,
        transport: Transport,
        *,
        paper: Paper = PAPER_80,
        model: Model | None = GENERIC,
        listener: Listener | None = None,
        health_listener: HealthListener | None = None,
        policy: Policy = DEFAULT_POLICY,
        clock: Clock = SYSTEM_CLOCK,
    ) -> None:
        self._folder, self._policy, self._clock = folder, policy, clock
        self._journal, self._backlog = Journal(folder), Backlog()
        self._contact = Contact(transport, paper, model, policy.timing)
        self._counter, self._book = RollCounter(folder), HealthBook(health_listener)
        self._listener = listener
        self._thread = threading.Thread(target=self._run, name="print-queue", daemon=True)
        self._monitor = Monitor(
            self._contact, self._backlog, self._counter, self._book, policy, clock
        )
        self._resumed: list[Job] = []
        self._failures, self._retry_at = 0, 0.0

    def start(self) -> None:
        """Own the folder, take up what the last run left, and begin to print.

        Raises `SpoolError` if the folder cannot be used or another program owns it. Slips that
        were on their way become unknown and old ones void: they are told to the listener, and
        not printed.
        """
        self._contact.warm(new_job(_FIRST, 0.0))
        found = self._journal.load()
        if found.damaged:
            _log.error("action=replay damaged=yes jobs=%d", len(found.jobs))
        for job in found.jobs:
            resumed = resume(job, self._clock.now(), self._policy.max_age_at_start)
            self._backlog.put(resumed)
            broken = resumed.reason is Reason.INTERRUPTED or resumed.torn
            self._contact.in_disorder |= broken and job.state not in FINAL
            if resumed != job:
                self._resumed.append(resumed)
        self._rewrite()
        self._counter.load()
        self._backlog.wake()
        self._thread.start()

    def submit(self, page: Printable) -> Job:
        """Queue a slip or sheet and return its job at once.

        The same reference and copy print once.
        """
        return self._backlog.add(page, self._clock.now())

    def outcome(self, ref: str, copy: int = 1) -> Job | None:
        """Return how the job is now, None if this queue does not know it."""
        return self._backlog.get((ref, copy))

    def retry_now(self) -> None:
        """Try what waits at once, such as behind a new roll."""
        self._backlog.wake()

    def new_roll(self, metres: float | None = None) -> None:
        """Begin to count a new roll, as long as the one before unless `metres` are given.

        Raises `SpoolError` if that cannot be written.
        """
        ask_new_roll(self._folder, round(metres * 1000) if metres else None)
        self._backlog.wake()

    @property
    def health(self) -> Health:
        """Return how the printer is and how many slips wait; cheap, from any thread."""
        return replace(self._book.now, waiting=len(self._backlog.waiting()))

    def close(self, timeout: float = 5.0) -> bool:
        """End the thread behind the slip in hand; tell whether it ended within `timeout` seconds.

        What still waits stays in the journal for the next start.
        """
        self._backlog.close()
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        for job in self._resumed:
            self._tell(job)
        self._monitor.note()
        while not self._backlog.closed:
            self._backlog.sleep(self._pause)
            self._turn()
        self._journal.close()

    def _turn(self) -> None:
        """Do all that is to be done now; a fault, such as a listener's, never ends the printing."""
        try:
            self._monitor.take_new_roll()
            self._work_off()
            self._monitor.look_if_due()
            self._tidy()
        except Exception:  # noqa: BLE001  (the thread's outer loop: a fault must not end it)
            _log.exception("action=queue")
            self._retry_at = self._clock.monotonic() + self._policy.delay(1)
            self._monitor.put_off()

    def _pause(self, waits: bool) -> float | None:  # noqa: FBT001  (the backlog tells it)
        """Return how long the thread may sleep, in seconds; None: until somebody wakes it."""
        if waits:
            return max(0.0, self._retry_at - self._clock.monotonic())
        return self._monitor.pause()

    def _work_off(self) -> None:
        """Send what waits, the oldest first, until the printer refuses."""
        while not self._backlog.closed and (waiting := self._backlog.waiting()):
            job = waiting[0]
            outcome = self._attempt(job)
            self._monitor.account(outcome)
            if outcome.state in OPEN:
                self._hold(job, outcome)
                return
            self._failures = 0
            self._move(job, outcome)
            self._monitor.note()
            if outcome.state in {JobState.PRINTED, JobState.SENT}:
                self._attend(job)

    def _attempt(self, job: Job) -> Outcome:
        try:
            self._write_new_jobs()
            if self._clock.now() - job.queued_at > self._policy.max_wait:
                return Outcome(JobState.VOID, Reason.TOO_OLD)
            return self._contact.meet() or self._contact.print(job, partial(self._begin, job))
        except SpoolError as error:
            return Outcome(JobState.FAILED_BEFORE, Reason.JOURNAL, str(error))
        except Exception:  # noqa: BLE001  (the thread's outer loop: one bad slip must not end it)
            _log.exception("action=print ref=%s copy=%d", *job.key)
            begun = self._backlog.get(job.key) != job
            return Outcome(JobState.UNKNOWN if begun else JobState.VOID, Reason.FAULT)

    def _begin(self, job: Job) -> None:
        """Bring "sending" to the disk before the first byte goes out."""
        sending = job.to(JobState.SENDING, self._clock.now())
        self._journal.append(sending)
        self._tell(sending)

    def _hold(self, job: Job, outcome: Outcome) -> None:
        """Give every slip that waits the reason why, and pause: it is the printer, not the slip."""
        self._failures += 1
        self._retry_at = self._clock.monotonic() + self._policy.delay(self._failures)
        for other in (job, *self._backlog.waiting()):
            self._move(other, outcome)

    def _move(self, job: Job, outcome: Outcome) -> None:
        before = self._backlog.get(job.key) or job
        if (before.state, before.reason) == (outcome.state, outcome.reason):
            return
        after = before.to(outcome.state, self._clock.now(), outcome.reason)
        if before.state is JobState.SENDING or after.state in FINAL:
            self._record(after)
        self._tell(after)

    def _attend(self, job: Job) -> None:
        """Watch a slip that the printer holds out, and note what became of it."""
        taking = self._contact.attend(lambda: bool(self._backlog.waiting()), self._backlog.rest)
        printed, now = self._backlog.get(job.key), self._clock.now()
        if printed is None or taking is Taking.UNSEEN:
            return
        left = taking is Taking.LEFT
        after = printed.to(JobState.NOT_TAKEN, now) if left else printed.taken(now)
        self._record(after)
        self._tell(after)
        self._monitor.note()

    def _tell(self, job: Job) -> None:
        self._backlog.put(job)
        _log.info("action=print ref=%s copy=%d state=%s reason=%s", *job.key, job.state, job.reason)
        if self._listener is not None:
            self._listener(job)

    def _write_new_jobs(self) -> None:
        while (job := self._backlog.unwritten()) is not None:
            self._journal.append(job)
            self._backlog.written(job)

    def _record(self, job: Job) -> None:
        """Write how a job ended; without it the next start takes it for unknown, which is safe."""
        try:
            self._journal.append(job)
        except SpoolError as error:
            _log.error("action=record ref=%s copy=%d error=%s", *job.key, error)

    def _tidy(self) -> None:
        """Forget old jobs once the journal is long and nothing waits."""
        if self._journal.lines <= self._policy.journal_lines or self._backlog.waiting():
            return
        oldest = self._clock.now() - self._policy.memory
        self._backlog.forget(job for job in self._backlog.all() if job.changed_at < oldest)
        self._rewrite()

    def _rewrite(self) -> None:
        try:
            self._journal.rewrite(self._backlog.all())
        except SpoolError as error:
            _log.error("action=rewrite error=%s", error)

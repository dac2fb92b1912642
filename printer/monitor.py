"""An eye on the printer: what slips tell of it, and a calm look while nothing is printed."""

from printer.backlog import Backlog
from printer.contact import Contact
from printer.delivery import Outcome, refused
from printer.errors import DeviceError
from printer.health import HealthBook
from printer.job import JobState
from printer.policy import Clock, Policy
from printer.printable import job_name
from printer.reasons import Reason
from printer.roll import RollCounter, level
from printer.status import PaperLevel, Status

#: What a look at the printer says nothing of.
_OURS = frozenset({Reason.JOURNAL, Reason.FAULT})
#: Nobody knows whether the visitor has it.
_UNSURE = frozenset({JobState.UNKNOWN, JobState.NOT_TAKEN})


class Monitor:
    """Brings the health book up to date; the queue's thread owns it."""

    def __init__(
        self,
        contact: Contact,
        backlog: Backlog,
        counter: RollCounter,
        book: HealthBook,
        policy: Policy,
        clock: Clock,
    ) -> None:
        self._contact, self._backlog, self._counter = contact, backlog, counter
        self._book, self._policy, self._clock = book, policy, clock
        self._status = Status()
        self._look_at = 0.0

    def pause(self) -> float | None:
        """Return the seconds until the next look; None: there is nothing to look at."""
        if not self._contact.worth_a_look:
            return None
        return max(0.0, self._look_at - self._clock.monotonic())

    def put_off(self) -> None:
        """Look later: the printer was just seen, or something is wrong with us."""
        self._look_at = self._clock.monotonic() + self._every

    def look_if_due(self) -> None:
        """Look at an idle printer: staff hear of a fault before the next visitor does."""
        idle = not self._backlog.closed and not self._backlog.waiting()
        if not idle or self.pause() != 0.0:
            return
        started = self._clock.monotonic()
        try:
            status = self._contact.look()
        except DeviceError as error:
            self.note(reason=refused(error).reason, detail=str(error))
        else:
            self._hear(status)
        self._look_at = started + self._every

    def account(self, outcome: Outcome) -> None:
        """Take what an attempt says of paper and printer."""
        if outcome.mm:
            self._counter.use(outcome.mm)
        if outcome.before is not None:
            self._status = outcome.before
            self.put_off()
        if outcome.reason is Reason.TOO_OLD:
            self.note()
        else:
            self.note(reason=outcome.reason, detail=outcome.detail)

    def take_new_roll(self) -> None:
        """Begin a new count if somebody put in a new roll, and look at the printer soon."""
        if self._counter.take_note(self._clock.now()):
            self._look_at = 0.0
            self.note()

    def note(self, **changes: object) -> None:
        """Bring the health up to date."""
        reason = changes.get("reason", self._book.now.reason)
        roll, mute = self._counter.roll, self._contact.mute
        paper = level(self._status, self._contact.model, roll)
        self._book.update(
            self._clock.now(),
            **changes,
            waiting=len(self._backlog.waiting()),
            model=self._contact.model.title,
            answers=None if mute is None else not mute,
            paper=PaperLevel.OUT if reason is Reason.NO_PAPER else paper,
            paper_left_mm=roll.left_mm,
            printed_mm=roll.printed_mm,
            unsure=self._unsure(),
        )

    @property
    def _every(self) -> float:
        """Return the seconds between two looks."""
        policy = self._policy
        return policy.look_at_mute_every if self._contact.mute else policy.look_every

    def _hear(self, status: Status) -> None:
        before = self._book.now
        self._status = status
        stays = before.reason in _OURS or (status.mute and before.reason is not Reason.AWAY)
        reason = before.reason if stays and not status.trouble else status.trouble
        self.note(reason=reason, detail=before.detail if reason is before.reason else "")

    def _unsure(self) -> tuple[str, ...]:
        oldest = self._clock.now() - self._policy.unsure_for
        jobs = (job for job in self._backlog.all() if job.state in _UNSURE)
        return tuple(job_name(job.slip) for job in jobs if job.changed_at >= oldest)

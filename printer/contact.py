"""Our dealings with one printer: meeting it, looking at it, printing, and watching its mouth."""

import time
from collections.abc import Callable
from dataclasses import replace
from enum import Enum

from printer.deadline import Deadline, Timing
from printer.delivery import Outcome, Parcel, deliver, pack, refused
from printer.discovery import discover
from printer.errors import DeviceError
from printer.escpos import sweep
from printer.interview import Interview
from printer.job import FINAL, Job, JobState
from printer.model import GENERIC, Model, Questions
from printer.paper import Paper
from printer.reasons import Reason
from printer.status import Status
from printer.transport import Transport

#: Seconds: between two looks at the mouth, and until a slip must have arrived there.
_LOOK_EVERY, _ARRIVES_WITHIN = 0.5, 5.0
#: One answer may be lost: a printer is taken for any printer only after so many questions.
_TRIES = 2


class Taking(Enum):
    """What became of a slip that was held out."""

    TAKEN = "taken"
    LEFT = "left"
    #: The printer did not say.
    UNSEEN = "unseen"


class Contact:
    """One printer behind one transport; one thread uses it, and holds it only while it must."""

    def __init__(
        self, transport: Transport, paper: Paper, model: Model | None, timing: Timing
    ) -> None:
        self._transport, self._paper, self._timing = transport, paper, timing
        self._met = model
        self._asks_model = model is None
        self._tries = 0
        #: Whether the last job may have broken off: half a picture awaited, or half a slip there.
        self.in_disorder = False
        #: Whether it answers nothing; None: it was never asked.
        self.mute: bool | None = None

    @property
    def model(self) -> Model:
        """Return what the printer is taken for."""
        return self._met or GENERIC

    @property
    def known(self) -> bool:
        """Tell whether the model was told, or said by the printer, or not said when asked."""
        return self._met is not None

    @property
    def _may_be_more(self) -> bool:
        """Tell whether a printer that is taken for any printer should be asked once more."""
        anything = self._asks_model and self.model is GENERIC
        return anything and (bool(self.mute) or self._tries < _TRIES)

    @property
    def worth_a_look(self) -> bool:
        """Tell whether the printer may have something to say while nothing is printed."""
        if not self._transport.answers or self.model.questions is Questions.NONE:
            return False
        named = self._asks_model or self.model is not GENERIC
        return named or self.mute is not None

    def warm(self, page_job: Job) -> None:
        """Draw a page that is never printed: it loads every face and the encoder."""
        pack(page_job.page, self._paper, self.model)

    def meet(self) -> Outcome | None:
        """Find out what the printer is, if that is not known; return why it cannot be now."""
        if self._met is not None:
            return None
        try:
            status = self.look()
        except DeviceError as error:
            return refused(error)
        return None if self.known else Outcome(JobState.QUEUED, status.trouble or Reason.OFFLINE)

    def look(self) -> Status:
        """Ask the printer how it is; raise `DeviceError` if it cannot be reached."""
        if not self._transport.answers:
            self._met = self.model
            return Status()
        try:
            self._transport.open("look", Deadline.after(self._timing.glance))
            if self._met is None or self._may_be_more:
                self._met = discover(self._transport, self._timing.answer)
                self._tries += self._met is not None
            status = Interview(self._transport, self.model, self._timing.answer).ask()
            self.mute = status.mute
            return status
        finally:
            self._transport.close()

    def print(self, job: Job, begin: Callable[[], None]) -> Outcome:
        """Try to bring the job onto paper; `begin` is called before the first byte goes out."""
        if job.torn and not self.model.can_repeat:
            return Outcome(JobState.VOID, job.reason)
        parcel = self._swept(pack(job.page, self._paper, self.model))
        timing, repeatable = self._timing, not job.torn
        outcome = deliver(parcel, self._transport, self.model, begin, timing, repeatable=repeatable)
        if outcome.before is not None and self._transport.answers:
            self.mute = outcome.before.mute
        went_out = outcome.state in FINAL or outcome.torn
        if went_out:
            # where the paper ended, the piece is gone with the old roll
            hangs = outcome.torn and outcome.reason is not Reason.NO_PAPER
            self.in_disorder = outcome.state is JobState.UNKNOWN or hangs
        return replace(outcome, mm=parcel.mm) if went_out else outcome

    def attend(self, hurry: Callable[[], bool], rest: Callable[[float], bool]) -> Taking:
        """Watch the slip that is held out until it is taken, or put it away when its time is over.

        `hurry` tells whether others wait, `rest(seconds)` waits and tells whether to stop.
        """
        presenter = self.model.presenter
        if presenter is None:
            return Taking.UNSEEN
        try:
            self._transport.open("output", Deadline.after(self._timing.glance))
            taking = self._watch(hurry, rest)
            if taking is Taking.LEFT and presenter.put_away:
                limit = Deadline.after(self._timing.glance)
                self._transport.write(presenter.put_away, limit)
                self._transport.flush(limit)
        except DeviceError:
            return Taking.UNSEEN
        else:
            return taking
        finally:
            self._transport.close()

    def _swept(self, parcel: Parcel) -> Parcel:
        """Return the parcel, behind a broken job with what ends that one first."""
        if not self.in_disorder:
            return parcel
        return replace(parcel, data=sweep(parcel.data, self.model, self._paper.width_dots))

    def _watch(self, hurry: Callable[[], bool], rest: Callable[[float], bool]) -> Taking:
        talk = Interview(self._transport, self.model, self._timing.answer)
        start, seen = time.monotonic(), False
        while (lies_there := talk.ask().output) is not None:
            if seen and not lies_there:
                return Taking.TAKEN
            seen = seen or lies_there
            if time.monotonic() - start >= self._patience(seen=seen, hurry=hurry()):
                return Taking.LEFT if seen else Taking.UNSEEN
            if rest(_LOOK_EVERY):
                break
        return Taking.UNSEEN

    def _patience(self, *, seen: bool, hurry: bool) -> float:
        presenter = self.model.presenter
        if presenter is None or not seen:
            return _ARRIVES_WITHIN
        return presenter.hurry_seconds if hurry else presenter.wait_seconds

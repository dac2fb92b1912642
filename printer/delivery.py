"""One attempt to bring one slip onto paper, and what can honestly be said of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from PIL import Image

from printer.deadline import DEFAULT_TIMING, Deadline, Timing
from printer.errors import DeviceError, PrinterAway
from printer.escpos import ask_for_proof, encode
from printer.interview import Interview
from printer.job import JobState
from printer.model import Model
from printer.paper import DOTS_PER_MM, Paper
from printer.printable import Printable, job_name
from printer.raster import render
from printer.reasons import Reason
from printer.status import Status
from printer.transport import Transport

_MARK_LENGTH = 4
#: While a proof is awaited the printer is asked how it is, so often (seconds).
_ASK_EVERY = 0.5
#: What staff can end, and what the printer names at once when it stops in the middle.
MENDABLE = frozenset({Reason.NO_PAPER, Reason.COVER_OPEN})


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is sent for one slip: its name for people, its bytes, and its mark for a proof."""

    title: str
    data: bytes
    mark: bytes
    #: Paper that it takes, from one cut to the next.
    mm: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an attempt; `detail` is a sentence for technicians."""

    state: JobState
    reason: Reason | None = None
    detail: str = ""
    #: It stopped in the middle and the printer forgot the rest: it may be sent again as a repeat.
    torn: bool = False
    #: Paper that it took, or may have taken.
    mm: int = 0
    #: What the printer said beforehand; None: it was not reached.
    before: Status | None = field(default=None, compare=False)


def pack(page: Printable, paper: Paper, model: Model) -> Parcel:
    """Return the page as the bytes that print it, with a question for a proof if `model` has it."""
    mark = re.sub(r"[^A-Za-z0-9]", "", page.ref)[-_MARK_LENGTH:].rjust(_MARK_LENGTH, "0").encode()
    return pack_picture(job_name(page), render(page, paper), mark, model)


def pack_picture(title: str, picture: Image.Image, mark: bytes, model: Model) -> Parcel:
    """Return a 1-bit picture as the bytes that print it; `mark` is four letters or digits."""
    proof = ask_for_proof(mark) if model.proves else b""
    rows = picture.height + model.cut_feed_rows
    return Parcel(title, encode(picture, model) + proof, mark, rows // DOTS_PER_MM + model.cut_mm)


def deliver(
    parcel: Parcel,
    transport: Transport,
    model: Model,
    begin: Callable[[], None],
    timing: Timing = DEFAULT_TIMING,
    *,
    repeatable: bool = False,
) -> Outcome:
    """Reach the printer, ask it, send the parcel, and say what is known.

    `begin` is called before the first byte of the slip goes out; what it raises ends the attempt
    with nothing sent. With `repeatable`, paper end or an open cover in the middle of the slip
    makes the printer forget the rest, if it can, and the outcome is queued and `torn`.
    """
    talk = Interview(transport, model, timing.answer)
    try:
        transport.open(parcel.title, Deadline.after(timing.connect))
        before = talk.ask()
    except DeviceError as error:
        transport.close()
        return refused(error)
    outcome = _print(parcel, talk, before, begin, timing, repeatable=repeatable)
    if outcome.state is JobState.UNKNOWN and outcome.reason is Reason.STALLED and not before.mute:
        outcome = _look_again(outcome, talk, timing, repeatable=repeatable)
    return replace(outcome, before=before)


def _print(
    parcel: Parcel,
    talk: Interview,
    before: Status,
    begin: Callable[[], None],
    timing: Timing,
    *,
    repeatable: bool,
) -> Outcome:
    """Send the parcel to the printer that was asked before, say what is known, and let it go."""
    try:
        if before.trouble:
            return Outcome(JobState.QUEUED, before.trouble)
        begin()
        paper_seconds = parcel.mm / talk.model.mm_per_second
        deadline = timing.for_job(len(parcel.data), talk.transport.rate, paper_seconds)
        refusal = _send(parcel, talk.transport, deadline)
        asked = not before.mute
        return refusal or _judge(parcel, talk, deadline, asked=asked, repeatable=repeatable)
    finally:
        talk.transport.close()


def _send(parcel: Parcel, transport: Transport, deadline: Deadline) -> Outcome | None:
    """Send all bytes; return how that failed, or None."""
    try:
        transport.write(parcel.data, deadline)
        transport.flush(deadline)
    except DeviceError as error:
        return _broken(error) if error.sent else refused(error)
    return None


def _judge(
    parcel: Parcel, talk: Interview, deadline: Deadline, *, asked: bool, repeatable: bool
) -> Outcome:
    """Say what is known once every byte went out: trouble behind the last one means nothing is."""
    try:
        if talk.transport.proves:
            return Outcome(JobState.PRINTED)
        if talk.model.proves:
            return _await_proof(parcel, talk, deadline, asked=asked, repeatable=repeatable)
        trouble = talk.ask().trouble if asked else None
    except DeviceError as error:
        return _broken(error)
    return Outcome(JobState.UNKNOWN, trouble) if trouble else Outcome(JobState.SENT)


def _await_proof(
    parcel: Parcel, talk: Interview, deadline: Deadline, *, asked: bool, repeatable: bool
) -> Outcome:
    """Wait for the proof, and ask in between: a printer that stopped will never give it."""
    proof = b"\x37\x22" + parcel.mark + b"\0"
    while True:
        if talk.wait_for(proof, deadline.capped(_ASK_EVERY)):
            return Outcome(JobState.PRINTED)
        trouble = talk.ask().trouble if asked else None
        if proof in talk.heard:
            return Outcome(JobState.PRINTED)
        if trouble in MENDABLE and trouble is not None:
            return _stopped(talk, trouble, repeatable=repeatable)
        if deadline.remaining() == 0:
            return Outcome(JobState.UNKNOWN, trouble or Reason.UNPROVEN)


def _look_again(
    outcome: Outcome, broken: Interview, timing: Timing, *, repeatable: bool
) -> Outcome:
    """Ask a printer that broke off or stopped taking data why; keep the outcome if it is silent."""
    transport = broken.transport
    talk = Interview(transport, broken.model, timing.answer)
    try:
        transport.open("look", Deadline.after(timing.glance))
        trouble = talk.ask().trouble
        if trouble is None:
            return outcome
        if trouble not in MENDABLE:
            return Outcome(JobState.UNKNOWN, trouble, outcome.detail)
        return _stopped(talk, trouble, repeatable=repeatable)
    except DeviceError:
        return outcome
    finally:
        transport.close()


def _stopped(talk: Interview, trouble: Reason, *, repeatable: bool) -> Outcome:
    """Make a printer that stopped in the middle forget the rest, now: later it would go on."""
    model = talk.model
    if not (repeatable and model.can_repeat):
        return Outcome(JobState.UNKNOWN, trouble)
    limit = Deadline.after(talk.patience)
    if not talk.request(model.clear, model.clear_answer, limit):
        return Outcome(JobState.UNKNOWN, trouble, "the printer did not confirm that it forgot")
    return Outcome(JobState.QUEUED, trouble, torn=True)


def refused(error: DeviceError) -> Outcome:
    """Return the outcome of an attempt that could not even begin."""
    reason = Reason.AWAY if isinstance(error, PrinterAway) else Reason.STALLED
    return Outcome(JobState.FAILED_BEFORE, reason, str(error))


def _broken(error: DeviceError) -> Outcome:
    return Outcome(JobState.UNKNOWN, Reason.STALLED, str(error))

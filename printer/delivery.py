"""One attempt to bring one slip onto paper, and what can honestly be said of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from printer.deadline import DEFAULT_TIMING, Deadline, Timing
from printer.errors import DeviceError, PrinterAway
from printer.escpos import ask_for_proof, encode
from printer.interview import ask, await_proof
from printer.job import JobState
from printer.model import Model
from printer.paper import Paper
from printer.raster import render
from printer.reasons import Reason
from printer.slip import Slip
from printer.transport import Transport

_MARK_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is sent for one slip: its name for people, its bytes, and its mark for a proof."""

    title: str
    data: bytes
    mark: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an attempt; `detail` is a sentence for technicians."""

    state: JobState
    reason: Reason | None = None
    detail: str = ""


def pack(slip: Slip, paper: Paper, model: Model) -> Parcel:
    """Return the slip as the bytes that print it, with a question for a proof if `model` has it."""
    mark = re.sub(r"[^A-Za-z0-9]", "", slip.ref)[-_MARK_LENGTH:].rjust(_MARK_LENGTH, "0").encode()
    data = encode(render(slip, paper), model)
    return Parcel(slip.title, data + ask_for_proof(mark) if model.proves else data, mark)


def deliver(
    parcel: Parcel,
    transport: Transport,
    model: Model,
    begin: Callable[[], None],
    timing: Timing = DEFAULT_TIMING,
) -> Outcome:
    """Reach the printer, ask it, send the parcel, and say what is known.

    `begin` is called before the first byte of the slip goes out; what it raises ends the attempt
    with nothing sent.
    """
    try:
        transport.open(parcel.title, Deadline.after(timing.connect))
        before = ask(transport)
    except DeviceError as error:
        transport.close()
        return _refused(error)
    try:
        if before.trouble:
            return Outcome(JobState.QUEUED, before.trouble)
        begin()
        deadline = timing.for_job(len(parcel.data), transport.rate)
        refused = _send(parcel, transport, deadline)
        return refused or _judge(parcel, transport, model, deadline, ask_again=not before.mute)
    finally:
        transport.close()


def _send(parcel: Parcel, transport: Transport, deadline: Deadline) -> Outcome | None:
    """Send all bytes; return how that failed, or None."""
    try:
        transport.write(parcel.data, deadline)
        transport.flush(deadline)
    except DeviceError as error:
        return _broken(error) if error.sent else _refused(error)
    return None


def _judge(
    parcel: Parcel, transport: Transport, model: Model, deadline: Deadline, *, ask_again: bool
) -> Outcome:
    """Say what is known once every byte went out: trouble behind the last one means nothing is."""
    try:
        if transport.proves or (model.proves and await_proof(transport, parcel.mark, deadline)):
            return Outcome(JobState.PRINTED)
        trouble = ask(transport).trouble if ask_again else None
    except DeviceError as error:
        return _broken(error)
    if trouble or model.proves:
        return Outcome(JobState.UNKNOWN, trouble or Reason.UNPROVEN)
    return Outcome(JobState.SENT)


def _refused(error: DeviceError) -> Outcome:
    reason = Reason.AWAY if isinstance(error, PrinterAway) else Reason.STALLED
    return Outcome(JobState.FAILED_BEFORE, reason, str(error))


def _broken(error: DeviceError) -> Outcome:
    return Outcome(JobState.UNKNOWN, Reason.STALLED, str(error))

"""One attempt to bring one slip onto paper, and what can honestly be said of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from printer.deadline import Deadline
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

#: Seconds that a printer may take to be reached.
CONNECT = 3.0
#: A job may take this many times as long as its bytes do, and these seconds more.
PATIENCE, SLACK = 3.0, 5.0
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
    parcel: Parcel, transport: Transport, model: Model, begin: Callable[[], None]
) -> Outcome:
    """Reach the printer, ask it, send the parcel, and say what is known.

    `begin` is called before the first byte of the slip goes out; what it raises ends the attempt
    with nothing sent.
    """
    try:
        transport.open(parcel.title, Deadline.after(CONNECT))
        before = ask(transport)
    except DeviceError as error:
        transport.close()
        return _refused(error)
    try:
        if before.trouble:
            return Outcome(JobState.QUEUED, before.trouble)
        begin()
        return _send(parcel, transport, model, ask_again=not before.mute)
    finally:
        transport.close()


def _send(parcel: Parcel, transport: Transport, model: Model, *, ask_again: bool) -> Outcome:
    deadline = Deadline.after(len(parcel.data) / transport.rate * PATIENCE + SLACK)
    try:
        transport.write(parcel.data, deadline)
        transport.flush(deadline)
    except DeviceError as error:
        if not error.sent:
            return _refused(error)
        return Outcome(JobState.UNKNOWN, Reason.STALLED, str(error))
    if transport.proves:
        return Outcome(JobState.PRINTED)
    if model.proves and await_proof(transport, parcel.mark, deadline):
        return Outcome(JobState.PRINTED)
    return _unproven(transport, model, ask_again=ask_again)


def _unproven(transport: Transport, model: Model, *, ask_again: bool) -> Outcome:
    """Ask how the printer is now: trouble behind the last byte leaves the slip unknown."""
    try:
        trouble = ask(transport).trouble if ask_again else None
    except DeviceError as error:
        return Outcome(JobState.UNKNOWN, Reason.STALLED, str(error))
    if trouble or model.proves:
        return Outcome(JobState.UNKNOWN, trouble or Reason.UNPROVEN)
    return Outcome(JobState.SENT)


def _refused(error: DeviceError) -> Outcome:
    reason = Reason.AWAY if isinstance(error, PrinterAway) else Reason.STALLED
    return Outcome(JobState.FAILED_BEFORE, reason, str(error))

"""What a printer says about itself: told apart from all other bytes it may send.

Most answer DLE EOT 1-4 with one byte each; Custom's answer DLE EOT 20 with six.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from printer.model import Model, Questions
from printer.reasons import Reason

QUESTIONS = (1, 2, 3, 4)
FULL = 20
_FULL_HEAD, _FULL_LENGTH = b"\x10\x0f", 6

#: The fixed bits of each kind of byte.
_FIXED, _ANSWER, _AUTOMATIC = 0x93, 0x12, 0x10
_FOLLOWING, _FOLLOWERS = 0x90, 3
_BLOCK_HEADS = b"\x37\x3b\x5f"
_FLOW_CONTROL = b"\x11\x13"


class PaperLevel(StrEnum):
    """How much paper there is."""

    PLENTY = "plenty"
    LOW = "low"
    OUT = "out"
    #: Nobody said, which is neither good nor bad.
    UNKNOWN = "unknown"


class Fault(StrEnum):
    """What is wrong inside the printer."""

    NONE = "none"
    CUTTER = "cutter"
    #: Something mechanical that staff can end, such as a paper jam.
    JAM = "jam"
    #: It ends by itself, such as a hot head.
    PASSING = "passing"
    #: It does not.
    LASTING = "lasting"


#: The bits of answer 3, the gravest first; and those of the full status, as (byte, bits).
_FULL_FAULTS = {
    (5, 0x4C): Fault.LASTING,
    (5, 0x01): Fault.CUTTER,
    (4, 0x40): Fault.JAM,
    (4, 0x29): Fault.PASSING,
}
_FAULTS = {0x20: Fault.LASTING, 0x08: Fault.CUTTER, 0x04: Fault.JAM, 0x40: Fault.PASSING}


@dataclass(frozen=True, slots=True)
class Status:
    """What the printer said; None is what it did not say, which is neither good nor bad."""

    online: bool | None = None
    cover_open: bool | None = None
    paper: PaperLevel = PaperLevel.UNKNOWN
    fault: Fault | None = None
    #: A slip lies in the printer's mouth.
    output: bool | None = None

    @property
    def mute(self) -> bool:
        """Tell whether the printer answered nothing at all."""
        return self == Status()

    @property
    def trouble(self) -> Reason | None:
        """Return what keeps the printer from printing, or None if it named nothing."""
        troubles = (
            (self.cover_open, Reason.COVER_OPEN),
            (self.paper == PaperLevel.OUT, Reason.NO_PAPER),
            (self.fault == Fault.CUTTER, Reason.CUTTER),
            (self.fault == Fault.JAM, Reason.JAM),
            (self.fault == Fault.LASTING, Reason.BROKEN),
            (self.fault == Fault.PASSING, Reason.BUSY),
            (self.online is False, Reason.OFFLINE),
        )
        return next((reason for holds, reason in troubles if holds), None)


def question(number: int) -> bytes:
    """Return the bytes of question 1 printer, 2 cause of being off line, 3 error, 4 paper."""
    return bytes((0x10, 0x04, number))


def find_answer(data: bytes) -> int | None:
    """Return the last status byte in what a printer sent, or None.

    Automatic status (four bytes), blocks (up to a NUL), flow control and answers to other
    questions are stepped over; one byte that is none of these makes the whole untrustworthy.
    """
    answer, at = None, 0
    while at < len(data):
        byte = data[at]
        if byte & _FIXED == _ANSWER:
            answer = byte
        elif not _is_known(byte):
            return None
        at += _length(data, at)
    return answer


def find_full_answer(data: bytes) -> bytes | None:
    """Return the last whole full status in what a printer sent, or None."""
    at = data.rfind(_FULL_HEAD, 0, max(0, len(data) - _FULL_LENGTH + len(_FULL_HEAD)))
    return data[at : at + _FULL_LENGTH] if at >= 0 else None


def read_answers(answers: Mapping[int, int], model: Model) -> Status:
    """Return what the answers, one byte for each question that was answered, say together."""
    printer, cause, error, paper = (answers.get(number) for number in QUESTIONS)
    stopped = bool((cause or 0) & 0x20)
    return Status(
        online=None if printer is None else not printer & 0x08,
        cover_open=None if cause is None else bool(cause & 0x04),
        paper=PaperLevel.OUT if stopped else _paper(paper, model),
        fault=_fault(error),
        output=_output(paper, model),
    )


def read_full_answer(answer: bytes, model: Model) -> Status:
    """Return what a full status of six bytes says."""
    faults = (fault for (at, bits), fault in _FULL_FAULTS.items() if answer[at] & bits)
    return Status(
        online=None,
        cover_open=bool(answer[3] & 0x03),
        paper=_paper(answer[2], model),
        fault=next(faults, Fault.NONE),
        output=_output(answer[2], model),
    )


def can_be_asked(model: Model) -> bool:
    """Tell whether a printer of this model answers questions at all."""
    return model.questions is not Questions.NONE


def _is_known(byte: int) -> bool:
    automatic, plain = byte & _FIXED == _AUTOMATIC, byte & _FOLLOWING == 0
    return automatic or plain or byte in _BLOCK_HEADS or byte in _FLOW_CONTROL


def _length(data: bytes, at: int) -> int:
    """Return how many bytes belong together at `at`."""
    if data[at] in _BLOCK_HEADS:
        end = data.find(b"\0", at)
        return (end if end >= 0 else len(data)) - at + 1
    if data[at] & _FIXED != _AUTOMATIC:
        return 1
    following = data[at + 1 : at + 1 + _FOLLOWERS]
    return 1 + next((n for n, byte in enumerate(following) if byte & _FOLLOWING), len(following))


def _paper(answer: int | None, model: Model) -> PaperLevel:
    if answer is None:
        return PaperLevel.UNKNOWN
    if answer & model.paper_end_bits:
        return PaperLevel.OUT
    low = model.near_end_sensor and answer & model.near_end_bits
    return PaperLevel.LOW if low else PaperLevel.PLENTY


def _output(answer: int | None, model: Model) -> bool | None:
    if answer is None or model.presenter is None:
        return None
    return bool(answer & model.presenter.output_bits)


def _fault(error: int | None) -> Fault | None:
    if error is None:
        return None
    return next((fault for bit, fault in _FAULTS.items() if error & bit), Fault.NONE)

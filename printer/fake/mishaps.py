"""What can go wrong with a printer, as a word on a command line: `cover`, `paper-end-after:3`."""

import difflib
from dataclasses import dataclass
from enum import StrEnum

from printer.errors import PrinterError


class MishapUnknown(PrinterError):
    """A word names no fault that the fake printer can have."""


class Kind(StrEnum):
    """The faults; what stands behind the colon is said with each."""

    #: The paper ends at once.
    PAPER_END = "paper-end"
    #: … a hand's breadth into the slip behind so many.
    PAPER_END_AFTER = "paper-end-after"
    NEAR_END = "near-end"
    COVER = "cover"
    #: … once so many millimetres of a slip are out.
    COVER_AT = "cover-at"
    #: It jams at the next cut.
    CUTTER = "cutter"
    #: The head is hot.
    HOT = "hot"
    #: It answers nothing.
    MUTE = "mute"
    #: It answers nonsense.
    GARBAGE = "garbage"
    #: It takes no more bytes.
    STALL = "stall"
    #: It takes so many bytes in a second.
    SLOW = "slow"
    #: It breaks the connection off once so many bytes came.
    RESET = "reset"
    #: Nobody listens at its port.
    REFUSE = "refuse"
    #: It loses power and comes back: now, or once so many bytes came.
    POWER_CYCLE = "power-cycle"
    #: Nobody takes the slip out of its mouth.
    NOT_TAKEN = "not-taken"


#: What is meant where no number is said.
_USUAL = {
    Kind.PAPER_END_AFTER: 1,
    Kind.COVER_AT: 40,
    Kind.SLOW: 2000,
    Kind.RESET: 5000,
    Kind.POWER_CYCLE: 0,
}


@dataclass(frozen=True, slots=True)
class Mishap:
    """One fault, with its number where it has one."""

    kind: Kind
    amount: int = 0


def read_mishap(word: str) -> Mishap:
    """Return the fault that a word such as `slow:500` names; raise `MishapUnknown` for others."""
    name, _, amount = word.strip().partition(":")
    if name not in set(Kind):
        near = difflib.get_close_matches(name, list(Kind), n=1)
        hint = f"did you mean {near[0]}?" if near else f"use none, {', '.join(Kind)}"
        raise MishapUnknown(f"there is no fault {name!r}: {hint}")
    kind = Kind(name)
    if amount and (kind not in _USUAL or not amount.isdecimal() or len(amount) > 9):  # noqa: PLR2004
        raise MishapUnknown(f"the fault {word!r} is wrong: write {name}" + ":N" * (kind in _USUAL))
    return Mishap(kind, int(amount) if amount else _USUAL.get(kind, 0))

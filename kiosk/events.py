"""What can happen to a kiosk. Every event carries its time, in seconds that never run backwards."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.acts import Act
from queue_server.contracts.api import TicketOut
from queue_server.contracts.catalogue import CatalogueOut


class Paper(StrEnum):
    """How the slip fares, as far as anyone can tell."""

    PRINTING = "printing"
    #: the printer has it, or has most likely printed it
    DONE = "done"
    #: no slip, or nobody knows whether there is one
    FAILED = "failed"
    #: the printer says that it has no paper
    NO_PAPER = "no_paper"


@dataclass(frozen=True, slots=True)
class Tick:
    """Time went by."""

    at: float


@dataclass(frozen=True, slots=True)
class Touched:
    """The visitor touched a key, or the glass beside the keys, or used the keyboard."""

    at: float
    act: Act | None = None
    #: a key of the keyboard, which does not tremble as a finger does
    typed: bool = False


@dataclass(frozen=True, slots=True)
class CatalogueCame:
    """The server, or the kiosk's own memory, told what the center offers."""

    at: float
    catalogue: CatalogueOut
    #: false where it is remembered from before
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class ServerLost:
    """The server did not answer."""

    at: float
    #: tickets are issued from the kiosk's own numbers meanwhile
    own_numbers: bool = False


@dataclass(frozen=True, slots=True)
class DayTold:
    """Which day of the week it is at the center, 0 is Monday."""

    at: float
    weekday: int


@dataclass(frozen=True, slots=True)
class Issued:
    """The server issued the ticket that was asked for under this key."""

    at: float
    key: str
    ticket: TicketOut


@dataclass(frozen=True, slots=True)
class NotIssued:
    """The server was away, or refused with a problem's code, what was asked under this key."""

    at: float
    key: str
    code: str | None = None


@dataclass(frozen=True, slots=True)
class SlipFared:
    """The printer, or its queue, told how a ticket's slip fares."""

    at: float
    ticket: str
    paper: Paper


@dataclass(frozen=True, slots=True)
class Scanned:
    """A scanner read something: an appointment's code, a ticket's address, or garbage."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """The appointment that was asked for under this key is now a waiting ticket."""

    at: float
    key: str
    ticket: TicketOut


@dataclass(frozen=True, slots=True)
class NotCheckedIn:
    """The server was away (None), or refused the code with a problem's code."""

    at: float
    key: str
    code: str | None = None


@dataclass(frozen=True, slots=True)
class ListFared:
    """How the printed list of papers fares."""

    at: float
    paper: Paper


@dataclass(frozen=True, slots=True)
class HelpChanged:
    """A call for help went out (called), was answered, or did not reach anybody (failed)."""

    at: float
    state: str


@dataclass(frozen=True, slots=True)
class HeadphonesChanged:
    """Headphones were plugged in, or the key with the raised mark was pressed; or unplugged."""

    at: float
    plugged: bool


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating was noted, or not (a problem's code)."""

    at: float
    code: str | None = None


@dataclass(frozen=True, slots=True)
class StaffTold:
    """What the service menu shows: lines of facts, and the answer to what was last done."""

    at: float
    lines: tuple[str, ...]
    answer: str = ""
    #: slips of which nobody knows whether they came out: `A042`
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PinJudged:
    """Whether the typed PIN was right; `wait` seconds until another try."""

    at: float
    right: bool
    wait: float = 0.0


Event = (
    Tick
    | Touched
    | CatalogueCame
    | ServerLost
    | DayTold
    | Issued
    | NotIssued
    | SlipFared
    | Scanned
    | CheckedIn
    | NotCheckedIn
    | ListFared
    | HelpChanged
    | HeadphonesChanged
    | Rated
    | StaffTold
    | PinJudged
)

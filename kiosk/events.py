"""What can happen to a kiosk. Every event carries its time, in seconds that never run backwards."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from queue_server.contracts.api import CatalogueOut, TicketOut


class Paper(StrEnum):
    """How the slip fares, as far as anyone can tell."""

    PRINTING = "printing"
    #: the printer has it, or has most likely printed it
    DONE = "done"
    #: no slip, or nobody knows whether there is one
    FAILED = "failed"
    #: the printer says that it has no paper
    NO_PAPER = "no_paper"


# --- acts: what a key on the glass means ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """Speak this language."""

    tag: str


@dataclass(frozen=True, slots=True)
class ChooseGroup:
    """Show a group's services."""

    prefix: str


@dataclass(frozen=True, slots=True)
class ChooseService:
    """This is what the visitor came for."""

    id: str


@dataclass(frozen=True, slots=True)
class ShowPage:
    """Turn to another page of tiles."""

    page: int


@dataclass(frozen=True, slots=True)
class SwitchSignLanguage:
    """The visitor uses sign language, or not after all."""


@dataclass(frozen=True, slots=True)
class AskCategory:
    """The visitor may have a right to go first."""


@dataclass(frozen=True, slots=True)
class ChooseCategory:
    """The visitor's category; None is none of them."""

    id: str | None


@dataclass(frozen=True, slots=True)
class TakeTicket:
    """Issue it."""


@dataclass(frozen=True, slots=True)
class TryAgain:
    """Ask for the ticket once more."""


@dataclass(frozen=True, slots=True)
class GoBack:
    """One step back."""


@dataclass(frozen=True, slots=True)
class StartAgain:
    """Forget this visit."""


@dataclass(frozen=True, slots=True)
class StillHere:
    """The visitor has not gone."""


Act = (
    ChooseLanguage
    | ChooseGroup
    | ChooseService
    | ShowPage
    | SwitchSignLanguage
    | AskCategory
    | ChooseCategory
    | TakeTicket
    | TryAgain
    | GoBack
    | StartAgain
    | StillHere
)

# --- events --------------------------------------------------------------------------------------


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


Event = Tick | Touched | CatalogueCame | ServerLost | Issued | NotIssued | SlipFared

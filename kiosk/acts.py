"""What a key on the glass can mean."""

from __future__ import annotations

from dataclasses import dataclass


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


# finding a service, and what there is to know


@dataclass(frozen=True, slots=True)
class OpenSearch:
    """Find a service by typing."""


@dataclass(frozen=True, slots=True)
class Type:
    """One more letter or digit."""

    text: str


@dataclass(frozen=True, slots=True)
class Erase:
    """Take the last letter back."""


@dataclass(frozen=True, slots=True)
class SwitchScript:
    """Show the keyboard of another script."""

    script: str


@dataclass(frozen=True, slots=True)
class OpenEvents:
    """Show what may have happened in somebody's life."""


@dataclass(frozen=True, slots=True)
class ChooseEvent:
    """This is what happened."""

    id: str


@dataclass(frozen=True, slots=True)
class SwitchLeg:
    """This service of the life event is wanted, or not after all."""

    service: str


@dataclass(frozen=True, slots=True)
class OpenInfo:
    """Tell all about a service; about the one in hand, or the life event, where none is named."""

    service: str = ""


@dataclass(frozen=True, slots=True)
class PrintList:
    """Print what to bring for the service in hand."""


@dataclass(frozen=True, slots=True)
class OpenCenter:
    """Tell about the center: hours, plan, facilities, law, sign_language."""

    topic: str = "hours"


@dataclass(frozen=True, slots=True)
class OpenCode:
    """The visitor has an appointment's code."""


@dataclass(frozen=True, slots=True)
class Submit:
    """What was typed is whole."""


@dataclass(frozen=True, slots=True)
class DivertOnline:
    """The visitor does it online instead."""


@dataclass(frozen=True, slots=True)
class CallHelp:
    """Somebody should come."""


# how the kiosk serves this visitor


@dataclass(frozen=True, slots=True)
class OpenComfort:
    """Show the ways to see, hear and reach better."""


@dataclass(frozen=True, slots=True)
class SwitchComfort:
    """Turn one of them on or off: large, contrast, low, spoken."""

    name: str


@dataclass(frozen=True, slots=True)
class ChangeVolume:
    """Speak louder (1) or more quietly (-1)."""

    by: int


@dataclass(frozen=True, slots=True)
class SayAgain:
    """Say once more what was said."""


# ratings, and what only staff do


@dataclass(frozen=True, slots=True)
class Rate:
    """How the service was, 1 to 5."""

    stars: int


@dataclass(frozen=True, slots=True)
class GiveReason:
    """Why; a name in the texts `rating.reason_<name>`."""

    name: str


@dataclass(frozen=True, slots=True)
class OpenStaff:
    """The screen was tapped as only staff know how."""


@dataclass(frozen=True, slots=True)
class StaffDo:
    """Something from the service menu."""

    name: str


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
    | OpenSearch
    | Type
    | Erase
    | SwitchScript
    | OpenEvents
    | ChooseEvent
    | SwitchLeg
    | OpenInfo
    | PrintList
    | OpenCenter
    | OpenCode
    | Submit
    | DivertOnline
    | CallHelp
    | OpenComfort
    | SwitchComfort
    | ChangeVolume
    | SayAgain
    | Rate
    | GiveReason
    | OpenStaff
    | StaffDo
)

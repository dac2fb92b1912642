"""Every way in which the hall refuses, drawn as a tree.

DomainError
├── NotSignedIn                 who are you?
├── Forbidden                   you may not
├── Unknown                     there is no such thing
│   ├── UnknownTicket
│   └── UnknownWindow
├── Invalid                     a field of the request is wrong
│   ├── UnknownService
│   ├── UnknownEvent
│   ├── UnknownCategory
│   ├── UnknownLanguage
│   ├── UnknownNeed
│   ├── UnknownClerk
│   ├── UnknownCode
│   ├── ReasonRequired
│   ├── WrongCredentials
│   └── KeyReused
└── Refused                     right in form, but the state of the hall forbids it
    ├── TransitionNotAllowed
    ├── StaleVersion
    ├── WindowClosed
    ├── WindowPaused
    ├── WindowBusy
    ├── WindowTaken
    ├── ClerkElsewhere
    ├── TooEarly
    ├── TooLate
    ├── NothingToUndo
    ├── NothingToConfirm
    ├── NothingToRate
    ├── AlreadyLate
    ├── AlreadyRated
    ├── AlreadyHere
    ├── WrongDay
    ├── NumberTaken
    └── NotYourNumber

A class's docstring is its default sentence; `code` is what programs match on.
"""

from __future__ import annotations

import re
from typing import ClassVar


class DomainError(Exception):
    """The hall refused."""

    #: the request's field that is at fault, where one is
    field: str | None = None
    code: ClassVar[str] = "refused"

    def __init__(self, message: str | None = None, **facts: object) -> None:
        super().__init__(message or (self.__doc__ or "").strip())
        self.facts = facts

    def __init_subclass__(cls) -> None:
        """Derive the stable code from the class's name: `WindowClosed` → `window_closed`."""
        cls.code = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


class NotSignedIn(DomainError):
    """Sign in first, or send a device token."""


class Forbidden(DomainError):
    """You have no right to do this."""


class Unknown(DomainError):
    """There is no such thing."""


class UnknownTicket(Unknown):
    """There is no such ticket."""


class UnknownWindow(Unknown):
    """There is no such window."""


class Invalid(DomainError):
    """A field of the request is wrong."""

    def __init__(self, message: str | None = None, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field or self.field


class UnknownService(Invalid):
    """There is no such service."""

    field = "service"


class UnknownEvent(Invalid):
    """There is no such life event."""

    field = "event"


class UnknownCategory(Invalid):
    """There is no such category."""

    field = "category"


class UnknownLanguage(Invalid):
    """There is no such language."""

    field = "language"


class UnknownNeed(Invalid):
    """There is no such need."""

    field = "needs"


class UnknownClerk(Invalid):
    """There is no such clerk."""

    field = "to_clerk"


class UnknownCode(Invalid):
    """There is no appointment with this code."""

    field = "code"


class ReasonRequired(Invalid):
    """Say why: this step needs a reason."""

    field = "reason"


class WrongCredentials(Invalid):
    """The login or the password is wrong."""

    field = "password"


class KeyReused(Invalid):
    """This idempotency key was used for another request."""

    field = "Idempotency-Key"


class Refused(DomainError):
    """The state of the hall forbids this now."""


class TransitionNotAllowed(Refused):
    """The ticket's state forbids this move."""


class StaleVersion(Refused):
    """The ticket has changed since you saw it."""


class WindowClosed(Refused):
    """The window is closed."""


class WindowPaused(Refused):
    """The window is on a break."""


class WindowBusy(Refused):
    """The window has a visitor."""


class WindowTaken(Refused):
    """Another clerk has this window."""


class ClerkElsewhere(Refused):
    """You have another window open."""


class TooEarly(Refused):
    """The visitor has had too little time to come."""


class TooLate(Refused):
    """The time for this has passed."""


class NothingToUndo(Refused):
    """There is no last move of yours that could be undone."""


class NothingToConfirm(Refused):
    """No category of this ticket waits for its papers."""


class NothingToRate(Refused):
    """Nobody was served here a moment ago."""


class AlreadyLate(Refused):
    """You have let others go before once; that is as often as it goes."""


class AlreadyRated(Refused):
    """This visit has its rating."""


class AlreadyHere(Refused):
    """This appointment is checked in already."""


class WrongDay(Refused):
    """This appointment or ticket belongs to another day."""


class NumberTaken(Refused):
    """Another ticket has this number."""


class NotYourNumber(Refused):
    """This number is not one that the kiosk may give out."""

"""Every way in which the hall refuses, drawn as a tree.

DomainError
├── NotSignedIn                 who are you?
│   └── SignedInElsewhere
├── Forbidden                   you may not
│   ├── ProviderRequired
│   ├── PasswordChangeRequired
│   └── SecondFactorMissing
├── TryLater                    too many tries
├── Unknown                     there is no such thing
│   ├── UnknownTicket
│   ├── UnknownWindow
│   ├── UnknownPerson
│   ├── UnknownDevice
│   └── UnknownPairing
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
│   │   ├── SecondFactorRequired
│   │   └── WrongCode
│   ├── WeakPassword
│   ├── LoginTaken
│   ├── NameTaken
│   ├── NoSuchSlot
│   ├── CatalogueFaulty
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
    ├── NotYourNumber
    ├── ServiceClosed
    ├── HallSuspended
    ├── DayClosed
    ├── SlotTaken
    ├── TooManyBookings
    ├── BookingsClosed
    ├── PairingOver
    ├── CatalogueChanged
    ├── WouldOrphan
    ├── NotYourself
    └── LastAdministrator

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


class SignedInElsewhere(NotSignedIn):
    """You have signed in somewhere else; this session has ended."""


class Forbidden(DomainError):
    """You have no right to do this."""


class ProviderRequired(Forbidden):
    """People of your role sign in through the sign-in service."""


class PasswordChangeRequired(Forbidden):
    """Choose a password of your own first."""


class SecondFactorMissing(Forbidden):
    """Set up your second factor first."""


class TryLater(DomainError):
    """Too many tries; wait a while."""


class Unknown(DomainError):
    """There is no such thing."""


class UnknownTicket(Unknown):
    """There is no such ticket."""


class UnknownWindow(Unknown):
    """There is no such window."""


class UnknownPerson(Unknown):
    """There is no such person."""


class UnknownDevice(Unknown):
    """There is no such device."""


class UnknownPairing(Unknown):
    """No device shows this code."""


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


class SecondFactorRequired(WrongCredentials):
    """Enter the code of your second factor."""

    field = "code"


class WrongCode(WrongCredentials):
    """The code is wrong, or was used already."""

    field = "code"


class WeakPassword(Invalid):
    """This password is too easy to guess."""

    field = "password"


class LoginTaken(Invalid):
    """Somebody has this login already."""

    field = "login"


class NameTaken(Invalid):
    """Another device has this name already."""

    field = "name"


class NoSuchSlot(Invalid):
    """No appointment begins at this time."""

    field = "at"


class CatalogueFaulty(Invalid):
    """The catalogue has mistakes."""

    field = "document"

    def __init__(self, message: str | None = None, **facts: object) -> None:
        super().__init__(message)
        self.facts = facts


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


class ServiceClosed(Refused):
    """No tickets are issued for this service now."""

    field = "service"


class HallSuspended(Refused):
    """The hall stands still; the queue is kept."""


class DayClosed(Refused):
    """The center has closed for today."""


class SlotTaken(Refused):
    """Somebody else has taken this time; choose another one."""

    field = "at"


class TooManyBookings(Refused):
    """You have as many appointments as one may have."""

    field = "contact"


class BookingsClosed(Refused):
    """There are no appointments for this service."""

    field = "service"


class PairingOver(Refused):
    """This code has been used or has run out."""


class CatalogueChanged(Refused):
    """Somebody else has changed the catalogue meanwhile; look again."""


class WouldOrphan(Refused):
    """Visitors or clerks still need what this would take away."""


class NotYourself(Refused):
    """Nobody does this to the own account."""


class LastAdministrator(Refused):
    """One administrator must remain."""

"""What the use cases need from the world; `storage/` and `bootstrap` provide it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from queue_server.domain.estimate import Estimate
from queue_server.domain.signing_in import SignInRules
from queue_server.usecases import stores
from queue_server.usecases.foreseen import Blind, Doings, Foreseen


class Clock(Protocol):
    """The only source of time."""

    def now(self) -> datetime:
        """Return the present in UTC, cut to milliseconds."""
        ...


class Names(Protocol):
    """The only source of chance."""

    def ticket_id(self, at: datetime) -> str:
        """Return a new id that sorts by time; it is unique, but no secret."""
        ...

    def token(self) -> str:
        """Return a new secret of 256 bits."""
        ...

    def code(self) -> str:
        """Return a new code of 40 bits that people can read out and type."""
        ...


class Signer(Protocol):
    """The center's secret."""

    def key(self, ticket_id: str) -> str:
        """Return the key that opens a ticket's page to its holder."""
        ...

    def lease_secret(self, lease_id: str) -> str:
        """Return the secret from which a kiosk makes the keys of its own tickets."""
        ...

    def opens(self, ticket_id: str, key: str) -> bool:
        """Return whether this is the ticket's key, in constant time."""
        ...

    def seal(self, purpose: str, text: str) -> str:
        """Return the text sealed with the center's secret; each purpose has a key of its own."""
        ...

    def unseal(self, purpose: str, sealed: str) -> str | None:
        """Return what was sealed, or None where this center has not sealed it."""
        ...

    def one_time_password(self, of: str) -> str:
        """Return a password that follows from the center's secret and from what it is made for."""
        ...


class Passwords(Protocol):
    """Slow hashes of passwords."""

    def hash(self, password: str) -> str:
        """Return the hash to keep."""
        ...

    def verify(self, password: str, kept: str) -> bool:
        """Return whether this is the password; takes as long when `kept` is empty."""
        ...


class OneTimeCodes(Protocol):
    """The codes of second factors (TOTP, RFC 6238)."""

    def secret(self) -> str:
        """Return a new secret."""
        ...

    def uri(self, secret: str, login: str, center: str) -> str:
        """Return the address that an authenticator reads from a QR code."""
        ...

    def step(self, secret: str, code: str, now: datetime) -> int | None:
        """Return the step whose code this is, of those next to now; None: of none."""
        ...


class Notary(Protocol):
    """The center's key pair (Ed25519), by which it signs places in its log."""

    @property
    def public_key(self) -> str:
        """The public half, base64url without padding."""
        ...

    def sign(self, message: bytes) -> str:
        """Return the signature, base64url without padding."""
        ...

    def signed(self, message: bytes, signature: str, public_key: str) -> bool:
        """Return whether this public key's owner has signed the message."""
        ...


class Foresight(Protocol):
    """What is foreseen of the hall; asking never waits."""

    def newest(self) -> Foreseen | None:
        """Return what was foreseen last; None before the first time, and while it is too dear."""
        ...

    def doings(self) -> Doings:
        """Return what foreseeing has cost."""
        ...


class UnitOfWork(Protocol):
    """One transaction: all of it or nothing. It commits when its `with` block ends well."""

    #: the newest event's seq and hash
    seq: int
    head_hash: str
    #: the open service day; None before the first
    day: date | None
    #: version of the catalogue in force; 0 before the first
    catalogue_version: int
    #: why the hall stands still: None, `closed`, or `suspended:<reason>`
    halted: str | None
    tickets: stores.Tickets
    numbers: stores.Numbers
    shifts: stores.Shifts
    log: stores.Log
    catalogues: stores.Catalogues
    replies: stores.Replies
    access: stores.Access
    devices: stores.Devices
    helps: stores.Helps
    tallies: stores.Tallies
    pairings: stores.Pairings
    messages: stores.Messages
    notes: stores.Notes
    contacts: stores.Contacts
    cursors: stores.Cursors
    days: stores.Days
    checkpoints: stores.Checkpoints
    figure_rows: stores.FigureRows
    alerts: stores.Alerts
    observations: stores.Observed

    def open_day(self, day: date) -> None:
        """Make `day` the open service day."""
        ...


@dataclass(frozen=True)
class Center:
    """The center that the use cases work on: its ports, wired by bootstrap."""

    #: a transaction that may write; one at a time, first come first served
    write: Callable[[], AbstractContextManager[UnitOfWork]]
    #: one consistent snapshot; never waits for a writer
    read: Callable[[], AbstractContextManager[UnitOfWork]]
    clock: Clock
    names: Names
    signer: Signer
    passwords: Passwords
    codes: OneTimeCodes
    notary: Notary
    #: how visitors' phones reach this server
    public_url: str
    #: an expected wait in words of a language, as seen at a local time
    say_wait: Callable[[Estimate, str, datetime], str]
    #: a text of the interface, by its key, in every language
    texts: Callable[[str], Mapping[str, str]]
    sign_in: SignInRules = field(default_factory=SignInRules)
    foresight: Foresight = field(default_factory=Blind)

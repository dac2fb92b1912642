"""What the center keeps beside tickets: people, devices and their doings, sessions, answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from queue_server.domain.numbering import Block


@dataclass(frozen=True, slots=True)
class Person:
    """Who may sign in."""

    login: str
    name: str
    role: str
    password_hash: str
    window: int | None = None
    disabled: bool = False
    #: the password was given by somebody else
    must_change: bool = False
    #: the sealed secret of the second factor
    totp: str | None = None
    #: the last step whose code was accepted: none serves twice
    totp_step: int = 0
    #: who this is to the sign-in service
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Wrong passwords for a login from an address."""

    login: str
    address: str
    count: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Device:
    """A kiosk, a board, a print station, a rating pad or a PC of the corner."""

    name: str
    kind: str
    token_hash: str
    hall: int = 1
    revoked: bool = False
    #: of a rating pad
    window: int | None = None


@dataclass(frozen=True, slots=True)
class Lease:
    """The counts that a kiosk gives out by itself, on every day."""

    id: str
    device: str
    block: Block
    granted_at: datetime


@dataclass(frozen=True, slots=True)
class Reported:
    """The last report of a device, in wire form, and what is wrong by it."""

    device: str
    at: datetime
    alerts: tuple[str, ...]
    report: str


@dataclass(frozen=True, slots=True)
class HelpCall:
    """Somebody should come to a device; id 0 before it is kept."""

    device: str
    hall: int
    reason: str
    language: str | None
    called_at: datetime
    answered_at: datetime | None = None
    answered_by: str | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class CornerSession:
    """Somebody sits at a PC of the self-service corner."""

    device: str
    began_at: datetime
    ends_at: datetime
    extensions: int = 0


@dataclass(frozen=True, slots=True)
class WebSession:
    """A person signed in at a browser; only the token's hash is kept."""

    token_hash: str
    login: str
    csrf_token: str
    began_at: datetime
    seen_at: datetime
    #: what must be done before all else: `password` or `second_factor`
    pending: str | None = None


@dataclass(frozen=True, slots=True)
class Pairing:
    """A device that shows a code and waits to be let in."""

    code: str
    secret_hash: str
    kind: str
    address: str
    asked_at: datetime
    expires_at: datetime
    #: waiting, approved, refused or claimed
    state: str = "waiting"
    name: str | None = None
    hall: int = 1
    window: int | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """What a supervisor writes to a window; id 0 before it is kept."""

    window: int
    sender: str
    text: str
    at: datetime
    read_at: datetime | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """What a clerk writes on a ticket; id 0 before it is kept."""

    ticket: str
    at: datetime
    by: str
    text: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class Contact:
    """Where the visitor of an appointment is reminded; kept apart, and not for long."""

    ticket: str
    contact: str
    contact_hash: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ServiceDay:
    """A service day as a stretch of the log; open while it has no last event."""

    day: date
    first_seq: int
    closed_seq: int | None = None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A day's figures of one group, service, window …, as JSON."""

    day: date
    dimension: str
    key: str
    body: str


@dataclass(frozen=True, slots=True)
class StoredReply:
    """What a command answered under its idempotency key."""

    actor: str
    key: str
    #: SHA-256 of method, path and body
    request: str
    status: int
    body: str
    at: datetime

"""What the center keeps beside tickets: people, devices and their doings, sessions, answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

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

"""What the use cases need from the world; `storage/` and `bootstrap` provide it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from queue_server.contracts.messages import EventBase
from queue_server.domain.catalogue import Catalogue
from queue_server.domain.ledger import Sealed
from queue_server.domain.numbering import Block
from queue_server.domain.routing import Arrival, Desk
from queue_server.domain.ticket import Ticket
from queue_server.domain.waiting import Estimate
from queue_server.domain.window import Shift
from queue_server.usecases.records import (
    CornerSession,
    Device,
    HelpCall,
    Lease,
    Person,
    Reported,
    StoredReply,
    WebSession,
)


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


class Passwords(Protocol):
    """Slow hashes of passwords."""

    def hash(self, password: str) -> str:
        """Return the hash to keep."""
        ...

    def verify(self, password: str, kept: str) -> bool:
        """Return whether this is the password; takes as long when `kept` is empty."""
        ...


class Tickets(Protocol):
    """The tickets of every day; what is open is found without a look at history."""

    def get(self, ticket_id: str) -> Ticket | None:
        """Return the ticket."""
        ...

    def add(self, ticket: Ticket) -> None:
        """Keep a new ticket, and its first stay."""
        ...

    def save(self, ticket: Ticket) -> None:
        """Keep a ticket's next value, and a new stay where the state or the window changed.

        Raises StaleVersion when the kept version is not the one before.
        """
        ...

    def heads(self, desk: Desk, now: datetime) -> Sequence[Ticket]:
        """Return the first waiting ticket of each line of the desk, and all placed there.

        A line is service × statutory, of tickets that the desk is eligible to call. These decide
        `pick_next`.
        """
        ...

    def line(self, desk: Desk) -> Sequence[Ticket]:
        """Return every waiting ticket in the services of the desk or placed there."""
        ...

    def ahead(self, place: str, arrival: Arrival, services: Iterable[str]) -> int:
        """Return how many wait at the place for these services before `arrival` (999 at most)."""
        ...

    def waiting(self) -> Mapping[str, int]:
        """Return how many wait for each service."""
        ...

    def in_hand(self, window: int) -> Ticket | None:
        """Return the called or serving ticket of a window."""
        ...

    def at_windows(self) -> Sequence[Ticket]:
        """Return all called and serving tickets, the newest call first."""
        ...

    def parked(self) -> Sequence[Ticket]:
        """Return all tickets on hold and no-shows of the open day."""
        ...

    def find(self, day: date, prefix: str, count: int) -> Ticket | None:
        """Return the ticket with this number."""
        ...

    def recent(self, day: date, limit: int) -> Sequence[Ticket]:
        """Return the newest tickets of a day."""
        ...

    def by_code(self, code: str) -> Ticket | None:
        """Return the ticket whose appointment has this code."""
        ...

    def served_at(self, window: int, since: datetime) -> Ticket | None:
        """Return the ticket last served at a window, of those issued after `since`."""
        ...

    def used(self, day: date, block: Block) -> Mapping[str, Sequence[int]]:
        """Return the counts that a day has of a kiosk's block, in order, by prefix."""
        ...

    def open_before(self, day: date) -> Sequence[Ticket]:
        """Return tickets of earlier days that never ended."""
        ...

    def holds_over(self, now: datetime) -> Sequence[Ticket]:
        """Return tickets on hold whose time of return has come."""
        ...

    def count_overtaken(self, ids: Iterable[str]) -> None:
        """Count one more overtaking on each of these."""
        ...


class Numbers(Protocol):
    """One counter per day and prefix."""

    def next(self, day: date, prefix: str) -> int:
        """Return the next count, from 1; it is given once."""
        ...

    def skip_to(self, day: date, prefix: str, count: int) -> None:
        """Let the counter stand at this count: those between belong to kiosks."""
        ...

    def highest(self, day: date) -> int:
        """Return the highest count of any prefix, from this day on; 0 before the first."""
        ...


class Shifts(Protocol):
    """The clerks' shifts."""

    def at(self, window: int) -> Shift | None:
        """Return the open shift of a window."""
        ...

    def of(self, clerk: str) -> Shift | None:
        """Return the open shift of a clerk."""
        ...

    def open(self) -> Sequence[Shift]:
        """Return all open shifts, by window."""
        ...

    def ready(self) -> frozenset[int]:
        """Return the windows that are open and not on a break."""
        ...

    def add(self, shift: Shift) -> None:
        """Keep a new shift."""
        ...

    def save(self, shift: Shift) -> None:
        """Keep a shift's next value."""
        ...


class Log(Protocol):
    """The hash-chained event log."""

    def append(self, event: EventBase) -> int:
        """Chain the event to the log and return its seq."""
        ...

    def after(self, seq: int, limit: int) -> Sequence[dict[str, Any]]:
        """Return events in wire form, in order."""
        ...

    def sealed(self) -> Iterable[Sealed]:
        """Return the whole log as it stands, for verification."""
        ...


class Catalogues(Protocol):
    """Every catalogue that was ever in force."""

    def current(self) -> Catalogue:
        """Return the catalogue in force; raises LookupError before the first import."""
        ...

    def document(self) -> Mapping[str, Any]:
        """Return the document that the catalogue in force was parsed from."""
        ...

    def add(self, document: Mapping[str, Any], by: str, at: datetime) -> int:
        """Put a catalogue in force and return its version."""
        ...


class Replies(Protocol):
    """Answers by idempotency key."""

    def get(self, actor: str, key: str) -> StoredReply | None:
        """Return the answer given under this key."""
        ...

    def add(self, reply: StoredReply) -> None:
        """Keep an answer."""
        ...


class Access(Protocol):
    """People, devices and sessions."""

    def person(self, login: str) -> Person | None:
        """Return the person."""
        ...

    def people(self) -> Sequence[Person]:
        """Return all people."""
        ...

    def put_person(self, person: Person) -> None:
        """Add or replace a person."""
        ...

    def device_by_token(self, token_hash: str) -> Device | None:
        """Return the device that holds this token."""
        ...

    def put_device(self, device: Device) -> None:
        """Add or replace a device."""
        ...

    def session(self, token_hash: str) -> WebSession | None:
        """Return the session."""
        ...

    def put_session(self, session: WebSession) -> None:
        """Add or replace a session."""
        ...

    def end_session(self, token_hash: str) -> None:
        """Forget a session."""
        ...


class Devices(Protocol):
    """What the center knows of its devices beside their tokens."""

    def all(self) -> Sequence[Device]:
        """Return every device that is not revoked, by name."""
        ...

    def lease(self, device: str) -> Lease | None:
        """Return the counts that a kiosk has of its own."""
        ...

    def leases(self) -> Sequence[Lease]:
        """Return the own counts of all kiosks."""
        ...

    def add_lease(self, lease: Lease) -> None:
        """Keep what a kiosk was granted."""
        ...

    def reports(self) -> Mapping[str, Reported]:
        """Return the last report of each device."""
        ...

    def put_report(self, reported: Reported) -> None:
        """Keep a device's last report."""
        ...

    def corner(self, device: str) -> CornerSession | None:
        """Return the session at a PC of the corner."""
        ...

    def put_corner(self, session: CornerSession) -> None:
        """Begin or extend a session."""
        ...

    def end_corner(self, device: str) -> None:
        """Forget a session."""
        ...


class Helps(Protocol):
    """Calls for help."""

    def add(self, call: HelpCall) -> HelpCall:
        """Keep a call and return it with its id."""
        ...

    def get(self, call_id: int) -> HelpCall | None:
        """Return a call."""
        ...

    def waiting(self) -> Sequence[HelpCall]:
        """Return the calls that nobody has answered, the oldest first."""
        ...

    def answer(self, call: HelpCall) -> None:
        """Keep who answered, and when."""
        ...


class Tallies(Protocol):
    """Plain counts by day."""

    def add(self, day: date, name: str) -> int:
        """Count one more and return how many they are."""
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
    tickets: Tickets
    numbers: Numbers
    shifts: Shifts
    log: Log
    catalogues: Catalogues
    replies: Replies
    access: Access
    devices: Devices
    helps: Helps
    tallies: Tallies

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
    #: how visitors' phones reach this server
    public_url: str
    #: an expected wait in words of a language, as seen at a local time
    say_wait: Callable[[Estimate, str, datetime], str]

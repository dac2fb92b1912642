"""What the hall keeps: tickets, numbers, shifts, the catalogue, calls for help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from queue_server.domain.alerting import Answers
from queue_server.domain.catalogue import Catalogue
from queue_server.domain.numbering import Block
from queue_server.domain.routing import Arrival, Desk
from queue_server.domain.ticket import Ticket
from queue_server.domain.window import Shift
from queue_server.usecases.records import Contact, HelpCall, Message, Note


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

    def booked(self, prefix: str, since: datetime, until: datetime) -> Mapping[datetime, int]:
        """Return how many appointments of a group begin when, in [since, until).

        Those that were given back do not count.
        """
        ...

    def issued(self, day: date, services: Iterable[str]) -> Mapping[str, int]:
        """Return how many tickets of a day each of these services has, without the cancelled."""
        ...

    def booked_after(self, since: datetime, until: datetime) -> Sequence[Ticket]:
        """Return appointments that wait for their visitors and begin in (since, until]."""
        ...

    def answers(self, day: date, norm: timedelta) -> Answers:
        """Return how the day's visitors were answered: how many were called, and how soon."""
        ...

    def waiting_all(self, limit: int) -> Sequence[Ticket]:
        """Return all who wait, wherever they do, by order key."""
        ...

    def open_all(self) -> Sequence[Ticket]:
        """Return every ticket that has not ended, appointments of days to come too."""
        ...

    def totals(self, day: date) -> Mapping[str, int]:
        """Return how many tickets of a day stand in each state."""
        ...

    def last_moves(self, day: date) -> Mapping[str, datetime]:
        """Return when each clerk last moved a ticket of the day."""
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


class Notes(Protocol):
    """What clerks write on tickets."""

    def add(self, note: Note) -> Note:
        """Keep a note and return it with its id."""
        ...

    def of_ticket(self, ticket_id: str) -> Sequence[Note]:
        """Return a ticket's notes, the oldest first."""
        ...


class Messages(Protocol):
    """What supervisors write to windows."""

    def add(self, message: Message) -> Message:
        """Keep a message and return it with its id."""
        ...

    def get(self, message_id: int) -> Message | None:
        """Return a message."""
        ...

    def of_window(self, window: int, since: datetime) -> Sequence[Message]:
        """Return a window's messages since a time, the oldest first."""
        ...

    def read(self, message_id: int, at: datetime) -> None:
        """Keep when a message was read."""
        ...


class Contacts(Protocol):
    """Where visitors with an appointment are reminded; kept apart, and not for long."""

    def add(self, contact: Contact) -> None:
        """Keep a contact."""
        ...

    def get(self, ticket_id: str) -> Contact | None:
        """Return the contact of an appointment."""
        ...

    def open_of(self, contact_hash: str) -> Sequence[Ticket]:
        """Return the appointments still to come of one contact."""
        ...

    def purge(self, before: date) -> None:
        """Forget the contacts of appointments before this day."""
        ...


class Tallies(Protocol):
    """Plain counts by day."""

    def add(self, day: date, name: str) -> int:
        """Count one more and return how many they are."""
        ...

    def counts(self, day: date, start: str) -> Mapping[str, int]:
        """Return the counts of a day whose names begin so."""
        ...

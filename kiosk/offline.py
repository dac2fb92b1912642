"""Tickets of the kiosk's own, for when the server does not answer: numbered, signed, on the disk.

A number counts from the moment its line stands in the journal; only then is it shown and printed.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kiosk.journal import Entry, Journal, Replay
from kiosk.memory import Lease
from kiosk.numbers import Numbers, first_of, following, given, on_day, passed_over, told, written
from kiosk.printing import zone_of
from kiosk.true_time import Instant, TrueTime, rfc3339
from queue_server.contracts.api import LegOut, TicketOut
from queue_server.contracts.asks import IssueTicket
from queue_server.contracts.catalogue import CatalogueOut
from queue_server.contracts.devices import LeaseOut, OfflineTicket
from queue_server.contracts.keys import ticket_key

_log = logging.getLogger(__name__)
#: lines after which a journal whose tickets are all handed over is begun anew
LONG: Final = 400
#: returns so many random bytes, written as hexadecimal digits
Random = Callable[[int], str]


class NoNumber(Exception):
    """The kiosk has no number of its own to give; `code` says why, None: no server and no lease."""

    def __init__(self, code: str | None = None) -> None:
        super().__init__(code or "no lease")
        self.code = code


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be issued, under which key, and whether the server may have that key already."""

    request: IssueTicket
    key: str
    tried: bool = False


class OwnNumbers:
    """The kiosk's lease, its numbers and its journal; any thread may call every method."""

    def __init__(self, folder: Path, time: TrueTime, random: Random = secrets.token_hex) -> None:
        self._time, self._random = time, random
        self._memory, self._journal = Lease(folder), Journal(folder)
        self._lock = threading.Lock()
        self._lease: LeaseOut | None = None
        self._numbers: Numbers | None = None
        self._pending: dict[str, Entry] = {}
        self._barred = False

    def open(self) -> None:
        """Take up what the last run left; raises OSError if the folder cannot be used."""
        found = self._journal.load()
        if found.damaged:
            _log.error("the journal of own tickets is damaged", extra={"lines": found.damaged})
        with self._lock:
            self._lease = self._memory.recall()
            self._numbers = _resumed(found, self._lease)
            self._pending = {entry.ticket.id: entry for entry in found.entries}
            if found.damaged and self._numbers:
                self._journal.rewrite(self._numbers, found.entries)

    def close(self) -> None:
        """Let the folder go."""
        self._journal.close()

    @property
    def ready(self) -> bool:
        """Whether tickets can be issued without the server."""
        return self._lease is not None and not self._barred

    @property
    def pending(self) -> tuple[Entry, ...]:
        """The tickets that the server does not know yet, the oldest first."""
        with self._lock:
            return tuple(self._pending.values())

    @property
    def waiting(self) -> int:
        """How many tickets the server does not know yet."""
        return len(self._pending)

    def learn(self, lease: LeaseOut) -> None:
        """Take the numbers that the server grants; raises OSError if the disk does not."""
        with self._lock:
            self._memory.keep(lease)
            self._lease, self._barred = lease, False
            self._numbers = told(self._numbers, lease) if self._numbers else first_of(lease)

    def bar(self) -> None:
        """Issue nothing until the server grants numbers again: it does not know this kiosk."""
        self._barred = True

    def issue(self, asked: Asked, catalogue: CatalogueOut) -> TicketOut:
        """Issue a ticket; the same key gives the same ticket while it is not handed over.

        Raises NoNumber, or OSError if the disk does not take it.
        """
        with self._lock:
            if self._lease is None or self._numbers is None or self._barred:
                raise NoNumber
            known = next((one for one in self._pending.values() if one.key == asked.key), None)
            entry = known or self._give(asked, catalogue, self._lease, self._numbers)
            return ticket_of(entry, self._lease)

    def dated(self) -> tuple[OfflineTicket, ...]:
        """Return the pending tickets with their times of issue, as true as can be told by now."""
        return dated(self.pending, self._time.corrected)

    def settle(self, ids: Iterable[str]) -> None:
        """Note that the server has answered for these tickets; raises OSError of the disk."""
        with self._lock:
            settled = [one for one in ids if one in self._pending]
            if settled:
                self._journal.settle(settled)
            for one in settled:
                del self._pending[one]
            if self._numbers and not self._pending and self._journal.lines > LONG:
                self._journal.rewrite(self._numbers, ())

    def _give(
        self, asked: Asked, catalogue: CatalogueOut, lease: LeaseOut, numbers: Numbers
    ) -> Entry:
        instant = self._time.now()
        today = _today(numbers, instant, catalogue)
        prefix = _prefix(catalogue, asked.request.service)
        number = following(today, lease, prefix)
        if number is None:
            raise NoNumber("numbers_used_up")
        after = given(today, prefix, number, certain=instant.certain)
        ticket = _noted(asked, f"{lease.id}.{self._unique(instant)}", written(prefix, number))
        entry = Entry(replace_time(ticket, instant.text), asked.key, instant, after)
        self._journal.append(entry)
        self._numbers = after
        self._pending[ticket.id] = entry
        return entry

    def _unique(self, instant: Instant) -> str:
        """Return 23 hexadecimal digits, as the ids of all tickets have."""
        at = instant.clock if instant.at is None else instant.at
        return f"{int(at * 1000) & 0xFFFFFFFFFFF:011x}{self._random(6)}"


def ticket_of(entry: Entry, lease: LeaseOut) -> TicketOut:
    """Return a ticket of the kiosk's own as the screen and the slip need it."""
    ticket = entry.ticket
    key = ticket_key(lease.secret.encode(), ticket.id)
    at = ticket.issued_at
    return TicketOut(
        id=ticket.id,
        number=ticket.number,
        service=ticket.service,
        state="waiting",
        category=ticket.category,
        language=ticket.language,
        needs=ticket.needs,
        issued_at=at,
        window=None,
        legs=[LegOut(service=one, state="to_come") for one in (ticket.service, *ticket.legs)],
        ahead=None,
        estimate=None,
        key=key,
        url=f"{lease.url}/t/{ticket.id}?key={key}",
        version=1,
        called_at=None,
        recalls=0,
        since=at,
        copies=0,
        event=ticket.event,
    )


def dated(
    entries: Sequence[Entry], corrected: Callable[[Instant], Instant]
) -> tuple[OfflineTicket, ...]:
    """Return tickets with their times of issue, never out of the order in which they were made.

    Of an earlier run of the machine only its end can be bounded: its last ticket stands there, and
    those before it as far ahead as the ticks tell.
    """
    ends = {entry.instant.boot: entry.instant.ticks for entry in entries}
    made, latest = [], float("-inf")
    for entry in entries:
        then = corrected(entry.instant)
        at = then.clock if then.at is None else then.at
        if not then.certain and entry.instant.at is None:
            at -= ends[then.boot] - then.ticks
        latest = max(latest, at)
        made.append(replace_time(entry.ticket, rfc3339(latest)))
    return tuple(made)


def replace_time(ticket: OfflineTicket, issued_at: str) -> OfflineTicket:
    """Return a ticket with another time of issue."""
    return ticket.model_copy(update={"issued_at": issued_at})


def _noted(asked: Asked, ticket_id: str, number: str) -> OfflineTicket:
    request = asked.request
    return OfflineTicket(
        id=ticket_id,
        number=number,
        service=request.service,
        category=request.category,
        language=request.language or "",
        needs=request.needs,
        event=request.event,
        legs=request.legs,
        issued_at="",
        instead_of=asked.key if asked.tried else None,
    )


def _today(numbers: Numbers, instant: Instant, catalogue: CatalogueOut) -> Numbers:
    """Return the numbers on the day of an instant that is certain; else on the day they are on."""
    if not instant.certain or instant.at is None:
        return numbers
    zone = zone_of(catalogue.timezone) or UTC
    return on_day(numbers, datetime.fromtimestamp(instant.at, zone).date().isoformat())


def _prefix(catalogue: CatalogueOut, service: str) -> str:
    for group in catalogue.groups:
        if any(one.id == service for one in group.services):
            return group.prefix
    raise NoNumber("unknown_service")


def _resumed(found: Replay, lease: LeaseOut | None) -> Numbers | None:
    """Return how far the numbers are used, by the journal and by the lease that was kept."""
    if lease is None:
        return found.numbers
    numbers = told(found.numbers, lease) if found.numbers else first_of(lease)
    return passed_over(numbers, lease, found.damaged)

"""A day's log for the rules: tickets make real moves, and the events are chained as the log's are.

Minutes are those after the opening. Ann works at window 3, Ben at window 4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from queue_server.contracts.messages import ActorFacts
from queue_server.domain import ledger, moves
from queue_server.domain.catalogue import Category
from queue_server.domain.integrity.day_book import DayBook
from queue_server.domain.integrity.digest import Digest
from queue_server.domain.integrity.finding import Finding
from queue_server.domain.ticket import Ticket
from tests.factories import DAY, INFANT, a_catalogue, at, minutes
from tests.queue_server.domain.day_log import RECEPTION, VISITOR, DayLog, a_clerk

SECOND = 1 / 60
PAD = ActorFacts(kind="device", name="pad-3", role="pad")
Find = Callable[[DayBook], Iterator[Finding]]


class RuleLog(DayLog):
    """Writes what no decent hall would do as well."""

    def grant(
        self, name: str, minute: float, by: ActorFacts = RECEPTION, right: Category = INFANT
    ) -> None:
        """Set a category after the issue."""
        before = self.tickets[name]
        after = moves.change_category(before, by.name, at(minute), right, "papers seen")
        self._write("ticket_category_changed", after, before, minute, by, reason="papers seen")

    def confirm(self, name: str, minute: float, by: ActorFacts = RECEPTION) -> None:
        """Note that the papers of a declared category were seen."""
        before = self.tickets[name]
        after = moves.confirm(before, by.name, at(minute), INFANT)
        self._write("ticket_category_confirmed", after, before, minute, by)

    def miss_after(self, name: str, minute: float) -> None:
        """Note a no-show however short the time was."""
        self._by_clerk("ticket_missed", name, minute, moves.no_show, minutes(0))

    def rate_at_pad(self, name: str, minute: float, by: ActorFacts = PAD) -> None:
        """Rate a visit at a window's pad, whether it has ended or not."""
        self._write("ticket_rated", self.tickets[name], None, minute, by, stars=5)

    def turn_away(self, name: str, minute: float, *, demanded: bool) -> None:
        """End a service for want of a document."""
        self.finish(name, minute, outcome="turned_away", demanded=demanded)

    def retold(self, number: int, **facts: Any) -> None:
        """Change what an event says, by its place from the end."""
        self.events[number] |= facts

    def sealed(self) -> list[dict[str, Any]]:
        """Return the events as the log keeps them, each with the hash of the one before."""
        prev, found = ledger.GENESIS, []
        for seq, event in enumerate(self.events, start=1):
            found.append({**event, "seq": seq, "prev": prev})
            prev = ledger.seal(event, seq, prev).hash
        return found

    def book(self, earlier: Iterable[Digest] = (), **catalogue: Any) -> DayBook:
        """Return the day for the rules."""
        known = a_catalogue(**catalogue)
        return DayBook(DAY.isoformat(), tuple(self.sealed()), known, tuple(earlier))

    def changed(self, name: str, **facts: Any) -> Ticket:
        """Change a ticket's facts without an event, and return it."""
        self.tickets[name] = replace(self.tickets[name], **facts)
        return self.tickets[name]


def found(find: Find, book: DayBook) -> list[Finding]:
    """Return what a rule finds in a day."""
    return list(find(book))


def only(find: Find, book: DayBook) -> Finding:
    """Return the one thing that a rule finds."""
    (one,) = find(book)
    return one


def event(book: DayBook, seq: int) -> Mapping[str, Any]:
    """Return an event by its seq."""
    return next(each for each in book.events if each["seq"] == seq)


def kinds(book: DayBook, finding: Finding) -> list[str]:
    """Return the types of the events that prove a finding."""
    return [event(book, seq)["type"] for seq in finding.seqs]


def a_digest(number: int = 0, **facts: Any) -> Digest:
    """Return what an earlier day has left."""
    return Digest(f"2026-11-{1 + number:02}", **facts)


__all__ = [
    "PAD",
    "RECEPTION",
    "SECOND",
    "VISITOR",
    "RuleLog",
    "a_clerk",
    "a_digest",
    "event",
    "found",
    "kinds",
    "only",
]

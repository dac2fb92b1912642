"""One act: an open transaction, who acts in it, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from queue_server.domain import halt
from queue_server.domain.catalogue import Catalogue
from queue_server.domain.errors import StaleVersion, UnknownTicket
from queue_server.domain.ticket import Ticket
from queue_server.usecases.access import Actor
from queue_server.usecases.ports import Center, UnitOfWork


@dataclass(frozen=True)
class Act:
    """What a use case works with."""

    center: Center
    work: UnitOfWork
    actor: Actor
    now: datetime

    @cached_property
    def catalogue(self) -> Catalogue:
        """The catalogue in force."""
        return self.work.catalogues.current()

    @property
    def day(self) -> date:
        """The open service day."""
        assert self.work.day is not None
        return self.work.day

    @cached_property
    def ready_windows(self) -> frozenset[int]:
        """The windows that are open and not on a break, as the act began."""
        return self.work.shifts.ready()

    def must_work(self) -> None:
        """Raise HallSuspended or DayClosed while the hall stands still."""
        halt.must_work(self.work.halted)

    def ticket(self, ticket_id: str, version: int | None = None) -> Ticket:
        """Return the ticket; raises UnknownTicket, or StaleVersion when `version` is not its."""
        ticket = self.work.tickets.get(ticket_id)
        if ticket is None:
            raise UnknownTicket
        if version is not None and version != ticket.version:
            raise StaleVersion(version=ticket.version)
        return ticket

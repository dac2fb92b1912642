"""A hall with one line, driven straight on the storage: issue at its end, call from its head."""

from datetime import datetime

from queue_server.contracts.messages import ActorFacts, CenterEvent
from queue_server.domain import moves
from queue_server.domain.catalogue import Taking
from queue_server.domain.routing import Desk, pick_next
from queue_server.domain.ticket import Ticket
from queue_server.storage.database import Database
from queue_server.storage.unit_of_work import SqlUnitOfWork
from tests.factories import DAY, a_ticket, at

ACTOR = ActorFacts(kind="system", name="tests", role="system")


def issue(database: Database) -> int:
    """Issue a ticket with its event, and return its number's count once it is durable."""
    with database.write() as work:
        count = work.numbers.next(DAY, "A")
        issued_at = at(count)
        work.tickets.add(a_ticket(serial=count, issued_at=issued_at))
        work.log.append(an_event(f"issued {count}"))
    return count


def call_next(database: Database, window: int) -> int | None:
    """Finish the ticket in hand, call the next one and return its count; None for nobody."""
    desk = Desk(window, f"clerk{window}", {"A01": Taking()})
    now = at(100_000)
    with database.write() as work:
        hand = work.tickets.in_hand(window)
        if hand is not None:
            _finish(work, hand, now)
        chosen = pick_next(work.tickets.heads(desk, now), desk, now)
        if chosen is None:
            return None
        work.tickets.save(moves.call(chosen, window, desk.clerk, now))
        work.log.append(an_event(f"called {chosen.count} to {window}"))
        return chosen.count


def an_event(subject: str) -> CenterEvent:
    """Return a small event about this."""
    return CenterEvent(
        type="person_added", at="2026-11-23T04:00:00.000Z", actor=ACTOR, subject=subject
    )


def _finish(work: SqlUnitOfWork, called: Ticket, now: datetime) -> None:
    """Serve the ticket in hand to its end."""
    serving = moves.start(called, called.clerk, now)
    work.tickets.save(serving)
    work.tickets.save(
        moves.finish(serving, called.clerk, now, outcome="done", delivery=None, onward=None)
    )

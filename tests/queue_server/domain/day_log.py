"""A day's log, written by hand: tickets make real moves, and each is written in wire form.

Minutes are those after the opening. Ann works at window 3, Ben at window 4.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from queue_server.contracts.messages import (
    ActorFacts,
    CenterEvent,
    EventBase,
    TicketEvent,
    WindowEvent,
    to_wire,
)
from queue_server.domain import moves
from queue_server.domain.measures_bag import Bag
from queue_server.domain.tallying import Key, Tally, fold, rows
from queue_server.domain.ticket import State, Step, Ticket
from queue_server.usecases import recording
from tests.factories import DAY, a_ticket, at, minutes

KIOSK = ActorFacts(kind="device", name="kiosk-1", role="kiosk")
RECEPTION = ActorFacts(kind="person", name="reception", role="receptionist")
SUPERVISOR = ActorFacts(kind="person", name="sue", role="supervisor")
VISITOR = ActorFacts(kind="visitor", name="visitor", role="visitor")
SYSTEM = ActorFacts(kind="system", name="system", role="system")
WINDOWS = {"ann": 3, "ben": 4}


def a_clerk(login: str) -> ActorFacts:
    """Return a clerk as one who acts."""
    return ActorFacts(kind="person", name=login, role="clerk")


class DayLog:
    """Writes events in their order."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.tickets: dict[str, Ticket] = {}

    def issue(self, name: str, minute: float, by: ActorFacts = KIOSK, **changes: Any) -> None:
        """Issue a ticket; `said_at` is when the log learned of it."""
        said_at = changes.pop("said_at", minute)
        serial = len(self.tickets) + 1
        ticket = a_ticket(serial=serial, issued_at=at(minute), issued_by=by.name, **changes)
        self._write("ticket_issued", replace(ticket, id=name), None, said_at, by)

    def book(self, name: str, minute: float, by: ActorFacts = RECEPTION, **changes: Any) -> None:
        """Make an appointment for an hour after the opening."""
        usual = {"state": State.BOOKED, "not_before": at(60), "slot": at(60), "issued_by": by.name}
        ticket = a_ticket(serial=len(self.tickets) + 1, issued_at=at(minute), **(usual | changes))
        self._write("ticket_booked", replace(ticket, id=name), None, minute, by)

    def check_in(self, name: str, minute: float) -> None:
        """Let a booked visitor wait."""
        here = moves.check_in(self.tickets[name], "kiosk-1", at(minute), minutes(20), minutes(10))
        self._write("ticket_checked_in", here, self.tickets[name], minute, KIOSK)

    def call(self, name: str, minute: float, clerk: str = "ann", **facts: Any) -> None:
        """Call a ticket to the clerk's window."""
        before = self.tickets[name]
        after = moves.call_this(before, WINDOWS[clerk], clerk, at(minute), facts.get("reason"))
        facts = {"rule_rank": 1} | facts
        self._write("ticket_called", after, before, minute, a_clerk(clerk), **facts)

    def start(self, name: str, minute: float) -> None:
        """Begin to serve."""
        self._by_clerk("ticket_started", name, minute, moves.start)

    def recall(self, name: str, minute: float) -> None:
        """Announce a ticket again."""
        self._by_clerk("ticket_recalled", name, minute, moves.recall)

    def give_back(self, name: str, minute: float) -> None:
        """Return a called ticket to the queue."""
        self._by_clerk("ticket_returned", name, minute, moves.give_back)

    def miss(self, name: str, minute: float) -> None:
        """Note that nobody came."""
        self._by_clerk("ticket_missed", name, minute, moves.no_show, minutes(0.5))

    def hold(self, name: str, minute: float) -> None:
        """Set a ticket aside."""
        self._by_clerk("ticket_held", name, minute, moves.hold, "a copy is missing")

    def undo(self, name: str, minute: float) -> None:
        """Take the last move back."""
        self._by_clerk("ticket_undone", name, minute, moves.undo, minutes(1))

    def resume(self, name: str, minute: float, clerk: str = "ann") -> None:
        """Call a ticket back from hold."""
        before = self.tickets[name]
        after = moves.resume(before, WINDOWS[clerk], clerk, at(minute))
        self._write("ticket_resumed", after, before, minute, a_clerk(clerk))

    def revive(self, name: str, minute: float) -> None:
        """Let a no-show wait again."""
        before = self.tickets[name]
        after = moves.revive(before, "reception", at(minute), minutes(60))
        self._write("ticket_revived", after, before, minute, RECEPTION)

    def transfer(self, name: str, minute: float, service: str, *, back: bool = False) -> None:
        """Send a ticket to another service."""
        before = self.tickets[name]
        clerk = before.clerk or ""
        after = moves.transfer(before, clerk, at(minute), service=service, with_return=back)
        self._write("ticket_transferred", after, before, minute, a_clerk(clerk))

    def finish(self, name: str, minute: float, onward: str | None = None, **facts: Any) -> None:
        """End the service in hand, also of a visitor whose start nobody noted."""
        before = self.tickets[name]
        facts = {"outcome": "solved"} | facts
        after = moves.finish(
            before,
            before.clerk or "",
            at(minute),
            outcome=facts["outcome"],
            delivery=None,
            onward=onward,
            by=moves.Move.NEXT,
        )
        kind = "ticket_finished" if after.state is State.FINISHED else "ticket_leg_finished"
        self._write(kind, after, before, minute, a_clerk(before.clerk or ""), **facts)

    def serve(self, name: str, called: float, finished: float, clerk: str = "ann") -> None:
        """Call, start at once and finish."""
        self.call(name, called, clerk)
        self.start(name, called)
        self.finish(name, finished)

    def cancel(self, name: str, minute: float, by: ActorFacts = VISITOR) -> None:
        """End a ticket that will not be served."""
        before = self.tickets[name]
        after = moves.cancel(before, by.name, at(minute), "has left")
        self._write("ticket_cancelled", after, before, minute, by, reason="has left")

    def expire(self, name: str, minute: float) -> None:
        """End a ticket with the day."""
        before = self.tickets[name]
        self._write("ticket_expired", moves.expire(before, at(minute)), before, minute, SYSTEM)

    def rate(self, name: str, minute: float, stars: int, *, demanded: bool = False) -> None:
        """Rate a visit."""
        after = moves.rate(self.tickets[name], stars)
        facts = {"stars": stars, "demanded": demanded}
        self._write("ticket_rated", after, None, minute, VISITOR, **facts)

    def window(
        self, kind: str, minute: float, clerk: str = "ann", by: ActorFacts | None = None
    ) -> None:
        """Change a clerk's shift: `opened`, `paused`, `wrap_up_began` and so on."""
        self._append(
            WindowEvent(
                type=f"window_{kind}",
                at=recording.instant(at(minute)),
                actor=by or a_clerk(clerk),
                window=WINDOWS[clerk],
                hall=1,
                clerk=clerk,
            )
        )

    def divert(self, service: str, minute: float) -> None:
        """Let a visitor do it online."""
        said = recording.instant(at(minute))
        self._append(CenterEvent(type="online_diverted", at=said, actor=KIOSK, subject=service))

    def tally(self) -> Tally:
        """Return the day's tally."""
        return fold(Tally(DAY.isoformat()), self.events)

    def rows(self) -> dict[Key, Bag]:
        """Return the day's figures."""
        return rows(self.tally(), "Asia/Tashkent")

    def center(self) -> Bag:
        """Return the figures of the whole center."""
        return self.rows()["center", ""]

    def _by_clerk(
        self, kind: str, name: str, minute: float, move: Callable[..., Ticket], *more: Any
    ) -> None:
        before = self.tickets[name]
        clerk = before.clerk or ""
        after = move(before, clerk, at(minute), *more)
        self._write(kind, after, before, minute, a_clerk(clerk))

    def _write(
        self,
        kind: str,
        after: Ticket,
        before: Ticket | None,
        minute: float,
        actor: ActorFacts,
        **facts: Any,
    ) -> None:
        self.tickets[after.id] = after
        event = TicketEvent(
            type=kind,
            at=recording.instant(at(minute)),
            actor=actor,
            ticket=recording._facts(after),
            was=before.state if before else None,
            was_service=before.service if before and before.service != after.service else None,
            window=after.window or (before.window if before else None),
            **facts,
        )
        self._append(event)

    def _append(self, event: EventBase) -> None:
        self.events.append(to_wire(event) | {"seq": len(self.events) + 1})


def legs(*services: str) -> tuple[Step, ...]:
    """Return the legs of a visit."""
    return tuple(Step(service) for service in services)

"""Who acts in the use-case tests, and short ways to let them act."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from queue_server.contracts.api import TicketOut, WindowOut
from queue_server.contracts.asks import IssueTicket
from queue_server.usecases import commands, reception, serving, shifts
from queue_server.usecases.access import Actor
from queue_server.usecases.act import Act
from queue_server.usecases.ports import Center

KIOSK = Actor("device", "kiosk-1", "kiosk")
RECEPTION = Actor("person", "receptionist", "receptionist")
SUPERVISOR = Actor("person", "supervisor", "supervisor")
Done = TypeVar("Done")


def clerk(number: int) -> Actor:
    """Return the clerk of a window."""
    return Actor("person", f"clerk{number}", "clerk", number)


def do(center: Center, actor: Actor, run: Callable[[Act], Done]) -> Done:
    """Let somebody act, in a transaction."""
    with commands.acting(center, actor) as act:
        return run(act)


def issue(center: Center, service: str = "A01", **wish: object) -> TicketOut:
    """Issue a ticket at the kiosk."""
    asked = IssueTicket(service=service, **wish)  # type: ignore[arg-type]
    return do(center, KIOSK, lambda act: reception.issue(act, asked))


def open_window(center: Center, number: int) -> WindowOut:
    """Open a window by its own clerk."""
    return do(center, clerk(number), lambda act: shifts.open_window(act, number))


def call_next(center: Center, number: int) -> TicketOut | None:
    """Press Next at a window."""
    return do(center, clerk(number), lambda act: serving.call_next(act, number))


def events(center: Center) -> list[dict[str, object]]:
    """Return the whole log in wire form."""
    with center.read() as work:
        return list(work.log.after(0, 1000))


def types(center: Center, after: int = 0) -> list[object]:
    """Return what happened since, by type."""
    with center.read() as work:
        return [event["type"] for event in work.log.after(after, 1000)]

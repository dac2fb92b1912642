"""What simulated people do in a hall, whichever it is: in memory, a real center, a running demo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from queue_server.simulation.visitors import Visitor


class HallAway(Exception):
    """The hall does not answer just now; the same is tried again."""


class TakenOver(Exception):
    """A person has taken this window over; its simulated clerk goes for good."""


@dataclass(frozen=True, slots=True)
class Called:
    """A ticket that a window has called."""

    ticket: str
    service: str


class Hall(Protocol):
    """A hall in which people come, wait and serve.

    Each act may raise HallAway, those at a window TakenOver; what the hall's rules refuse is left
    undone without a word, as a person would shrug.
    """

    @property
    def now(self) -> datetime:
        """The hall's time in UTC, cut to milliseconds."""
        ...

    def wait_until(self, at: datetime) -> bool:
        """Let time pass until then; False when the play is to end."""
        ...

    def open(self, window: int) -> None:
        """Let the window's clerk begin the shift."""
        ...

    def pause(self, window: int, reason: str) -> None:
        """Begin a break."""
        ...

    def resume(self, window: int) -> None:
        """End the break."""
        ...

    def close(self, window: int) -> None:
        """End the shift."""
        ...

    def issue(self, visitor: Visitor) -> str | None:
        """Give a visitor a ticket and return its id; None when none is given."""
        ...

    def confirm(self, ticket: str) -> None:
        """Let the reception see the papers for a category that counts only then."""
        ...

    def next(self, window: int, outcome: str | None = None) -> Called | None:
        """Call the next one, first finishing with this outcome whoever is at the window."""
        ...

    def start(self, window: int, ticket: str) -> None:
        """Begin to serve."""
        ...

    def finish(self, window: int, ticket: str, outcome: str) -> None:
        """End the leg in hand, and call nobody yet."""
        ...

    def no_show(self, window: int, ticket: str) -> None:
        """Note that the visitor did not come."""
        ...

    def transfer(self, window: int, ticket: str, service: str) -> None:
        """Send the visitor in hand on to another service."""
        ...

    def hold(self, window: int, ticket: str) -> None:
        """Set the visitor in hand aside, to fetch a copy."""
        ...

    def take_up(self, window: int, ticket: str) -> bool:
        """Call a visitor back from hold; False when that cannot be."""
        ...

    def cancel(self, ticket: str) -> bool:
        """Give the own ticket up; False when it is too late for that."""
        ...

    def rate(self, ticket: str, stars: int) -> None:
        """Say what the service was like."""
        ...

"""How the printer is, for the alerts to staff: one value, ready to be read at any time."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from printer.reasons import Reason
from printer.status import PaperLevel


@dataclass(frozen=True, slots=True)
class Health:
    """What is known of the printer and its queue; no `reason`: nothing is known to be wrong."""

    reason: Reason | None = None
    #: A sentence for technicians about the last error.
    detail: str = ""
    #: Slips that are not sent yet.
    waiting: int = 0
    #: What the printer is taken for.
    model: str = ""
    #: Whether it answers questions; None: nobody has asked it yet.
    answers: bool | None = None
    paper: PaperLevel = PaperLevel.UNKNOWN
    #: What should be left of the roll; None: nobody said how long it was.
    paper_left_mm: int | None = None
    #: Printed by this queue, of all rolls.
    printed_mm: int = 0
    #: Since when `reason` is what it is, in seconds since 1970.
    since: float = 0.0
    #: Slips of the last minutes of which nobody knows whether they came out or were taken.
    unsure: tuple[str, ...] = ()


HealthListener = Callable[[Health], None]


class HealthBook:
    """The present health; one thread writes, any thread reads, a listener hears of changes."""

    def __init__(self, listener: HealthListener | None = None) -> None:
        self._listener = listener
        #: Read it from any thread: a frozen value that is replaced as a whole.
        self.now = Health()

    def update(self, at: float, **changes: Any) -> None:
        """Take what is known now, and tell the listener if anything changed."""
        before = self.now
        after = replace(before, **changes)
        if after.reason is not before.reason or not before.since:
            after = replace(after, since=at)
        if after != before:
            self.now = after
            if self._listener is not None:
                self._listener(after)

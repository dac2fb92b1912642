"""Why a hall stands still: its day is closed, or something has happened and the queue is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from queue_server.domain.errors import DayClosed, HallSuspended

Kind = Literal["closed", "suspended"]
_KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Halt:
    """A standstill."""

    kind: Kind
    reason: str = ""
    #: whether those who wait keep their places overnight
    keep: bool = False

    def __str__(self) -> str:
        """Return the form in which it is kept: `closed`, `suspended:fire alarm`, `kept:snow`."""
        return f"{_KEPT if self.keep else self.kind}:{self.reason}".rstrip(":")


def parse(kept: str | None) -> Halt | None:
    """Return the standstill that a kept form means; None while the hall works."""
    if kept is None:
        return None
    kind, _, reason = kept.partition(":")
    return Halt("closed" if kind == "closed" else "suspended", reason, kind == _KEPT)


def must_work(kept: str | None) -> None:
    """Raise HallSuspended or DayClosed while the hall stands still."""
    halt = parse(kept)
    if halt is None:
        return
    if halt.kind == "closed":
        raise DayClosed
    raise HallSuspended(reason=halt.reason)

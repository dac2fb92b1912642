"""Events put in order: each once, none left out.

The Socket.IO library hands every message to a thread of its own, so one may overtake another.
An event names the one before it (`prev`), which tells early from lost. `feed.js` does the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

Payload = Mapping[str, Any]
#: events that wait for an earlier one at most; beyond, they are dropped and asked for again
ROOM: Final = 1000


class Delivery(NamedTuple):
    """What the owner is told."""

    kind: Literal["snapshot", "event"]
    payload: Payload


@dataclass(frozen=True, slots=True)
class Inbox:
    """How far the owner has been told, and what came too early."""

    #: the seq that the owner has reached; None before the first snapshot
    last: int | None = None
    #: in the order of their seq
    early: tuple[Payload, ...] = ()


def take(
    inbox: Inbox, kind: Literal["snapshot", "event"], payload: Payload
) -> tuple[Inbox, tuple[Delivery, ...]]:
    """Return the inbox after a message, and what may now be delivered, in order."""
    if not isinstance(payload.get("seq"), int):
        return inbox, ()
    if kind == "snapshot":
        found, deliveries = _released(int(payload["seq"]), inbox.early)
        return found, (Delivery("snapshot", payload), *deliveries)
    return _released(inbox.last, (*inbox.early, payload))


def _released(last: int | None, waiting: tuple[Payload, ...]) -> tuple[Inbox, tuple[Delivery, ...]]:
    """Deliver whatever follows on the last; keep what is early, forget what is known."""
    early: list[Payload] = []
    deliveries: list[Delivery] = []
    for event in sorted(waiting, key=lambda event: int(event["seq"])):
        if last is not None and event["seq"] <= last:
            continue
        if last is None or _before(event) > last:
            early.append(event)
            continue
        deliveries.append(Delivery("event", event))
        last = int(event["seq"])
    return Inbox(last, tuple(early) if len(early) <= ROOM else ()), tuple(deliveries)


def _before(event: Payload) -> int:
    """Return the seq of the event before; one that names none follows on anything."""
    prev = event.get("prev")
    return prev if isinstance(prev, int) else 0

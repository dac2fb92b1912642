"""The tamper-evident ledger: each event carries the hash of the one before.

Canonical form, so that anyone can verify it (docs/adr/0002-the-event-log-is-the-bus.md):
an event is a JSON object written in UTF-8 with its keys sorted, without spaces, without
escapes for non-ASCII characters and without fractions; its `prev` is the hash of the event
with the `seq` before. An event's hash is the SHA-256 of those bytes, in lower-case hex.
The first event's `prev` is 64 zeros.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Sealed:
    """An event as it stands in the log."""

    seq: int
    body: bytes
    hash: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The first event at which the chain does not hold, and why."""

    seq: int
    why: str


def canonical(event: Mapping[str, object]) -> bytes:
    """Return the bytes that are hashed."""
    return json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def seal(event: Mapping[str, object], seq: int, prev: str) -> Sealed:
    """Return the event chained to the hash of the one before."""
    body = canonical({**event, "seq": seq, "prev": prev})
    return Sealed(seq, body, hashlib.sha256(body).hexdigest())


def verify(log: Iterable[Sealed], head_seq: int, head_hash: str) -> Broken | None:
    """Return where the chain first breaks, or None.

    The head is kept apart from the log, so a log that was cut short at its end is seen too.
    """
    seq, prev = 0, GENESIS
    for sealed in log:
        broken = _check(sealed, seq + 1, prev)
        if broken:
            return broken
        seq, prev = sealed.seq, sealed.hash
    if seq != head_seq:
        return Broken(min(seq, head_seq) + 1, f"the log ends at {seq}, its head says {head_seq}")
    return None if prev == head_hash else Broken(seq, "the head has another event at the end")


def _check(sealed: Sealed, seq: int, prev: str) -> Broken | None:
    if sealed.seq != seq:
        return Broken(seq, "the event is missing")
    if hashlib.sha256(sealed.body).hexdigest() != sealed.hash:
        return Broken(seq, "the event does not match its hash")
    if not _chained(sealed.body, seq, prev):
        return Broken(seq, "the event is not chained to the one before")
    return None


def _chained(body: bytes, seq: int, prev: str) -> bool:
    try:
        event = json.loads(body)
    except ValueError:
        return False
    return isinstance(event, dict) and (event.get("seq"), event.get("prev")) == (seq, prev)

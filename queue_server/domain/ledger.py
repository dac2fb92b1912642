"""The tamper-evident ledger: each event carries the hash of the one before.

Canonical form, so that anyone can verify it (docs/adr/0002-the-event-log-is-the-bus.md):
an event is a JSON object written in UTF-8 with its keys sorted, without spaces, without
escapes for non-ASCII characters; its `prev` is the hash of the event with the `seq` before.
An event's hash is the SHA-256 of those bytes, in lower-case hex.
The first event's `prev` is 64 zeros.

The chain finds what was changed inside the log; its head finds a cut tail; checkpoints that are
kept elsewhere find a log that was written anew from end to end.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from queue_server.domain.checkpoint import Checkpoint, by_seq

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Sealed:
    """An event as it stands in the log."""

    seq: int
    body: bytes
    hash: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The first event at which the log does not hold, and why."""

    seq: int
    why: str


def canonical(event: Mapping[str, object]) -> bytes:
    """Return the bytes that are hashed."""
    return json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def seal(event: Mapping[str, object], seq: int, prev: str) -> Sealed:
    """Return the event chained to the hash of the one before."""
    body = canonical({**event, "seq": seq, "prev": prev})
    return Sealed(seq, body, hashlib.sha256(body).hexdigest())


def verify(
    log: Iterable[Sealed], head_seq: int, head_hash: str, checkpoints: Iterable[Checkpoint] = ()
) -> Broken | None:
    """Return where the log first breaks, or None.

    The head is kept apart from the log, so a log that was cut short at its end is seen too. The
    checkpoints' signatures are the caller's to check: the rules know no cryptography.
    """
    chain = Chain(checkpoints)
    for sealed in log:
        if broken := chain.follow(sealed):
            return broken
    return chain.ended(head_seq, head_hash)


class Chain:
    """Follows a log from its first event on; what it has seen is right so far."""

    def __init__(self, checkpoints: Iterable[Checkpoint] = ()) -> None:
        self.seq, self.hash = 0, GENESIS
        self._places = by_seq(checkpoints)
        #: the last checkpoint that the log has kept
        self._sure = 0

    def follow(self, sealed: Sealed) -> Broken | None:
        """Take the next event; return what is wrong with it."""
        if broken := _check(sealed, self.seq + 1, self.hash):
            return broken
        self.seq, self.hash = sealed.seq, sealed.hash
        noted = self._places.get(sealed.seq)
        return self._pass(noted) if noted else None

    def ended(self, head_seq: int, head_hash: str) -> Broken | None:
        """Return what the end of the log lacks."""
        if self.seq != head_seq:
            first = min(self.seq, head_seq) + 1
            return Broken(first, f"the log ends at {self.seq}, its head says {head_seq}")
        if self.hash != head_hash:
            return Broken(self.seq, "the head has another event at the end")
        last = max(self._places, default=0)
        if last > self.seq:
            why = f"the log ends at {self.seq}, a checkpoint says {last}"
            return Broken(self.seq + 1, why)
        return None

    def _pass(self, noted: list[Checkpoint]) -> Broken | None:
        if not all(self.hash.startswith(each.hash) for each in noted):
            why = f"the log was written anew: the checkpoint at {self.seq} has another hash"
            return Broken(self._sure + 1, why)
        self._sure = self.seq
        return None


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

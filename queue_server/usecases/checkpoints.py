"""Checkpoints: made as the log grows, given away, and held against the log when they come back."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from queue_server.contracts.ledger import (
    CheckpointOut,
    CheckpointsOut,
    ContradictionOut,
    LedgerKeyOut,
    LedgerOut,
)
from queue_server.domain import checkpoint
from queue_server.domain.checkpoint import Checkpoint, Kept, NoCheckpoint
from queue_server.domain.ledger import Broken, Chain
from queue_server.usecases import recording
from queue_server.usecases.access import Actor
from queue_server.usecases.act import Act
from queue_server.usecases.ports import Center, UnitOfWork
from queue_server.usecases.recording import instant
from queue_server.usecases.rights import right

_log = logging.getLogger(__name__)
#: the witness of what the center finds by itself
LOG: Final = "log"
#: so many events are verified in one look at the database: a long look would hold its WAL up
STRETCH: Final = 10_000
#: most checkpoints that one answer holds
MOST: Final = 1000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found."""

    events: int
    checkpoints: int
    broken: Broken | None


def due(center: Center) -> bool:
    """Return whether the log has earned a checkpoint; reads only."""
    with center.read() as work:
        if work.catalogue_version == 0:
            return False
        kept = work.checkpoints.newest()
        last = kept.checkpoint.seq if kept else None
        return checkpoint.is_due(work.seq, last, work.days.newest_close())


def make(act: Act) -> Checkpoint:
    """Sign the place where the log ends, and return it; twice at one place is once."""
    kept = act.work.checkpoints.newest()
    if kept is not None and kept.checkpoint.seq == act.work.seq:
        return kept.checkpoint
    notary = act.center.notary
    bare = Checkpoint(act.work.seq, act.work.head_hash, act.catalogue.code, instant(act.now))
    signed = replace(bare, signature=notary.sign(bare.signed_bytes))
    act.work.checkpoints.add(Kept(signed, notary.public_key))
    return signed


def newest(work: UnitOfWork) -> str | None:
    """Return the newest checkpoint's line, for whoever can keep it elsewhere."""
    kept = work.checkpoints.newest()
    return None if kept is None else str(kept.checkpoint)


@right("device:report")
def brought_back(act: Act, line: str) -> None:
    """Hold a checkpoint that a device has kept against the log; a contradiction is noted once."""
    try:
        told = checkpoint.parse(line)
    except NoCheckpoint:
        return
    if told.center != act.catalogue.code or _holds(act.work, told):
        return
    device = act.actor.name
    known = [each for each in act.work.checkpoints.opposed() if each.witness == device]
    if any(each.checkpoint.seq == told.seq or not each.accepted for each in known):
        return
    notary = act.center.notary
    ours = notary.signed(told.signed_bytes, told.signature, notary.public_key)
    act.work.checkpoints.add(Kept(told, notary.public_key if ours else "", device))
    _note(act, device, f"{told.short} · {_against(act, told)}")


@right("ledger:accept")
def accept(act: Act, reason: str) -> int:
    """Answer for every contradiction on record; return how many there were."""
    count = act.work.checkpoints.accept(instant(act.now))
    if count:
        recording.noted(act, "ledger_accepted", str(count), reason=reason)
    return count


@right("ledger:accept")
def answered(act: Act, reason: str) -> LedgerOut:
    """Answer for every contradiction on record, and return how the ledger stands then."""
    accept(act, reason)
    return _state(act.center, act.work)


def open_contradictions(work: UnitOfWork) -> Sequence[Kept]:
    """Return what speaks against the log and nobody has answered for."""
    return [each for each in work.checkpoints.opposed() if not each.accepted]


def key(center: Center) -> LedgerKeyOut:
    """Return the center's public key: whoever wants to verify notes it down once."""
    with center.read() as work:
        code = work.catalogues.current().code if work.catalogue_version else ""
    return LedgerKeyOut(center=code, public_key=center.notary.public_key)


def state(center: Center, actor: Actor) -> LedgerOut:
    """Return where the log ends, what was signed last, what speaks against it."""
    actor.must("log:read")
    with center.read() as work:
        return _state(center, work)


def own(center: Center, actor: Actor, after: int) -> CheckpointsOut:
    """Return the center's own checkpoints past a seq, at most MOST of them."""
    actor.must("log:read")
    with center.read() as work:
        found = work.checkpoints.own(after)[:MOST]
        return CheckpointsOut(checkpoints=[shape(each.checkpoint) for each in found])


def shape(place: Checkpoint) -> CheckpointOut:
    """Return a checkpoint as it is answered."""
    return CheckpointOut(
        seq=place.seq, hash=place.hash, at=place.at, text=str(place), short=place.short
    )


def verify(
    center: Center,
    elsewhere: Sequence[Checkpoint] = (),
    keys: Iterable[str] = (),
    pause: Callable[[], bool] = lambda: False,
) -> Verdict:
    """Verify the whole log, every checkpoint of the center, and those that were kept elsewhere.

    `keys` are public keys that the center had before its present one; `pause` is called between
    two stretches, and ends the verification where it returns true.
    """
    trusted = (center.notary.public_key, *keys)
    with center.read() as work:
        kept = [each.checkpoint for each in work.checkpoints.own()]
        kept += [each.checkpoint for each in open_contradictions(work) if each.checkpoint.hash]
    places = sorted((*kept, *elsewhere), key=lambda each: each.seq)
    chain = Chain(places)
    unsigned = (_unsigned(center, place, trusted) for place in places)
    broken = next(filter(None, unsigned), None) or _followed(center, chain, pause)
    return Verdict(chain.seq, len(places), broken)


def broke(act: Act, broken: Broken) -> None:
    """Write down, once, that the center has found its own log broken."""
    known = [each for each in act.work.checkpoints.opposed() if each.witness == LOG]
    if any(each.checkpoint.seq == broken.seq for each in known):
        return
    act.work.checkpoints.add(Kept(Checkpoint(broken.seq, "", at=instant(act.now)), "", LOG))
    _note(act, LOG, f"{broken.seq}: {broken.why}")


def _state(center: Center, work: UnitOfWork) -> LedgerOut:
    kept = work.checkpoints.newest()
    return LedgerOut(
        seq=work.seq,
        hash=work.head_hash,
        public_key=center.notary.public_key,
        newest=shape(kept.checkpoint) if kept else None,
        contradictions=[_contradiction(each) for each in work.checkpoints.opposed()],
    )


def _unsigned(center: Center, place: Checkpoint, trusted: Iterable[str]) -> Broken | None:
    """Return what is wrong with a signature; the short form has none."""
    if not place.signature:
        return None
    signed = center.notary.signed
    if any(signed(place.signed_bytes, place.signature, key) for key in trusted):
        return None
    return Broken(
        place.seq,
        "the checkpoint is not signed with the key of this center (name an earlier one with --key)",
    )


def _followed(center: Center, chain: Chain, pause: Callable[[], bool]) -> Broken | None:
    """Follow the log to its end, each stretch in a look of its own."""
    while True:
        with center.read() as work:
            before = chain.seq
            for sealed in islice(work.log.sealed(before), STRETCH):
                if broken := chain.follow(sealed):
                    return broken
            if chain.seq < before + STRETCH:
                return chain.ended(work.seq, work.head_hash)
        if pause():
            return None


def _holds(work: UnitOfWork, place: Checkpoint) -> bool:
    return (work.log.hash_at(place.seq) or "").startswith(place.hash)


def _against(act: Act, place: Checkpoint) -> str:
    if place.seq > act.work.seq:
        return f"the log ends at {act.work.seq}"
    return "the log has another event there"


def _note(act: Act, witness: str, detail: str) -> None:
    recording.noted(act, "ledger_contradicted", witness, detail)
    _log.error("the log is contradicted by %s: %s", witness, detail, extra={"action": "ledger"})


def _contradiction(kept: Kept) -> ContradictionOut:
    place = kept.checkpoint
    return ContradictionOut(
        witness=kept.witness,
        seq=place.seq,
        text=str(place) if place.hash else "",
        accepted=kept.accepted or None,
    )

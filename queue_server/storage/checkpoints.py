"""Checkpoints of the log: the center's own, and those that devices brought back against it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import BigInteger, Text, insert, select, update

from queue_server.domain.checkpoint import Checkpoint, Kept
from queue_server.storage.backend import Row
from queue_server.storage.statements import NO_OFFSET, ONE, Statement, argument
from queue_server.storage.tables import checkpoints
from queue_server.storage.transaction import Transaction

_c = checkpoints.c
_ROW: Final = ("witness", "seq", "hash", "center", "at", "signature", "public_key", "accepted")
_rows = select(*(_c[name] for name in _ROW))
_ours = _c.witness == argument("witness", Text())

ADD: Final = Statement(insert(checkpoints).values({name: argument(name) for name in _ROW}))
ALL: Final = Statement(_rows.order_by(_c.seq, _c.witness))
AFTER: Final = Statement(
    _rows.where(_ours, _c.seq > argument("seq", BigInteger())).order_by(_c.seq)
)
NEWEST: Final = Statement(_rows.where(_ours).order_by(_c.seq.desc()).limit(ONE).offset(NO_OFFSET))
OPPOSED: Final = Statement(
    _rows.where(_c.witness != argument("witness", Text())).order_by(_c.seq, _c.witness)
)
ACCEPT: Final = Statement(
    update(checkpoints)
    .where(_c.accepted == argument("empty", Text()), _c.witness != argument("empty", Text()))
    .values(accepted=argument("accepted"))
)


class SqlCheckpoints:
    """The port `Checkpoints` on a database."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, kept: Kept) -> None:
        """Keep a checkpoint."""
        self._transaction.run(ADD, _values(kept))

    def own(self, after: int = 0) -> Sequence[Kept]:
        """Return the center's own checkpoints past a seq, in order."""
        return [_kept(row) for row in self._transaction.all(AFTER, {"witness": "", "seq": after})]

    def newest(self) -> Kept | None:
        """Return the center's own last checkpoint."""
        row = self._transaction.one(NEWEST, {"witness": ""})
        return None if row is None else _kept(row)

    def opposed(self) -> Sequence[Kept]:
        """Return those that devices brought back against the log, in order."""
        return [_kept(row) for row in self._transaction.all(OPPOSED, {"witness": ""})]

    def accept(self, at: str) -> int:
        """Note when somebody answered for every open contradiction; return how many there were."""
        return self._transaction.run(ACCEPT, {"empty": "", "accepted": at})


def _values(kept: Kept) -> dict[str, object]:
    place = kept.checkpoint
    return {
        "witness": kept.witness,
        "seq": place.seq,
        "hash": place.hash,
        "center": place.center,
        "at": place.at,
        "signature": place.signature,
        "public_key": kept.public_key,
        "accepted": kept.accepted,
    }


def _kept(row: Row) -> Kept:
    witness, seq, digest, center, at, signature, public_key, accepted = row
    place = Checkpoint(seq, digest, center, at, signature)
    return Kept(place, public_key, witness, accepted)

"""Devices that show a code and wait to be let in; of their secret only the hash is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import BigInteger, Text, delete, select

from queue_server.storage.access_tables import pairings
from queue_server.storage.backend import Row
from queue_server.storage.statements import Statement, argument
from queue_server.storage.times import from_ms, to_ms
from queue_server.storage.transaction import Transaction
from queue_server.storage.upserts import put
from queue_server.usecases.records import Pairing

_c = pairings.c
_NOW: Final = argument("now", BigInteger())

BY_CODE: Final = Statement(select(*pairings.columns).where(_c.code == argument("code", Text())))
BY_SECRET: Final = Statement(
    select(*pairings.columns).where(_c.secret_hash == argument("secret_hash", Text()))
)
WAITING: Final = Statement(
    select(*pairings.columns)
    .where(_c.state == argument("state", Text()), _c.expires_at > _NOW)
    .order_by(_c.asked_at, _c.code)
)
PUT: Final = put(pairings, "code")
PURGE: Final = Statement(delete(pairings).where(_c.expires_at < _NOW))


class SqlPairings:
    """The port `Pairings` on a database."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, pairing: Pairing) -> None:
        """Keep a pairing."""
        self.save(pairing)

    def by_code(self, code: str) -> Pairing | None:
        """Return the pairing with this code."""
        row = self._transaction.one(BY_CODE, {"code": code})
        return None if row is None else _pairing(row)

    def by_secret(self, secret_hash: str) -> Pairing | None:
        """Return the pairing of the device that holds this secret."""
        row = self._transaction.one(BY_SECRET, {"secret_hash": secret_hash})
        return None if row is None else _pairing(row)

    def waiting(self, now: datetime) -> Sequence[Pairing]:
        """Return the pairings that wait and have not run out, the oldest first."""
        values = {"state": "waiting", "now": to_ms(now)}
        return [_pairing(row) for row in self._transaction.all(WAITING, values)]

    def save(self, pairing: Pairing) -> None:
        """Keep a pairing's next value."""
        values = {column.name: getattr(pairing, column.name) for column in pairings.columns}
        times = {"asked_at": to_ms(pairing.asked_at), "expires_at": to_ms(pairing.expires_at)}
        self._transaction.run(PUT, values | times)

    def purge(self, before: datetime) -> None:
        """Forget pairings that ran out before this time."""
        self._transaction.run(PURGE, {"now": to_ms(before)})


def _pairing(row: Row) -> Pairing:
    code, secret_hash, kind, address, asked_at, expires_at, state, name, hall, window = row
    return Pairing(
        code=code,
        secret_hash=secret_hash,
        kind=kind,
        address=address,
        asked_at=from_ms(asked_at),
        expires_at=from_ms(expires_at),
        state=state,
        name=name,
        hall=hall,
        window=window,
    )

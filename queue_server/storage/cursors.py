"""How far each reader of the log has come."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Text, select

from queue_server.storage.statements import Statement, argument
from queue_server.storage.tables import cursors
from queue_server.storage.transaction import Transaction
from queue_server.storage.upserts import put

GET: Final = Statement(select(cursors.c.seq).where(cursors.c.sink == argument("sink", Text())))
PUT: Final = put(cursors, "sink")


class SqlCursors:
    """The port `Cursors` on a database."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, sink: str) -> int | None:
        """Return the last seq that a reader is done with; None for one never seen."""
        row = self._transaction.one(GET, {"sink": sink})
        return None if row is None else int(row[0])

    def put(self, sink: str, seq: int) -> None:
        """Keep how far a reader has come."""
        self._transaction.run(PUT, {"sink": sink, "seq": seq})

"""Answers by idempotency key."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import BigInteger, Text, delete, insert, select

from queue_server.storage.statements import Statement, argument
from queue_server.storage.tables import replies
from queue_server.storage.times import from_ms, to_ms
from queue_server.storage.transaction import Transaction
from queue_server.usecases.records import StoredReply

_COLUMNS: Final = tuple(column.name for column in replies.columns)

GET: Final = Statement(
    select(*replies.columns).where(
        replies.c.actor == argument("actor", Text()), replies.c.key == argument("key", Text())
    )
)
ADD: Final = Statement(insert(replies).values({name: argument(name) for name in _COLUMNS}))
PURGE: Final = Statement(delete(replies).where(replies.c.at < argument("before", BigInteger())))


class SqlReplies:
    """The port `Replies` on a database."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, actor: str, key: str) -> StoredReply | None:
        """Return the answer given under this key."""
        row = self._transaction.one(GET, {"actor": actor, "key": key})
        if row is None:
            return None
        actor, key, request, status, body, at = row
        return StoredReply(actor, key, request, status, body, from_ms(at))

    def add(self, reply: StoredReply) -> None:
        """Keep an answer."""
        values = {name: getattr(reply, name) for name in _COLUMNS} | {"at": to_ms(reply.at)}
        self._transaction.run(ADD, values)

    def purge(self, before: datetime) -> int:
        """Forget the answers given before this time and return how many they were."""
        return self._transaction.run(PURGE, {"before": to_ms(before)})

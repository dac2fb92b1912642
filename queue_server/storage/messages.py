"""What supervisors write to windows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import BigInteger, Integer, insert, select, update

from queue_server.storage.backend import Row
from queue_server.storage.statements import Statement, argument
from queue_server.storage.tables import messages
from queue_server.storage.times import from_ms, maybe_time, to_ms
from queue_server.storage.transaction import Transaction
from queue_server.usecases.records import Message

_c = messages.c
_SENT: Final = ("window", "sender", "text", "at")

ADD: Final = Statement(
    insert(messages).inline().values({name: argument(name) for name in _SENT}).returning(_c.id)
)
GET: Final = Statement(select(*messages.columns).where(_c.id == argument("id", Integer())))
OF_WINDOW: Final = Statement(
    select(*messages.columns)
    .where(
        _c.window == argument("window", Integer()),
        _c.at >= argument("since", BigInteger()),
    )
    .order_by(_c.id)
)
READ: Final = Statement(
    update(messages)
    .where(_c.id == argument("id", Integer()), _c.read_at.is_(None))
    .values(read_at=argument("read_at"))
)


class SqlMessages:
    """The port `Messages` on a database."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, message: Message) -> Message:
        """Keep a message and return it with its id."""
        values = {name: getattr(message, name) for name in _SENT} | {"at": to_ms(message.at)}
        row = self._transaction.one(ADD, values)
        assert row is not None
        return _message((row[0], *values.values(), None))

    def get(self, message_id: int) -> Message | None:
        """Return a message."""
        row = self._transaction.one(GET, {"id": message_id})
        return None if row is None else _message(row)

    def of_window(self, window: int, since: datetime) -> Sequence[Message]:
        """Return a window's messages since a time, the oldest first."""
        values = {"window": window, "since": to_ms(since)}
        return [_message(row) for row in self._transaction.all(OF_WINDOW, values)]

    def read(self, message_id: int, at: datetime) -> None:
        """Keep when a message was read: the first time counts."""
        self._transaction.run(READ, {"id": message_id, "read_at": to_ms(at)})


def _message(row: Row) -> Message:
    id_, window, sender, text, at, read_at = row
    return Message(window, sender, text, from_ms(at), maybe_time(read_at), id_)

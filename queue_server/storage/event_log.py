"""The hash-chained event log."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, Integer, LargeBinary, Text, insert, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from queue_server.contracts.messages import EventBase, TicketEvent, to_wire
from queue_server.domain.ledger import Sealed, seal
from queue_server.storage.backend import Row
from queue_server.storage.errors import StorageError
from queue_server.storage.head import Head
from queue_server.storage.statements import NO_OFFSET, Statement, argument
from queue_server.storage.tables import events
from queue_server.storage.transaction import Transaction

#: so many events are read at once for verification
_BATCH: Final = 500


class raw(GenericFunction[bytes]):  # noqa: N801 - it stands where a function of SQL stands
    """A text as the bytes that are kept, also where damage has made them no text any more."""

    type = LargeBinary()
    inherit_cache = True


@compiles(raw, "sqlite")
def _raw_sqlite(element: raw, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **options)} AS BLOB)"


@compiles(raw, "postgresql")
def _raw_postgresql(element: raw, compiler: SQLCompiler, **options: Any) -> str:
    return f"convert_to({compiler.process(element.clauses, **options)}, 'UTF8')"


_after: ColumnElement[bool] = events.c.seq > argument("seq", BigInteger())

APPEND: Final = Statement(
    insert(events).values({name: argument(name) for name in ("seq", "body", "hash", "ticket_id")})
)
AFTER: Final = Statement(
    select(events.c.body)
    .where(_after)
    .order_by(events.c.seq)
    .limit(argument("limit", Integer()))
    .offset(NO_OFFSET)
)
OF_TICKET: Final = Statement(
    select(events.c.body)
    .where(events.c.ticket_id == argument("ticket_id", Text()))
    .order_by(events.c.seq)
)
HASH_AT: Final = Statement(
    select(events.c.hash).where(events.c.seq == argument("seq", BigInteger()))
)
_sealed = select(events.c.seq, raw(events.c.body), raw(events.c.hash)).where(_after)
SEALED: Final = Statement(
    _sealed.order_by(events.c.seq).limit(argument("limit", Integer())).offset(NO_OFFSET)
)


class SqlLog:
    """The port `Log` on a database."""

    def __init__(self, transaction: Transaction, head: Head) -> None:
        self._transaction = transaction
        self._head = head

    def append(self, event: EventBase) -> int:
        """Chain the event to the log and return its seq."""
        head = self._head
        sealed = seal(to_wire(event), head.seq + 1, head.head_hash)
        ticket_id = event.ticket.id if isinstance(event, TicketEvent) else None
        self._transaction.run(
            APPEND,
            {
                "seq": sealed.seq,
                "body": sealed.body.decode(),
                "hash": sealed.hash,
                "ticket_id": ticket_id,
            },
        )
        head.seq, head.head_hash = sealed.seq, sealed.hash
        return sealed.seq

    def after(self, seq: int, limit: int) -> Sequence[dict[str, Any]]:
        """Return events in wire form, in order."""
        rows = self._transaction.all(AFTER, {"seq": seq, "limit": limit})
        return [json.loads(body) for (body,) in rows]

    def of_ticket(self, ticket_id: str) -> Sequence[dict[str, Any]]:
        """Return all that happened to a ticket, in wire form, in order."""
        rows = self._transaction.all(OF_TICKET, {"ticket_id": ticket_id})
        return [json.loads(body) for (body,) in rows]

    def between(self, first_seq: int, last_seq: int) -> Iterator[dict[str, Any]]:
        """Return the events of a stretch of the log, both ends within, in wire form."""
        seq = first_seq - 1
        while seq < last_seq:
            stretch = self.after(seq, min(_BATCH, last_seq - seq))
            if not stretch:
                return
            yield from stretch
            seq = int(stretch[-1]["seq"])

    def hash_at(self, seq: int) -> str | None:
        """Return the hash of an event."""
        row = self._transaction.one(HASH_AT, {"seq": seq})
        return None if row is None else str(row[0])

    def sealed(self, after: int = 0) -> Iterator[Sealed]:
        """Return the log past a seq as it stands, up to the first event that cannot be read at all.

        That one comes without a body, so that verification names it. (PostgreSQL ends the
        transaction at such an error, so there it is the first event of the batch.)
        """
        seq, limit = after, _BATCH
        while True:
            try:
                rows = self._transaction.all(SEALED, {"seq": seq, "limit": limit})
            except StorageError:
                if limit == 1:
                    yield Sealed(seq + 1, b"", "")
                    return
                limit = 1
                continue
            if not rows:
                return
            yield from map(_as_kept, rows)
            if rows[-1][0] <= seq:
                return  # damage has turned the order round
            seq = rows[-1][0]


def _as_kept(row: Row) -> Sealed:
    seq, body, digest = row
    return Sealed(seq, bytes(body or b""), bytes(digest or b"").decode("ascii", "replace"))

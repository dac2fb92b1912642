"""What clerks write on tickets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Text, insert, select

from queue_server.storage.statements import Statement, argument
from queue_server.storage.tables import notes
from queue_server.storage.times import from_ms, to_ms
from queue_server.storage.transaction import Transaction
from queue_server.usecases.records import Note

_c = notes.c
_NOTE: Final = ("ticket", "at", "by", "text")

ADD: Final = Statement(
    insert(notes).inline().values({name: argument(name) for name in _NOTE}).returning(_c.id)
)
OF_TICKET: Final = Statement(
    select(_c.id, *(_c[name] for name in _NOTE))
    .where(_c.ticket == argument("ticket", Text()))
    .order_by(_c.id)
)


class SqlNotes:
    """The port `Notes` on a database."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, note: Note) -> Note:
        """Keep a note and return it with its id."""
        values = {"ticket": note.ticket, "at": to_ms(note.at), "by": note.by, "text": note.text}
        row = self._transaction.one(ADD, values)
        assert row is not None
        return Note(note.ticket, note.at, note.by, note.text, row[0])

    def of_ticket(self, ticket_id: str) -> Sequence[Note]:
        """Return a ticket's notes, the oldest first."""
        rows = self._transaction.all(OF_TICKET, {"ticket": ticket_id})
        return [Note(ticket, from_ms(at), by, text, id_) for id_, ticket, at, by, text in rows]

"""Where visitors with an appointment are reminded: kept beside the tickets, and not for long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import Text, delete, insert, select

from queue_server.domain.ticket import Ticket
from queue_server.storage.statements import ONE, Statement, argument
from queue_server.storage.tables import IS_BOOKED, contacts, tickets
from queue_server.storage.ticket_rows import from_row
from queue_server.storage.times import from_ms, to_ms
from queue_server.storage.transaction import Transaction
from queue_server.usecases.records import Contact

_c = contacts.c
_COLUMNS: Final = tuple(column.name for column in contacts.columns)

ADD: Final = Statement(insert(contacts).values({name: argument(name) for name in _COLUMNS}))
GET: Final = Statement(select(*contacts.columns).where(_c.ticket == argument("ticket", Text())))
OPEN_OF: Final = Statement(
    select(*tickets.columns)
    .select_from(contacts.join(tickets, tickets.c.id == _c.ticket))
    .where(_c.contact_hash == argument("contact_hash", Text()), IS_BOOKED)
    .order_by(tickets.c.slot, tickets.c.serial)
)
#: a ticket's day never changes, so what stands in no ticket of that day or later is over
PURGE: Final = Statement(
    delete(contacts).where(
        ~select(ONE)
        .where(tickets.c.id == _c.ticket, tickets.c.day >= argument("day", Text()))
        .exists()
    )
)


class SqlContacts:
    """The port `Contacts` on a database."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, contact: Contact) -> None:
        """Keep a contact."""
        values = {
            "ticket": contact.ticket,
            "contact": contact.contact,
            "contact_hash": contact.contact_hash,
            "at": to_ms(contact.at),
        }
        self._transaction.run(ADD, values)

    def get(self, ticket_id: str) -> Contact | None:
        """Return the contact of an appointment."""
        row = self._transaction.one(GET, {"ticket": ticket_id})
        return None if row is None else Contact(row[0], row[1], row[2], from_ms(row[3]))

    def open_of(self, contact_hash: str) -> Sequence[Ticket]:
        """Return the appointments still to come of one contact."""
        return [
            from_row(row) for row in self._transaction.all(OPEN_OF, {"contact_hash": contact_hash})
        ]

    def purge(self, before: date) -> None:
        """Forget the contacts of appointments before this day."""
        self._transaction.run(PURGE, {"day": before.isoformat()})

"""Transactions that leave no trace, so that one database serves many examples."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from queue_server.storage.database import Database
from queue_server.storage.unit_of_work import SqlUnitOfWork


class Undone(Exception):
    """A transaction's end that is no error."""


@contextmanager
def undone(database: Database) -> Iterator[SqlUnitOfWork]:
    """Open a transaction and take all of it back at the end."""
    with suppress(Undone), database.write() as work:
        yield work
        raise Undone

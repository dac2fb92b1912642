"""The center's database: transactions that write, snapshots that read, news of other processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Final

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from queue_server.storage.backend import Backend, Connection
from queue_server.storage.catalogues import ParsedCatalogues, Parse
from queue_server.storage.errors import StorageError
from queue_server.storage.head import CLAIM, READ
from queue_server.storage.migrations import Schema, check, upgrade
from queue_server.storage.replies import SqlReplies
from queue_server.storage.transaction import Transaction, refusal
from queue_server.storage.turns import Turns
from queue_server.storage.unit_of_work import SqlUnitOfWork

#: seconds after which a thread gives up waiting for its turn to write
PATIENCE: Final = 30.0


class Database:
    """A center's database, opened once by each process."""

    def __init__(
        self, url: str, *, parse: Parse, committed: Iterable[Callable[[int], None]] = ()
    ) -> None:
        """Open it; raises StorageError when it cannot be used or is newer than this program.

        `parse` makes a catalogue of its document; `committed` are called with the newest seq
        after each commit that appended events, outside of the writers' turn.
        """
        self._backend = _backend(url)
        self._parsed = ParsedCatalogues(parse)
        self._committed = tuple(committed)
        self._turns = Turns(PATIENCE)
        if self.schema() is Schema.NEWER:
            self.close()
            raise StorageError(
                "The database was written by a newer Navbat; install that version or a later one."
            )

    def schema(self) -> Schema:
        """Return whether the tables are those of this program."""
        return check(self._backend.engine)

    def upgrade(self) -> None:
        """Bring the tables to those of this program; does nothing where they are."""
        with self._turns:
            upgrade(self._backend.engine)

    @contextmanager
    def write(self) -> Iterator[SqlUnitOfWork]:
        """Run a transaction that may write: one at a time, first come first served.

        It is on the disk when the block has ended well, and undone when it has not.
        """
        with self._turns:
            connection = self._begin()
            try:
                work = SqlUnitOfWork(Transaction(self._backend, connection), CLAIM, self._parsed)
                yield work
                work.keep()
                self._commit(connection, appended=work.appended)
            except BaseException:
                self._roll_back(connection)
                raise
            self._backend.after_commit(connection)
        if work.appended:
            for tell in self._committed:
                tell(work.seq)

    @contextmanager
    def read(self) -> Iterator[SqlUnitOfWork]:
        """Show one consistent snapshot; never waits for a writer."""
        with self._backend.reader() as connection:
            try:
                connection.execute(self._backend.begin_read)
                yield SqlUnitOfWork(Transaction(self._backend, connection), READ, self._parsed)
            except self._backend.error as error:
                raise refusal(self._backend, error) from error
            finally:
                self._roll_back(connection)

    def purge_replies(self, before: datetime) -> int:
        """Forget answers to idempotency keys given before this time; return how many."""
        with self.write() as work:
            return work.replies.purge(before)

    def watch(self, stop: Event) -> Iterator[None]:
        """Yield whenever another process may have appended events, until `stop` is set."""
        return self._backend.watch(stop)

    def close(self) -> None:
        """Close every connection."""
        self._backend.close()

    def _begin(self) -> Connection: ...

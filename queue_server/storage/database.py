"""The center's database: transactions that write, snapshots that read, news of other processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Final

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.exc import TimeoutError as NoReaderFree

from queue_server.storage.backend import Backend, Connection
from queue_server.storage.catalogues import Parse, ParsedCatalogues
from queue_server.storage.errors import StorageError
from queue_server.storage.head import CLAIM, READ
from queue_server.storage.migrations import Schema, check, upgrade
from queue_server.storage.sqlite import Sqlite
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
        #: the newest event that this process appended
        self._own_seq = 0
        with ExitStack() as refused:
            refused.callback(self.close)
            if self.schema() is Schema.NEWER:
                raise StorageError(
                    "The database was written by a newer Navbat; install that version or a later."
                )
            refused.pop_all()

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
        with self._turns, self._transaction() as connection:
            work = SqlUnitOfWork(Transaction(self._backend, connection), CLAIM, self._parsed)
            yield work
            appended = self._commit(connection, work)
            work.end()
        if appended:
            for tell in self._committed:
                tell(work.seq)

    @contextmanager
    def read(self) -> Iterator[SqlUnitOfWork]:
        """Show one consistent snapshot; never waits for a writer."""
        try:
            with self._backend.snapshot() as connection:
                try:
                    work = SqlUnitOfWork(Transaction(self._backend, connection), READ, self._parsed)
                    yield work
                    work.end()
                finally:
                    self._roll_back(connection)
        except self._backend.error as error:
            raise refusal(self._backend, error) from error
        except NoReaderFree as error:
            raise StorageError("Too many look at the database at once; try again.") from error

    def purge_replies(self, before: datetime) -> int:
        """Forget answers to idempotency keys given before this time; return how many."""
        with self.write() as work:
            return work.purge_replies(before)

    def watch(self, stop: Event) -> Iterator[None]:
        """Yield whenever another process has appended events, until `stop` is set."""
        for _ in self._backend.watch(stop):
            if self._grown_elsewhere():
                yield

    def close(self) -> None:
        """Close every connection."""
        self._backend.close()

    def _grown_elsewhere(self) -> bool:
        try:
            with self.read() as work:
                return work.seq != self._own_seq
        except StorageError:
            return True  # whoever is woken will see for themselves

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            connection = self._backend.begin()
        except self._backend.error as error:
            raise refusal(self._backend, error) from error
        try:
            yield connection
        except BaseException:
            self._roll_back(connection)
            raise

    def _commit(self, connection: Connection, work: SqlUnitOfWork) -> bool:
        """Make it durable and return whether the log has grown."""
        work.keep()
        appended = work.appended
        try:
            self._backend.commit(connection, appended=appended)
        except self._backend.error as error:
            raise refusal(self._backend, error) from error
        if appended:
            self._own_seq = work.seq
        return appended

    def _roll_back(self, connection: Connection) -> None:
        # a transaction that the database has ended by itself cannot be rolled back once more
        with suppress(self._backend.error):
            connection.execute("ROLLBACK")


def _backend(url: str) -> Backend:
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise StorageError(f"{url!r} is not an address of a database.") from error
    if address.get_backend_name() == "sqlite" and address.database:
        return Sqlite(Path(address.database))
    if address.get_backend_name() == "postgresql":
        return _postgres(address)
    raise StorageError(f"{url!r} names neither a file (sqlite:///…) nor a server (postgresql://…).")


def _postgres(address: URL) -> Backend:
    try:
        from queue_server.storage.postgres import Postgres  # noqa: PLC0415 - an extra of the wheel
    except ImportError as error:
        raise StorageError("PostgreSQL needs the extra navbat[postgres]; install it.") from error
    return Postgres(address)

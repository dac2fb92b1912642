"""PostgreSQL through psycopg: the same tables and the same repositories.

Writers queue at the center's row (`head.CLAIM`), readers take a snapshot. Imported only where a
center runs on PostgreSQL: the driver is an extra of the wheel.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from threading import Event
from typing import Any, Final, cast

import psycopg
from sqlalchemy import URL, create_engine
from sqlalchemy.pool import NullPool, PoolProxiedConnection, QueuePool

from queue_server.storage.backend import Connection
from queue_server.storage.errors import StorageError

#: what a commit that appended events is announced on
CHANNEL: Final = "navbat_log"
READERS: Final = 8
#: a commit is acknowledged when it is on the disk; nobody waits for a lock for ever
_SETTINGS: Final = "-c synchronous_commit=on -c lock_timeout=10s"
_BEGIN: Final = "BEGIN ISOLATION LEVEL READ COMMITTED"
_SNAPSHOT: Final = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"


class Postgres:
    """A center's database in a PostgreSQL server."""

    error = psycopg.Error

    def __init__(self, url: URL) -> None:
        self._server = f"{url.host or 'localhost'}/{url.database}"
        address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._connect = partial(_connect, address, self._server)
        self._writer = self._connect()
        migrating = partial(self._connect, autocommit=False)
        self.engine = create_engine(
            "postgresql+psycopg://", creator=cast(Any, migrating), poolclass=NullPool
        )
        self.dialect = self.engine.dialect
        self._readers = QueuePool(
            cast(Any, self._connect),
            pool_size=READERS,
            max_overflow=0,
            reset_on_return=None,
            use_lifo=True,
        )

    def begin(self) -> Connection:
        """Begin a transaction on the one connection that writes, and return it; in one's turn."""
        try:
            self._writer.execute(_BEGIN)
        except psycopg.OperationalError:
            # the server was restarted: nothing is lost yet, so one new connection is worth a try
            self._writer.close()
            self._writer = self._connect()
            self._writer.execute(_BEGIN)
        return cast(Connection, self._writer)

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Lend a connection that cannot write, its snapshot taken by the first look."""
        lent = self._lend()
        try:
            yield cast(Connection, lent.driver_connection)
        finally:
            lent.close()

    def commit(self, connection: Connection, *, appended: bool) -> None:
        """Make the transaction durable and announce its events; others hear of them after it."""
        if appended:
            connection.execute(f"NOTIFY {CHANNEL}")
        done = self._writer.execute("COMMIT").statusmessage
        if done != "COMMIT":
            # the server answers COMMIT with ROLLBACK, and no error, once a statement has failed
            raise StorageError("A statement of this transaction was refused, so nothing is kept.")

    def rule_broken(self, error: Exception) -> str | None:
        """Return the index whose uniqueness a statement would have broken."""
        if isinstance(error, psycopg.errors.UniqueViolation):
            return error.diag.constraint_name
        return None

    def sentence(self, error: Exception) -> str:
        """Return one plain sentence about the driver's error."""
        return sentence(self._server, error)

    def watch(self, stop: Event) -> Iterator[None]:
        """Yield once listening, then whenever a commit is announced; reconnects by itself."""
        while not stop.is_set():
            try:
                with closing(self._connect()) as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    yield
                    yield from _announced(connection, stop)
            except (psycopg.OperationalError, StorageError):
                stop.wait(1.0)

    def close(self) -> None:
        """Close every connection."""
        self._readers.dispose()
        self.engine.dispose()
        self._writer.close()

    def _lend(self) -> PoolProxiedConnection:
        lent = self._readers.connect()
        try:
            cast(Connection, lent.driver_connection).execute(_SNAPSHOT)
        except psycopg.OperationalError:
            # cut off by a restart of the server: the pool lends a new one in its place
            lent.invalidate()
            lent = self._readers.connect()
            cast(Connection, lent.driver_connection).execute(_SNAPSHOT)
        return lent


def sentence(server: str, error: Exception) -> str:
    """Return one plain sentence about an error of PostgreSQL."""
    if isinstance(error, psycopg.errors.LockNotAvailable):
        return f"The database {server} is held by another program; end that one and try again."
    if isinstance(error, psycopg.errors.DiskFull):
        return f"The disk of the database {server} is full; make room there."
    if isinstance(error, psycopg.OperationalError):
        return f"The database {server} does not answer: {_first_line(error)}."
    return f"The database {server} refused: {_first_line(error)}."


def _announced(connection: psycopg.Connection[Any], stop: Event) -> Iterator[None]:
    while not stop.is_set():
        for _ in connection.notifies(timeout=1.0, stop_after=1):
            yield


def _connect(address: str, server: str, *, autocommit: bool = True) -> psycopg.Connection[Any]:
    try:
        return psycopg.connect(
            address, autocommit=autocommit, options=_SETTINGS, connect_timeout=10
        )
    except psycopg.Error as error:
        raise StorageError(sentence(server, error)) from error


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0].rstrip(".")

"""One open transaction: runs statements and says in the hall's words what the database refuses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from queue_server.domain.errors import ClerkElsewhere, DomainError, WindowBusy, WindowTaken
from queue_server.storage.backend import Backend, Connection, Cursor, Row
from queue_server.storage.errors import StorageError
from queue_server.storage.statements import Statement, Values

#: uniqueness that a person can run into: index (PostgreSQL) or columns (SQLite) → what is broken
REFUSALS: Mapping[str, type[DomainError]] = {
    "shifts_open_window": WindowTaken,
    "shifts.window": WindowTaken,
    "shifts_open_clerk": ClerkElsewhere,
    "shifts.clerk": ClerkElsewhere,
    "tickets_at_window": WindowBusy,
    "tickets.window": WindowBusy,
}


class Transaction:
    """Runs statements on a connection whose transaction has begun."""

    __slots__ = ("_backend", "_connection", "_dialect")

    def __init__(self, backend: Backend, connection: Connection) -> None:
        self._backend = backend
        self._dialect = backend.dialect
        self._connection = connection

    def run(self, statement: Statement, values: Values) -> int:
        """Run a statement and return how many rows it changed."""
        return self._execute(statement, values).rowcount

    def run_each(self, statement: Statement, values: Sequence[Values]) -> None:
        """Run a statement once for each of these."""
        text, arrange = statement.on(self._dialect)
        try:
            self._connection.cursor().executemany(text, [arrange(each) for each in values])
        except self._backend.error as error:
            raise refusal(self._backend, error) from error

    def one(self, statement: Statement, values: Values) -> Row | None:
        """Return the first row, or None."""
        cursor = self._execute(statement, values)
        try:
            return cursor.fetchone()
        except self._backend.error as error:
            raise refusal(self._backend, error) from error

    def all(self, statement: Statement, values: Values) -> Sequence[Row]:
        """Return every row."""
        cursor = self._execute(statement, values)
        try:
            return cursor.fetchall()
        except self._backend.error as error:
            raise refusal(self._backend, error) from error

    def _execute(self, statement: Statement, values: Values) -> Cursor:
        text, arrange = statement.on(self._dialect)
        try:
            return self._connection.execute(text, arrange(values))
        except self._backend.error as error:
            raise refusal(self._backend, error) from error


def refusal(backend: Backend, error: Exception) -> DomainError | StorageError:
    """Return what to raise for a driver's error."""
    refused = REFUSALS.get(backend.rule_broken(error) or "")
    return refused() if refused else StorageError(backend.sentence(error))

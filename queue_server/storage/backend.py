"""What the two databases do differently, behind one Protocol."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from threading import Event
from typing import Any, Protocol

from sqlalchemy import Dialect, Engine

Row = tuple[Any, ...]


class Cursor(Protocol):
    """What a driver answers."""

    @property
    def rowcount(self) -> int:
        """How many rows a statement changed."""
        ...

    def fetchone(self) -> Row | None:
        """Return the next row."""
        ...

    def fetchall(self) -> Sequence[Row]:
        """Return all rows that are left."""
        ...

    def executemany(self, statement: str, values: Sequence[Any], /) -> object:
        """Run a statement for each of these."""
        ...


class Connection(Protocol):
    """A driver's connection, without transactions of its own accord."""

    def execute(self, statement: str, values: Any = ..., /) -> Cursor:
        """Run a statement."""
        ...

    def cursor(self) -> Cursor:
        """Return a cursor that has not run anything yet."""
        ...


class Backend(Protocol):
    """A database: where its connections come from and how its transactions begin."""

    @property
    def engine(self) -> Engine:
        """Where migrations get their connection."""
        ...

    @property
    def dialect(self) -> Dialect:
        """How statements are put into this database's words."""
        ...

    @property
    def error(self) -> type[Exception]:
        """The driver's own error."""
        ...

    def begin(self) -> Connection:
        """Begin a transaction on the one connection that writes, and return it; in one's turn."""
        ...

    def snapshot(self) -> AbstractContextManager[Connection]:
        """Lend a connection that cannot write, its snapshot taken by the first look."""
        ...

    def commit(self, connection: Connection, *, appended: bool) -> None:
        """Make the transaction durable; where it `appended` events, let other processes know."""
        ...

    def rule_broken(self, error: Exception) -> str | None:
        """Return the index or the columns whose uniqueness a statement would have broken."""
        ...

    def sentence(self, error: Exception) -> str:
        """Return one plain sentence about the driver's error."""
        ...

    def watch(self, stop: Event) -> Iterator[None]:
        """Yield at the start and whenever another connection committed, until `stop` is set."""
        ...

    def close(self) -> None:
        """Close every connection."""
        ...

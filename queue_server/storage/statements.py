"""Statements of SQLAlchemy Core, compiled once for a database.

Core stays the source of every statement, but its execution costs three to four times the driver's
own (12.6 µs against 3.6 µs for a look-up by key). So a statement is compiled to the database's
words once, and those run on the driver's cursor.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter
from typing import Any

from sqlalchemy import BindParameter, ClauseElement, Dialect, Integer, bindparam, literal_column
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

#: arguments of a statement, by name
Values = dict[str, Any]
#: makes of them what a driver takes: SQLite by position, PostgreSQL by name
Arrange = Callable[[Values], Any]

ONE = literal_column("1", Integer())
#: SQLAlchemy would pass the offset that SQLite has to every limit as an argument
NO_OFFSET = literal_column("0", Integer())


def argument(name: str, kind: TypeEngine[Any] | None = None) -> BindParameter[Any]:
    """Return a place in a statement that is filled when it runs."""
    return bindparam(name, type_=kind, required=False)


class Statement:
    """One statement, with named arguments only: every constant is written into its text."""

    def __init__(self, clause: ClauseElement, *, postgresql: ClauseElement | None = None) -> None:
        self._clauses = {} if postgresql is None else {"postgresql": postgresql}
        self._clause = clause
        self._compiled: dict[str, tuple[str, Arrange]] = {}

    def on(self, dialect: Dialect) -> tuple[str, Arrange]:
        """Return the statement in a database's words, and what arranges its arguments."""
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = self._compile(dialect)
        return compiled

    def _compile(self, dialect: Dialect) -> tuple[str, Arrange]:
        clause = self._clauses.get(dialect.name, self._clause)
        compiled = clause.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        assert isinstance(compiled, SQLCompiler)
        written = compiled.literal_execute_params
        hidden = [b.key for b in compiled.bind_names if b.value is not None and b not in written]
        if hidden:
            raise ValueError(f"These constants are not written into the statement: {hidden}.")
        return str(compiled), _arranged(compiled)


def _arranged(compiled: SQLCompiler) -> Arrange:
    if not compiled.positional:
        return _by_name
    order = compiled.positiontup or []
    if len(order) > 1:
        return itemgetter(*order)
    return lambda values: tuple(values[name] for name in order)


def _by_name(values: Values) -> Values:
    return values

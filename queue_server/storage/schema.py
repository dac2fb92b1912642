"""What all declarations of tables share: their metadata, and how partial indexes are written."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Index,
    Integer,
    MetaData,
    String,
    event,
    literal,
    text,
)

from queue_server.storage.guards import guard

#: SQLite numbers rows by itself only in a column of just the type INTEGER
SERIAL = BigInteger().with_variant(Integer, "sqlite")

NO, ZERO = text("false"), text("0")

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pk",
        "fk": "%(table_name)s_%(column_0_name)s_fk",
        "uq": "%(table_name)s_%(column_0_N_name)s_uq",
        "ck": "%(table_name)s_%(constraint_name)s_ck",
    }
)
event.listen(metadata, "after_create", guard)


def said(value: str) -> ColumnElement[str]:
    """Return a value that is written into the SQL itself."""
    return literal(value, String, literal_execute=True)


def partial(
    name: str, *columns: Column[object], where: ColumnElement[bool], unique: bool = False
) -> Index:
    """Return an index over the rows that meet a condition."""
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)

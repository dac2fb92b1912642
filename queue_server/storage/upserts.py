"""Statements that add a row or change the one that is there, for both databases."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from queue_server.storage.statements import ONE, Statement, argument


def put(table: Table, *key: str) -> Statement:
    """Return what adds a row, or replaces the one with the same key."""
    row = {column.name: argument(column.name) for column in table.columns}
    rest = {name: value for name, value in row.items() if name not in key}
    return Statement(
        sqlite.insert(table).values(row).on_conflict_do_update(index_elements=key, set_=rest),
        postgresql=postgresql.insert(table)
        .values(row)
        .on_conflict_do_update(index_elements=key, set_=rest),
    )


def count_up(table: Table, *key: str) -> Statement:
    """Return what counts one more in the row of this key, the first as 1, and gives the count."""
    row: dict[str, Any] = {name: argument(name) for name in key} | {"count": ONE}
    which, counted = [table.c[name] for name in key], {"count": table.c.count + ONE}
    return Statement(
        sqlite.insert(table)
        .values(row)
        .on_conflict_do_update(index_elements=which, set_=counted)
        .returning(table.c.count),
        postgresql=postgresql.insert(table)
        .values(row)
        .on_conflict_do_update(index_elements=which, set_=counted)
        .returning(table.c.count),
    )

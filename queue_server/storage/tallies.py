"""Plain counts by day."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy.dialects import postgresql, sqlite

from queue_server.storage.statements import ONE, Statement, argument
from queue_server.storage.tables import tallies
from queue_server.storage.transaction import Transaction

_FIRST: Final = {"day": argument("day"), "name": argument("name"), "count": ONE}
_KEY: Final = [tallies.c.day, tallies.c.name]
_COUNTED: Final = {"count": tallies.c.count + ONE}

ADD: Final = Statement(
    sqlite.insert(tallies)
    .values(_FIRST)
    .on_conflict_do_update(index_elements=_KEY, set_=_COUNTED)
    .returning(tallies.c.count),
    postgresql=postgresql.insert(tallies)
    .values(_FIRST)
    .on_conflict_do_update(index_elements=_KEY, set_=_COUNTED)
    .returning(tallies.c.count),
)


class SqlTallies:
    """The port `Tallies` on a database."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, day: date, name: str) -> int:
        """Count one more and return how many they are."""
        row = self._transaction.one(ADD, {"day": day.isoformat(), "name": name})
        assert row is not None
        return int(row[0])

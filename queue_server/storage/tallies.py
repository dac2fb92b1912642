"""Plain counts by day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from sqlalchemy import Text, select

from queue_server.storage.statements import Statement, argument
from queue_server.storage.tables import tallies
from queue_server.storage.transaction import Transaction
from queue_server.storage.upserts import count_up

ADD: Final = count_up(tallies, "day", "name")
OF_DAY: Final = Statement(
    select(tallies.c.name, tallies.c.count).where(tallies.c.day == argument("day", Text()))
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

    def counts(self, day: date, start: str) -> Mapping[str, int]:
        """Return the counts of a day whose names begin so."""
        rows = self._transaction.all(OF_DAY, {"day": day.isoformat()})
        return {name: int(count) for name, count in rows if name.startswith(start)}

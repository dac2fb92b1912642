"""Plain counts by day."""

from __future__ import annotations

from datetime import date
from typing import Final

from queue_server.storage.tables import tallies
from queue_server.storage.transaction import Transaction
from queue_server.storage.upserts import count_up

ADD: Final = count_up(tallies, "day", "name")


class SqlTallies:
    """The port `Tallies` on a database."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, day: date, name: str) -> int:
        """Count one more and return how many they are."""
        row = self._transaction.one(ADD, {"day": day.isoformat(), "name": name})
        assert row is not None
        return int(row[0])

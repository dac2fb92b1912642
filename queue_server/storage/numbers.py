"""One counter per day and prefix."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import Text, func, select

from queue_server.storage.statements import Statement, argument
from queue_server.storage.tables import numbers
from queue_server.storage.transaction import Transaction
from queue_server.storage.upserts import count_up, put

NEXT: Final = count_up(numbers, "day", "prefix")
SKIP: Final = put(numbers, "day", "prefix")
HIGHEST: Final = Statement(
    select(func.max(numbers.c.count)).where(numbers.c.day >= argument("day", Text()))
)


class SqlNumbers:
    """The port `Numbers` on a database."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def next(self, day: date, prefix: str) -> int:
        """Return the next count, from 1; it is given once."""
        row = self._transaction.one(NEXT, {"day": day.isoformat(), "prefix": prefix})
        assert row is not None
        return int(row[0])

    def skip_to(self, day: date, prefix: str, count: int) -> None:
        """Let the counter stand at this count: those between belong to kiosks."""
        values = {"day": day.isoformat(), "prefix": prefix, "count": count}
        self._transaction.run(SKIP, values)

    def highest(self, day: date) -> int:
        """Return the highest count of any prefix, from this day on; 0 before the first."""
        row = self._transaction.one(HIGHEST, {"day": day.isoformat()})
        return int(row[0] or 0) if row else 0

"""Service days, each a stretch of the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import Text, func, insert, select, update

from queue_server.storage.backend import Row
from queue_server.storage.statements import Statement, argument
from queue_server.storage.tables import days
from queue_server.storage.transaction import Transaction
from queue_server.usecases.records import ServiceDay

_named = days.c.day == argument("day", Text())

ADD: Final = Statement(insert(days).values(day=argument("day"), first_seq=argument("first_seq")))
CLOSE: Final = Statement(update(days).where(_named).values(closed_seq=argument("closed_seq")))
GET: Final = Statement(select(*days.columns).where(_named))
BETWEEN: Final = Statement(
    select(*days.columns)
    .where(days.c.day.between(argument("first", Text()), argument("last", Text())))
    .order_by(days.c.day)
)

NEWEST_CLOSE: Final = Statement(select(func.max(days.c.closed_seq)))


class SqlDays:
    """The port `Days` on a database."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, day: date, first_seq: int) -> None:
        """Begin a day with this event."""
        self._transaction.run(ADD, {"day": day.isoformat(), "first_seq": first_seq})

    def close(self, day: date, closed_seq: int | None) -> None:
        """End a day with this event, or with None let it go on."""
        self._transaction.run(CLOSE, {"day": day.isoformat(), "closed_seq": closed_seq})

    def get(self, day: date) -> ServiceDay | None:
        """Return the day."""
        row = self._transaction.one(GET, {"day": day.isoformat()})
        return None if row is None else _day(row)

    def between(self, first: date, last: date) -> Sequence[ServiceDay]:
        """Return the days of a period, both ends included, in order."""
        values = {"first": first.isoformat(), "last": last.isoformat()}
        return [_day(row) for row in self._transaction.all(BETWEEN, values)]

    def newest_close(self) -> int | None:
        """Return where the log last closed a day; None before the first time."""
        row = self._transaction.one(NEWEST_CLOSE, {})
        return None if row is None else row[0]


def _day(row: Row) -> ServiceDay:
    day, first_seq, closed_seq = row
    return ServiceDay(date.fromisoformat(day), first_seq, closed_seq)

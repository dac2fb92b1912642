"""What days that are over have taught, a body each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from sqlalchemy import Text, select

from queue_server.storage.statements import Statement, argument
from queue_server.storage.tables import observations
from queue_server.storage.transaction import Transaction
from queue_server.storage.upserts import put

_c = observations.c

_period = _c.day.between(argument("first", Text()), argument("last", Text()))

PUT: Final = put(observations, "day")
DAYS: Final = Statement(select(_c.day).where(_period))
BETWEEN: Final = Statement(select(_c.day, _c.body).where(_period).order_by(_c.day))


class SqlObserved:
    """The port `Observed` on a database."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def put(self, day: date, body: str) -> None:
        """Keep what a day has taught in place of what was kept before."""
        self._transaction.run(PUT, {"day": day.isoformat(), "body": body})

    def days(self, first: date, last: date) -> frozenset[date]:
        """Return a period's days that have taught something, both ends included."""
        rows = self._transaction.all(DAYS, {"first": first.isoformat(), "last": last.isoformat()})
        return frozenset(date.fromisoformat(day) for (day,) in rows)

    def between(self, first: date, last: date) -> Mapping[date, str]:
        """Return day → body of a period's days that have any, both ends included, in order."""
        values = {"first": first.isoformat(), "last": last.isoformat()}
        rows = self._transaction.all(BETWEEN, values)
        return {date.fromisoformat(day): body for day, body in rows}

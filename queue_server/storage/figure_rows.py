"""The figures of days that are over, ready to be added up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from sqlalchemy import Text, delete, insert, select

from queue_server.storage.statements import Statement, argument
from queue_server.storage.tables import figure_rows
from queue_server.storage.transaction import Transaction
from queue_server.usecases.records import FigureRow

_c = figure_rows.c
_period = _c.day.between(argument("first", Text()), argument("last", Text()))

DROP: Final = Statement(delete(figure_rows).where(_c.day == argument("day", Text())))
ADD: Final = Statement(
    insert(figure_rows).values({column.name: argument(column.name) for column in _c})
)
OF: Final = Statement(
    select(_c.day, _c.key, _c.body)
    .where(_period, _c.dimension == argument("dimension", Text()))
    .order_by(_c.day, _c.key)
)
BETWEEN: Final = Statement(
    select(_c.day, _c.dimension, _c.key, _c.body).where(_period).order_by(_c.day)
)
DAYS: Final = Statement(select(_c.day).where(_period).distinct())


class SqlFigureRows:
    """The port `FigureRows` on a database."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def put_all(self, day: date, rows: Iterable[FigureRow]) -> None:
        """Keep a day's figures in place of those kept before."""
        text = day.isoformat()
        self._transaction.run(DROP, {"day": text})
        values = [
            {"day": text, "dimension": row.dimension, "key": row.key, "body": row.body}
            for row in rows
        ]
        if values:
            self._transaction.run_each(ADD, values)

    def of(self, first: date, last: date, dimension: str) -> Sequence[FigureRow]:
        """Return a period's figures of one dimension, both ends included."""
        values = _ends(first, last) | {"dimension": dimension}
        rows = self._transaction.all(OF, values)
        return [FigureRow(_day(day), dimension, key, body) for day, key, body in rows]

    def between(self, first: date, last: date) -> Sequence[FigureRow]:
        """Return a period's figures of every dimension, both ends included."""
        rows = self._transaction.all(BETWEEN, _ends(first, last))
        return [FigureRow(_day(day), dimension, key, body) for day, dimension, key, body in rows]

    def days(self, first: date, last: date) -> frozenset[date]:
        """Return the days of a period whose figures are kept."""
        rows = self._transaction.all(DAYS, _ends(first, last))
        return frozenset(_day(day) for (day,) in rows)


def _ends(first: date, last: date) -> dict[str, object]:
    return {"first": first.isoformat(), "last": last.isoformat()}


#: a period's days come once for each of their rows
_day = lru_cache(maxsize=1024)(date.fromisoformat)

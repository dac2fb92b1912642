"""What the supervisor's floor asks of the tickets, as statements.

A day's tickets are found by the index of numbers: what they cost does not grow with history.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import BigInteger, Integer, Text, case, func, literal_column, select

from queue_server.domain.alerting import Answers
from queue_server.storage.statements import NO_OFFSET, ONE, Statement, argument
from queue_server.storage.tables import IS_WAITING, stays, tickets
from queue_server.storage.times import from_ms
from queue_server.storage.transaction import Transaction

_c = tickets.c
_ZERO = literal_column("0", Integer())
_OF_DAY = _c.day == argument("day", Text())

WAITING_ALL: Final = Statement(
    select(*tickets.columns)
    .where(IS_WAITING)
    .order_by(_c.order_key, _c.issued_at, _c.serial)
    .limit(argument("limit", Integer()))
    .offset(NO_OFFSET)
)
TOTALS: Final = Statement(select(_c.state, func.count()).where(_OF_DAY).group_by(_c.state))
LAST_MOVES: Final = Statement(
    select(_c.clerk, func.max(_c.moved_at)).where(_OF_DAY, _c.clerk.is_not(None)).group_by(_c.clerk)
)

_first_calls = (
    select((func.min(stays.c.since) - _c.issued_at).label("waited"))
    .select_from(tickets.join(stays, stays.c.ticket_id == _c.id))
    .where(_OF_DAY, stays.c.state == literal_column("'called'"))
    .group_by(_c.id, _c.issued_at)
    .subquery()
)
ANSWERS: Final = Statement(
    select(
        func.count(),
        func.sum(_first_calls.c.waited),
        func.sum(case((_first_calls.c.waited <= argument("norm", BigInteger()), ONE), else_=_ZERO)),
    ).select_from(_first_calls)
)


def totals(transaction: Transaction, day: date) -> Mapping[str, int]:
    """Return how many tickets of a day stand in each state."""
    return dict(_pairs(transaction, TOTALS, day))


def last_moves(transaction: Transaction, day: date) -> Mapping[str, datetime]:
    """Return when a ticket that each clerk called last was last moved."""
    return {clerk: from_ms(at) for clerk, at in _pairs(transaction, LAST_MOVES, day)}


def answers(transaction: Transaction, day: date, norm: timedelta) -> Answers:
    """Return how the day's visitors were answered, by the stays of their tickets."""
    values = {"day": day.isoformat(), "norm": norm // timedelta(milliseconds=1)}
    row = transaction.one(ANSWERS, values)
    assert row is not None
    called, waited, within = row
    return Answers(called, timedelta(milliseconds=int(waited or 0)), int(within or 0))


def _pairs(transaction: Transaction, statement: Statement, day: date) -> list[tuple[str, int]]:
    rows = transaction.all(statement, {"day": day.isoformat()})
    return [(name, value) for name, value in rows]

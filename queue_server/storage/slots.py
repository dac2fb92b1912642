"""Appointments and the tickets of a day as statements: how many there are, and which come soon.

A slot's index is partial, a day is found by the index of numbers: neither grows with history.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import BigInteger, Text, func, literal_column, select

from queue_server.storage.backend import Row
from queue_server.storage.statements import Statement, argument
from queue_server.storage.tables import IS_BOOKED, tickets
from queue_server.storage.times import from_ms, to_ms
from queue_server.storage.transaction import Transaction

_c = tickets.c
_KEPT = _c.state != literal_column("'cancelled'", Text())

BOOKED: Final = Statement(
    select(_c.slot, func.count())
    .where(
        _c.slot.is_not(None),
        _c.slot >= argument("since", BigInteger()),
        _c.slot < argument("until", BigInteger()),
        _c.prefix == argument("prefix", Text()),
        _KEPT,
    )
    .group_by(_c.slot)
)
ISSUED: Final = Statement(
    select(_c.service, func.count())
    .where(_c.day == argument("day", Text()), _KEPT)
    .group_by(_c.service)
)
BOOKED_AFTER: Final = Statement(
    select(*tickets.columns)
    .where(
        _c.slot.is_not(None),
        _c.slot > argument("since", BigInteger()),
        _c.slot <= argument("until", BigInteger()),
        IS_BOOKED,
    )
    .order_by(_c.slot, _c.serial)
)


def booked(
    transaction: Transaction, prefix: str, since: datetime, until: datetime
) -> Mapping[datetime, int]:
    """Return how many appointments of a group that were not given back begin when."""
    values = {"prefix": prefix, "since": to_ms(since), "until": to_ms(until)}
    return {from_ms(slot): int(count) for slot, count in transaction.all(BOOKED, values)}


def issued(transaction: Transaction, day: date, services: Iterable[str]) -> Mapping[str, int]:
    """Return how many tickets of a day each of these services has; cancelled ones do not count."""
    wanted = frozenset(services)
    if not wanted:
        return {}
    rows = transaction.all(ISSUED, {"day": day.isoformat()})
    return {service: int(count) for service, count in rows if service in wanted}


def booked_after(transaction: Transaction, since: datetime, until: datetime) -> Sequence[Row]:
    """Return the rows of appointments that wait for their visitors and begin in (since, until]."""
    return transaction.all(BOOKED_AFTER, {"since": to_ms(since), "until": to_ms(until)})

"""The lines of the hall as statements: who stands at their heads, who waits, who is before whom.

A statement's shape follows how many services, needs and languages it asks for; each shape is
built and compiled once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from itertools import combinations

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Select,
    Text,
    and_,
    column,
    false,
    func,
    literal_column,
    or_,
    select,
    true,
    tuple_,
    union_all,
    values,
)

from queue_server.domain.routing import Arrival, Desk
from queue_server.storage.statements import NO_OFFSET, ONE, Statement, Values, argument
from queue_server.storage.tables import IN_QUEUE, IS_WAITING, tickets
from queue_server.storage.times import to_ms

#: nobody counts further than this to say how many are ahead
MOST_AHEAD = 999

_ARRIVAL = (tickets.c.order_key, tickets.c.issued_at, tickets.c.serial)


def heads(desk: Desk, now: datetime) -> tuple[Statement, Values]:
    """Return what finds the first eligible ticket of each line, and all at the desk's places."""
    services, places = sorted(desk.takes), sorted(desk.own_places)
    needs, languages = _subsets(desk.skills), sorted(desk.languages)
    statement = _heads(len(services), len(needs), len(languages), len(places))
    named = _named(service=services, needs=needs, language=languages, place=places)
    return statement, named | {"now": to_ms(now)}


def line(desk: Desk) -> tuple[Statement, Values]:
    """Return what finds everyone who waits for the desk's services or at its places."""
    services, places = sorted(desk.takes), sorted(desk.own_places)
    return _line(len(services), len(places)), _named(service=services, place=places)


def ahead(place: str, before: Arrival, services: Iterable[str]) -> tuple[Statement, Values]:
    """Return what counts who waits before an arrival, at its place and for these services."""
    wanted = sorted(set(services))
    return _ahead(len(wanted)), _named(service=wanted) | {
        "place": place,
        "order_key": to_ms(before[0]),
        "issued_at": to_ms(before[1]),
        "serial": before[2],
    }


@lru_cache(maxsize=256)
def _heads(services: int, needs: int, languages: int, places: int) -> Statement:
    """One look-up in the index of waiting tickets for each line, however many wait in it."""
    if not services:
        return Statement(_placed(places))
    lines = (
        values(column("service", Text), column("statutory", Boolean))
        .data([(s, right) for s in _parameters("service", services) for right in (false(), true())])
        .cte("lines")
    )
    first = (
        select(tickets.c.id)
        .where(IS_WAITING, IN_QUEUE, tickets.c.service == lines.c.service)
        .where(tickets.c.statutory == lines.c.statutory, _callable(needs, languages))
        .order_by(*_ARRIVAL)
        .limit(ONE)
        .offset(NO_OFFSET)
        .correlate(lines)
        .scalar_subquery()
    )
    return Statement(
        union_all(
            select(*tickets.columns).join_from(lines, tickets, tickets.c.id == first),
            _placed(places),
        )
    )


@lru_cache(maxsize=256)
def _line(services: int, places: int) -> Statement:
    wanted = _among(tickets.c.service, services)
    return Statement(
        union_all(select(*tickets.columns).where(IS_WAITING, IN_QUEUE, wanted), _placed(places))
    )


@lru_cache(maxsize=256)
def _ahead(services: int) -> Statement:
    here = tuple(argument(column.name, BigInteger()) for column in _ARRIVAL)
    before = (
        select(ONE)
        .where(IS_WAITING, tickets.c.place == argument("place", Text()))
        .where(_among(tickets.c.service, services))
        .where(tickets.c.statutory.in_([false(), true()]), tuple_(*_ARRIVAL) < tuple_(*here))
        .limit(literal_column(str(MOST_AHEAD)))
        .offset(NO_OFFSET)
        .subquery()
    )
    return Statement(select(func.count()).select_from(before))


def _placed(places: int) -> Select[tuple[object, ...]]:
    return select(*tickets.columns).where(IS_WAITING, _among(tickets.c.place, places))


def _callable(needs: int, languages: int) -> ColumnElement[bool]:
    due = or_(tickets.c.not_before.is_(None), tickets.c.not_before <= argument("now", BigInteger()))
    able = and_(due, _among(tickets.c.needs, needs))
    return and_(able, _among(tickets.c.language, languages)) if languages else able


def _among(column: ColumnElement[str], count: int) -> ColumnElement[bool]:
    return column.in_(_parameters(str(column.key), count)) if count else false()


def _parameters(name: str, count: int) -> list[ColumnElement[str]]:
    return [argument(f"{name}_{i}", Text()) for i in range(count)]


def _named(**lists: Iterable[object]) -> Values:
    return {f"{name}_{i}": v for name, items in lists.items() for i, v in enumerate(items)}


@lru_cache(maxsize=256)
def _subsets(skills: frozenset[str]) -> tuple[str, ...]:
    """Return every set of needs that these skills meet, written as the table keeps them."""
    ordered = sorted(skills)
    return tuple(
        ",".join(subset)
        for size in range(len(ordered) + 1)
        for subset in combinations(ordered, size)
    )

"""The tickets of every day; what is open is found without a look at history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Text,
    UnaryExpression,
    func,
    insert,
    literal_column,
    select,
    union_all,
    update,
)

from queue_server.domain.alerting import Answers
from queue_server.domain.errors import StaleVersion
from queue_server.domain.numbering import Block
from queue_server.domain.routing import Arrival, Desk
from queue_server.domain.ticket import Ticket
from queue_server.storage import floor_queries, lines, slots
from queue_server.storage.head import Head
from queue_server.storage.statements import NO_OFFSET, ONE, Statement, Values, argument
from queue_server.storage.stays import FIRST_STAY, NEXT_STAY, stay
from queue_server.storage.tables import (
    IS_AT_WINDOW,
    IS_BOOKED,
    IS_NO_SHOW,
    IS_ON_HOLD,
    IS_WAITING,
    stays,
    tickets,
)
from queue_server.storage.ticket_rows import COLUMNS, from_row, to_values
from queue_server.storage.times import to_ms
from queue_server.storage.transaction import Transaction

_c = tickets.c

#: what a ticket is born with; `overtaken` is only ever counted up, by its own statement
_FIXED: Final = frozenset(
    {"id", "day", "prefix", "count", "serial", "issued_by"} | {"overtaken", "event", "code", "slot"}
)


def _which(*conditions: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    return select(*tickets.columns).where(*conditions)


def _of_day(comparison: str) -> ColumnElement[bool]:
    """Compare the day in a way that keeps SQLite from walking through the index of all days."""
    return _c.day.concat(literal_column("''")).op(comparison, is_comparison=True)(
        argument("day", Text())
    )


def _newest(column: ColumnElement[object]) -> UnaryExpression[object]:
    return column.desc()


GET: Final = Statement(_which(_c.id == argument("id", Text())))
ADD: Final = Statement(insert(tickets).values({name: argument(name) for name in COLUMNS}))
SAVE: Final = Statement(
    update(tickets)
    .where(_c.id == argument("id"), _c.version == argument("version", Integer()) - ONE)
    .values({name: argument(name) for name in COLUMNS if name not in _FIXED})
)
WAITING: Final = Statement(select(_c.service, func.count()).where(IS_WAITING).group_by(_c.service))
IN_HAND: Final = Statement(_which(IS_AT_WINDOW, _c.window == argument("window", Integer())))
AT_WINDOWS: Final = Statement(_which(IS_AT_WINDOW).order_by(_newest(_c.called_at), _c.serial))
PARKED: Final = Statement(
    union_all(_which(IS_ON_HOLD, _of_day("=")), _which(IS_NO_SHOW, _of_day("=")))
)
FIND: Final = Statement(
    _which(
        _c.day == argument("day", Text()),
        _c.prefix == argument("prefix", Text()),
        _c.count == argument("count", Integer()),
    )
)
RECENT: Final = Statement(
    # the index of numbers finds the day, one day is sorted: no index of its own on each issue, and
    # no walk back through history on a morning without tickets
    _which(_c.day == argument("day", Text()))
    .order_by(_newest(_c.serial))
    .limit(argument("limit", Integer()))
    .offset(NO_OFFSET)
)
BY_CODE: Final = Statement(_which(_c.code == argument("code", Text()), _c.code.is_not(None)))
#: ids sort by time, so those of the last hours stand together
SERVED_AT: Final = Statement(
    select(stays.c.ticket_id)
    .where(
        stays.c.ticket_id > argument("after", Text()),
        stays.c.window == argument("window", Integer()),
        stays.c.state == literal_column("'serving'"),
    )
    .order_by(stays.c.since.desc(), stays.c.ticket_id.desc())
    .limit(ONE)
    .offset(NO_OFFSET)
)
USED: Final = Statement(
    select(_c.prefix, _c.count)
    .where(
        _c.day == argument("day", Text()),
        _c.count.between(argument("first", Integer()), argument("last", Integer())),
    )
    .order_by(_c.prefix, _c.count)
)
OPEN_BEFORE: Final = Statement(
    union_all(
        *(
            _which(condition, _of_day("<"))
            for condition in (IS_BOOKED, IS_WAITING, IS_AT_WINDOW, IS_ON_HOLD, IS_NO_SHOW)
        )
    )
)
OPEN_ALL: Final = Statement(
    union_all(
        *(
            _which(condition)
            for condition in (IS_BOOKED, IS_WAITING, IS_AT_WINDOW, IS_ON_HOLD, IS_NO_SHOW)
        )
    )
)
HOLDS_OVER: Final = Statement(_which(IS_ON_HOLD, _c.hold_until <= argument("now")))
OVERTAKE: Final = Statement(
    update(tickets).where(_c.id == argument("id", Text())).values(overtaken=_c.overtaken + ONE)
)


class SqlTickets:
    """The port `Tickets` on a database."""

    def __init__(self, transaction: Transaction, head: Head) -> None:
        self._transaction = transaction
        self._head = head

    def get(self, ticket_id: str) -> Ticket | None:
        """Return the ticket."""
        return self._one(GET, {"id": ticket_id})

    def add(self, ticket: Ticket) -> None:
        """Keep a new ticket, and its first stay."""
        values = to_values(ticket)
        self._transaction.run(ADD, values)
        self._transaction.run(FIRST_STAY, stay(values))

    def save(self, ticket: Ticket) -> None:
        """Keep a ticket's next value, and a new stay where the state or the window changed.

        Raises StaleVersion when the kept version is not the one before.
        """
        values = to_values(ticket)
        if not self._transaction.run(SAVE, values):
            raise StaleVersion
        self._transaction.run(NEXT_STAY, stay(values))

    def heads(self, desk: Desk, now: datetime) -> Sequence[Ticket]:
        """Return the first waiting ticket of each line of the desk, and all placed there."""
        return self._all(*lines.heads(desk, now))

    def line(self, desk: Desk) -> Sequence[Ticket]:
        """Return every waiting ticket in the services of the desk or placed there."""
        return self._all(*lines.line(desk))

    def ahead(self, place: str, arrival: Arrival, services: Iterable[str]) -> int:
        """Return how many wait at the place for these services before `arrival` (999 at most)."""
        row = self._transaction.one(*lines.ahead(place, arrival, services))
        return int(row[0]) if row else 0

    def waiting(self) -> Mapping[str, int]:
        """Return how many wait for each service."""
        return dict(self._transaction.all(WAITING, {}))

    def in_hand(self, window: int) -> Ticket | None:
        """Return the called or serving ticket of a window."""
        return self._one(IN_HAND, {"window": window})

    def at_windows(self) -> Sequence[Ticket]:
        """Return all called and serving tickets, the newest call first."""
        return self._all(AT_WINDOWS, {})

    def parked(self) -> Sequence[Ticket]:
        """Return all tickets on hold and no-shows of the open day."""
        day = self._head.day
        return self._all(PARKED, {"day": day.isoformat()}) if day else []

    def find(self, day: date, prefix: str, count: int) -> Ticket | None:
        """Return the ticket with this number."""
        return self._one(FIND, {"day": day.isoformat(), "prefix": prefix, "count": count})

    def recent(self, day: date, limit: int) -> Sequence[Ticket]:
        """Return the newest tickets of a day."""
        return self._all(RECENT, {"day": day.isoformat(), "limit": limit})

    def by_code(self, code: str) -> Ticket | None:
        """Return the ticket whose appointment has this code."""
        return self._one(BY_CODE, {"code": code})

    def served_at(self, window: int, since: datetime) -> Ticket | None:
        """Return the ticket last served at a window, of those issued after `since`."""
        values = {"after": f"{to_ms(since):011x}", "window": window}
        row = self._transaction.one(SERVED_AT, values)
        return None if row is None else self.get(row[0])

    def used(self, day: date, block: Block) -> Mapping[str, Sequence[int]]:
        """Return the counts that a day has of a kiosk's block, in order, by prefix."""
        values = {"day": day.isoformat(), "first": block.first, "last": block.last}
        found: dict[str, list[int]] = {}
        for prefix, count in self._transaction.all(USED, values):
            found.setdefault(prefix, []).append(count)
        return found

    def open_before(self, day: date) -> Sequence[Ticket]:
        """Return tickets of earlier days that never ended."""
        return self._all(OPEN_BEFORE, {"day": day.isoformat()})

    def open_all(self) -> Sequence[Ticket]:
        """Return every ticket that has not ended, appointments of days to come too."""
        return self._all(OPEN_ALL, {})

    def holds_over(self, now: datetime) -> Sequence[Ticket]:
        """Return tickets on hold whose time of return has come."""
        return self._all(HOLDS_OVER, {"now": to_ms(now)})

    def waiting_all(self, limit: int) -> Sequence[Ticket]:
        """Return all who wait, wherever they do, by order key."""
        return self._all(floor_queries.WAITING_ALL, {"limit": limit})

    def totals(self, day: date) -> Mapping[str, int]:
        """Return how many tickets of a day stand in each state."""
        return floor_queries.totals(self._transaction, day)

    def last_moves(self, day: date) -> Mapping[str, datetime]:
        """Return when each clerk last moved a ticket of the day."""
        return floor_queries.last_moves(self._transaction, day)

    def answers(self, day: date, norm: timedelta) -> Answers:
        """Return how the day's visitors were answered."""
        return floor_queries.answers(self._transaction, day, norm)

    def booked(self, prefix: str, since: datetime, until: datetime) -> Mapping[datetime, int]:
        """Return how many appointments of a group begin when, in [since, until)."""
        return slots.booked(self._transaction, prefix, since, until)

    def issued(self, day: date, services: Iterable[str]) -> Mapping[str, int]:
        """Return how many tickets of a day each of these services has, without the cancelled."""
        return slots.issued(self._transaction, day, services)

    def booked_after(self, since: datetime, until: datetime) -> Sequence[Ticket]:
        """Return appointments that wait for their visitors and begin in (since, until]."""
        found = slots.booked_after(self._transaction, since, until)
        return [from_row(row) for row in found]

    def count_overtaken(self, ids: Iterable[str]) -> None:
        """Count one more overtaking on each of these."""
        overtaken = [{"id": ticket_id} for ticket_id in ids]
        if overtaken:
            self._transaction.run_each(OVERTAKE, overtaken)

    def _one(self, statement: Statement, values: Values) -> Ticket | None:
        row = self._transaction.one(statement, values)
        return None if row is None else from_row(row)

    def _all(self, statement: Statement, values: Values) -> list[Ticket]:
        return [from_row(row) for row in self._transaction.all(statement, values)]

"""A ticket's stays: one row for each state at each window, appended and never overwritten."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Integer, Text, case, func, insert, select

from queue_server.storage.statements import ONE, Statement, Values, argument
from queue_server.storage.tables import stays

_FIELDS: Final = ("state", "since", "window", "clerk", "service")

FIRST_STAY: Final = Statement(
    insert(stays).values(
        ticket_id=argument("id"), n=argument("n"), **{name: argument(name) for name in _FIELDS}
    )
)

_last = stays.alias("last")
_newest = select(func.max(stays.c.n)).where(stays.c.ticket_id == argument("id", Text()))
_since = argument("since", BigInteger())
_moved = (_last.c.state != argument("state", Text())) | _last.c.window.is_distinct_from(
    argument("window", Integer())
)

#: appends a stay unless the ticket stays as it was; an undone stay ends when it began
NEXT_STAY: Final = Statement(
    insert(stays).from_select(
        ["ticket_id", "n", *_FIELDS],
        select(
            _last.c.ticket_id,
            _last.c.n + ONE,
            argument("state", Text()),
            case((_last.c.since > _since, _last.c.since), else_=_since),
            argument("window", Integer()),
            argument("clerk", Text()),
            argument("service", Text()),
        )
        .where(_last.c.ticket_id == argument("id", Text()), _last.c.n == _newest.scalar_subquery())
        .where(_moved),
    )
)


def stay(ticket: Values) -> Values:
    """Return a ticket's present stay, out of its values."""
    return {name: ticket[name] for name in ("id", *_FIELDS)} | {"n": 1}

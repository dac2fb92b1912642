"""Calls for help."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Integer, insert, select, update

from queue_server.storage.backend import Row
from queue_server.storage.statements import Statement, argument
from queue_server.storage.tables import IS_CALLED_FOR, help_calls
from queue_server.storage.times import from_ms, maybe_ms, maybe_time, to_ms
from queue_server.storage.transaction import Transaction
from queue_server.usecases.records import HelpCall

_c = help_calls.c
_CALL: Final = ("device", "hall", "reason", "language", "called_at")

ADD: Final = Statement(
    insert(help_calls).inline().values({name: argument(name) for name in _CALL}).returning(_c.id)
)
GET: Final = Statement(select(*help_calls.columns).where(_c.id == argument("id", Integer())))
WAITING: Final = Statement(
    select(*help_calls.columns).where(IS_CALLED_FOR).order_by(_c.called_at, _c.id)
)
ANSWER: Final = Statement(
    update(help_calls)
    .where(_c.id == argument("id", Integer()))
    .values(answered_at=argument("answered_at"), answered_by=argument("answered_by"))
)


class SqlHelps:
    """The port `Helps` on a database."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, call: HelpCall) -> HelpCall:
        """Keep a call and return it with its id."""
        values = {name: getattr(call, name) for name in _CALL} | {
            "called_at": to_ms(call.called_at)
        }
        row = self._transaction.one(ADD, values)
        assert row is not None
        return _call((row[0], *values.values(), None, None))

    def get(self, call_id: int) -> HelpCall | None:
        """Return a call."""
        row = self._transaction.one(GET, {"id": call_id})
        return None if row is None else _call(row)

    def waiting(self) -> Sequence[HelpCall]:
        """Return the calls that nobody has answered, the oldest first."""
        return [_call(row) for row in self._transaction.all(WAITING, {})]

    def answer(self, call: HelpCall) -> None:
        """Keep who answered, and when."""
        at = maybe_ms(call.answered_at)
        values = {"id": call.id, "answered_at": at, "answered_by": call.answered_by}
        self._transaction.run(ANSWER, values)


def _call(row: Row) -> HelpCall:
    id_, device, hall, reason, language, called_at, answered_at, answered_by = row
    answered = maybe_time(answered_at)
    return HelpCall(device, hall, reason, language, from_ms(called_at), answered, answered_by, id_)

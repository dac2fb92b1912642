"""A ticket as a row of its table, and back.

Both directions are in the path of every issue and every call: plain tuples, no reflection.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from typing import Any, Final

from queue_server.domain.estimate import Reckoning
from queue_server.domain.ticket import Move, Sender, State, Step, Ticket
from queue_server.storage.backend import Row
from queue_server.storage.statements import Values
from queue_server.storage.tables import tickets
from queue_server.storage.times import from_ms, maybe_ms, maybe_time, to_ms

COLUMNS: Final = tuple(column.name for column in tickets.columns)

_STATES: Final = {state.value: state for state in State}
_MOVES: Final[dict[str | None, Move | None]] = {None: None} | {move.value: move for move in Move}
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def to_values(ticket: Ticket) -> Values:
    """Return the ticket as values by column.

    Of `before` only what was different is kept: history stays small.
    """
    values = _values(ticket)
    values["before"] = None if ticket.before is None else _differences(ticket.before, values)
    return values


def from_row(row: Row) -> Ticket:
    """Return the ticket of a row whose columns stand in the order of `COLUMNS`."""
    (
        id_, day, prefix, count, serial, service, legs, language, issued_at, order_key,
        issued_by, state, since, category, statutory, needs, paper, place, not_before, window,
        clerk, called_at, recalls, reason, hold_until, sender, low, high, copies, overtaken,
        version, before, moved, moved_by, moved_at, event, claimed, late, code, stars,
        slot, reckoned,
    ) = row  # fmt: skip
    return Ticket(
        id_, date.fromisoformat(day), prefix, count, serial, service, _legs(legs), language,
        from_ms(issued_at), from_ms(order_key), issued_by, _STATES[state], from_ms(since),
        category, bool(statutory), _needs(needs), paper, place, maybe_time(not_before), window,
        clerk, maybe_time(called_at), recalls, reason, maybe_time(hold_until), _sender(sender),
        None if low is None else (low, high), _reckoning(reckoned), copies, overtaken, event,
        claimed, bool(late), code, stars, maybe_time(slot), version,
        None if before is None else _before(row, json.loads(before)),
        _MOVES[moved], moved_by, maybe_time(moved_at),
    )  # fmt: skip


def _values(ticket: Ticket) -> Values:
    return _visit(ticket) | _standing(ticket) | _history(ticket)


def _visit(ticket: Ticket) -> Values:
    """Return what the visit is about."""
    return {
        "id": ticket.id,
        "day": ticket.day.isoformat(),
        "prefix": ticket.prefix,
        "count": ticket.count,
        "serial": ticket.serial,
        "service": ticket.service,
        "legs": _legs_text(ticket.legs),
        "language": ticket.language,
        "issued_at": to_ms(ticket.issued_at),
        "issued_by": ticket.issued_by,
        "needs": ",".join(sorted(ticket.needs)),
        "paper": ticket.paper,
        "copies": ticket.copies,
        "event": ticket.event,
        "code": ticket.code,
        "stars": ticket.stars,
        "slot": maybe_ms(ticket.slot),
        "reckoned": _reckoning_text(ticket.reckoned),
    }


def _standing(ticket: Ticket) -> Values:
    """Return where the ticket stands."""
    low, high = ticket.promised or (None, None)
    return {
        "order_key": to_ms(ticket.order_key),
        "state": ticket.state.value,
        "since": to_ms(ticket.since),
        "category": ticket.category,
        "statutory": ticket.statutory,
        "claimed": ticket.claimed,
        "place": ticket.place,
        "not_before": maybe_ms(ticket.not_before),
        "window": ticket.window,
        "clerk": ticket.clerk,
        "called_at": maybe_ms(ticket.called_at),
        "hold_until": maybe_ms(ticket.hold_until),
        "sender": _sender_text(ticket.sender),
        "promised_low": low,
        "promised_high": high,
    }


def _history(ticket: Ticket) -> Values:
    """Return what has been done to it."""
    return {
        "recalls": ticket.recalls,
        "reason": ticket.reason,
        "overtaken": ticket.overtaken,
        "late": ticket.late,
        "version": ticket.version,
        "moved": None if ticket.moved is None else ticket.moved.value,
        "moved_by": ticket.moved_by,
        "moved_at": maybe_ms(ticket.moved_at),
    }


def _differences(before: Ticket, now: Values) -> str:
    then = _values(before)
    return _encode({name: value for name, value in then.items() if value != now[name]})


def _before(row: Row, differences: dict[str, Any]) -> Ticket:
    then = dict(zip(COLUMNS, row, strict=True)) | differences | {"before": None}
    return from_row(tuple(then[name] for name in COLUMNS))


def _reckoning_text(reckoned: Reckoning | None) -> str | None:
    return None if reckoned is None else _encode(asdict(reckoned))


def _reckoning(text: str | None) -> Reckoning | None:
    return None if text is None else Reckoning(**json.loads(text))


def _sender_text(sender: Sender | None) -> str | None:
    return None if sender is None else _encode({"service": sender.service, "place": sender.place})


def _sender(text: str | None) -> Sender | None:
    return None if text is None else Sender(**json.loads(text))


@lru_cache(maxsize=1024)
def _legs_text(legs: tuple[Step, ...]) -> str:
    return _encode([_step(leg) for leg in legs])


def _step(leg: Step) -> dict[str, Any]:
    kept: dict[str, Any] = {"service": leg.service}
    if leg.after:
        kept["after"] = leg.after
    if leg.outcome is not None:
        kept["outcome"] = leg.outcome
    if leg.delivery is not None:
        kept["delivery"] = leg.delivery
    return kept


@lru_cache(maxsize=1024)
def _legs(text: str) -> tuple[Step, ...]:
    return tuple(
        Step(leg["service"], tuple(leg.get("after", ())), leg.get("outcome"), leg.get("delivery"))
        for leg in json.loads(text)
    )


@lru_cache(maxsize=64)
def _needs(text: str) -> frozenset[str]:
    return frozenset(text.split(",")) if text else frozenset()

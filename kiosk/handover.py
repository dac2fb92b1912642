"""Handing the kiosk's own tickets over to the server: in order, each once, none forgotten.

The server knows a ticket by its id, so whatever is answered twice, or not heard, does no harm.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Final, Protocol

from queue_server.client.http import ServerAway, ServerRefused
from queue_server.contracts.devices import HandedOver, HandOver, OfflineTicket, RefusedTicket

_log = logging.getLogger(__name__)
#: tickets in one call
BATCH: Final = 40
#: tickets without an answer after which the others are not tried: it is not the tickets
HOPELESS: Final = 3

HandingOver = Callable[[HandOver], HandedOver]


class Owner(Protocol):
    """Who has the tickets."""

    def dated(self) -> tuple[OfflineTicket, ...]:
        """Return those to hand over, the oldest first."""

    def settle(self, ids: Sequence[str]) -> None:
        """Note that the server has answered for these."""


def hand_over(owner: Owner, call: HandingOver) -> int:
    """Hand over all that can be; return how many are left, since the server fails at them.

    Raises ServerAway where the server gives no answer at all, ServerRefused where it takes no
    tickets from this device, OSError of the disk.
    """
    stuck: set[str] = set()
    size = BATCH
    while batch := [one for one in owner.dated() if one.id not in stuck][:size]:
        if len(stuck) >= HOPELESS:
            return len(owner.dated())
        answer = _ask(call, batch)
        settled = _settled(answer) if answer else []
        owner.settle(settled)
        if answer or size == 1:
            stuck |= {one.id for one in batch} - set(settled)
        size = BATCH if answer else 1
    return len(stuck)


def _ask(call: HandingOver, batch: Sequence[OfflineTicket]) -> HandedOver | None:
    """Return the server's answer; None where it fails at one ticket of the batch at least."""
    try:
        return call(HandOver(tickets=list(batch)))
    except ServerAway as away:
        if away.status is None:
            raise
        _log.error("not handed over: %s", away, extra={"action": "hand_over"})
    except ServerRefused as refused:
        if refused.problem.status != HTTPStatus.UNPROCESSABLE_ENTITY:
            raise
        if len(batch) == 1:
            code, detail = refused.problem.code, refused.problem.detail
            one = RefusedTicket(id=batch[0].id, code=code, detail=detail)
            return HandedOver(taken=[], refused=[one])
    return None


def _settled(answer: HandedOver) -> list[str]:
    for one in answer.refused:
        facts = {"action": "hand_over", "ticket": one.id, "code": one.code}
        _log.error("the center refused a ticket: %s", one.detail, extra=facts)
    _log.info("handed over", extra={"action": "hand_over", "tickets": len(answer.taken)})
    return [*answer.taken, *(one.id for one in answer.refused)]

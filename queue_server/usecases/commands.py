"""Every command runs in one transaction and acts once.

The answer is kept under the command's idempotency key in the transaction that acts, so the
same key never acts twice and is answered the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from queue_server.domain.errors import DomainError, KeyReused
from queue_server.usecases import day
from queue_server.usecases.access import SYSTEM, Actor
from queue_server.usecases.act import Act
from queue_server.usecases.ports import Center
from queue_server.usecases.records import StoredReply


@dataclass(frozen=True, slots=True)
class Command:
    """A request that acts, under its idempotency key."""

    key: str
    #: SHA-256 of what was asked for
    request: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command answers: an HTTP status and a JSON body, empty for none."""

    status: int
    body: str


@contextmanager
def acting(center: Center, actor: Actor) -> Iterator[Act]:
    """Open an act: one transaction on the open service day."""
    with center.write() as work:
        act = Act(center, work, actor, center.clock.now())
        # the roll-over is nobody's doing, whoever comes first in the morning
        day.open_today(replace(act, actor=SYSTEM))
        yield act


def perform(
    center: Center,
    actor: Actor,
    command: Command,
    run: Callable[[Act], Answer],
    refuse: Callable[[DomainError], Answer],
) -> Answer:
    """Run a command once and answer it; the same key again is only answered.

    A refusal is kept too, in a transaction of its own: it changed nothing. Raises KeyReused
    when the key came with another request.
    """
    try:
        with acting(center, actor) as act:
            return _given(act, command) or _keep(act, command, run(act))
    except KeyReused:
        raise
    except DomainError as error:
        with acting(center, actor) as act:
            return _given(act, command) or _keep(act, command, refuse(error))


def _given(act: Act, command: Command) -> Answer | None:
    kept = act.work.replies.get(act.actor.ref, command.key)
    if kept is None:
        return None
    if kept.request != command.request:
        raise KeyReused
    return Answer(kept.status, kept.body)


def _keep(act: Act, command: Command, answer: Answer) -> Answer:
    act.work.replies.add(
        StoredReply(
            act.actor.ref, command.key, command.request, answer.status, answer.body, act.now
        )
    )
    return answer

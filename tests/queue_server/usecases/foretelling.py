"""A foresight in the hand of a test: it says what it was given, and can be made to fail or cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from queue_server.domain.beliefs import Beliefs
from queue_server.domain.estimate import Reckoning
from queue_server.domain.hall_now import HallNow
from queue_server.domain.waiting import Outlook
from queue_server.usecases.act import Act
from queue_server.usecases.foreseen import Learned
from queue_server.usecases.foresight import Foresight, by_plan
from queue_server.usecases.ports import Center

#: told of every service that nothing else was said of
USUAL = Reckoning(12.0, 8.0, 19.0, "simulated")


def minutes(middle: float) -> Reckoning:
    """Return a simulated wait of so many minutes, three less or five more."""
    return Reckoning(middle, max(middle - 3, 0.0), middle + 5, "simulated")


class Teller:
    """Predicts what it was told to; keeps what it was asked about."""

    def __init__(
        self,
        newcomers: Mapping[str, Reckoning | None] | None = None,
        tickets: Mapping[str, Reckoning] | None = None,
        runs: int = 40,
    ) -> None:
        self.newcomers, self.tickets, self.runs = newcomers or {}, tickets or {}, runs
        self.halls: list[HallNow] = []
        self.enough: list[bool] = []

    def __call__(
        self,
        hall: HallNow,
        beliefs: Beliefs,
        *,
        runs: int,
        seed: int,
        enough: Callable[[], bool],
    ) -> Outlook:
        """Return the outlook; who waits and was not mentioned waits the usual time."""
        self.halls.append(hall)
        self.enough.append(enough())
        newcomers = {who.id: self.newcomers.get(who.id, USUAL) for who in hall.asked}
        tickets = {who.id: self.tickets.get(who.id, USUAL) for who in hall.waiting}
        return Outlook(hall.at, self.runs, tickets, newcomers)


class Cost:
    """A processor's clock: each look at it costs so many seconds more."""

    def __init__(self, each: float = 0.0) -> None:
        self.each, self.at = each, 0.0

    def __call__(self) -> float:
        """Return the time, and let some pass."""
        self.at += self.each
        return self.at


def foreseeing(center: Center, teller: Teller | None = None, **parts: Any) -> Center:
    """Return the center with a foresight that has looked at it once."""
    usual: dict[str, Any] = {"cpu": Cost(), "predict": teller or Teller()}
    foresight = Foresight(**(usual | parts))
    seeing = replace(center, foresight=foresight)
    foresight.attend(seeing)
    return seeing


def look(center: Center) -> None:
    """Let the center's foresight look again."""
    assert isinstance(center.foresight, Foresight)
    center.foresight.attend(center)


def teaching(**lesson: Any) -> Callable[[Act], Learned]:
    """Return what teaches a foresight: the plan, with this beside it."""
    return lambda act: replace(by_plan(act), **lesson)

"""Small halls at one moment, for tests that let them go on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from queue_server.domain.beliefs import Beliefs
from queue_server.domain.catalogue import Taking
from queue_server.domain.hall_now import DeskNow, HallNow, Hand, Waiting, newcomer
from queue_server.domain.opening import Opening
from queue_server.domain.routing import Desk

AT = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
FIRST, HELPS = Taking(), Taking(2)
#: everyone takes just so long, and comes
SURE = {"no_show": 0.0, "pause_after": 0.0}


def ago(minutes: float) -> datetime:
    """Return a moment before the snapshot; a negative one comes after."""
    return AT - timedelta(minutes=minutes)


def desk(number: int, *services: str, helps: tuple[str, ...] = (), **now: object) -> DeskNow:
    """Return a window that takes these services, with a clerk of its own."""
    takes = dict.fromkeys(services, FIRST) | dict.fromkeys(helps, HELPS)
    return DeskNow(Desk(number, f"clerk{number}", takes), **now)  # type: ignore[arg-type]


def busy(service: str, for_minutes: float, *, came: bool = True) -> Hand:
    """Return a visitor who was called so long ago."""
    return Hand(service, ago(for_minutes), came)


def away(begin: float, end: float) -> Opening:
    """Return a stretch of minutes from the snapshot."""
    return Opening(ago(-begin), ago(-end))


def waits(name: str, service: str, minutes: float, **more: object) -> Waiting:
    """Return somebody who has waited so long."""
    serial = int(name.strip("abcdefghijklmnopqrstuvwxyz") or 0)
    return Waiting(name, service, ago(minutes), ago(minutes), serial, **more)  # type: ignore[arg-type]


def hall(
    *desks: DeskNow, waiting: tuple[Waiting, ...] = (), ask: str = "", **more: object
) -> HallNow:
    """Return a hall; `ask` names services whose newcomers are asked for."""
    asked = tuple(newcomer(service, AT) for service in ask.split())
    return HallNow(AT, desks, waiting, asked=asked, **more)  # type: ignore[arg-type]


def sure(**minutes: float) -> Beliefs:
    """Return beliefs by which each service takes just so long."""
    return Beliefs({service: (each,) for service, each in minutes.items()}, **SURE)  # type: ignore[arg-type]

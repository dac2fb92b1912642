"""What is wrong with a device, by its own report: stable words that staff pages explain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

#: a clock that is off by more prints wrong times
CLOCK_OFF: Final = timedelta(seconds=60)
#: free space under which a journal may soon not be written, megabytes
DISK_LOW: Final = 200
#: a box that is hotter slows down, degrees
HOT: Final = 80.0
#: a device that has said nothing for so long is silent
SILENT: Final = timedelta(seconds=90)
#: what stops the device from doing its work; everything else is a warning
GRAVE: Final = frozenset({"no_paper", "cover_open", "printer"})
#: reasons of a printer that have a word of their own
_NAMED: Final = frozenset({"no_paper", "cover_open"})


@dataclass(frozen=True, slots=True)
class Health:
    """What a device said of itself."""

    clock: datetime
    #: of its printer: what is wrong, and how much paper there is
    printer: str | None = None
    paper: str = "unknown"
    disk_free_mb: int | None = None
    temperature_c: float | None = None
    #: whether somebody has to look whether slips came out
    unsure: bool = False


def alerts(health: Health, now: datetime) -> tuple[str, ...]:
    """Return what is wrong, in a fixed order."""
    return tuple(dict.fromkeys(_alerts(health, now)))


def state(seen_at: datetime | None, alerts: tuple[str, ...], now: datetime) -> str:
    """Return a device's state in one word: unknown, silent, trouble, warning, ok."""
    if seen_at is None:
        return "unknown"
    if now - seen_at > SILENT:
        return "silent"
    if GRAVE.intersection(alerts):
        return "trouble"
    return "warning" if alerts else "ok"


def _alerts(health: Health, now: datetime) -> Iterator[str]:
    if health.paper == "out":
        yield "no_paper"
    if health.printer is not None:
        yield health.printer if health.printer in _NAMED else "printer"
    if health.unsure:
        yield "slips_unsure"
    if health.paper == "low":
        yield "paper_low"
    if abs(health.clock - now) > CLOCK_OFF:
        yield "clock_wrong"
    if health.disk_free_mb is not None and health.disk_free_mb < DISK_LOW:
        yield "disk_low"
    if health.temperature_c is not None and health.temperature_c > HOT:
        yield "hot"

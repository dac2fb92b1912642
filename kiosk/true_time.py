"""What time it truly is: the server's clock, carried on by the machine's own ticking.

A kiosk's clock may be wrong, may be set back, or may stand in 1970. What cannot be set is how long
the machine has been running. Each answer of the server bounds the difference between the two; while
the machine runs, the true time is known from then on, with or without a server.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kiosk.memory import write

_log = logging.getLogger(__name__)
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
#: seconds behind the last known time in which an unproven clock is believed
BELIEVED: Final = 30 * 86400.0
#: seconds of known time after which it is written down again
STEP: Final = 600.0
#: seconds by which a bound may move before it is written down again
SHIFT: Final = 1.0


@dataclass(frozen=True, slots=True)
class Instant:
    """When something happened, as far as the machine could tell."""

    #: names the run of the machine, from switching it on to switching it off
    boot: str
    #: seconds since it was switched on
    ticks: float
    #: what its clock said, seconds since 1970
    clock: float
    #: the true time, seconds since 1970; None where nobody knows
    at: float | None = None
    #: told by the server's clock, not by the machine's
    certain: bool = False

    @property
    def text(self) -> str:
        """The true time as RFC 3339, UTC; empty where nobody knows."""
        return "" if self.at is None else rfc3339(self.at)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which seconds since 1970 the machine was switched on, by the server's clock."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        """The best guess."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of the time: bounds that hold for one boot, and a time that has passed."""

    boot: str = ""
    bounds: Bounds | None = None
    floor: float | None = None


@dataclass(frozen=True, slots=True)
class Machine:
    """How a machine tells its time."""

    boot: str
    ticks: Callable[[], float]
    clock: Callable[[], float]

    @classmethod
    def here(cls) -> Machine:
        """Return this machine."""
        return cls(_boot_id(), lambda: time.clock_gettime(time.CLOCK_BOOTTIME), time.time)


class TrueTime:
    """The true time, remembered in a folder; every method may be called from any thread."""

    def __init__(self, folder: Path, machine: Machine | None = None) -> None:
        self._file = folder / "time.json"
        self._machine = machine or Machine.here()
        self._lock = threading.Lock()
        self._written = self._known = _recall(self._file)

    def heard(self, stamp: float, took: float, cut: float = 1.0) -> None:
        """Learn from an answer that took so many seconds; its stamp was cut by up to `cut`."""
        received = self._machine.ticks()
        with self._lock:
            told = bounds_of(stamp, received - took, received, cut)
            bounds = narrowed(self._bounds, told)
            self._known = Known(self._machine.boot, bounds, received + bounds.middle)
            self._keep()

    def now(self) -> Instant:
        """Return this instant, with its true time where that can be told."""
        machine = self._machine
        seen = Instant(machine.boot, machine.ticks(), machine.clock())
        with self._lock:
            return placed(seen, self._bounds, self._known.floor)

    def corrected(self, then: Instant) -> Instant:
        """Return an earlier instant with all that is known by now.

        What happened before the machine was last switched on, by a clock that nobody believes,
        happened at the latest then.
        """
        with self._lock:
            bounds = self._bounds
        if then.certain or bounds is None:
            return then
        if then.boot == self._machine.boot:
            return placed(then, bounds, None)
        latest = bounds.middle
        return replace(then, at=latest if then.at is None else min(then.at, latest))

    @property
    def _bounds(self) -> Bounds | None:
        return self._known.bounds if self._known.boot == self._machine.boot else None

    def _keep(self) -> None:
        """Write down what is known, unless the disk says nearly the same."""
        if not worth_writing(self._written, self._known):
            return
        try:
            write(self._file, json.dumps(asdict(self._known)))
        except OSError as error:
            _log.warning("the time is not kept: %s", error, extra={"action": "keep"})
        self._written = self._known


def bounds_of(stamp: float, sent: float, received: float, cut: float = 1.0) -> Bounds:
    """Return the bounds that follow from a stamp made between two readings of the ticks.

    The stamp may be too small by up to `cut` seconds.
    """
    return Bounds(stamp - received, stamp + cut - sent)


def narrowed(known: Bounds | None, told: Bounds) -> Bounds:
    """Return the bounds that both allow; where they contradict each other, the newer ones."""
    if known is None:
        return told
    low, high = max(known.low, told.low), min(known.high, told.high)
    return Bounds(low, high) if low <= high else told


def placed(seen: Instant, bounds: Bounds | None, floor: float | None) -> Instant:
    """Return an instant with its true time: by the bounds of its boot, or by a believable clock."""
    if bounds is not None:
        return replace(seen, at=seen.ticks + bounds.middle, certain=True)
    if floor is not None and floor <= seen.clock <= floor + BELIEVED:
        return replace(seen, at=seen.clock)
    return seen


def worth_writing(written: Known, known: Known) -> bool:
    """Whether the disk should be bothered: small news about the time come with every answer."""
    if written.boot != known.boot or written.bounds is None or known.bounds is None:
        return True
    moved = abs(written.bounds.middle - known.bounds.middle)
    passed = (known.floor or 0.0) - (written.floor or 0.0)
    return moved >= SHIFT or abs(passed) >= STEP


def rfc3339(at: float) -> str:
    """Return seconds since 1970 as the wire writes a time."""
    text = datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def _boot_id() -> str:
    try:
        return _BOOT_ID.read_text("ascii").strip()
    except OSError:
        return "unknown"


def _recall(file: Path) -> Known:
    try:
        data = json.loads(file.read_bytes())
        bounds = data["bounds"]
        found = None if bounds is None else Bounds(float(bounds["low"]), float(bounds["high"]))
        floor = data["floor"]
        return Known(str(data["boot"]), found, None if floor is None else float(floor))
    except (OSError, ValueError, TypeError, KeyError):
        return Known()

"""What a device in the hall can tell of itself: version, clock, temperature, disk, last error."""

from __future__ import annotations

import logging
import os
import time
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from pathlib import Path

#: characters of an error that a report carries
LONGEST = 300
_THERMAL = Path("/sys/class/thermal")


class LastError(logging.Handler):
    """Keeps the last warning or error that was logged, with its time; add it to the root logger."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        #: empty while all is well
        self.text = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record's sentence."""
        try:
            sentence = " ".join(record.getMessage().split())
        except (TypeError, ValueError):
            sentence = str(record.msg)
        self.text = f"{rfc3339(record.created)} {record.levelname}: {sentence}"[:LONGEST]


@cache
def version() -> str:
    """Return the version of this program; `unknown` where it is not installed."""
    try:
        return metadata.version("navbat")[:32]
    except metadata.PackageNotFoundError:
        return "unknown"


def clock() -> str:
    """Return the machine's own time as RFC 3339."""
    return rfc3339(time.time())


def uptime() -> float:
    """Return the seconds since the machine was switched on."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def temperature(folder: Path = _THERMAL) -> float | None:
    """Return the warmest sensor in degrees Celsius; None where there is none."""
    warm = [_degrees(file) for file in folder.glob("thermal_zone*/temp")]
    return max((one for one in warm if one is not None), default=None)


def disk_free_mb(folder: Path) -> int | None:
    """Return the free megabytes where a folder lies; None if nobody can say."""
    try:
        found = os.statvfs(folder)
    except OSError:
        return None
    return found.f_bavail * found.f_frsize // 2**20


def rfc3339(at: float) -> str:
    """Return seconds since 1970 as the wire writes a time."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _degrees(file: Path) -> float | None:
    try:
        return round(int(file.read_text("ascii")) / 1000, 1)
    except (OSError, ValueError):
        return None

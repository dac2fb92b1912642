"""Backups in a folder: named by center and time, thinned as they grow old."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import quote

from queue_server.storage.errors import StorageError

#: every backup of so long ago is kept, then the last of each hour, then the last of each day
EACH, HOURLY = timedelta(hours=3), timedelta(hours=48)
_NAME: Final = re.compile(r"navbat-.+-(\d{8}T\d{6}Z)\.backup")
_FORM: Final = "%Y%m%dT%H%M%SZ"
_SPAN: Final = re.compile(r"([1-9]\d{0,3})([hdw])")
_UNITS: Final = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def span(text: str) -> timedelta:
    """Return what `36h`, `14d` or `8w` mean; raises StorageError."""
    found = _SPAN.fullmatch(text)
    if found is None:
        raise StorageError(f"{text!r} is no span of time; write 36h, 14d or 8w.")
    return int(found[1]) * _UNITS[found[2]]


def name(center: str, at: datetime) -> str:
    """Return the name of a center's backup of this time."""
    return f"navbat-{quote(center, safe='') or 'center'}-{at.astimezone(UTC):{_FORM}}.backup"


def time_of(file: str) -> datetime | None:
    """Return when a backup was taken, by its name; None for a name that is none of ours."""
    found = _NAME.fullmatch(file)
    try:
        return datetime.strptime(found[1], _FORM).replace(tzinfo=UTC) if found else None
    except ValueError:
        return None


def outworn(files: Iterable[str], now: datetime, keep: timedelta) -> frozenset[str]:
    """Return which backups may go; the newest never does, nor what is none of ours.

    Of a stretch (an hour, a day) its last one stays; a backup of the future is left alone.
    """
    dated = sorted(
        ((at, each) for each in files if (at := time_of(each)) is not None), reverse=True
    )
    stretches: set[str] = set()
    gone: set[str] = set()
    for place, (at, file) in enumerate(dated):
        stretch = _stretch(at, now - at)
        if place and (now - at > keep or stretch in stretches):
            gone.add(file)
        else:
            stretches.add(stretch)
    return frozenset(gone)


def _stretch(at: datetime, age: timedelta) -> str:
    if age <= EACH:
        return f"{at:{_FORM}}"
    return f"{at:%Y%m%d%H}" if age <= HOURLY else f"{at:%Y%m%d}"

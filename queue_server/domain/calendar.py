"""The service day: the center's local date, which never runs backwards."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def service_day(open_day: date | None, now: datetime, timezone: str) -> date:
    """Return the day that `now` belongs to.

    A clock that jumps back stays on the day already open, so no number is given twice.
    """
    today = now.astimezone(ZoneInfo(timezone)).date()
    return today if open_day is None else max(open_day, today)

"""The service day: the center's local date, which never runs backwards."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

#: a ticket's page closes so long after its day
AFTER_THE_DAY = timedelta(hours=2)


def service_day(open_day: date | None, now: datetime, timezone: str) -> date:
    """Return the day that `now` belongs to.

    A clock that jumps back stays on the day already open, so no number is given twice.
    """
    today = now.astimezone(ZoneInfo(timezone)).date()
    return today if open_day is None else max(open_day, today)


def latest_end(day: date, ends: time, timezone: str) -> datetime:
    """Return the moment of the next morning beyond which no service day goes on."""
    return datetime.combine(day + timedelta(days=1), ends, ZoneInfo(timezone))


def day_then(open_day: date, then: datetime, timezone: str) -> date:
    """Return the service day of something that happened before now: never one still to come."""
    return min(open_day, service_day(None, then, timezone))


def is_over(day: date, now: datetime, timezone: str) -> bool:
    """Return whether a service day is gone for its visitors too: two hours past its midnight."""
    midnight = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(timezone))
    return now >= midnight + AFTER_THE_DAY

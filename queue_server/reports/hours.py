"""What the charts of hours show: each hour between the first and the last that had anything."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from queue_server.contracts.reports import ReportOut, SliceOut
from queue_server.reports.charts import Wait

#: a chart shows at least so many hours
_FEWEST: Final = 8
_LAST: Final = 23


@dataclass(frozen=True, slots=True)
class Hours:
    """Names, visitors and waits, hour by hour."""

    names: tuple[str, ...]
    visitors: tuple[int, ...]
    waits: tuple[Wait, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """Visitors of a mean day, weekdays down and hours across; None where there never was any."""

    weekdays: tuple[int, ...]
    names: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]


def hours(report: ReportOut) -> Hours:
    """Return the hours of a report; an hour between them that had nothing is empty."""
    parts = {int(part.key): part for part in report.by.get("hour", []) if _lived(part)}
    span = _span(parts)
    return Hours(
        tuple(f"{hour:02}" for hour in span),
        tuple(parts[hour].figures.visitors if hour in parts else 0 for hour in span),
        tuple(_wait(parts.get(hour)) for hour in span),
    )


def heat(report: ReportOut) -> Heat:
    """Return the map of weekdays and hours."""
    fields = {(each.weekday, each.hour): each for each in report.heat}
    weekdays = tuple(sorted({weekday for weekday, _ in fields}))
    span = _span({hour for _, hour in fields})
    values = tuple(
        tuple(
            round(fields[day, hour].visitors / max(fields[day, hour].days, 1))
            if (day, hour) in fields
            else None
            for hour in span
        )
        for day in weekdays
    )
    return Heat(weekdays, tuple(f"{hour:02}" for hour in span), values)


def _span(found: Collection[int]) -> range:
    """Return the hours to show: those of a day that has only begun too, so no bar is a wall."""
    if not found:
        return range(0)
    first = min(*found, _LAST + 1 - _FEWEST)
    return range(first, max(*found, first + _FEWEST - 1) + 1)


def _wait(part: SliceOut | None) -> Wait:
    waits = part.figures.waits if part else None
    return Wait(waits.median, waits.p90) if waits else Wait(None, None)


def _lived(part: SliceOut) -> bool:
    return bool(part.figures.visitors or part.figures.waits.n)

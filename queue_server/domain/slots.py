"""Appointments: the grid of times of a day, and how many visitors each time has room for."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import fmean
from typing import Final
from zoneinfo import ZoneInfo

from queue_server.domain.catalogue import Catalogue, Service, Window

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Slot:
    """A time at which appointments begin, with its room."""

    at: datetime
    capacity: int
    booked: int

    @property
    def free(self) -> int:
        """How many visitors it still has room for."""
        return max(self.capacity - self.booked, 0)


def offers(catalogue: Catalogue, service: Service) -> bool:
    """Return whether appointments are made for a service at all."""
    return service.bookable and catalogue.booking.horizon_days > 0


def days(catalogue: Catalogue, now: datetime) -> tuple[date, ...]:
    """Return the days that can be booked now: today and those within the horizon."""
    today = catalogue.calendar.day_of(now)
    return tuple(today + _DAY * ahead for ahead in range(catalogue.booking.horizon_days + 1))


def grid(catalogue: Catalogue, service: Service, day: date) -> Iterator[datetime]:
    """Yield the times of a day at which appointments begin, in UTC, full ones too.

    The visit ends before the doors close. Where somebody has closed the service, there are none.
    """
    if catalogue.closed_on(service.id, day) is not None:
        return
    step = catalogue.booking.slot
    needed = max(step, timedelta(minutes=service.minutes))
    for opening in catalogue.calendar.opens(day, service.hours):
        at = _rounded_up(opening.begins, step, catalogue.timezone)
        while at + needed <= opening.ends:
            yield at
            at += step


def bookable(catalogue: Catalogue, service: Service, day: date, now: datetime) -> list[datetime]:
    """Return the times of a day that can be booked now: on the grid, soon enough, not too soon."""
    if day not in days(catalogue, now):
        return []
    earliest = now + catalogue.booking.lead
    return [at for at in grid(catalogue, service, day) if at >= earliest]


def slot(
    catalogue: Catalogue, service: Service, at: datetime, booked: Mapping[datetime, int]
) -> Slot:
    """Return a time with its room; `booked` are the group's appointments by their time."""
    until = at + catalogue.booking.slot
    taken = sum(count for then, count in booked.items() if at <= then < until)
    return Slot(at, capacity(catalogue, service, at), taken)


def capacity(catalogue: Catalogue, service: Service, at: datetime) -> int:
    """Return how many visitors of the service's group may have an appointment at a time.

    The booked share of what the group's windows can do in a slot, less on a day when more come
    without one; at least 1 while any of its windows is not at lunch.
    """
    members = catalogue.services_by_group[service.group]
    windows = [window for window in catalogue.windows if _takes(window, members)]
    away = shifts_at_lunch(catalogue, at) if catalogue.facts.lunch else frozenset()
    present = sum(1 for window in windows if window.lunch not in away)
    if windows and not present:
        return 0
    mean = fmean(catalogue.service(each).minutes for each in members)
    minutes = catalogue.booking.slot / timedelta(minutes=1)
    factor = catalogue.calendar.factor(catalogue.calendar.day_of(at)) if catalogue.surges else 1
    return max(1, math.floor(catalogue.booking.share * present * minutes / mean / factor))


def shifts_at_lunch(catalogue: Catalogue, at: datetime) -> frozenset[int]:
    """Return the lunch shifts, from 1, that fall into a slot or a part of it."""
    wall = at.astimezone(ZoneInfo(catalogue.timezone))
    begins, ends = f"{wall:%H:%M}", f"{wall + catalogue.booking.slot:%H:%M}"
    return frozenset(
        number
        for number, shift in enumerate(catalogue.facts.lunch, start=1)
        if shift[0] < ends and begins < shift[1]
    )


def _takes(window: Window, members: tuple[str, ...]) -> bool:
    """Whether it takes the group, or a part of it, at level 1."""
    return any((taking := window.takes.get(each)) and taking.level == 1 for each in members)


def _rounded_up(moment: datetime, step: timedelta, timezone: str) -> datetime:
    """Return the first moment from here on that the center's clocks show on the grid."""
    wall = moment.astimezone(ZoneInfo(timezone))
    past = timedelta(minutes=wall.minute, seconds=wall.second, microseconds=wall.microsecond)
    return moment + -past % step

"""Windows that the plan has on duty in each half hour, and the textbook's guess of those needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import exp
from typing import Final

from queue_server.domain.catalogue import Catalogue, Window
from queue_server.domain.forecasting_hours import HALF_HOURS, doors_open
from queue_server.domain.opening import Span

#: minutes
HALF_HOUR: Final = 30
#: no hall has more windows
MOST_WINDOWS: Final = 250


@dataclass(frozen=True, slots=True)
class Aim:
    """What windows are needed for: a share of the visitors that waits no longer than the norm."""

    #: minutes
    norm: float = 15.0
    target: float = 0.8


def planned(catalogue: Catalogue, day: date) -> tuple[int, ...]:
    """Return the fewest windows that are on duty at once in each half hour, lunch taken off."""
    doors = doors_open(catalogue.calendar, day)
    windows = [window for window in catalogue.windows if window.takes]
    return tuple(
        min(_on_duty(windows, catalogue.facts.lunch, minute) for minute in _minutes(place))
        if doors[place]
        else 0
        for place in range(HALF_HOURS)
    )


def lacks(
    needed: Sequence[int], plan: Sequence[int], kept: Sequence[float | None], aim: Aim
) -> list[tuple[int, int]]:
    """Return the stretches in which the plan has too few windows, each from a place up to another.

    `kept` is the share that waits no longer than the norm with the plan's windows.
    """
    found: list[tuple[int, int]] = []
    for place, (need, have, share) in enumerate(zip(needed, plan, kept, strict=True)):
        if need <= have or share is None or share >= aim.target:
            continue
        goes_on = found and found[-1][1] == place
        begin = found.pop()[0] if goes_on else place
        found.append((begin, place + 1))
    return found


def quick(visitors: float, minutes: float, aim: Aim) -> int:
    """Return the windows needed by Erlang C: a quick estimate of one half hour by itself.

    It knows neither the half hour before nor how much the times at the window vary.
    """
    load = visitors * minutes / HALF_HOUR
    if load <= 0:
        return 0
    blocked = 1.0
    for windows in range(1, MOST_WINDOWS):
        blocked = load * blocked / (windows + load * blocked)
        if windows > load:
            waits = blocked / (1 - load / windows * (1 - blocked))
            if 1 - waits * exp((load - windows) * aim.norm / minutes) >= aim.target:
                return windows
    return MOST_WINDOWS


def _minutes(place: int) -> range:
    return range(place * HALF_HOUR, (place + 1) * HALF_HOUR)


def _on_duty(windows: Sequence[Window], lunches: Sequence[Span], minute: int) -> int:
    away = {shift for shift, span in enumerate(lunches, 1) if _within(span, minute)}
    return sum(window.lunch not in away for window in windows)


def _within(span: Span, minute: int) -> bool:
    begins, ends = (_of_day(each) for each in span)
    return begins <= minute < ends


def _of_day(clock: str) -> int:
    """Return the minutes since midnight of "12:30"."""
    hours, minutes = clock.split(":")[:2]
    return 60 * int(hours) + int(minutes)

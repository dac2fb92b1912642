"""What a hall has taught about itself; where it has not taught enough, the plan stands in.

Lists of minutes are equally likely values, sorted: to draw one is to pick one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

#: local half hours of a day
HALF_HOURS: Final = 48
#: minutes that a clerk waits for somebody who never comes
ABSENT: Final = (0.5, 0.75, 1.0, 1.5)
#: minutes of a clerk's short break
PAUSES: Final = (4.0, 6.0, 8.0, 10.0, 15.0)


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Who is likely to come in the rest of the day."""

    #: visitors in each local half hour of this day; empty for nobody
    rates: tuple[float, ...] = ()
    #: service → weight
    services: Mapping[str, float] = field(default_factory=dict)
    #: share of visitors with an unlimited head start
    statutory: float = 0.0
    #: head start in minutes → share of visitors
    heads: Mapping[float, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Beliefs:
    """What is believed of a hall's people."""

    #: service → minutes from the call until the window is free again
    minutes: Mapping[str, tuple[float, ...]]
    #: clerk → how many times as long as others he takes
    clerks: Mapping[str, float] = field(default_factory=dict)
    #: share of calls to which nobody comes
    no_show: float = 0.05
    #: minutes that such a call costs the window
    absent: tuple[float, ...] = ABSENT
    #: share of visits after which the clerk takes a break
    pause_after: float = 0.01
    pauses: tuple[float, ...] = PAUSES
    #: minutes between a visitor's leave and the next call while others wait
    between: float = 0.0
    arrivals: Arrivals = Arrivals()
    #: service → mean minutes of `minutes`
    means: Mapping[str, float] = field(default_factory=dict)

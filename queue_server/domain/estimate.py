"""An expected wait: what was reckoned, and what is shown of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal

#: shown ranges are rounded outwards to this many minutes
STEP: Final = 5
#: under this "soon", from `LONG` on "over 1 h"
SOON, LONG = 5, 60
#: nobody is told of a longer wait, minutes
LONGEST: Final = 12 * 60
#: without a simulation the range spans these shares of the mean: one visitor varies that much
SPREAD: Final = (0.75, 1.35)


@dataclass(frozen=True, slots=True)
class Estimate:
    """An expected wait as it is shown, in whole minutes."""

    low: int
    high: int
    #: False: no window serves this now, and no number means anything
    served: bool = True

    @property
    def soon(self) -> bool:
        """Whether the visitor had better stay near the boards."""
        return self.served and self.high <= SOON

    @property
    def long(self) -> bool:
        """Whether the visitor may go and come back."""
        return self.served and self.low >= LONG


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A wait as it was reckoned, in minutes: the middle, and the range that holds most."""

    minutes: float
    low: float
    high: float
    by: Literal["simulated", "quick"]

    def later(self, minutes: float) -> Reckoning:
        """Return the wait of somebody who comes so much work behind."""
        return Reckoning(self.minutes + minutes, self.low + minutes, self.high + minutes, self.by)


#: no window serves this now
NOBODY: Final = Estimate(0, 0, served=False)


def shown(reckoning: Reckoning, stretch: float = 1.0) -> Estimate:
    """Return the range to show: stretched about its middle, rounded outwards to five minutes."""
    middle = _sane(reckoning.minutes)
    low = middle - stretch * (middle - min(_sane(reckoning.low), middle))
    high = middle + stretch * (max(_sane(reckoning.high), middle) - middle)
    from_ = STEP * math.floor(min(_sane(low), LONGEST - STEP) / STEP)
    return Estimate(from_, max(STEP * math.ceil(_sane(high) / STEP), from_ + STEP))


def quick(ahead: int, mean_minutes: float, servers: int) -> Reckoning:
    """Return the wait with `ahead` tickets before it: (n + 1) · mean / servers.

    The QL estimator of Ibrahim and Whitt (2009), for when nothing was simulated. With no window
    open yet, one is assumed.
    """
    minutes = _sane((ahead + 1) * mean_minutes / max(servers, 1))
    low, high = (share * minutes for share in SPREAD)
    return Reckoning(minutes, low, high, "quick")


def _sane(minutes: float) -> float:
    """Return minutes that may stand on paper: a number, not negative, not endless."""
    return min(max(minutes, 0.0), float(LONGEST)) if math.isfinite(minutes) else float(LONGEST)

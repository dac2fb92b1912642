"""What became of the waits that were said: how far off, how often kept, and how much to widen.

Counts are made of one visit and add up in bags; figures and the stretch are made of a bag. How far
a range had to be stretched is asked of what is shown, rounded outwards to five minutes: a range of
0.1 to 0.4 minutes that becomes "soon" is not broken by a wait of three.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from queue_server.domain.estimate import STEP
from queue_server.domain.measures import minutes, share
from queue_server.domain.measures_bag import Bag
from queue_server.domain.measures_facts import MINUTE

#: a visitor who waits so many minutes past the upper end was misled
LATE: Final = 10
#: needed stretches are counted in tenths, up to so many
MOST_TENTHS: Final = 50
#: below this share inside the unstretched range it is widened, so that this share would have been
TRIGGER, AIM = 0.75, 0.85
#: and at most so many times
WIDEST: Final = 3.0
#: of fewer visits nothing is concluded
FEWEST: Final = 50
#: days that the stretch looks back on
WINDOW_DAYS: Final = 7


class Said(NamedTuple):
    """What was said at the issue: the shown range, and what was reckoned; minutes."""

    low: int
    high: int
    middle: float
    #: the simulated range before it was stretched and rounded; None where there was none
    raw: tuple[float, float] | None = None
    quick: bool = False


@dataclass(frozen=True, slots=True)
class Honesty:
    """How the waits that were said stand to those that came; shares are 0 to 1."""

    n: int
    #: mean distance of the middle from the wait, minutes
    error: float | None
    #: mean of wait − middle, minutes: above 0 visitors waited longer than was reckoned
    bias: float | None
    inside: float | None
    kept: float | None
    late: float | None
    #: share that was reckoned without a simulation
    quick: float | None


def said(promised: Sequence[int] | None, reckoned: Mapping[str, Any] | None) -> Said | None:
    """Return what an issue's event says of the wait; None where nothing was said."""
    if not promised:
        return None
    low, high = promised
    if reckoned is None:
        return Said(low, high, (low + high) / 2)
    quick = reckoned["by"] == "quick"
    raw = None if quick else (reckoned["low"], reckoned["high"])
    return Said(low, high, reckoned["minutes"], raw, quick)


def compared(wait: int, said: Said) -> dict[str, int]:
    """Return how the wait (ms) that came counts beside what was said."""
    off = wait - round(said.middle * MINUTE)
    counts = {
        "promised": 1,
        "promises_inside": int(said.low * MINUTE <= wait <= said.high * MINUTE),
        "promises_kept": int(wait <= said.high * MINUTE),
        "promises_late": int(wait > (said.high + LATE) * MINUTE),
        "promises_error_ms": abs(off),
        "promises_off_ms": off,
        "promises_quick": int(said.quick),
        "said_low_ms": said.low * MINUTE,
        "said_high_ms": said.high * MINUTE,
        "said_wait_ms": wait,
    }
    if said.raw is not None:
        counts[f"stretch:{needed(wait / MINUTE, said.middle, *said.raw)}"] = 1
    return counts


def needed(wait: float, middle: float, low: float, high: float) -> int:
    """Return the least stretch, in tenths, with which the shown range would hold the wait."""
    # rounding outwards shows the wait once an end has passed the step before it
    over = STEP * (math.ceil(wait / STEP) - 1) - middle
    under = middle - STEP * (math.floor(wait / STEP) + 1)
    return max(_tenths(over, high - middle), _tenths(under, middle - low))


def figures(bag: Bag) -> Honesty:
    """Return the figures of a bag."""
    n = bag["promised"]
    return Honesty(
        n=n,
        error=minutes(bag["promises_error_ms"], n),
        bias=minutes(bag["promises_off_ms"], n),
        inside=share(bag["promises_inside"], n),
        kept=share(bag["promises_kept"], n),
        late=share(bag["promises_late"], n),
        quick=share(bag["promises_quick"], n),
    )


def simulated(bag: Bag) -> int:
    """Return how many of a bag's waits were told by a simulated range."""
    return sum(_histogram(bag).values())


def unstretched(bag: Bag) -> float | None:
    """Return the share that the range as reckoned would have held; None of too few."""
    tenths = _histogram(bag)
    n = sum(tenths.values())
    return share(sum(tenths[t] for t in tenths if t <= _AS_RECKONED), n) if n >= FEWEST else None


def stretch(bag: Bag) -> float:
    """Return how far to widen the range by what the last days have needed; 1 where it holds."""
    held = unstretched(bag)
    if held is None or held >= TRIGGER:
        return 1.0
    tenths, seen = _histogram(bag), 0
    rank = AIM * (sum(tenths.values()) + 1)
    for tenth in sorted(tenths):
        seen += tenths[tenth]
        if seen >= rank:
            return min(max(tenth / 10, 1.0), WIDEST)
    return WIDEST


_AS_RECKONED: Final = 10


def _tenths(distance: float, width: float) -> int:
    """Return how many tenths of the width the distance is, begun ones whole."""
    if not distance > 0:
        return 0
    if not distance < width * MOST_TENTHS / 10:
        return MOST_TENTHS
    return math.ceil(distance / width * 10)


def _histogram(bag: Bag) -> dict[int, int]:
    return {int(tenth): count for tenth, count in bag.named("stretch")}

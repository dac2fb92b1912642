"""Scales with round marks, and shades: what charts on paper and on the page have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Final

#: steps of a scale, as multiples of a power of ten
_STEPS: Final = (1, 2, 5, 10)
#: a heat map has so many shades beside "none"
SHADES: Final = 6
#: rounding leaves this behind
_TINY: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Scale:
    """What goes from the begin of an axis to its end, and how far apart its marks are."""

    end: float
    step: float
    begin: float = 0

    def share(self, value: float) -> float:
        """Return how far along a value is, 0 to 1; what is beyond stays at the end."""
        return (min(max(value, self.begin), self.end) - self.begin) / (self.end - self.begin)

    @property
    def marks(self) -> tuple[float, ...]:
        """The values that are marked, the begin first."""
        count = round((self.end - self.begin) / self.step)
        return tuple(self.begin + n * self.step for n in range(count + 1))


def scale(most: float, parts: int = 4) -> Scale:
    """Return a scale of whole marks that holds `most`, in about so many parts."""
    raw = max(most / parts, 1)
    power = 10 ** floor(log10(raw))
    step = next(n * power for n in _STEPS if n * power >= raw - _TINY)
    return Scale(max(ceil(most / step - _TINY), 1) * step, step)


def shade(value: float, most: float) -> int:
    """Return how dark a field of a heat map is: 0 for none, up to SHADES."""
    return min(ceil(SHADES * value / most), SHADES) if value > 0 and most > 0 else 0


def slots(count: int, begin: float, width: float) -> list[tuple[float, float]]:
    """Return begin and width of so many equal places side by side."""
    each = width / max(count, 1)
    return [(begin + place * each, each) for place in range(count)]


def runs(values: Sequence[float | None]) -> Iterator[range]:
    """Yield the stretches of places that have a value: a line is broken where there is none."""
    begin = None
    for place, value in enumerate([*values, None]):
        if value is not None and begin is None:
            begin = place
        elif value is None and begin is not None:
            yield range(begin, place)
            begin = None

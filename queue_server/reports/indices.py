"""The clerks' index: its scale, and the ends of its uncertainty."""

from __future__ import annotations

from typing import Final

from queue_server.contracts.reports import MixOut
from queue_server.reports.scales import Scale

#: 1, "as expected", is in the middle; twice as fast or half as slow again is at the ends
EVEN: Final = 1.0
INDEX: Final = Scale(1.5, 0.25, 0.5)


def ends(mix: MixOut) -> tuple[float, float]:
    """Return the ends of the index's interval; the index itself where none is given."""
    value = mix.index or EVEN
    return (value if mix.low is None else mix.low), (value if mix.high is None else mix.high)

"""Which presses of a pad's keys count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Presses:
    """When each key was last taken, in seconds of a steady clock."""

    last: Mapping[str, float] = field(default_factory=dict)


def press(presses: Presses, key: str, at: float, within: float) -> tuple[Presses, bool]:
    """Return the presses after one more, and whether it counts.

    The same key within `within` seconds is a finger that trembled, or a contact that did.
    """
    before = presses.last.get(key)
    if before is not None and 0 <= at - before < within:
        return presses, False
    return Presses({**presses.last, key: at}), True

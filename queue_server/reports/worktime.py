"""What the time at a window was spent on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from queue_server.contracts.reports import WorkOut

#: kind → its colour among the tokens
SHARES: Final[Mapping[str, str]] = {
    "serving": "accent",
    "wrap_up": "line_strong",
    "idle": "sunken",
    "paused": "warn",
}


def shares(work: WorkOut) -> list[tuple[str, float]]:
    """Return kinds and their shares of the time logged in, in the order of `SHARES`."""
    whole = work.logged_in_hours
    if not whole:
        return []
    used = {
        "serving": work.serving_hours,
        "wrap_up": work.wrap_up_hours,
        "paused": work.paused_hours,
    }
    used["idle"] = max(whole - sum(used.values()), 0)
    return [(kind, min(used[kind] / whole, 1)) for kind in SHARES]

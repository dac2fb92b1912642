"""The waits that were said beside those that came: what `GET /api/v1/estimates` answers.

Times are minutes, shares are 0 to 1; None is a figure that nothing gives.
"""

from __future__ import annotations

from queue_server.contracts.shapes import Reply


class SaidOut(Reply):
    """Visitors who were told a wait and were called: what they were told, and what came."""

    n: int
    #: means: the lower and the upper end of the range that was said, and the wait that came
    low: float | None
    high: float | None
    wait: float | None
    #: mean distance between the reckoned middle and the wait (MAE)
    error_minutes: float | None
    #: mean of wait − middle: above 0 visitors waited longer than was reckoned
    bias_minutes: float | None
    #: share of waits inside the range that was said
    inside: float | None
    #: share that was called no later than its upper end
    kept: float | None
    #: share that waited more than 10 minutes past it
    late: float | None
    #: share that was reckoned without a simulation
    quick: float | None


class SaidOnOut(Reply):
    """One service day."""

    day: str
    #: whether it has ended
    closed: bool
    figures: SaidOut


class SaidOfOut(Reply):
    """One service, or one hour (0 to 23) of the day, by when the visitors were called."""

    key: str
    #: a service's name by language
    texts: dict[str, str] = {}
    figures: SaidOut


class StretchOut(Reply):
    """How far ranges are widened now, by what the last seven days have needed."""

    #: 1 is as reckoned
    factor: float
    #: visits of these days with a simulated range
    n: int
    #: share of them that the range as reckoned, rounded outwards, held; None of fewer than 50
    coverage: float | None


class LastKeptOut(Reply):
    """The newest day before today of which it can be said how many visitors were told right."""

    day: str
    n: int
    #: share that waited no longer than was said
    kept: float


class EstimatesOut(Reply):
    """What became of the waits that were said in a period."""

    #: first and last day, `YYYY-MM-DD`, both within
    first: str
    last: str
    made_at: str
    #: the newest event that the figures hold
    seq: int
    #: the center's name by language
    center: dict[str, str]
    timezone: str
    total: SaidOut
    stretch: StretchOut
    last_kept: LastKeptOut | None
    #: the days on which visitors were told a wait, in order
    days: list[SaidOnOut]
    #: in the catalogue's order
    services: list[SaidOfOut]
    hours: list[SaidOfOut]

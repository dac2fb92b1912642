"""What if: a question about the hall as it stands, and the answer over HTTP."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from queue_server.contracts.shapes import Identifier, Reply, Request

Number = Annotated[int, Field(ge=1, le=999)]
#: RFC 3339 with an offset
Moment = Annotated[str, Field(max_length=40)]
Names = Annotated[list[Identifier], Field(max_length=200)]


class OpenWindowAsk(Request):
    """A window opens, or its clerk comes back from a break; without `at` now."""

    kind: Literal["open"]
    window: Number
    at: Moment | None = None
    #: login; left out: whoever has this window as the own one, where free
    clerk: Identifier | None = None


class CloseWindowAsk(Request):
    """A window closes once its visitor has gone; without `at` now."""

    kind: Literal["close"]
    window: Number
    at: Moment | None = None


class MoveLunchAsk(Request):
    """A window's lunch begins at another time."""

    kind: Literal["lunch"]
    window: Number
    at: Moment


class ChangeTakingAsk(Request):
    """A window takes services or groups (level 1), helps with them (2), or leaves them (0)."""

    kind: Literal["take"]
    window: Number
    groups: Names = []
    services: Names = []
    level: Literal[0, 1, 2] = 1
    #: at level 2: it counts as first once somebody has waited so long
    help_after_minutes: Annotated[float, Field(ge=0, le=480)] | None = None


class ChangeHeadStartAsk(Request):
    """A category's head start for those who come from now on; `appointment` is one, too."""

    kind: Literal["head_start"]
    category: Identifier
    minutes: Annotated[float, Field(ge=0, le=240)]


ChangeAsk = Annotated[
    OpenWindowAsk | CloseWindowAsk | MoveLunchAsk | ChangeTakingAsk | ChangeHeadStartAsk,
    Field(discriminator="kind"),
]


class AskWhatIf(Request):
    """What is thought of; it is looked at as one plan."""

    changes: Annotated[list[ChangeAsk], Field(min_length=1, max_length=8)]


class DifferenceOut(Reply):
    """Then − now: on average, and the range that holds 90 % of the simulated pairs."""

    mean: float
    low: float
    high: float
    #: false: no clear difference
    clear: bool


class EffectOut(Reply):
    """A figure as it is, as it would then be, and its change."""

    now: float
    then: float
    change: DifferenceOut


class EffectRowOut(Reply):
    """What the plan does to those who wait now, or to those who come."""

    who: Literal["waiting", "coming"]
    #: a group's letter; null for all
    group: str | None
    #: visitors, on average
    people: float
    #: minutes
    mean: EffectOut
    #: share of visitors, 0 to 1
    within_norm: EffectOut
    #: minutes
    longest: EffectOut


class BandOut(Reply):
    """The middle, and the range that holds 80 % of the simulated courses."""

    low: float
    middle: float
    high: float


class CoursesOut(Reply):
    """How the hall goes on, at every point."""

    waiting: list[BandOut]
    #: minutes that a newcomer of that time waits; null where too few come to tell
    newcomer: list[BandOut | None]


class WhatIfOut(Reply):
    """The answer: what the plan would do."""

    #: the log position that was looked at, and its time
    seq: int
    at: str
    #: simulated pairs of courses
    pairs: int
    #: minutes
    norm: float
    #: visitors who come within so many minutes count as coming
    coming: float
    #: minutes from `at`
    points: list[float]
    now: CoursesOut
    then: CoursesOut
    rows: list[EffectRowOut]
    #: services that no window would take any more, and those that one would begin to
    unserved: list[str]
    served: list[str]


class AdviceOut(Reply):
    """What opening one closed window would do."""

    window: int
    #: login of the clerk who was thought of; null for anybody
    clerk: str | None
    pairs: int
    #: minutes of waiting saved, summed up over all visitors of the time looked at
    saved: DifferenceOut
    rows: list[EffectRowOut]
    #: services that nobody takes now
    serves: list[str]


class AdvicesOut(Reply):
    """The closed windows whose opening would help most, the best first."""

    seq: int
    at: str
    #: minutes that were looked ahead
    span: float
    #: closed windows that were tried
    tried: int
    windows: list[AdviceOut]

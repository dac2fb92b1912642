"""A period in figures: what `GET /api/v1/reports` answers. docs/measures.md defines each measure.

Times are minutes or hours as their names say, shares are 0 to 1. None is a figure that cannot be
given: nothing to divide by, or too few cases to say it of a person.
"""

from __future__ import annotations

from typing import Literal

from queue_server.contracts.ledger import CheckpointOut
from queue_server.contracts.shapes import Reply

#: what figures are broken down by
Dimension = Literal["group", "service", "window", "clerk", "category", "channel", "hour"]


class WaitsOut(Reply):
    """From the ticket to the call that was answered first, minutes."""

    n: int
    mean: float | None
    median: float | None
    p90: float | None
    longest: float | None
    #: share of those served whose wait was no longer than the norm: the service level
    within_norm: float | None


class WorkOut(Reply):
    """What was done at the windows, and how long it took."""

    #: services that were finished
    transactions: int
    #: of these, the ones whose start was noted: only they have a time
    timed: int
    #: start to finish, the mean in minutes
    transaction_minutes: float | None
    #: the mean wrap-up for each transaction
    wrap_up_minutes: float | None
    #: AHT: both together
    handling_minutes: float | None
    #: from the ticket to the end of the visit, the mean in minutes
    visit_minutes: float | None
    serving_hours: float
    wrap_up_hours: float
    #: from opening to closing, breaks included
    logged_in_hours: float
    paused_hours: float
    #: share of the time logged in that went into serving and wrap-up
    occupancy: float | None
    #: logged in / scheduled; absent where no hours were scheduled
    adherence: float | None
    transactions_per_hour: float | None


class MixOut(Reply):
    """Minutes beside what the center's own means expect for the same mix of services."""

    #: timed transactions
    n: int
    actual_minutes: float
    expected_minutes: float
    #: actual / expected, and its 95 % interval; none below 30 transactions
    index: float | None
    low: float | None
    high: float | None


class RatingsOut(Reply):
    """What visitors thought, 1 to 5."""

    n: int
    #: how many gave 1, 2, 3, 4 and 5
    stars: list[int]
    #: share of finished visits that were rated
    response_rate: float | None
    #: share of fours and fives; by clerk none below 30 ratings
    top_two: float | None
    #: its 95 % interval (Wilson)
    low: float | None
    high: float | None


class PromisesOut(Reply):
    """The wait said at the issue, beside the real one."""

    n: int
    #: share of real waits inside the range that was said
    inside: float | None
    #: share of real waits that were no longer than its upper end
    kept: float | None
    #: mean distance of the reckoned wait (of an old ticket: the range's middle) from the real one
    error_minutes: float | None
    #: mean of real wait − reckoned wait, minutes: above 0 visitors waited longer
    bias_minutes: float | None = None
    #: share of real waits more than 10 minutes past the upper end
    late: float | None = None


class CountOut(Reply):
    """How often something was named: a document, a reason."""

    key: str
    count: int
    #: its name by language; empty where the catalogue knows none
    texts: dict[str, str] = {}


class ConductOut(Reply):
    """What was done to tickets, and what went out of its order."""

    calls: int
    recalls: int
    #: calls of a ticket that was not the next one by the rule
    out_of_order: int
    #: why, the most frequent first; at most 50
    reasons: list[CountOut]
    #: how often a visitor was overtaken by a call
    overtakings: int
    returned: int
    held: int
    transferred: int
    revived: int
    #: services that ended in turning the visitor away
    turned_away: int
    #: for which document, the most frequent first; `not_required-<n>` may not be demanded
    documents: list[CountOut]
    #: how often a document was demanded that may not be
    prohibited: int
    #: tickets that kiosks issued alone and handed over later
    handed_over: int
    #: visitors who did it online instead of queueing
    diverted_online: int


class FiguresOut(Reply):
    """All figures of a period, or of a part of it."""

    #: tickets issued, and appointments that came
    visitors: int
    #: at the window at least once
    served: int
    #: whose visit was finished
    finished: int
    #: called and never came
    no_shows: int
    #: left, or cancelled, before a call was answered
    abandoned: int
    #: nobody had called them for good when the day ended
    unserved: int
    #: still in the hall
    present: int
    #: no_shows / (served + no_shows)
    no_show_share: float | None
    #: abandoned / visitors
    abandoned_share: float | None
    #: issued at a kiosk, or booked by the visitor / visitors
    self_service: float | None
    #: 1 − services that ended in turning away / services finished
    first_visit: float | None
    waits: WaitsOut
    work: WorkOut
    ratings: RatingsOut
    promises: PromisesOut
    conduct: ConductOut


class SliceOut(Reply):
    """The figures of one group, service, window, clerk, category, channel or hour."""

    #: prefix letter, service id, window number, login, category id or `none`; `kiosk`, `reception`,
    #: `booking` or `mobile`; the hour's number, 0 to 23
    key: str
    #: its name by language, where the catalogue has one
    texts: dict[str, str] = {}
    #: a clerk's name
    name: str = ""
    #: the clerk's own window, where one is fixed
    window: int | None = None
    figures: FiguresOut
    #: of a clerk only
    mix: MixOut | None = None


class DayOut(Reply):
    """One service day."""

    day: str
    #: whether it has ended
    closed: bool
    figures: FiguresOut


class HeatOut(Reply):
    """One hour of one weekday, over all days of the period."""

    #: 1 is Monday
    weekday: int
    hour: int
    #: days of the period that had this weekday and anything in this hour
    days: int
    visitors: int
    served: int
    wait_minutes: float | None
    within_norm: float | None


class AppointmentsOut(Reply):
    """What became of the appointments."""

    #: made in the period, for whichever day
    booked: int
    #: given back in the period
    given_back: int
    #: of those for days of the period: came, and did not come
    came: int
    missed: int


class ReportOut(Reply):
    """The figures of a period."""

    #: first and last day, `YYYY-MM-DD`, both within
    first: str
    last: str
    made_at: str
    #: the newest event that the figures hold, and its hash
    seq: int
    hash: str
    #: the newest signed place in the log, and the key that it is signed with
    checkpoint: CheckpointOut | None = None
    public_key: str = ""
    #: the center's name by language
    center: dict[str, str]
    timezone: str
    #: the wait that the center aims at, minutes
    norm_minutes: int
    total: FiguresOut
    appointments: AppointmentsOut
    #: the days that had anything, in order
    days: list[DayOut]
    #: in the catalogue's order; windows and hours by number, clerks by window, then login
    by: dict[Dimension, list[SliceOut]]
    #: by weekday, then hour
    heat: list[HeatOut]

"""Every measure that a report shows: its name, what kind of value it is, where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from queue_server.contracts.reports import FiguresOut, ReportOut
from queue_server.reports.cells import Cell

Kind = Literal["text", "count", "minutes", "hours", "share", "ratio", "day", "instant"]


@dataclass(frozen=True, slots=True)
class Datum:
    """A value and its kind, from which every format makes its own."""

    kind: Kind
    value: Cell | date | datetime


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of a period or of a part of it."""

    kind: Kind
    of: Callable[[FiguresOut], int | float | None]

    def datum(self, figures: FiguresOut) -> Datum:
        """Return the figure."""
        return Datum(self.kind, self.of(figures))


#: text of `report.<name>` → measure, in the order of an overview
MEASURES: Final[Mapping[str, Measure]] = {
    "visitors": Measure("count", lambda f: f.visitors),
    "served": Measure("count", lambda f: f.served),
    "finished": Measure("count", lambda f: f.finished),
    "no_shows": Measure("count", lambda f: f.no_shows),
    "no_show_share": Measure("share", lambda f: f.no_show_share),
    "abandoned": Measure("count", lambda f: f.abandoned),
    "abandoned_share": Measure("share", lambda f: f.abandoned_share),
    "unserved": Measure("count", lambda f: f.unserved),
    "present": Measure("count", lambda f: f.present),
    "waited": Measure("count", lambda f: f.waits.n),
    "wait_mean": Measure("minutes", lambda f: f.waits.mean),
    "wait_median": Measure("minutes", lambda f: f.waits.median),
    "wait_p90": Measure("minutes", lambda f: f.waits.p90),
    "wait_longest": Measure("minutes", lambda f: f.waits.longest),
    "service_level": Measure("share", lambda f: f.waits.within_norm),
    "promises": Measure("count", lambda f: f.promises.n),
    "promise": Measure("share", lambda f: f.promises.kept),
    "promise_inside": Measure("share", lambda f: f.promises.inside),
    "promise_error": Measure("minutes", lambda f: f.promises.error_minutes),
    "transactions": Measure("count", lambda f: f.work.transactions),
    "timed": Measure("count", lambda f: f.work.timed),
    "transaction_minutes": Measure("minutes", lambda f: f.work.transaction_minutes),
    "wrap_up_minutes": Measure("minutes", lambda f: f.work.wrap_up_minutes),
    "handling_minutes": Measure("minutes", lambda f: f.work.handling_minutes),
    "visit_minutes": Measure("minutes", lambda f: f.work.visit_minutes),
    "logged_in_hours": Measure("hours", lambda f: f.work.logged_in_hours),
    "serving_hours": Measure("hours", lambda f: f.work.serving_hours),
    "wrap_up_hours": Measure("hours", lambda f: f.work.wrap_up_hours),
    "paused_hours": Measure("hours", lambda f: f.work.paused_hours),
    "occupancy": Measure("share", lambda f: f.work.occupancy),
    "adherence": Measure("share", lambda f: f.work.adherence),
    "transactions_per_hour": Measure("ratio", lambda f: f.work.transactions_per_hour),
    "self_service": Measure("share", lambda f: f.self_service),
    "first_visit": Measure("share", lambda f: f.first_visit),
    "ratings": Measure("count", lambda f: f.ratings.n),
    "response_rate": Measure("share", lambda f: f.ratings.response_rate),
    "satisfaction": Measure("share", lambda f: f.ratings.top_two),
    "satisfaction_low": Measure("share", lambda f: f.ratings.low),
    "satisfaction_high": Measure("share", lambda f: f.ratings.high),
    "calls": Measure("count", lambda f: f.conduct.calls),
    "recalls": Measure("count", lambda f: f.conduct.recalls),
    "out_of_order": Measure("count", lambda f: f.conduct.out_of_order),
    "overtakings": Measure("count", lambda f: f.conduct.overtakings),
    "returned": Measure("count", lambda f: f.conduct.returned),
    "held": Measure("count", lambda f: f.conduct.held),
    "transferred": Measure("count", lambda f: f.conduct.transferred),
    "revived": Measure("count", lambda f: f.conduct.revived),
    "turned_away": Measure("count", lambda f: f.conduct.turned_away),
    "prohibited": Measure("count", lambda f: f.conduct.prohibited),
    "handed_over": Measure("count", lambda f: f.conduct.handed_over),
    "diverted_online": Measure("count", lambda f: f.conduct.diverted_online),
}

#: the same of the appointments
APPOINTMENTS: Final[Mapping[str, Callable[[ReportOut], int]]] = {
    "booked": lambda report: report.appointments.booked,
    "given_back": lambda report: report.appointments.given_back,
    "came": lambda report: report.appointments.came,
    "missed": lambda report: report.appointments.missed,
}

#: what the calls' table holds
CONDUCT: Final = (
    *("calls", "recalls", "out_of_order", "overtakings", "returned", "held", "transferred"),
    *("revived", "no_shows", "turned_away", "prohibited", "handed_over", "diverted_online"),
)

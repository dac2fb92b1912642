"""The headline figures of a report: what somebody reads who reads nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from queue_server.contracts.reports import ReportOut
from queue_server.reports.speech import NOTHING, Speech

Level = Literal["good", "watch", "poor"]
#: a service level is good from here, and poor below there
_GOOD, _POOR = 0.8, 0.6


@dataclass(frozen=True, slots=True)
class Sign:
    """How a level is shown: a colour among the tokens and an icon, never a colour alone."""

    colour: str
    icon: str


SIGNS: Final[Mapping[Level, Sign]] = {
    "good": Sign("good", "finish"),
    "watch": Sign("warn", "warning"),
    "poor": Sign("bad", "dismiss"),
}


@dataclass(frozen=True, slots=True)
class Headline:
    """One figure: what it is, its value, what explains it, how good it is."""

    name: str
    value: str
    notes: tuple[str, ...] = ()
    level: Level | None = None


def level(share: float | None) -> Level | None:
    """Return how good a service level is; None where nobody waited."""
    if share is None:
        return None
    if share >= _GOOD:
        return "good"
    return "watch" if share >= _POOR else "poor"


def headlines(report: ReportOut, speech: Speech) -> tuple[Headline, ...]:
    """Return the eight figures, the most asked for first."""
    total = report.total
    served = f"{speech('served')}: {speech.number(total.served)}"
    return (
        Headline("visitors", speech.number(total.visitors), (served,)),
        _waiting(report, speech),
        _service_level(report, speech),
        _service_time(report, speech),
        Headline("no_shows", speech.number(total.no_shows), _share(speech, total.no_show_share)),
        Headline(
            "abandoned", speech.number(total.abandoned), _share(speech, total.abandoned_share)
        ),
        _satisfaction(report, speech),
        _promise(report, speech),
    )


def _waiting(report: ReportOut, speech: Speech) -> Headline:
    waits = report.total.waits
    mean = f"{speech('mean')}: {speech.minutes(waits.mean)}"
    p90 = f"{speech('p90')}: {speech.minutes(waits.p90)}"
    return Headline("waiting", speech.minutes(waits.median), (speech("median"), mean, p90))


def _service_level(report: ReportOut, speech: Speech) -> Headline:
    share = report.total.waits.within_norm
    note = speech("service_level_note", n=speech.number(report.norm_minutes))
    return Headline("service_level", speech.percent(share, 1), (note,), level(share))


def _service_time(report: ReportOut, speech: Speech) -> Headline:
    work = report.total.work
    note = f"{speech('handling_minutes')}: {speech.minutes(work.handling_minutes)}"
    return Headline("transaction_minutes", speech.minutes(work.transaction_minutes), (note,))


def _promise(report: ReportOut, speech: Speech) -> Headline:
    promises = report.total.promises
    error = f"{speech('promise_error')}: {speech.minutes(promises.error_minutes)}"
    return Headline("promise", speech.percent(promises.kept, 1), (speech("promise_note"), error))


def _satisfaction(report: ReportOut, speech: Speech) -> Headline:
    ratings = report.total.ratings
    if not ratings.n:
        return Headline("satisfaction", NOTHING, (speech("satisfaction_none"),))
    low, high = speech.percent(ratings.low), speech.percent(ratings.high)
    note = speech("satisfaction_note", n=speech.number(ratings.n), low=low, high=high)
    return Headline(
        "satisfaction", speech.percent(ratings.top_two), (speech("satisfaction_text"), note)
    )


def _share(speech: Speech, share: float | None) -> tuple[str, ...]:
    return (speech.percent(share, 1),) if share is not None else ()

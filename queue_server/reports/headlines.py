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
    total, norm = report.total, speech.number(report.norm_minutes)
    waits, work, promises = total.waits, total.work, total.promises
    return (
        Headline(
            "visitors", speech.number(total.visitors), (_noted(speech, "served", total.served),)
        ),
        Headline(
            "waiting",
            speech.minutes(waits.median),
            (
                speech("median"),
                f"{speech('mean')}: {speech.minutes(waits.mean)}",
                f"{speech('p90')}: {speech.minutes(waits.p90)}",
            ),
        ),
        Headline(
            "service_level",
            speech.percent(waits.within_norm, 1),
            (speech("service_level_note", n=norm),),
            level(waits.within_norm),
        ),
        Headline(
            "transaction_minutes",
            speech.minutes(work.transaction_minutes),
            (f"{speech('handling_minutes')}: {speech.minutes(work.handling_minutes)}",),
        ),
        Headline("no_shows", speech.number(total.no_shows), _share(speech, total.no_show_share)),
        Headline(
            "abandoned", speech.number(total.abandoned), _share(speech, total.abandoned_share)
        ),
        _satisfaction(report, speech),
        Headline(
            "promise",
            speech.percent(promises.kept, 1),
            (
                speech("promise_note"),
                f"{speech('promise_error')}: {speech.minutes(promises.error_minutes)}",
            ),
        ),
    )


def _satisfaction(report: ReportOut, speech: Speech) -> Headline:
    ratings = report.total.ratings
    if not ratings.n:
        return Headline("satisfaction", NOTHING, (speech("satisfaction_none"),))
    low, high = speech.percent(ratings.low), speech.percent(ratings.high)
    note = speech("satisfaction_note", n=speech.number(ratings.n), low=low, high=high)
    return Headline(
        "satisfaction", speech.percent(ratings.top_two), (speech("satisfaction_text"), note)
    )


def _noted(speech: Speech, name: str, count: int) -> str:
    return f"{speech(name)}: {speech.number(count)}"


def _share(speech: Speech, share: float | None) -> tuple[str, ...]:
    return (speech.percent(share, 1),) if share is not None else ()

"""All that the page of estimates shows, in one language: the sentence, figures, charts, tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from queue_server.contracts.checking import EstimatesOut, SaidOfOut, SaidOut
from queue_server.reports import estimate_charts
from queue_server.reports.estimate_charts import AIM, Told
from queue_server.reports.headlines import Level
from queue_server.reports.speech import NOTHING, Speech

#: shares that are as they should be
_INSIDE_LEAST, _LATE_MOST, _BIAS_MOST = 0.85, 0.12, 2.0
#: what days, services and hours are told by, after their name
COLUMNS: Final = ("n", "said", "came", "error", "bias", "inside", "kept", "late")


class Head(NamedTuple):
    """A figure with its name, what it means, and whether it is as it should be."""

    name: str
    value: str
    note: str
    level: Level | None


class Table(NamedTuple):
    """Rows under heads, all of them said; the first column names the row."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """The page's parts; drawings are SVG."""

    #: the percent that everybody may know, and the sentence round it
    percent: str
    sentence: str
    widened: bool
    stretch: str
    heads: tuple[Head, ...]
    days: str
    hours: str
    #: whether the waits of some hour were, on average, longer than said
    past: bool
    tables: tuple[Table, ...]


def picture(report: EstimatesOut, speech: Speech, today: date) -> Picture:
    """Return what the page shows."""
    words = _Words(speech)
    known = report.last_kept
    percent = words.floor(known.kept) if known else ""
    return Picture(
        percent=percent,
        sentence=words.sentence(report, today),
        widened=report.stretch.factor > 1,
        stretch=words.stretch(report),
        heads=tuple(_heads(report.total, words)),
        days=_days(report, words),
        hours=_hours(report, words),
        past=any(_told(part.figures).past for part in report.hours),
        tables=(
            words.table("days", [(words.day(day.day), day.figures) for day in report.days]),
            words.table("services", [(_title(p, speech), p.figures) for p in report.services]),
            words.table("hours", [(_hour(p.key), p.figures) for p in report.hours]),
        ),
    )


class _Words:
    """What the page says in one language."""

    def __init__(self, speech: Speech) -> None:
        self.speech = speech

    def __call__(self, name: str, /, **values: object) -> str:
        return self.speech.say(f"estimates.{name}", self.speech.language, **values)

    def sentence(self, report: EstimatesOut, today: date) -> str:
        """Return the one sentence for everybody."""
        known = report.last_kept
        if known is None:
            return self("no_day")
        day = date.fromisoformat(known.day)
        if day == today - timedelta(days=1):
            return self("yesterday_kept")
        return self("day_kept", day=self.speech.day(day))

    def stretch(self, report: EstimatesOut) -> str:
        """Return whether ranges are widened now, and why."""
        now = report.stretch
        if now.coverage is None:
            return self("too_few", n=self.speech.number(now.n))
        name = "widened" if now.factor > 1 else "as_reckoned"
        return self(
            name,
            part=self.floor(now.coverage),
            factor=self.speech.number(now.factor, 1),
            n=self.speech.number(now.n),
        )

    def day(self, text: str) -> str:
        """Return a date."""
        return self.speech.day(date.fromisoformat(text))

    def floor(self, share: float) -> str:
        """Return whole percent; what is not reached is not said."""
        return self.speech.percent(int(share * 100 + 1e-9) / 100)

    def signed(self, minutes: float | None) -> str:
        """Return minutes with their sign."""
        if minutes is None:
            return NOTHING
        sign = "+" if minutes > 0 else "−" if minutes < 0 else ""
        return sign + self.speech.number(abs(minutes), 1)

    def said(self, figures: SaidOut) -> str:
        """Return the mean range that was said."""
        ends = (self.speech.number(each) for each in (figures.low, figures.high))
        return " – ".join(ends)

    def cells(self, figures: SaidOut) -> tuple[str, ...]:
        """Return what stands under COLUMNS."""
        speech = self.speech
        return (
            speech.number(figures.n),
            self.said(figures),
            speech.number(figures.wait, 1),
            speech.number(figures.error_minutes, 1),
            self.signed(figures.bias_minutes),
            speech.percent(figures.inside, 1),
            speech.percent(figures.kept, 1),
            speech.percent(figures.late, 1),
        )

    def table(self, name: str, rows: Sequence[tuple[str, SaidOut]]) -> Table:
        """Return figures by day, service or hour."""
        heads = (self(f"of_{name}"), *(self(f"column_{each}") for each in COLUMNS))
        return Table(name, heads, tuple((title, *self.cells(each)) for title, each in rows))

    def told(self, title: str, figures: SaidOut) -> str:
        """Return a place's values in a sentence."""
        return self(
            "tip",
            name=title,
            said=self.said(figures),
            came=self.speech.number(figures.wait, 1),
            kept=self.speech.percent(figures.kept, 1),
            n=self.speech.number(figures.n),
        )


def _heads(total: SaidOut, words: _Words) -> list[Head]:
    speech = words.speech
    kept = _level(total.kept, (total.kept or 0) * 100 >= AIM)
    inside = _level(total.inside, (total.inside or 0) >= _INSIDE_LEAST)
    late = _level(total.late, (total.late or 0) <= _LATE_MOST)
    bias = _level(total.bias_minutes, abs(total.bias_minutes or 0) <= _BIAS_MOST)
    error, off = speech.minutes(total.error_minutes), words.signed(total.bias_minutes)
    off = f"{off} {speech('unit_minutes')}" if total.n else off
    return [
        Head("kept", speech.percent(total.kept, 1), words("kept_note", aim=AIM), kept),
        Head("inside", speech.percent(total.inside, 1), words("inside_note"), inside),
        Head("error", error, words("error_note"), None),
        Head("bias", off, words(_bias_note(total)), bias),
        Head("late", speech.percent(total.late, 1), words("late_note"), late),
        Head("visits", speech.number(total.n), _quick(total, words), None),
    ]


def _level(value: float | None, as_it_should_be: bool) -> Level | None:  # noqa: FBT001 - a truth
    if value is None:
        return None
    return "good" if as_it_should_be else "watch"


def _bias_note(total: SaidOut) -> str:
    return "bias_longer" if (total.bias_minutes or 0) > 0 else "bias_shorter"


def _quick(total: SaidOut, words: _Words) -> str:
    return words("visits_note", part=words.speech.percent(total.quick))


def _days(report: EstimatesOut, words: _Words) -> str:
    days = report.days
    return estimate_charts.kept(
        words("chart_days"),
        [f"{date.fromisoformat(day.day):%d.%m}" for day in days],
        [100 * (day.figures.kept or 0) for day in days],
        [words.told(words.day(day.day), day.figures) for day in days],
    )


def _hours(report: EstimatesOut, words: _Words) -> str:
    told = [_told(part.figures) for part in report.hours]
    tips = [words.told(_hour(part.key), part.figures) for part in report.hours]
    return estimate_charts.ranges(words("chart_hours"), [p.key for p in report.hours], told, tips)


def _told(figures: SaidOut) -> Told:
    return Told(figures.low or 0, figures.high or 0, figures.wait or 0)


def _hour(key: str) -> str:
    return f"{key}:00"


def _title(part: SaidOfOut, speech: Speech) -> str:
    name = part.texts.get(speech.language, "")
    return f"{part.key} {name}".strip()

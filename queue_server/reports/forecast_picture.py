"""All that the forecast's page shows, in one language: sentences, drawings, rows of tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from queue_server.contracts.forecast import (
    DayForecastOut,
    ForecastDayOut,
    ForecastOut,
    HalfHourOut,
    RecordOut,
    SpanOut,
)
from queue_server.reports import forecast_charts as charts
from queue_server.reports.forecast_charts import Range, Windows
from queue_server.reports.scales import Scale, scale
from queue_server.reports.speech import NOTHING, Speech
from queue_server.reports.tables import in_language

#: keeps a band's ends on one line
_JOINT: Final = "\u2060"
#: the sentence rounds to tens from here, to fives from there
_TENS, _FIVES = 100, 20


@dataclass(frozen=True, slots=True)
class Line:
    """One of the days to come."""

    day: str
    weekday: str
    date: str
    expected: str
    range: str
    #: holiday or surge, in words
    note: str
    #: as SVG; empty where nothing can be drawn
    drawing: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether windows are enough, in words; `level` is one of headlines.SIGNS."""

    level: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads, all texts."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """One day in pictures and words."""

    heading: str
    lead: str
    notes: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    visitors: str
    windows: str
    table: Table


class Words:
    """What the page says in one language."""

    def __init__(self, speech: Speech) -> None:
        self.speech = speech

    def __call__(self, name: str, /, **values: object) -> str:
        """Return a text of the forecasts."""
        return self.speech.say(f"forecast.{name}", self.speech.language, **values)

    def span(self, span: SpanOut | None) -> dict[str, str]:
        """Return an expected number and its band, rounded as one says them."""
        if span is None:
            return dict.fromkeys(("n", "low", "high"), NOTHING)
        n, low, high = (self.speech.number(about(each)) for each in _three(span))
        return {"n": n, "low": low, "high": f"{_JOINT}{high}"}

    def named(self, day: date, today: date) -> str:
        """Return a day as people call it: "Tomorrow, Tuesday 24.11.2026"."""
        near = {today: "today", today + timedelta(days=1): "tomorrow"}.get(day)
        full = self.speech.days(day, day)
        return f"{self(near)}, {full}" if near else full


def about(number: float) -> int:
    """Return a number as one says it: in tens, in fives, and few as they are."""
    step = 10 if number >= _TENS else 5 if number >= _FIVES else 1
    return round(number / step) * step


def lines(report: ForecastOut, words: Words) -> tuple[Line, ...]:
    """Return today and the days to come."""
    days = [report.today, *report.days]
    axis = scale(max((day.visitors.high for day in days if day.visitors), default=0))
    first, *others = (_line(day, words, axis) for day in days)
    return replace(first, weekday=words("today")), *others


def picture(day: DayForecastOut, today: date, words: Words) -> Picture:
    """Return one day."""
    shown = day.half_hours
    names = [_hour(each.begins) for each in shown]
    return Picture(
        heading=words.named(date.fromisoformat(day.day.day), today),
        lead=_lead(day, words),
        notes=tuple(_notes(day, words)),
        verdicts=tuple(_verdicts(day, words)),
        visitors=charts.curve(
            words("visitors"),
            names,
            [_range(each.visitors) for each in shown],
            [each.so_far for each in shown],
            [_told(each, words) for each in shown],
        )
        if shown
        else "",
        windows=charts.windows(
            words("windows"),
            names,
            [_windows(each, day) for each in shown],
            [_told_windows(each, words) for each in shown],
        )
        if any(each.by_plan or each.windows for each in shown)
        else "",
        table=_table(day, words),
    )


def days_table(report: ForecastOut, words: Words) -> Table:
    """Return the days as a table."""
    heads = tuple(words(name) for name in ("day", "expected", "range", "note"))
    rows = tuple(
        (f"{line.weekday} {line.date}", line.expected, line.range, line.note)
        for line in lines(report, words)
    )
    return Table(heads, rows)


def record(report: ForecastOut, words: Words) -> tuple[str, ...]:
    """Return what the forecasts are made of, and how right they were."""
    speech, told = words.speech, []
    if report.learned_until is not None:
        last = speech.day(date.fromisoformat(report.learned_until))
        told.append(words("learned", days=speech.number(report.learned_days), day=last))
    if report.record is not None:
        told.append(_record(report.record, words))
    return tuple(told)


def _line(day: ForecastDayOut, words: Words, axis: Scale) -> Line:
    speech, span = words.speech, day.visitors
    weekday = speech(f"weekday_{day.weekday - 1}")
    said = f"{weekday}: {words.span(span)['n']}"
    bounds = [span.low, span.high] if span else []
    return Line(
        day=day.day,
        weekday=weekday,
        date=f"{date.fromisoformat(day.day):%d.%m}",
        expected=speech.number(span.expected) if span else NOTHING,
        range="–".join(speech.number(n) for n in bounds) or NOTHING,
        note=_note(day, words),
        drawing=charts.day(said, Range(*_three(span)), axis) if span else "",
    )


def _note(day: ForecastDayOut, words: Words) -> str:
    """Return why a day is unlike others; empty for one like others."""
    why = in_language(day.texts, words.speech) if day.texts else ""
    if day.closed is not None:
        return f"{words('closed')}: {why}" if why else words("closed")
    if day.factor == 1:
        return why
    much = (
        words("surge", factor=words.speech.number(day.factor, 1))
        if day.factor > 1
        else words("lull", part=words.speech.percent(day.factor))
    )
    return f"{why}: {much}" if why else much


def _lead(day: DayForecastOut, words: Words) -> str:
    """Return the sentence that is read first."""
    if day.day.closed is not None:
        return f"{_note(day.day, words)}."
    if day.peak is None:
        return words("over") if day.day.so_far else words("nothing")
    lead = "lead" if day.day.so_far is None else "lead_today"
    times = {"begins": day.peak.begins, "ends": day.peak.ends}
    return words(lead, **words.span(day.day.visitors), **times)


def _notes(day: DayForecastOut, words: Words) -> Iterator[str]:
    if day.day.closed is None and (note := _note(day.day, words)):
        yield f"{note[:1].upper()}{note[1:]}."
    if day.day.so_far is not None:
        n, morning = words.speech.number(day.day.so_far), words.span(day.day.morning)
        said = {"expected": morning["n"], "low": morning["low"], "high": morning["high"]}
        yield words("came", n=n, **said) if day.day.morning else words("came_only", n=n)


def _verdicts(day: DayForecastOut, words: Words) -> Iterator[Verdict]:
    if day.peak is None:
        return
    if day.staffing != "ready":
        yield Verdict("watch", words("computing" if day.staffing == "computing" else "no_windows"))
        return
    then = words("windows_then", needed=day.peak.windows, planned=day.peak.by_plan)
    kept = words.speech.percent(day.peak.within_norm_by_plan)
    shared = words("then_kept", part=kept, n=day.norm_minutes)
    good = (day.peak.within_norm_by_plan or 0) >= day.target
    yield Verdict("good" if good else "poor", f"{then} {shared}")
    for lack in day.lacks:
        told = words(
            "lack",
            begins=lack.begins,
            ends=lack.ends,
            needed=lack.windows,
            planned=lack.by_plan,
        )
        yield Verdict("poor", told)


def _three(span: SpanOut) -> tuple[float, float, float]:
    return span.expected, span.low, span.high


def _range(span: SpanOut | None) -> Range | None:
    return Range(*_three(span)) if span else None


def _windows(each: HalfHourOut, day: DayForecastOut) -> Windows:
    kept = each.within_norm_by_plan
    short = each.windows is not None and each.windows > each.by_plan
    lack = short and kept is not None and kept < day.target
    return Windows(each.by_plan, each.windows, each.erlang_c, lack=lack)


def _told(each: HalfHourOut, words: Words) -> str:
    number = words.speech.number
    if each.visitors is None:
        return f"{each.begins}: {number(each.so_far)}"
    span = each.visitors
    told = words(
        "half_hour_is",
        time=each.begins,
        n=number(span.expected),
        low=number(span.low),
        high=number(span.high),
    )
    came = "" if each.so_far is None else f" · {words('so_far')}: {number(each.so_far)}"
    return told + came


def _told_windows(each: HalfHourOut, words: Words) -> str:
    needed = NOTHING if each.windows is None else f"{each.windows}"
    return words("windows_are", time=each.begins, needed=needed, planned=each.by_plan)


def _hour(begins: str) -> str:
    """Return the name of a half hour on an axis: only whole hours have one."""
    return begins[:2] if begins.endswith(":00") else ""


def _table(day: DayForecastOut, words: Words) -> Table:
    heads = [words(name) for name in ("time", "expected", "range", "so_far", "needed", "planned")]
    heads += [words("kept", n=day.norm_minutes), words("erlang")]
    return Table(tuple(heads), tuple(_row(each, words.speech) for each in day.half_hours))


def _row(each: HalfHourOut, speech: Speech) -> tuple[str, ...]:
    span, number = each.visitors, speech.number
    bounds = f"{number(span.low)}–{number(span.high)}" if span else NOTHING
    return (
        each.begins,
        number(span.expected if span else None),
        bounds,
        number(each.so_far),
        number(each.windows),
        number(each.by_plan),
        speech.percent(each.within_norm_by_plan),
        number(each.erlang_c),
    )


def _record(known: RecordOut, words: Words) -> str:
    percent = words.speech.percent
    return words(
        "record",
        days=words.speech.number(known.days),
        error=percent(known.error, 1),
        inside=percent(known.inside),
    )

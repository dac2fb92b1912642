"""All that the report's page shows, in one language: figures, charts and their tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from queue_server.contracts.reports import CountOut, ReportOut, SliceOut
from queue_server.reports import charts, tables
from queue_server.reports.headlines import Headline, headlines
from queue_server.reports.hours import Hours, heat, hours
from queue_server.reports.indices import EVEN, INDEX, ends
from queue_server.reports.measures import CONDUCT, MEASURES
from queue_server.reports.scales import Scale, scale
from queue_server.reports.speech import Speech
from queue_server.reports.tables import Table
from queue_server.reports.worktime import shares


@dataclass(frozen=True, slots=True)
class Line:
    """One row beside a drawing: what it is called, its figures, the drawing as SVG."""

    key: str
    name: str
    figures: tuple[str, ...]
    drawing: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The page's parts; drawings are SVG."""

    headlines: tuple[Headline, ...]
    tables: Mapping[str, Table]
    arrivals: str
    waits: str
    heat: str
    groups: tuple[Line, ...]
    ruler: str
    windows: tuple[Line, ...]
    clerks: tuple[Line, ...]
    index_ruler: str
    stars: tuple[Line, ...]
    channels: tuple[Line, ...]
    categories: tuple[Line, ...]
    conduct: tuple[tuple[str, str], ...]
    reasons: tuple[Line, ...]
    documents: tuple[Line, ...]


def picture(report: ReportOut, speech: Speech) -> Picture:
    """Return what the page shows of a report."""
    by_hour, axis = hours(report), _axis(report)
    told = _told(by_hour, speech)
    conduct = report.total.conduct
    return Picture(
        headlines=headlines(report, speech),
        tables=tables.tables(report, speech),
        arrivals=charts.columns(speech("arrivals"), by_hour.names, by_hour.visitors, told),
        waits=charts.lines(
            speech("waits_by_hour"), by_hour.names, by_hour.waits, report.norm_minutes, told
        ),
        heat=_heat(report, speech),
        groups=_groups(report, speech, axis),
        ruler=charts.ruler(axis, _minutes(axis, speech)),
        windows=_windows(report, speech),
        clerks=_clerks(report, speech),
        index_ruler=charts.ruler(INDEX, [speech.number(mark, 2) for mark in INDEX.marks]),
        stars=_stars(report, speech),
        channels=_visitors(report, "channels", speech),
        categories=_visitors(report, "categories", speech),
        conduct=tuple((name, speech.datum(MEASURES[name].datum(report.total))) for name in CONDUCT),
        reasons=_counts(conduct.reasons, speech),
        documents=_counts(conduct.documents, speech),
    )


def _minutes(axis: Scale, speech: Speech) -> list[str]:
    """Return the marks' names; the last one tells the unit."""
    *others, last = (speech.number(mark) for mark in axis.marks)
    return [*others, f"{last} {speech('unit_minutes')}"]


def _told(by_hour: Hours, speech: Speech) -> list[str]:
    return [
        speech(
            "hour_is",
            name=f"{name}:00",
            visitors=speech.number(visitors),
            median=speech.minutes(wait.median),
            p90=speech.minutes(wait.p90),
        )
        for name, visitors, wait in zip(by_hour.names, by_hour.visitors, by_hour.waits, strict=True)
    ]


def _heat(report: ReportOut, speech: Speech) -> str:
    shown = heat(report)
    rows = [speech(f"short_{weekday - 1}") for weekday in shown.weekdays]
    return charts.heat(speech("heat"), rows, shown.names, shown.values)


def _axis(report: ReportOut) -> Scale:
    waits = [part.figures.waits.p90 or 0 for part in tables.parts(report, "groups")]
    return scale(max([report.norm_minutes * 1.1, *waits]))


def _groups(report: ReportOut, speech: Speech, axis: Scale) -> tuple[Line, ...]:
    parts = [part for part in tables.parts(report, "groups") if part.figures.waits.n]
    return tuple(_group(part, report.norm_minutes, speech, axis) for part in parts)


def _group(part: SliceOut, norm: float, speech: Speech, axis: Scale) -> Line:
    waits, name = part.figures.waits, tables.title(part, speech)
    median, p90 = waits.median or 0, waits.p90 or 0
    label = speech(
        "range_is",
        name=name,
        median=speech.minutes(median),
        p90=speech.minutes(p90),
        norm=speech.minutes(norm),
    )
    shown = (speech.number(median, 1), speech.number(p90, 1))
    return Line(part.key, name, shown, charts.spread(label, median, p90, norm, axis))


def _windows(report: ReportOut, speech: Speech) -> tuple[Line, ...]:
    return tuple(
        Line(
            part.key,
            f"{speech('window')} {part.key}",
            (speech.percent(part.figures.work.occupancy), speech.number(part.figures.served)),
            _worktime(part, speech),
        )
        for part in tables.parts(report, "windows")
        if part.figures.work.logged_in_hours
    )


def _worktime(part: SliceOut, speech: Speech) -> str:
    parts = shares(part.figures.work)
    label = speech("share_is", **{kind: speech.percent(share) for kind, share in parts})
    return charts.shares(label, [(kind.replace("_", "-"), share) for kind, share in parts])


def _clerks(report: ReportOut, speech: Speech) -> tuple[Line, ...]:
    return tuple(_clerk(part, speech) for part in tables.parts(report, "clerks"))


def _clerk(part: SliceOut, speech: Speech) -> Line:
    work, mix = part.figures.work, part.mix
    shown = (
        speech.number(part.window),
        speech.number(work.transactions),
        speech.minutes(work.transaction_minutes),
    )
    if mix is None or mix.index is None:
        return Line(part.key, part.name, (*shown, ""), "")
    low, high = ends(mix)
    label = speech(
        "index_is",
        value=speech.number(mix.index, 2),
        low=speech.number(low, 2),
        high=speech.number(high, 2),
    )
    drawing = charts.estimate(label, mix.index, low, high, INDEX, EVEN)
    return Line(part.key, part.name, (*shown, speech.number(mix.index, 2)), drawing)


def _stars(report: ReportOut, speech: Speech) -> tuple[Line, ...]:
    ratings = report.total.ratings
    return tuple(
        _bar(f"{stars}", speech("stars", n=stars), count, ratings.n, speech)
        for stars, count in sorted(enumerate(ratings.stars, 1), reverse=True)
    )


def _visitors(report: ReportOut, name: str, speech: Speech) -> tuple[Line, ...]:
    """Return how the visitors divide among the parts of a dimension."""
    parts = tables.parts(report, name)
    whole = sum(part.figures.visitors for part in parts)
    return tuple(
        _bar(part.key, tables.title(part, speech), part.figures.visitors, whole, speech)
        for part in parts
    )


def _counts(counts: Sequence[CountOut], speech: Speech) -> tuple[Line, ...]:
    most = max((each.count for each in counts), default=0)
    return tuple(
        _bar(each.key, tables.called(each, speech), each.count, most, speech) for each in counts
    )


def _bar(key: str, name: str, count: int, whole: int, speech: Speech) -> Line:
    text = speech.number(count)
    share = count / whole if whole else 0
    return Line(key, name, (text,), charts.shares(f"{name}: {text}", [("one", share)]))

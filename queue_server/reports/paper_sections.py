"""The tables of the day report: what the page shows too, chosen for the width of paper."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from queue_server.contracts.reports import CountOut, FiguresOut, ReportOut, SliceOut
from queue_server.reports import paper_charts, tables
from queue_server.reports.indices import INDEX, ends
from queue_server.reports.measures import CONDUCT, MEASURES
from queue_server.reports.paper import MARGIN, WIDTH, Paper
from queue_server.reports.paper_tables import Cell, Column
from queue_server.reports.paper_tables import draw as draw_table
from queue_server.reports.scales import scale
from queue_server.reports.speech import Speech
from queue_server.reports.worktime import SHARES, shares

_SERVICES: Final = (
    *("visitors", "wait_median", "wait_p90", "service_level", "transaction_minutes", "turned_away"),
)


def draw(paper: Paper, report: ReportOut, speech: Speech) -> None:
    """Draw every section that has anything to show."""
    for section in (_groups, _services, _windows, _clerks, _order):
        section(paper, report, speech)


def _groups(paper: Paper, report: ReportOut, speech: Speech) -> None:
    parts = [part for part in tables.parts(report, "groups") if part.figures.waits.n]
    if not parts:
        return
    _title(paper, speech("waits_by_group"), 40)
    highest = max(part.figures.waits.p90 or 0 for part in parts)
    axis = scale(max(report.norm_minutes * 1.1, highest))
    columns = [
        Column(speech("groups"), 72, "L"),
        *(Column(speech(head), 17) for head in ("visitors", "median", "p90")),
        Column("", WIDTH - 72 - 51),
    ]
    rows: list[list[Cell]] = []
    for part in parts:
        waits = part.figures.waits
        median, p90 = waits.median or 0, waits.p90 or 0
        bar = partial(
            paper_charts.spread, paper, median=median, p90=p90, norm=report.norm_minutes, axis=axis
        )
        rows.append(
            [
                f"{part.key}  {tables.title(part, speech)}",
                *_shown(part.figures, ("visitors", "wait_median", "wait_p90"), speech),
                bar,
            ]
        )
    draw_table(paper, columns, rows)


def _services(paper: Paper, report: ReportOut, speech: Speech) -> None:
    parts = tables.parts(report, "services")
    if not parts:
        return
    _title(paper, f"{speech('services')} · {speech('in_minutes')}", 40)
    columns = [
        Column(speech("services"), WIDTH - 6 * 17, "L"),
        *(Column(speech(head), 17) for head in _SERVICES),
    ]
    rows = [
        [f"{part.key}  {tables.title(part, speech)}", *_shown(part.figures, _SERVICES, speech)]
        for part in parts
    ]
    draw_table(paper, columns, rows)


def _windows(paper: Paper, report: ReportOut, speech: Speech) -> None:
    parts = [p for p in tables.parts(report, "windows") if p.figures.work.logged_in_hours]
    if not parts:
        return
    _title(paper, speech("windows"), 40)
    names = ("transactions", "transaction_minutes", "transactions_per_hour", "logged_in_hours")
    columns = [
        Column(speech("window"), 16, "L"),
        *(Column(speech(head), 20) for head in (*names, "occupancy")),
        Column("", WIDTH - 16 - 100),
    ]
    rows: list[list[Cell]] = [
        [
            part.key,
            *_shown(part.figures, (*names, "occupancy"), speech),
            partial(
                paper_charts.shares,
                paper,
                parts=[(SHARES[kind], share) for kind, share in shares(part.figures.work)],
            ),
        ]
        for part in parts
    ]
    draw_table(paper, columns, rows)
    paper_charts.keys(paper, MARGIN, [(SHARES[kind], speech(kind)) for kind in SHARES])


def _clerks(paper: Paper, report: ReportOut, speech: Speech) -> None:
    parts = tables.parts(report, "clerks")
    if not parts:
        return
    _title(paper, speech("clerks"), 50)
    _note(paper, speech("clerks_note"))
    widths = {
        "transactions": 16,
        "transaction_minutes": 16,
        "out_of_order": 17,
        "satisfaction": 25,
        "ratings": 14,
    }
    names = tuple(widths)
    columns = [
        Column(speech("window"), 14, "L"),
        Column(speech("clerk"), 44, "L"),
        *(Column(speech(head), wide) for head, wide in widths.items()),
        Column(speech("index"), WIDTH - 14 - 44 - 88, "L"),
    ]
    rows = [
        [
            f"{part.window or ''}",
            part.name or part.key,
            *_shown(part.figures, names, speech),
            _index(paper, part, speech),
        ]
        for part in parts
    ]
    draw_table(paper, columns, rows)


def _index(paper: Paper, part: SliceOut, speech: Speech) -> Cell:
    mix = part.mix
    if mix is None or mix.index is None:
        return speech("too_few")
    value, around = mix.index, ends(mix)

    def dot(place: tuple[float, float, float]) -> None:
        x, middle, width = place
        text = speech.number(value, 2)
        paper.write_at(x, middle - 1.75, text, 7.8, width=9)
        paper_charts.estimate(paper, (x + 9, middle, width - 9), value, around, INDEX)

    return dot


def _order(paper: Paper, report: ReportOut, speech: Speech) -> None:
    conduct = report.total.conduct
    _title(paper, speech("order"), 50)
    half = len(CONDUCT) // 2 + len(CONDUCT) % 2
    columns = [Column("", 66, "L"), Column("", 20), Column("", 76, "L"), Column("", 20)]
    left = [(speech(name), *_shown(report.total, (name,), speech)) for name in CONDUCT]
    pairs = zip(left[:half], [*left[half:], ("", "")][:half], strict=True)
    draw_table(paper, columns, [[*one, *other] for one, other in pairs], heads=False)
    _counts(paper, speech("reasons"), conduct.reasons, speech)
    _counts(paper, speech("documents"), conduct.documents, speech)


def _counts(paper: Paper, title: str, counts: Sequence[CountOut], speech: Speech) -> None:
    if not counts:
        return
    paper.set_y(paper.get_y() + 3)
    columns = [Column(title, WIDTH - 24, "L"), Column(speech("count"), 24)]
    rows = [[tables.called(each, speech), speech.number(each.count)] for each in counts]
    draw_table(paper, columns, rows)


def _shown(figures: FiguresOut, names: Sequence[str], speech: Speech) -> list[str]:
    return [speech.datum(MEASURES[name].datum(figures)) for name in names]


def _title(paper: Paper, text: str, height: float) -> None:
    paper.set_y(paper.get_y() + 5)
    paper.need(height)
    y = paper.get_y()
    paper.write_at(MARGIN, y, text, 11, weight="semibold")
    paper.set_y(y + 6.5)


def _note(paper: Paper, text: str) -> None:
    y = paper.get_y()
    for line in paper.lines_of(text, "regular", 7.5, WIDTH):
        paper.write_at(MARGIN, y, line, 7.5, colour="ink_soft")
        y += 3.5
    paper.set_y(y + 1.5)

"""The day report on paper: A4, to be signed, with the place in the log that it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

import segno

from queue_server.contracts.ledger import CheckpointOut
from queue_server.contracts.reports import ReportOut
from queue_server.reports import paper_charts, paper_sections, tables
from queue_server.reports.headlines import SIGNS, Headline, headlines
from queue_server.reports.hours import hours
from queue_server.reports.paper import MARGIN, WIDTH, Paper
from queue_server.reports.speech import Speech

#: millimetres: between boxes, a box's height, a chart's
_GAP, _TILE, _CHART = 3.0, 25.0, 44.0
_IN_A_ROW: Final = 4
#: the width of a checkpoint's code, millimetres
_CODE: Final = 22.0


def write(report: ReportOut, speech: Speech) -> bytes:
    """Return the PDF of a report."""
    center = tables.in_language(report.center, speech)
    period = speech.days(date.fromisoformat(report.first), date.fromisoformat(report.last))
    paper = _paper(report, speech, center, period)
    _top(paper, report, speech, center, period)
    if report.total.visitors or report.total.served:
        _tiles(paper, headlines(report, speech), speech)
        _charts(paper, report, speech)
        paper_sections.draw(paper, report, speech)
    else:
        _nothing(paper, speech)
    _signatures(paper, speech)
    _ledger(paper, report, speech)
    return bytes(paper.output())


def _paper(report: ReportOut, speech: Speech, center: str, period: str) -> Paper:
    paper = Paper(f"{center} · {period}", speech("page_of", page="{page}", pages="{pages}"))
    paper.set_title(f"{speech('day_report')} · {period}")
    paper.set_author(center)
    paper.set_lang(speech.language)
    paper.set_creation_date(datetime.fromisoformat(report.made_at))
    return paper


def _top(paper: Paper, report: ReportOut, speech: Speech, center: str, period: str) -> None:
    paper.box(0, 0, 210, 4, "accent")
    y, half = MARGIN - 2, WIDTH / 2
    for line in paper.lines_of(center, "medium", 10, WIDTH):
        paper.write_at(MARGIN, y, line, 10, weight="medium", colour="ink_soft")
        y += 4.8
    paper.write_at(MARGIN, y + 0.5, speech("day_report"), 22, weight="semibold", width=half)
    made = datetime.fromisoformat(report.made_at).astimezone(ZoneInfo(report.timezone))
    rest = [
        speech("norm_is", n=report.norm_minutes),
        speech("made_at", time=f"{made:%d.%m.%Y %H:%M}"),
    ]
    for below, text in enumerate(rest):
        at = y + 2 + 5 * below
        paper.write_at(MARGIN + half, at, text, 9, colour="ink_soft", width=half, align="R")
    paper.write_at(MARGIN, y + 11.5, period, 13, weight="medium", colour="accent", width=half)
    if not all(day.closed for day in report.days):
        paper.write_at(
            *(MARGIN + half, y + 12, speech("unfinished"), 8.5),
            weight="medium",
            colour="warn",
            width=half,
            align="R",
        )
    paper.set_y(y + 20)


def _tiles(paper: Paper, shown: tuple[Headline, ...], speech: Speech) -> None:
    top, width = paper.get_y(), (WIDTH - (_IN_A_ROW - 1) * _GAP) / _IN_A_ROW
    for place, headline in enumerate(shown):
        down, across = divmod(place, _IN_A_ROW)
        x, y = MARGIN + across * (width + _GAP), top + down * (_TILE + _GAP)
        _tile(paper, headline, speech, (x, y, width))
    paper.set_y(top + 2 * (_TILE + _GAP) + 1)


def _tile(
    paper: Paper, headline: Headline, speech: Speech, place: tuple[float, float, float]
) -> None:
    x, y, width = place
    paper.box(x, y, width, _TILE, "page", 2)
    inner = width - 3
    name = speech(headline.name)
    paper.write_at(x + 1.5, y + 1.8, name, 8, weight="medium", colour="ink_soft", width=inner)
    colour = SIGNS[headline.level].colour if headline.level else "ink"
    value = headline.value
    paper.write_at(x + 1.5, y + 5.4, value, 17, weight="semibold", colour=colour, width=inner)
    if headline.level:
        word = speech(f"level_{headline.level}")
        paper.mark_level(headline.level, x + 3.6, y + 15.9)
        paper.write_at(
            x + 6.8, y + 14.2, word, 7.5, weight="medium", colour=colour, width=inner - 5
        )
    below = y + (18 if headline.level else 14.2)
    for note in headline.notes:
        for line in paper.lines_of(note, "regular", 6.8, inner):
            paper.write_at(x + 1.5, below, line, 6.8, colour="ink_soft", width=inner)
            below += 3.05


def _charts(paper: Paper, report: ReportOut, speech: Speech) -> None:
    shown, top, half = hours(report), paper.get_y(), (WIDTH - 6) / 2
    place = (MARGIN, top + 7, half, _CHART)
    paper.write_at(MARGIN, top, speech("arrivals"), 10, weight="semibold", width=half)
    paper_charts.columns(paper, place, shown.names, shown.visitors)
    right = MARGIN + half + 6
    paper.write_at(right, top, speech("waits_by_hour"), 10, weight="semibold", width=half)
    place = (right, top + 7, half, _CHART)
    paper_charts.lines(paper, place, shown.names, shown.waits, report.norm_minutes)
    paper_charts.legend(
        paper, right + 8, top + _CHART + 8, [speech(name) for name in ("median", "p90", "norm")]
    )
    paper.set_y(top + _CHART + 14)


def _nothing(paper: Paper, speech: Speech) -> None:
    y = paper.get_y() + 20
    paper.write_at(MARGIN, y, speech("nothing"), 15, weight="semibold", align="C")
    paper.set_y(y + 20)


def _signatures(paper: Paper, speech: Speech) -> None:
    paper.need(66)
    y, wide = paper.get_y() + 14, WIDTH - 96
    for below, role in enumerate(("supervisor", "controller")):
        line = y + 15 * below
        paper.write_at(MARGIN, line - 4, speech(role), 9, weight="medium", width=44)
        paper.rule(line, "line_strong", MARGIN + 46, wide)
        paper.rule(line, "line_strong", MARGIN + 50 + wide, 46)
        under = line + 0.6
        paper.write_at(MARGIN + 46, under, speech("signature"), 6.5, colour="ink_soft", width=wide)
        at = MARGIN + 50 + wide
        paper.write_at(at, under, speech("signed_on"), 6.5, colour="ink_soft", width=46)
    paper.set_y(y + 24)


def _ledger(paper: Paper, report: ReportOut, speech: Speech) -> None:
    """Draw the place in the log that the report rests on."""
    y = paper.get_y()
    paper.box(MARGIN, y, WIDTH, 26 if report.checkpoint else 17, "page", 2)
    seq = speech("ledger", seq=speech.number(report.seq))
    paper.write_at(MARGIN + 2, y + 1.8, seq, 8.5, weight="medium", width=WIDTH - 4)
    paper.write_at(MARGIN + 2, y + 6, report.hash, 8, width=WIDTH - 4)
    wide = WIDTH - (_CODE + 6 if report.checkpoint else 4)
    lines = paper.lines_of(speech("ledger_note"), "regular", 6.8, wide)
    for below, line in enumerate(lines):
        at = y + 10.2 + 3 * below
        paper.write_at(MARGIN + 2, at, line, 6.8, colour="ink_soft", width=wide)
    if report.checkpoint:
        _checkpoint(paper, report.checkpoint, report.public_key, y)
        paper.set_y(y + 26)
    else:
        paper.set_y(y + 17)


def _checkpoint(paper: Paper, place: CheckpointOut, key: str, y: float) -> None:
    """Draw a signed place in the log: to be scanned whole, or typed in its short form."""
    wide = WIDTH - _CODE - 6
    shown = f"--checkpoint {place.short}"
    paper.write_at(MARGIN + 2, y + 17.6, shown, 7.5, weight="medium", width=wide)
    paper.write_at(MARGIN + 2, y + 21.6, f"Ed25519 {key}", 6.8, colour="ink_soft", width=wide)
    matrix = segno.make(place.text, error="m").matrix
    dot, left = _CODE / len(matrix), MARGIN + WIDTH - _CODE - 2
    paper.box(left - 1, y + 1, _CODE + 2, _CODE + 2, "surface", 1)
    for down, row in enumerate(matrix):
        for start, length in _runs(row):
            paper.box(left + start * dot, y + 2 + down * dot, length * dot, dot + 0.02, "ink")


def _runs(row: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield (start, length) of a row's dark stretches."""
    start = 0
    for dark, stretch in groupby(row):
        length = len(list(stretch))
        if dark:
            yield start, length
        start += length

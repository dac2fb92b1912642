"""A report as CSV in long form, one value a line: for other programs and for Excel.

Excel in Uzbek and Russian opens it by a double click: UTF-8 with its mark, `;` between the
columns, a comma in numbers. Measures are named as in `GET /api/v1/reports`, whatever language.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any, Final

from queue_server.contracts.reports import ReportOut
from queue_server.reports.cells import Cell, plain
from queue_server.reports.speech import Speech
from queue_server.reports.tables import in_language

COLUMNS: Final = ("dimension", "key", "measure", "value")
#: Excel takes a file without it for one of an old code page
_MARK: Final = "\ufeff"
#: what is behind these is rounding
_DIGITS: Final = 9
#: what a row's dimension and key say already, and names, which are written in one language
_TOLD: Final = frozenset({"key", "texts", "name", "day", "weekday", "hour"})

Row = tuple[str, str, str, Cell]


def write(report: ReportOut, speech: Speech) -> bytes:
    """Return the file; names are in the speech's language."""
    text = io.StringIO(newline="")
    text.write(_MARK)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([plain(cell) for cell in row] for row in rows(report, speech))
    return text.getvalue().encode()


def rows(report: ReportOut, speech: Speech) -> Iterator[Row]:
    """Yield every value of a report."""
    whole = report.model_dump()
    for name in ("first", "last", "made_at", "seq", "timezone", "norm_minutes"):
        yield "report", "", name, whole[name]
    yield "report", "", "center", in_language(report.center, speech)
    yield from _flat("total", "", whole["total"])
    yield from _flat("appointments", "", whole["appointments"])
    for day in whole["days"]:
        yield from _flat("day", day["day"], day)
    for dimension, parts in whole["by"].items():
        for part in parts:
            yield dimension, part["key"], "name", in_language(part["texts"], speech) or part["name"]
            yield from _flat(dimension, part["key"], part)
    for hour in whole["heat"]:
        yield from _flat("heat", f"{hour['weekday']}-{hour['hour']:02}", hour)


def _flat(dimension: str, key: str, values: Mapping[str, Any]) -> Iterator[Row]:
    for name, value in _named(values):
        if name not in _TOLD:
            measure = name.removeprefix("figures.")
            yield dimension, key, measure, _cell(value)


def _named(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Yield (dotted name, value) of what is below; of a count its key is part of the name."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _named(inner, f"{name}.{key}" if name else key)
    elif isinstance(value, list):
        for place, inner in enumerate(value, 1):
            counted = isinstance(inner, Mapping)
            below = f"{name}.{inner['key']}" if counted else f"{name}.{place}"
            yield below, inner["count"] if counted else inner
    else:
        yield name, value


def _cell(value: Any) -> Cell:
    if isinstance(value, bool):
        return int(value)
    return round(value, _DIGITS) if isinstance(value, float) else value

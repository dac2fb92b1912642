"""A report as an Excel workbook: a sheet a table, real numbers and dates, no formula ever."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import xlsxwriter

from queue_server.contracts.reports import ReportOut
from queue_server.reports.measures import Datum, Kind
from queue_server.reports.speech import Speech
from queue_server.reports.tables import Table, in_language, tables

_NUMBERS: Final[Mapping[Kind, str]] = {
    "count": "#,##0",
    "minutes": "0.0",
    "hours": "0.0",
    "share": "0.0%",
    "ratio": "0.00",
    "day": "dd.mm.yyyy",
    "instant": "dd.mm.yyyy hh:mm",
}
#: a column is as wide as its longest text, within these, in characters
_NARROW, _WIDE = 10, 60
_LONGEST_NAME: Final = 31
#: tables whose own name is too long
_SHEETS: Final = {"order": "calls"}
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_INK, _LINE, _HEAD = "#0F1B2D", "#D8E0E9", "#E4EFFA"


def write(report: ReportOut, speech: Speech) -> bytes:
    """Return the workbook: the sheets are the tables, in their order."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        book.set_properties({"title": speech("title"), "created": _local(report)})
        looks = _looks(book)
        for table in tables(report, speech).values():
            sheet = book.add_worksheet(sheet_name(table.name, speech))
            above = _about(report, speech) if table.name == "overview" else []
            _fill(sheet, table, above, looks, speech)
    return file.getvalue()


def sheet_name(table: str, speech: Speech) -> str:
    """Return the name of a table's sheet: Excel takes no longer one."""
    return speech(_SHEETS.get(table, table))[:_LONGEST_NAME]


def _about(report: ReportOut, speech: Speech) -> list[tuple[str, Datum]]:
    """Return what stands above the overview: whose figures, of when."""
    return [
        (in_language(report.center, speech), Datum("text", "")),
        (speech("first_day"), Datum("day", date.fromisoformat(report.first))),
        (speech("last_day"), Datum("day", date.fromisoformat(report.last))),
        (speech("made_at", time=""), Datum("instant", _local(report))),
        (speech("ledger", seq=report.seq), Datum("text", "")),
    ]


def _fill(
    sheet: Any,
    table: Table,
    above: list[tuple[str, Datum]],
    looks: Mapping[str, Any],
    speech: Speech,
) -> None:
    for down, (name, datum) in enumerate(above):
        sheet.write_string(down, 0, name.strip(" :"), looks["text"])
        _put(sheet, down, 1, datum, looks)
    top = len(above) + 1 if above else 0
    heads = [speech(head) for head in table.heads]
    for across, head in enumerate(heads):
        sheet.write_string(top, across, head, looks["head"])
    for down, row in enumerate(table.rows, top + 1):
        for across, datum in enumerate(row):
            _put(sheet, down, across, datum, looks)
    for across, width in enumerate(_widths(table, heads)):
        sheet.set_column(across, across, width)
    sheet.freeze_panes(top + 1, table.lead)
    if table.rows and not above:
        sheet.autofilter(top, 0, top + len(table.rows), len(heads) - 1)


def _put(sheet: Any, down: int, across: int, datum: Datum, looks: Mapping[str, Any]) -> None:
    """Write a value as what it is; a text is always a text, whatever it begins with."""
    look, value = looks[datum.kind], datum.value
    if value is None:
        sheet.write_blank(down, across, None, look)
    elif isinstance(value, datetime):
        sheet.write_datetime(down, across, value.replace(tzinfo=None), look)
    elif isinstance(value, date):
        sheet.write_datetime(down, across, value, look)
    elif isinstance(value, str):
        sheet.write_string(down, across, value, look)
    else:
        sheet.write_number(down, across, value, look)


def _widths(table: Table, heads: list[str]) -> list[int]:
    texts = [
        [len(str(row[across].value)) for row in table.rows if row[across].kind == "text"]
        for across in range(len(heads))
    ]
    # a head may break into lines; a text may not
    return [
        min(max(_NARROW, len(head) // 2 + 2, *lengths, 0), _WIDE)
        for head, lengths in zip(heads, texts, strict=True)
    ]


def _looks(book: Any) -> dict[str, Any]:
    base = {"font_color": _INK, "valign": "top"}
    looks: dict[str, Any] = {
        kind: book.add_format({**base, "num_format": form}) for kind, form in _NUMBERS.items()
    }
    # the mark keeps a text a text even after somebody has edited its cell
    looks["text"] = book.add_format({**base, "num_format": "@", "quote_prefix": True})
    head = {**base, "bold": True, "text_wrap": True, "bg_color": _HEAD, "bottom": 1}
    looks["head"] = book.add_format({**head, "bottom_color": _LINE, "quote_prefix": True})
    return looks


def _local(report: ReportOut) -> datetime:
    made = datetime.fromisoformat(report.made_at)
    return made.astimezone(ZoneInfo(report.timezone)).replace(tzinfo=None)

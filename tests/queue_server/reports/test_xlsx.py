"""The workbook, read back by another library: real numbers, no formula, heads that stay."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import openpyxl
import pytest

from config.languages import LANGUAGES
from queue_server.contracts.reports import ReportOut
from queue_server.reports import xlsx
from queue_server.reports.measures import MEASURES
from queue_server.reports.speech import Speech
from queue_server.reports.tables import tables
from tests.queue_server.reports import made

In = Callable[[str], Speech]


def opened(report: ReportOut, speech: Speech) -> Any:
    """Return the workbook as somebody who opens it gets it."""
    return openpyxl.load_workbook(io.BytesIO(xlsx.write(report, speech)))


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_table_is_a_sheet_with_its_values(busy: ReportOut, in_language: In, tag: str) -> None:
    """Row by row the cells are the report's own values, in every language."""
    speech = in_language(tag)
    book = opened(busy, speech)
    assert book.sheetnames == [xlsx.sheet_name(name, speech) for name in tables(busy, speech)]
    for name, table in tables(busy, speech).items():
        rows = list(book[xlsx.sheet_name(name, speech)].iter_rows(values_only=True))
        *_, heads = [row for row in rows[: len(rows) - len(table.rows)] if any(row)]
        assert list(heads) == [speech(head) for head in table.heads]
        for cells, row in zip(rows[-len(table.rows) :], table.rows, strict=True):
            for cell, datum in zip(cells, row, strict=True):
                assert same(cell, datum.value), (name, cell, datum)


def same(cell: Any, value: Any) -> bool:
    """Whether a cell holds the value: a number as a number, a day as a day, a text as a text."""
    if isinstance(cell, datetime):
        return str(cell.date()) == str(value)
    if isinstance(value, str):
        return (cell or "") == value
    return cell == (pytest.approx(value) if isinstance(value, float) else value)


def test_the_overview_says_whose_figures_of_when(busy: ReportOut, english: Speech) -> None:
    """Center, period and the place in the log stand above; the visitors are a number."""
    rows = list(opened(busy, english)[english("overview")].iter_rows(values_only=True))
    assert rows[0][0] == "Namuna District Public Service Center"
    assert rows[1][1] == rows[2][1] == datetime(2026, 11, 23)  # noqa: DTZ001 - a sheet's dates have no zone
    assert rows[3][1] == datetime(2026, 11, 23, 19, 41, 7, 250_000)  # noqa: DTZ001
    found = {row[0]: row[1] for row in rows}
    assert found["Visitors"] == 417
    shown = [found[english(name)] for name in MEASURES]
    assert shown == [pytest.approx(m.of(busy.total)) for m in MEASURES.values()]


def test_no_cell_is_a_formula(busy: ReportOut, english: Speech) -> None:
    """A clerk called `=cmd|…` is a text with the mark that keeps it one after editing."""
    book = opened(busy, english)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    hostile = [cell for cell in cells if str(cell.value).startswith(("=", "+", "-", "@"))]
    assert len(hostile) > 6
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in hostile)


def test_the_file_holds_nothing_that_runs(busy: ReportOut, english: Speech) -> None:
    """No formula, no link, no macro in any part of the archive."""
    with zipfile.ZipFile(io.BytesIO(xlsx.write(busy, english))) as parts:
        assert [name for name in parts.namelist() if "vba" in name.lower()] == []
        sheets = [n for n in parts.namelist() if n.startswith("xl/worksheets/")]
        content = b"".join(parts.read(name) for name in sheets)
    assert b"<f>" not in content
    assert b"<hyperlink" not in content


def test_heads_and_names_stay_in_sight(busy: ReportOut, english: Speech) -> None:
    """Heads are frozen above, what names a row at the left."""
    book = opened(busy, english)
    assert book[english("services")].freeze_panes == "C2"
    assert book[english("clerks")].freeze_panes == "D2"
    assert book[english("overview")].freeze_panes == "B8"


def test_an_empty_period_is_a_workbook_too(english: Speech) -> None:
    """Every sheet is there with its heads."""
    book = opened(made.empty(), english)
    assert book[english("services")].max_row == 1
    assert book[english("services")]["A1"].value == "Code"

"""The CSV file: every value of a report, one a line, as programs and Excel take it."""

from __future__ import annotations

import csv
import io

import pytest

from queue_server.contracts.reports import ReportOut
from queue_server.reports import csv_file
from queue_server.reports.measures import MEASURES
from queue_server.reports.speech import Speech
from tests.queue_server.reports import made

Values = dict[tuple[str, str, str], str]


def read_back(report: ReportOut, speech: Speech) -> Values:
    """Return the values of the file by dimension, key and measure."""
    text = csv_file.write(report, speech).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert tuple(head) == csv_file.COLUMNS
    assert {len(row) for row in rows} == {4}
    found = {(row[0], row[1], row[2]): row[3] for row in rows}
    assert len(found) == len(rows), "a value stands there twice"
    return found


def number(cell: str) -> float:
    """Return a number as Excel in our locales reads it."""
    return float(cell.replace(",", "."))


def test_excel_knows_it_for_utf_8(busy: ReportOut, english: Speech) -> None:
    """It begins with the mark, has `;` between the columns and ends its lines as Excel does."""
    file = csv_file.write(busy, english)
    assert file.startswith(b"\xef\xbb\xbfdimension;key;measure;value\r\n")


def test_the_totals_are_the_report_s(busy: ReportOut, english: Speech) -> None:
    """Each figure under its name on the wire."""
    found, total = read_back(busy, english), busy.total
    assert found["total", "", "visitors"] == "417"
    assert number(found["total", "", "waits.median"]) == pytest.approx(total.waits.median)
    assert number(found["total", "", "conduct.overtakings"]) == total.conduct.overtakings
    assert number(found["total", "", "ratings.stars.5"]) == total.ratings.stars[4]
    assert number(found["appointments", "", "came"]) == busy.appointments.came
    assert found["report", "", "seq"] == "18204"


def test_no_figure_of_any_part_is_left_out(busy: ReportOut, english: Speech) -> None:
    """Every leaf of every part of the report stands in the file with its value."""
    found = read_back(busy, english)
    for dimension, parts in busy.by.items():
        for part in parts:
            for name, value in leaves(part.figures.model_dump()):
                cell = found[dimension, safe_key(part.key), name]
                assert cell == "" if value is None else number(cell) == pytest.approx(value)
    assert number(found["clerk", "clerk1", "mix.n"]) == busy.by["clerk"][0].mix.n
    assert number(found["heat", "1-09", "visitors"]) == busy.heat[0].visitors
    assert found["day", "2026-11-23", "closed"] == "1"


def test_every_measure_of_the_page_is_in_the_file(busy: ReportOut, english: Speech) -> None:
    """What a person reads a program can read too."""
    cells = {number(c) for (d, _, m), c in read_back(busy, english).items() if d == "total" and c}
    for measure in MEASURES.values():
        value = measure.of(busy.total)
        assert value is None or any(cell == pytest.approx(value) for cell in cells)


def test_no_name_is_run_as_a_formula(busy: ReportOut, english: Speech) -> None:
    """A clerk called `=cmd|…` and a reason `+1+1` come as texts, whatever reads the file."""
    text = csv_file.write(busy, english).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]
    assert "'=cmd|' /C calc'!A0" in cells
    wild = [cell for cell in cells if cell[:1] in tuple("=+-@\t\r") and not is_number(cell)]
    assert wild == []


def test_names_come_in_the_language_asked_for(busy: ReportOut, in_language) -> None:
    """Measures are the same words in every language, so a program need not know any."""
    russian, uzbek = read_back(busy, in_language("ru")), read_back(busy, in_language("uz-Latn"))
    assert russian["group", "F", "name"] == "Водители и транспорт"
    assert uzbek["group", "F", "name"] == "Haydovchilar va transport"
    assert russian.keys() == uzbek.keys()


def test_an_empty_period_is_a_file_too(english: Speech) -> None:
    """Zeros and nothing, and no part."""
    found = read_back(made.empty(), english)
    assert found["total", "", "visitors"] == "0"
    assert found["total", "", "waits.median"] == ""
    assert {dimension for dimension, _, _ in found} == {"report", "total", "appointments"}


def leaves(value, name=""):
    """Yield the numbers of a part by their dotted names; lists of counts are another test's."""
    for key, inner in value.items():
        below = f"{name}.{key}" if name else key
        if isinstance(inner, dict):
            yield from leaves(inner, below)
        elif not isinstance(inner, list):
            yield below, inner


def safe_key(key: str) -> str:
    """Return a key as it stands; those of these reports are harmless."""
    assert key[0].isalnum()
    return key


def is_number(cell: str) -> bool:
    """Whether a cell is a number with a sign."""
    return cell.lstrip("+-").replace(",", "", 1).isdecimal()

"""Reports as files: CSV for programs and Excel, a workbook, a day on paper.

Names are in the language of `?lang=`, else in the center's own; that a file was taken is noted.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from flask import Response, request

from queue_server.contracts.reports import ReportOut
from queue_server.domain.catalogue import Catalogue
from queue_server.domain.errors import Invalid
from queue_server.reports import csv_file, pdf, xlsx
from queue_server.reports.speech import Speech
from queue_server.usecases import reporting
from queue_server.usecases.commands import acting
from queue_server.usecases.reporting import Period
from queue_server.web.api.calls import View, api
from queue_server.web.api.reports import asked_for, wanted
from queue_server.web.auth import current_actor, needs
from queue_server.web.site import site

Write = Callable[[ReportOut, Speech], bytes]

_CSV: Final = "text/csv"
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PDF: Final = "application/pdf"
_RIGHT: Final = "report:read"
_PROBLEM: Final = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_REFUSALS: Final = {401: "Not signed in", 403: "No right", 422: "Bad input, by field"}


def _file(path: str, kind: str) -> Callable[[View], View]:
    """Declare a GET call that answers a file of this type."""

    def declare(view: View) -> View:
        content = {kind: {"schema": {"type": "string", "format": "binary"}}}
        responses: dict[int, Any] = {200: {"description": "The file", "content": content}}
        responses |= {
            status: {"description": title, "content": _PROBLEM}
            for status, title in _REFUSALS.items()
        }
        described = api.doc(
            responses=responses, security=["device", "session"], extensions={"x-right": _RIGHT}
        )(needs(_RIGHT)(view))
        return api.get(path)(described)

    return declare


@_file("/reports.csv", _CSV)
def as_csv() -> Response:
    """Take the figures of `?from=&to=` away as CSV: one value a line."""
    return _taken(wanted(), csv_file.write, "csv", f"{_CSV}; charset=utf-8")


@_file("/reports.xlsx", _XLSX)
def as_xlsx() -> Response:
    """Take the figures of `?from=&to=` away as a workbook: a sheet a table."""
    return _taken(wanted(), xlsx.write, "xlsx", _XLSX)


@_file("/reports/day.pdf", _PDF)
def as_pdf() -> Response:
    """Take the report of `?day=`, by default today, away to be printed and signed."""
    asked = request.args.get("day")
    day = _day(asked) if asked else wanted().last
    return _taken(Period(day, day), pdf.write, "pdf", _PDF)


def _taken(period: Period, write: Write, form: str, kind: str) -> Response:
    """Return a report as a file, and note in the log that it was taken."""
    center = site().center
    with center.read() as work:
        catalogue = work.catalogues.current()
    # noted first: who cannot be noted takes nothing away, and the report's seq covers the note
    with acting(center, current_actor()) as act:
        reporting.exported(act, period, form)
    report = asked_for(period)
    response = Response(write(report, _speech(catalogue)), content_type=kind)
    days = "-".join(sorted({report.first, report.last}))
    name = f"{catalogue.code}-{days}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _speech(catalogue: Catalogue) -> Speech:
    here, asked = site(), request.args.get("lang", "")
    default = next(tag for tag in catalogue.languages if tag in here.languages)
    return Speech(asked if asked in here.languages else default, here.say)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(f"{text!r} is no date; write YYYY-MM-DD.", field="day") from None

"""Reports as files over HTTP: who may take them, what they are, and that it is noted."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pypdf
import pytest

from queue_server.bootstrap import Running
from tests.queue_server.web import callers

FILES = {
    "/api/v1/reports.csv": "text/csv; charset=utf-8",
    "/api/v1/reports.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "/api/v1/reports/day.pdf": "application/pdf",
}


def visited(running: Running) -> None:
    """Let two visitors come."""
    kiosk = callers.device(running, "kiosk")
    for service in ("A01", "A02"):
        assert kiosk.post("/api/v1/tickets", {"service": service}).status_code == 201


@pytest.mark.parametrize(
    ("login", "status"),
    [
        ("supervisor", 200),
        ("controller", 200),
        ("administrator", 200),
        ("analyst", 200),
        ("receptionist", 403),
        ("clerk1", 403),
    ],
)
def test_who_may_take_reports_away(running: Running, login: str, status: int) -> None:
    """Those who answer for the figures; a clerk does not see the others'."""
    browser = callers.person(running, login)
    for path in FILES:
        assert browser.get(path).status_code == status, path
    assert browser.get("/reports").status_code == status
    assert callers.Browser(running).get("/api/v1/reports.csv").status_code == 401


@pytest.mark.parametrize(("path", "kind"), FILES.items())
def test_a_file_says_what_it_is(running: Running, path: str, kind: str) -> None:
    """Its type, and a name with the center and the day."""
    reply = callers.person(running, "supervisor").get(path)
    assert reply.headers["Content-Type"] == kind
    name = reply.headers["Content-Disposition"]
    assert name.startswith('attachment; filename="DEMO-20')
    assert name.endswith(f'.{path.rsplit(".", 1)[1]}"')


def test_the_three_files_and_the_call_agree(running: Running) -> None:
    """Two visitors came, whoever asks in whatever form."""
    visited(running)
    browser = callers.person(running, "analyst")
    told: Any = browser.get("/api/v1/reports").json
    rows = list(csv.reader(text(browser.get("/api/v1/reports.csv?lang=en").data), delimiter=";"))
    sheet = browser.get("/api/v1/reports.xlsx?lang=en").data
    overview = openpyxl.load_workbook(io.BytesIO(sheet))["Overview"]
    cells = {row[0]: row[1] for row in overview.iter_rows(values_only=True)}
    paper = pypdf.PdfReader(io.BytesIO(browser.get("/api/v1/reports/day.pdf?lang=en").data))
    assert told["total"]["visitors"] == cells["Visitors"] == 2
    assert ["total", "", "visitors", "2"] in rows
    assert "Visitors\n2\n" in paper.pages[0].extract_text()


def text(data: bytes) -> io.StringIO:
    """Return a CSV file's text."""
    return io.StringIO(data.decode("utf-8-sig"), newline="")


def test_the_center_s_own_language_is_the_default(running: Running) -> None:
    """Without `?lang=` the paper is in Uzbek, whatever the reader's browser wants."""
    browser = callers.person(running, "supervisor")
    visited(running)
    read = pypdf.PdfReader(io.BytesIO(browser.get("/api/v1/reports/day.pdf").data))
    assert "Kunlik hisobot" in read.pages[0].extract_text()
    assert read.trailer["/Root"]["/Lang"] == "uz-Latn"


def test_that_a_file_was_taken_is_in_the_log(running: Running) -> None:
    """Who, what form, which days."""
    supervisor = callers.person(running, "supervisor")
    for path in FILES:
        assert supervisor.get(path).status_code == 200
    events: Any = supervisor.get("/api/v1/events?after=0&limit=500").json["events"]
    noted = [event for event in events if event["type"] == "report_exported"]
    assert [event["subject"] for event in noted] == ["csv", "xlsx", "pdf"]
    assert {event["actor"]["name"] for event in noted} == {"supervisor"}


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/api/v1/reports.csv?from=yesterday", "from"),
        ("/api/v1/reports.xlsx?from=2026-11-09&to=2026-11-03", "to"),
        ("/api/v1/reports/day.pdf?day=2026-02-30", "day"),
    ],
)
def test_what_is_no_day_is_said_at_its_field(running: Running, path: str, field: str) -> None:
    """Nothing is taken, and nothing noted."""
    supervisor = callers.person(running, "supervisor")
    reply = supervisor.get(path)
    assert reply.status_code == 422
    assert reply.json is not None
    assert reply.json["field"] == field
    events: Any = supervisor.get("/api/v1/events?after=0&limit=500").json["events"]
    assert [event for event in events if event["type"] == "report_exported"] == []


def test_the_description_tells_the_files_types(running: Running) -> None:
    """OpenAPI names the type of each file and the right that it needs."""
    spec: Any = callers.Browser(running).get("/api/v1/openapi.json").json
    for path, kind in FILES.items():
        call = spec["paths"][path]["get"]
        assert call["x-right"] == "report:read"
        assert list(call["responses"]["200"]["content"]) == [kind.split(";")[0]]
        assert "application/problem+json" in call["responses"]["403"]["content"]

"""Reports over HTTP: who may read them, and what a bad period is answered."""

import pytest

from queue_server.bootstrap import Running
from tests.queue_server.web.callers import Browser, device, person


@pytest.mark.parametrize("login", ["analyst", "controller", "supervisor", "administrator"])
def test_who_reads_figures_reads_reports(running: Running, login: str) -> None:
    """Without a period it is today's."""
    answer = person(running, login).get("/api/v1/reports")
    assert answer.status_code == 200
    assert {"total", "by", "heat", "days", "hash"} <= {*answer.json}
    assert answer.json["first"] == answer.json["last"]


def test_nobody_else_does(running: Running) -> None:
    """Not a clerk, not a kiosk, and nobody from the street."""
    assert person(running, "clerk1").get("/api/v1/reports").status_code == 403
    assert device(running, "kiosk").get("/api/v1/reports").status_code == 403
    assert Browser(running).get("/api/v1/reports").status_code == 401


@pytest.mark.parametrize(
    ("query", "field"),
    [("from=23.11.2026", "from"), ("from=2026-11-02&to=2026-11-01", "to"), ("by=mood", "by")],
)
def test_a_bad_period_is_refused_by_name(running: Running, query: str, field: str) -> None:
    """The problem names the field and says what is wrong with it."""
    answer = person(running, "analyst").get(f"/api/v1/reports?{query}")
    assert (answer.status_code, answer.json["field"]) == (422, field)


def test_a_report_grows_with_the_log(running: Running) -> None:
    """A ticket issued between two reports is in the second."""
    reader, kiosk = person(running, "analyst"), device(running, "kiosk")
    for count in (1, 2):
        kiosk.post("/api/v1/tickets", {"service": "A01"})
        answer = reader.get("/api/v1/reports?by=channel").json
        assert answer["total"]["visitors"] == count
        assert [part["key"] for part in answer["by"]["channel"]] == ["kiosk"]

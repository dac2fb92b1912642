"""How estimates were kept, over HTTP: who may read it, and what a bad period is answered."""

import pytest

from queue_server.bootstrap import Running
from tests.queue_server.web.callers import Browser, device, person


@pytest.mark.parametrize("login", ["analyst", "controller", "supervisor", "administrator"])
def test_who_reads_figures_reads_estimates(running: Running, login: str) -> None:
    """Without a period it is today's."""
    answer = person(running, login).get("/api/v1/estimates")
    assert answer.status_code == 200
    assert {"total", "stretch", "days", "services", "hours", "last_kept"} <= {*answer.json}
    assert answer.json["first"] == answer.json["last"]


def test_nobody_else_does(running: Running) -> None:
    """Not a clerk, not a kiosk, and nobody from the street."""
    assert person(running, "clerk1").get("/api/v1/estimates").status_code == 403
    assert device(running, "kiosk").get("/api/v1/estimates").status_code == 403
    assert Browser(running).get("/api/v1/estimates").status_code == 401


def test_a_bad_period_is_refused_by_name(running: Running) -> None:
    """The problem names the field."""
    answer = person(running, "analyst").get("/api/v1/estimates?from=23.11.2026")
    assert (answer.status_code, answer.json["field"]) == (422, "from")

"""A running center that foresees: from a ticket to the next one's slip, and to the metrics."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable

from queue_server.bootstrap import Running
from queue_server.usecases.foresight import Foresight
from queue_server.usecases.ports import Center
from queue_server.web.health import ForecastMeters
from tests.queue_server.usecases.foretelling import Cost, Teller, foreseeing
from tests.queue_server.web.callers import Browser, device, person

#: a refresh comes within two seconds of what has stirred it; a slow machine takes longer
PATIENCE = 30.0


def metrics(running: Running) -> dict[str, float]:
    """Return what Prometheus reads, by name and labels."""
    text = Browser(running).get("/metrics").text
    found = re.findall(r"^(navbat_forecast[^ ]*) ([\d.e+-]+)$", text, re.MULTILINE)
    return {name: float(value) for name, value in found}


def awaited(running: Running, wanted: Callable[[], bool]) -> bool:
    """Return whether something comes about; looked at whenever a new outlook is there."""
    foresight = running.center.foresight
    assert isinstance(foresight, Foresight)
    looked, before = threading.Event(), foresight.told

    def told() -> None:
        before()
        looked.set()

    foresight.told = told
    while not wanted():
        if not looked.wait(PATIENCE):
            return wanted()
        looked.clear()
    return True


def test_the_next_slip_says_what_was_foreseen(running: Running) -> None:
    """A clerk opens, visitors come, the hall is let go on, and the next one is told of it."""
    clerk, kiosk = person(running, "clerk1"), device(running, "kiosk")
    assert clerk.post("/api/v1/windows/1/open").status_code == 200
    for _ in range(5):
        assert kiosk.post("/api/v1/tickets", {"service": "A02"}).status_code == 201

    def seen() -> bool:
        newest = running.center.foresight.newest()
        return newest is not None and len(newest.seen) == 5

    assert awaited(running, seen)
    ticket = kiosk.post("/api/v1/tickets", {"service": "A02"}).json
    with running.center.read() as work:
        kept = work.tickets.get(ticket["id"])
    assert kept is not None
    assert kept.reckoned is not None
    assert kept.reckoned.by == "simulated"
    assert kept.promised == (ticket["estimate"]["low"], ticket["estimate"]["high"])
    page = kiosk.get(f"/api/v1/tickets/{ticket['id']}").json
    assert page["estimate"]["high"] > 0
    catalogue = kiosk.get("/api/v1/catalogue").json
    services = {s["id"]: s for group in catalogue["groups"] for s in group["services"]}
    assert services["A02"]["low"] >= 5
    counted = metrics(running)
    assert counted["navbat_forecast_refreshes_total"] >= 1
    assert counted["navbat_forecast_cpu_seconds_total"] > 0
    assert counted["navbat_forecast_runs"] >= 12
    assert counted["navbat_forecast_seconds"] > 0
    assert counted["navbat_forecast_age_seconds"] >= 0
    assert counted['navbat_forecast_fallbacks_total{reason="budget"}'] == 0
    assert counted['navbat_forecast_fallbacks_total{reason="error"}'] == 0


def test_what_nobody_serves_has_words_on_the_ticket_s_page(running: Running) -> None:
    """The reply has no minutes, the page a sentence; the ticket is given all the same."""
    clerk, kiosk = person(running, "clerk1"), device(running, "kiosk")
    assert clerk.post("/api/v1/windows/1/open").status_code == 200
    with running.center.read() as work:
        takers = work.catalogues.current().takers
    other = next(service for service in takers if 1 not in takers[service] and takers[service])
    reply = kiosk.post("/api/v1/tickets", {"service": other, "language": "ru"})
    assert reply.status_code == 201
    ticket = reply.json
    text = "сейчас эту услугу не ведёт ни одно окно"
    assert ticket["estimate"] == {"low": None, "high": None, "text": text}
    page = Browser(running).get(f"/t/{ticket['id']}?key={ticket['key']}").text
    assert text in page


def test_a_fallback_is_counted_by_its_reason(center: Center) -> None:
    """Without an outlook it has no age."""

    def broken(*_: object, **__: object) -> object:
        raise ZeroDivisionError

    seeing = foreseeing(center, predict=broken)
    samples = {
        (sample.name, sample.labels.get("reason")): sample.value
        for metric in ForecastMeters(seeing).collect()
        for sample in metric.samples
    }
    assert samples["navbat_forecast_fallbacks_total", "error"] == 1
    assert samples["navbat_forecast_refreshes_total", None] == 0
    assert ("navbat_forecast_age_seconds", None) not in samples


def test_the_age_of_an_outlook_is_told(center: Center) -> None:
    """An alarm may hang on it."""
    seeing = foreseeing(center, Teller(), cpu=Cost(0.05))
    values = {
        sample.name: sample.value
        for metric in ForecastMeters(seeing).collect()
        for sample in metric.samples
    }
    assert values["navbat_forecast_age_seconds"] == 0
    assert values["navbat_forecast_runs"] == 40

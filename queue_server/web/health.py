"""Is the process alive, can it work, how busy is it: for watchdogs and Prometheus."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from queue_server.domain.errors import Forbidden
from queue_server.usecases import checkpoints
from queue_server.usecases.foresight import REASONS
from queue_server.usecases.ports import Center
from queue_server.web.auth import public
from queue_server.web.site import site

health = Blueprint("health", __name__)
#: a center that has less disk than this left is not ready, bytes
LEAST_DISK = 64 * 1024 * 1024
LOOPBACK = ("127.0.0.1", "::1")


class Meters:
    """The figures that Prometheus reads."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "navbat_requests", "HTTP requests", ["endpoint", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "navbat_request_seconds", "Time to answer", ["endpoint"], registry=self.registry
        )
        self.sockets = Gauge("navbat_sockets", "Sockets connected", registry=self.registry)
        self.log = Gauge("navbat_log_seq", "Newest event", registry=self.registry)
        self.contradictions = Gauge(
            "navbat_ledger_contradictions",
            "What speaks against the log and nobody has answered for",
            registry=self.registry,
        )

    def counted(self, endpoint: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        self.requests.labels(endpoint, status).inc()
        self.seconds.labels(endpoint).observe(seconds)


class ForecastMeters(Collector):
    """What foreseeing the waits has cost, read where it is counted."""

    def __init__(self, center: Center) -> None:
        self._center = center

    def describe(self) -> Iterable[Metric]:
        """Name no metric before it is read."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """Return the counts of this moment."""
        done = self._center.foresight.doings()
        for name, text, value in (
            ("refreshes", "Outlooks on the hall", done.refreshes),
            ("cpu_seconds", "Processor time of all outlooks", done.seconds),
        ):
            yield CounterMetricFamily(f"navbat_forecast_{name}", text, value=value)
        fallbacks = CounterMetricFamily(
            "navbat_forecast_fallbacks", "Times of quick reckoning", labels=["reason"]
        )
        for reason in REASONS:
            fallbacks.add_metric([reason], done.fallbacks.get(reason, 0))
        yield fallbacks
        gauges = [
            ("seconds", "Processor time of the newest outlook", done.last_seconds),
            ("runs", "Courses of the hall in the newest outlook", done.runs),
        ]
        if done.at is not None:
            age = self._center.clock.now() - done.at
            gauges.append(("age_seconds", "Age of the newest outlook", age.total_seconds()))
        for name, text, value in gauges:
            yield GaugeMetricFamily(f"navbat_forecast_{name}", text, value=value)


def install(app: Flask, center: Center, meters: Meters, folder: Path) -> None:
    """Serve health and figures, and count every request; `folder` is where the data lies."""
    meters.registry.register(ForecastMeters(center))
    app.extensions["meters"] = meters
    app.extensions["folder"] = folder
    app.register_blueprint(health)
    app.before_request(_begin)
    app.after_request(_count)


@health.get("/healthz")
@public
def healthz() -> Response:
    """Say that the process answers."""
    return Response("ok\n", content_type="text/plain")


@health.get("/readyz")
@public
def readyz() -> Response:
    """Say whether the database answers and the disk has room."""
    with site().center.read() as work:
        seq, opposed = work.seq, len(checkpoints.open_contradictions(work))
    free = shutil.disk_usage(current_app.extensions["folder"]).free
    if free < LEAST_DISK:
        return Response("the disk is full\n", 503, content_type="text/plain")
    # visitors are served all the same: the word is for whoever watches
    red = f", the ledger is contradicted ({opposed})" if opposed else ""
    return Response(f"ready, seq {seq}{red}\n", content_type="text/plain")


@health.get("/metrics")
@public
def metrics() -> Response:
    """Return the figures, on loopback only."""
    if request.remote_addr not in LOOPBACK:
        raise Forbidden("Figures are given on loopback only.")
    with site().center.read() as work:
        _meters().log.set(work.seq)
        _meters().contradictions.set(len(checkpoints.open_contradictions(work)))
    return Response(generate_latest(_meters().registry), content_type="text/plain; version=0.0.4")


def _meters() -> Meters:
    meters: Meters = current_app.extensions["meters"]
    return meters


def _begin() -> None:
    g.began = time.perf_counter()


def _count(response: Response) -> Response:
    endpoint = request.endpoint or "unknown"
    _meters().counted(endpoint, response.status_code, time.perf_counter() - g.began)
    return response

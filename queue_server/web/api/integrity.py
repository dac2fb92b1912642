"""Alerts of the integrity rules: read by controllers, settled by them and nobody else."""

from __future__ import annotations

from flask import Response, request

from queue_server.contracts.integrity import AlertOut, AlertsOut, CheckedOut, SettleAlert
from queue_server.domain.integrity.alert import AlertState
from queue_server.usecases import integrity
from queue_server.web.api.calls import asked, command, done, once, read
from queue_server.web.auth import current_actor
from queue_server.web.site import site


@read("/integrity", "integrity:read", AlertsOut)
def alerts() -> Response:
    """Read alerts, `?state=open&rule=R7`; not those about the reader who may not settle."""
    query = request.args
    state, rule = query.get("state", ""), query.get("rule", "")
    return done(integrity.listed(site().center, current_actor(), state, rule))


@command("/integrity/check", "integrity:settle", CheckedOut)
def check() -> Response:
    """Let the rules look at the open day now; what they knew already is no second alert."""
    found = integrity.found_today(site().center, current_actor())
    return once(lambda act: integrity.keep(act, found))


@command("/integrity/<alert_id>/explain", "integrity:settle", AlertOut, body=SettleAlert)
def explain(alert_id: str) -> Response:
    """Say what the reason was; the alert may still be confirmed or dismissed."""
    return _settle(alert_id, AlertState.EXPLAINED)


@command("/integrity/<alert_id>/confirm", "integrity:settle", AlertOut, body=SettleAlert)
def confirm(alert_id: str) -> Response:
    """Say that it was as the numbers show, and what is done about it by people."""
    return _settle(alert_id, AlertState.CONFIRMED)


@command("/integrity/<alert_id>/dismiss", "integrity:settle", AlertOut, body=SettleAlert)
def dismiss(alert_id: str) -> Response:
    """Say that there was nothing to it."""
    return _settle(alert_id, AlertState.DISMISSED)


def _settle(alert_id: str, to: AlertState) -> Response:
    wish = asked(SettleAlert)
    return once(lambda act: integrity.settle(act, alert_id, to, wish.text))

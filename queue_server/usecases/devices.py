"""How the center's devices are: each reports, staff see, and what turns bad or good is written."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Literal, cast

from queue_server.contracts.devices import DeviceOut, DeviceReport, DevicesOut
from queue_server.domain import device
from queue_server.domain.device import Health
from queue_server.usecases import recording
from queue_server.usecases.act import Act
from queue_server.usecases.ports import Center
from queue_server.usecases.reception import instant
from queue_server.usecases.records import Device, Reported


def report(act: Act, told: DeviceReport) -> None:
    """Keep a device's report; only what turned bad or good goes into the log."""
    known = act.work.devices.reports().get(act.actor.name)
    alerts = device.alerts(_health(told), act.now)
    before = known.alerts if known else ()
    act.work.devices.put_report(Reported(act.actor.name, act.now, alerts, told.model_dump_json()))
    for alert in alerts:
        if alert not in before:
            recording.noted(act, "device_alerted", act.actor.name, alert)
    for alert in before:
        if alert not in alerts:
            recording.noted(act, "device_recovered", act.actor.name, alert)


def overview(center: Center) -> DevicesOut:
    """Return every device and how it is."""
    now = center.clock.now()
    with center.read() as work:
        reports = work.devices.reports()
        return DevicesOut(
            devices=[_out(one, reports.get(one.name), now) for one in work.devices.all()]
        )


def _out(one: Device, last: Reported | None, now: datetime) -> DeviceOut:
    alerts = last.alerts if last else ()
    state = device.state(last.at if last else None, alerts, now)
    return DeviceOut(
        name=one.name,
        kind=one.kind,
        hall=one.hall,
        seen_at=recording.instant(last.at) if last else None,
        state=cast('Literal["ok", "warning", "trouble", "silent", "unknown"]', state),
        alerts=list(alerts),
        report=json.loads(last.report) if last else None,
    )


def _health(told: DeviceReport) -> Health:
    return Health(
        clock=instant(told.clock, "clock"),
        printer=told.printer.reason if told.printer else None,
        paper=told.printer.paper if told.printer else "unknown",
        unsure=bool(told.printer and told.printer.unsure),
        disk_free_mb=told.disk_free_mb,
        temperature_c=told.temperature_c,
    )

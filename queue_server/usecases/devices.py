"""The center's devices: how they are, where they stand, and which of them may go on.

Each reports, staff see, and what turns bad or good is written.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Literal, cast

from queue_server.contracts.devices import DeviceOut, DeviceReport, DevicesOut
from queue_server.contracts.pairing import ChangeDevice, PlaceOut
from queue_server.domain import device, pairing
from queue_server.domain.device import Health
from queue_server.domain.errors import Forbidden, UnknownDevice
from queue_server.usecases import checkpoints, recording
from queue_server.usecases.access import Actor
from queue_server.usecases.act import Act
from queue_server.usecases.ports import Center
from queue_server.usecases.reception import instant
from queue_server.usecases.records import Device, Reported
from queue_server.usecases.rights import right


@right("device:report")
def report(act: Act, told: DeviceReport) -> str | None:
    """Keep a device's report; only what turned bad or good goes into the log.

    Returns the newest checkpoint of the log, for the device to keep.
    """
    if told.checkpoint is not None:
        checkpoints.brought_back(act, told.checkpoint)
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
    return checkpoints.newest(act.work)


def overview(center: Center, actor: Actor) -> DevicesOut:
    """Return every device and how it is."""
    actor.must("devices:read")
    now = center.clock.now()
    with center.read() as work:
        reports = work.devices.reports()
        return DevicesOut(
            devices=[_out(one, reports.get(one.name), now) for one in work.devices.all()]
        )


def myself(actor: Actor) -> PlaceOut:
    """Return what a device is told of itself; raises Forbidden for a person."""
    if actor.kind != "device":
        raise Forbidden("Only a device is told where it stands.")
    return PlaceOut(name=actor.name, kind=actor.role, hall=actor.hall, window=actor.window)


@right("devices:manage")
def revoke(act: Act, name: str, reason: str | None) -> None:
    """Let a device's token open nothing any more; raises UnknownDevice."""
    act.work.access.put_device(replace(_live(act, name), revoked=True))
    recording.noted(act, "device_revoked", name, reason=reason)


@right("devices:manage")
def change(act: Act, name: str, wish: ChangeDevice) -> DeviceOut:
    """Let a device stand elsewhere; raises UnknownDevice, and Invalid where it does not fit."""
    before = _live(act, name)
    must_fit(act, before.kind, wish.hall, wish.window)
    after = replace(before, hall=wish.hall, window=wish.window)
    if after != before:
        act.work.access.put_device(after)
        place = f"hall {wish.hall}" + (f", window {wish.window}" if wish.window else "")
        recording.noted(act, "device_changed", name, place)
    return one(act, after)


def must_fit(act: Act, kind: str, hall: int, window: int | None) -> None:
    """Raise Invalid unless a device of the kind can stand there."""
    halls = {each.number: each.hall for each in act.catalogue.windows}
    pairing.must_fit(kind, hall, window, halls)


def one(act: Act, device: Device) -> DeviceOut:
    """Return a device and how it is."""
    return _out(device, act.work.devices.reports().get(device.name), act.now)


def _live(act: Act, name: str) -> Device:
    """Return a device that is not revoked."""
    found = act.work.devices.get(name)
    if found is None or found.revoked:
        raise UnknownDevice(f"There is no device {name}.")
    return found


def _out(one: Device, last: Reported | None, now: datetime) -> DeviceOut:
    alerts = last.alerts if last else ()
    state = device.state(last.at if last else None, alerts, now)
    return DeviceOut(
        name=one.name,
        kind=one.kind,
        hall=one.hall,
        window=one.window,
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

"""How the center's devices are."""

from queue_server.contracts.devices import DeviceReport, PrinterReport
from queue_server.usecases import devices
from queue_server.usecases.ports import Center
from tests.conftest import HandClock
from tests.queue_server.usecases.people import KIOSK, RECEPTION, do, events, types


def report(center: Center, **changes: object) -> None:
    """Let the kiosk report."""
    told = {"version": "1", "clock": center.clock.now().isoformat()} | changes
    do(center, KIOSK, lambda act: devices.report(act, DeviceReport.model_validate(told)))


def state(center: Center) -> tuple[str, list[str]]:
    """Return the kiosk's state and alerts."""
    found = {one.name: one for one in devices.overview(center, RECEPTION).devices}["kiosk-1"]
    return found.state, found.alerts


def test_a_device_that_never_spoke_is_unknown(center: Center) -> None:
    """Every enrolled device is listed, with or without a report."""
    assert state(center) == ("unknown", [])


def test_only_a_change_goes_into_the_log(center: Center) -> None:
    """A hundred reports of an empty roll are one alert, and the new roll is one recovery."""
    out = PrinterReport(reason="no_paper", paper="out")
    for _ in range(3):
        report(center, printer=out)
    assert state(center) == ("trouble", ["no_paper"])
    report(center, printer=PrinterReport(paper="plenty"))
    assert state(center) == ("ok", [])
    told = [kind for kind in types(center) if str(kind).startswith("device_")]
    assert told == ["device_alerted", "device_recovered"]
    assert events(center)[-1]["subject"] == "kiosk-1"


def test_a_silent_device_is_seen(center: Center, clock: HandClock) -> None:
    """Two minutes without a word are too many."""
    report(center)
    clock.pass_(minutes=2)
    assert state(center)[0] == "silent"

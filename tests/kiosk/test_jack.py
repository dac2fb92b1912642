"""Headphones, by a device that is a pipe."""

from __future__ import annotations

import os
import queue
import threading
from pathlib import Path

from kiosk.events import HeadphonesChanged
from kiosk.jack import EV_SW, EVENT, SW_HEADPHONE_INSERT, follow, jack

DEVICES = """I: Bus=0003 Vendor=046d Product=c31c Version=0110
N: Name="Keyboard"
H: Handlers=sysrq kbd event3 leds
B: EV=120013

I: Bus=0000 Vendor=0000 Product=0000 Version=0000
N: Name="HDA Intel Front Headphone"
H: Handlers=event9
B: EV=21
B: SW=4

"""


def event(code: int, value: int, kind: int = EV_SW) -> bytes:
    """Return what the kernel writes."""
    return EVENT.pack(0, 0, kind, code, value)


def test_the_jack_is_found_among_the_devices(tmp_path):
    """By its switch; a machine without one has none, nor one without the list."""
    listed = tmp_path / "devices"
    listed.write_text(DEVICES)
    assert jack(listed) == Path("/dev/input/event9")
    listed.write_text(DEVICES.replace("SW=4", "SW=8"))
    assert jack(listed) is None
    assert jack(tmp_path / "none") is None


def test_what_is_plugged_in_is_told(tmp_path):
    """In and out, whatever else the device reports, also in pieces; it ends with the device."""
    device = tmp_path / "event9"
    os.mkfifo(device)
    told: queue.SimpleQueue = queue.SimpleQueue()
    stopping = threading.Event()
    reader = threading.Thread(target=follow, args=(device, stopping, told.put, lambda: 7.0))
    reader.start()
    with device.open("wb", buffering=0) as pipe:
        whole = event(0, 0, kind=0) + event(SW_HEADPHONE_INSERT, 1) + event(4, 1)
        pipe.write(whole[:30])
        pipe.write(whole[30:])
        pipe.write(event(SW_HEADPHONE_INSERT, 0))
        assert told.get(timeout=30) == HeadphonesChanged(7.0, plugged=True)
        assert told.get(timeout=30) == HeadphonesChanged(7.0, plugged=False)
    reader.join(30)
    assert not reader.is_alive()


def test_a_device_that_is_gone_ends_the_watch(tmp_path):
    """Without an error for anyone."""
    follow(tmp_path / "none", threading.Event(), lambda _: None, lambda: 0.0)

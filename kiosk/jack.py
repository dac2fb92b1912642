"""Headphones: who plugs them in is spoken to.

Linux tells of a jack as an input device with the switch SW_HEADPHONE_INSERT; its events are read
as they come. A machine without such a device, or without the right to read it, has the key instead.
"""

from __future__ import annotations

import logging
import os
import re
import select
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from kiosk.events import Event, HeadphonesChanged

_log = logging.getLogger(__name__)
#: the kernel's numbers: a switch, and the one of headphones
EV_SW, SW_HEADPHONE_INSERT = 0x05, 0x02
#: how the kernel writes an event: two longs of time, type, code, value
EVENT: Final = struct.Struct("@llHHi")
DEVICES: Final = Path("/proc/bus/input/devices")
#: seconds between two looks whether to stop
_BEAT: Final = 0.5

Tell = Callable[[Event], None]


def watch(stopping: threading.Event, tell: Tell, now: Callable[[], float]) -> bool:
    """Tell of every headphone from now on, on a thread; return whether there is a jack to watch."""
    found = jack(DEVICES)
    if found is None or not os.access(found, os.R_OK):
        return False
    _log.info("headphones are watched at %s", found, extra={"action": "jack"})
    thread = threading.Thread(
        target=follow, args=(found, stopping, tell, now), name="jack", daemon=True
    )
    thread.start()
    return True


def jack(devices: Path) -> Path | None:
    """Return the input device that has the switch of headphones; None where there is none."""
    try:
        blocks = devices.read_text("ascii", "replace").split("\n\n")
    except OSError:
        return None
    for block in blocks:
        switches = re.search(r"^B: SW=([0-9a-f ]+)$", block, re.MULTILINE)
        handler = re.search(r"\bevent\d+\b", block)
        if switches and handler and int(switches[1].split()[-1], 16) >> SW_HEADPHONE_INSERT & 1:
            return Path("/dev/input") / handler.group()
    return None


def follow(device: Path, stopping: threading.Event, tell: Tell, now: Callable[[], float]) -> None:
    """Tell of every change that a device reports, until told to stop or the device is gone."""
    try:
        for plugged in _changes(device, stopping):
            tell(HeadphonesChanged(now(), plugged))
    except OSError as error:
        _log.warning("headphones are no longer watched: %s", error, extra={"action": "jack"})


def _changes(device: Path, stopping: threading.Event) -> Iterator[bool]:
    waiting = b""
    with device.open("rb", buffering=0) as stream:
        while not stopping.is_set():
            if not select.select([stream], [], [], _BEAT)[0]:
                continue
            read = stream.read(EVENT.size)
            if not read:
                return
            waiting += read
            while len(waiting) >= EVENT.size:
                event, waiting = waiting[: EVENT.size], waiting[EVENT.size :]
                _, _, kind, code, value = EVENT.unpack(event)
                if (kind, code) == (EV_SW, SW_HEADPHONE_INSERT):
                    yield bool(value)

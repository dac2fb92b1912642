"""What a pad's hardware sends."""

from __future__ import annotations

from config.pad_keys import KEYS
from kiosk.callpad.pads import EVENT

#: seconds within which a written byte is there to be read
SOON = 5.0


def event(kind: int, code: int, value: int) -> bytes:
    """Return one input event as the kernel tells it."""
    return EVENT.pack(1_700_000_000, 0, kind, code, value)


def press_of(key: str) -> bytes:
    """Return what a key sends from its press to its release."""
    code = KEYS[key]
    sync = event(0, 0, 0)
    return event(4, 4, 0x70000 + code) + event(1, code, 1) + sync + event(1, code, 0) + sync

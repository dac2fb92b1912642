"""The pads themselves: one that the system takes for a keyboard, and one on a serial line.

A pad tells the names of the keys that were pressed, and may be told a sign back.
"""

from __future__ import annotations

import fcntl
import os
import select
import struct
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import parse_qsl, unquote, urlsplit

from config.pad_keys import NAMES

#: struct input_event of the kernel: seconds, microseconds, type, code, value
EVENT: Final = struct.Struct("@llHHi")
KEY_EVENT, PRESSED = 1, 1
#: `EVIOCGRAB`, _IOW('E', 0x90, int): the device's events reach nobody else
GRAB: Final = 0x40044590
#: bytes of one read, and of a line at most
CHUNK: Final = 64 * EVENT.size
LONGEST: Final = 64
BAUD: Final = 9600
#: seconds that a sign may take to be written
WRITING: Final = 1.0


class Pad(Protocol):
    """A pad that is plugged in; every method may raise OSError when it no longer is."""

    def pressed(self, timeout: float) -> Sequence[str]:
        """Return the names of the keys pressed since the last look; wait so long for one."""
        ...

    def tell(self, sign: bytes) -> None:
        """Send a sign back, where the pad can take one."""
        ...

    def close(self) -> None:
        """Let it go."""
        ...


#: opens a pad; raises OSError where there is none
Opening = Callable[[], Pad]


def opening(address: str) -> Opening:
    """Return what opens the pad at `hid:///dev/input/…` or `serial:///dev/ttyACM0?baud=9600`.

    Raises ValueError for another address.
    """
    parts = urlsplit(address)
    path, options = unquote(parts.path), dict(parse_qsl(parts.query))
    baud = int(options.pop("baud", BAUD)) if parts.scheme == "serial" else BAUD
    if parts.scheme not in ("hid", "serial") or not path or options:
        raise ValueError(f"a pad's address is hid:///dev/input/… or serial:///dev/…, not {address}")
    if parts.scheme == "hid":
        return lambda: KeyboardPad(Path(path))
    return lambda: SerialPad(path, baud)


def grab(descriptor: int) -> None:
    """Keep an input device's keys from everybody else; raises OSError for any other file."""
    fcntl.ioctl(descriptor, GRAB, 1)


class KeyboardPad:
    """A pad whose keys the kernel tells as input events."""

    def __init__(self, path: Path, grab: Callable[[int], None] = grab) -> None:
        """Open it and keep its keys from the desktop; raises OSError."""
        self._descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            grab(self._descriptor)
        except OSError:
            os.close(self._descriptor)
            raise
        self._rest = b""

    def pressed(self, timeout: float) -> Sequence[str]:
        """Return the keys pressed; releases and repeats of a held key are none."""
        if not _ready(self._descriptor, timeout):
            return ()
        came = os.read(self._descriptor, CHUNK)
        if not came:
            raise OSError("the pad was unplugged")
        data = self._rest + came
        whole = len(data) - len(data) % EVENT.size
        self._rest = data[whole:]
        return keys_in(data[:whole])

    def tell(self, sign: bytes) -> None:
        """Do nothing: a keyboard has no ear."""

    def close(self) -> None:
        """Let it go; the kernel then lets its keys go too."""
        os.close(self._descriptor)


def keys_in(events: bytes) -> Sequence[str]:
    """Return the names of the keys that whole input events say were pressed."""
    return [
        NAMES.get(code, f"code {code}")
        for _, _, kind, code, value in EVENT.iter_unpack(events)
        if kind == KEY_EVENT and value == PRESSED
    ]


class SerialPad:
    """A pad that sends a line for each key, and can take a sign back."""

    def __init__(self, path: str, baud: int) -> None:
        """Open it; raises OSError where there is none, or another program has it."""
        import serial  # noqa: PLC0415 - only where there is such a pad

        self._line = serial.Serial(path, baud, timeout=0, write_timeout=WRITING, exclusive=True)
        self._rest = b""

    def pressed(self, timeout: float) -> Sequence[str]:
        """Return the lines that have ended."""
        if not _ready(self._line.fileno(), timeout):
            return ()
        came = self._line.read(CHUNK)
        if not came:
            raise OSError("the pad was unplugged")
        lines, self._rest = lines_in(self._rest + came)
        return lines

    def tell(self, sign: bytes) -> None:
        """Send a sign, at once or not at all."""
        if sign:
            self._line.write(sign)

    def close(self) -> None:
        """Let it go."""
        self._line.close()


def lines_in(data: bytes) -> tuple[Sequence[str], bytes]:
    """Return the lines that have ended, without blanks around them, and the rest."""
    *whole, rest = data.replace(b"\r", b"\n").split(b"\n")
    lines = (line.decode("utf-8", errors="replace").strip() for line in whole)
    return [line[:LONGEST] for line in lines if line], rest[-LONGEST:]


def moves_of(address: str, keys: Mapping[str, str], lines: Mapping[str, str]) -> Mapping[str, str]:
    """Return what the names of the keys at this address mean."""
    return lines if address.startswith("serial:") else keys


def _ready(descriptor: int, timeout: float) -> bool:
    return bool(select.select([descriptor], [], [], timeout)[0])

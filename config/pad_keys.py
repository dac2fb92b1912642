"""Names of the keys that a call pad may have, as the Linux kernel counts them.

The names are those of `linux/input-event-codes.h`, in small letters and without `KEY_`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

#: runs of keys that the kernel counts one after another: the first code → names
_RUNS: Final[Mapping[int, str]] = {
    1: "esc 1 2 3 4 5 6 7 8 9 0 minus equal backspace tab",
    16: "q w e r t y u i o p leftbrace rightbrace enter leftctrl",
    30: "a s d f g h j k l semicolon apostrophe grave leftshift backslash",
    44: "z x c v b n m comma dot slash rightshift kpasterisk leftalt space capslock",
    59: "f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 numlock scrolllock",
    71: "kp7 kp8 kp9 kpminus kp4 kp5 kp6 kpplus kp1 kp2 kp3 kp0 kpdot",
    87: "f11 f12",
    96: "kpenter rightctrl kpslash",
    100: "rightalt",
    102: "home up pageup left right end down pagedown insert delete",
    113: "mute volumedown volumeup power kpequal kpplusminus pause",
    121: "kpcomma",
    163: "nextsong playpause previoussong stopcd",
    183: "f13 f14 f15 f16 f17 f18 f19 f20 f21 f22 f23 f24",
    0x100: "btn_0 btn_1 btn_2 btn_3 btn_4 btn_5 btn_6 btn_7 btn_8 btn_9",
}


def _keys() -> Iterator[tuple[str, int]]:
    for first, names in _RUNS.items():
        for code, name in enumerate(names.split(), first):
            yield name, code


#: name → code
KEYS: Final[Mapping[str, int]] = dict(_keys())
#: code → name
NAMES: Final[Mapping[int, str]] = {code: name for name, code in KEYS.items()}

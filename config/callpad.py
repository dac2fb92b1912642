"""Settings of a hardware call pad at a window (`callpad.toml`)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final, Literal, get_args

from pydantic import AfterValidator, Field

from config import loader
from config.pad_keys import KEYS
from config.servers import LogLevel, Url

#: what a clerk can do at a pad
Move = Literal["next", "recall", "start", "finish", "no-show", "pause", "open", "undo"]
MOVES: Final[tuple[str, ...]] = get_args(Move)
Pad = Annotated[
    str,
    loader.like(
        r"(hid|serial):///\S+",
        "'hid:///dev/input/by-id/usb-…-event-kbd' or 'serial:///dev/ttyACM0?baud=9600'",
    ),
]

PATH = Path("/etc/navbat/callpad.toml")
_KEYS: Final[dict[str, str]] = {
    "kpenter": "next",
    "kp1": "recall",
    "kp2": "start",
    "kp3": "finish",
    "kp0": "no-show",
    "kpplus": "open",
    "kpminus": "pause",
    "kpdot": "undo",
}
_LINES: Final[dict[str, str]] = {
    "N": "next",
    "R": "recall",
    "S": "start",
    "F": "finish",
    "X": "no-show",
    "O": "open",
    "P": "pause",
    "U": "undo",
}


def _known(what: str, words: dict[str, object]) -> Callable[[dict[str, str]], dict[str, str]]:
    """Return a check of a table from keys or lines to moves; it tells all faults at once."""

    def check(table: dict[str, str]) -> dict[str, str]:
        faults = [
            f"{key!r} is not a known {what}{loader.did_you_mean(key, words)}"
            for key in table
            if words and key not in words
        ] + [
            f"{move!r} (at {key!r}) is not a known move, which are {', '.join(MOVES)}"
            f"{loader.did_you_mean(move, MOVES)}"
            for key, move in table.items()
            if move not in MOVES
        ]
        if faults:
            raise ValueError("; ".join(faults))
        return table

    return check


#: name of a key, as in `config/pad_keys.py` → move
Keys = Annotated[dict[str, str], AfterValidator(_known("key", dict(KEYS)))]
#: what a serial pad sends for a key, without its end of line → move
Lines = Annotated[dict[str, str], AfterValidator(_known("line", {}))]
#: sent back as bytes of Latin-1: `\u0007` is the byte 7
Sign = Annotated[str, loader.like(r"[\x00-\xff]{0,64}", "'ok\\r\\n' (up to 64 bytes)")]


class Signs(loader.Settings):
    """What a serial pad is sent after a press: its light or its beeper knows what to do with it."""

    ok: Sign = ""
    #: nobody waits
    nobody: Sign = ""
    refused: Sign = ""
    #: the server gave no answer
    away: Sign = ""


class CallPad(loader.Settings):
    """A call pad at a clerk's window."""

    #: the center's server
    server: Url = "http://localhost:8000"
    #: file with the token that `navbat-server device enrol` gave; where there is none the pad asks
    token_file: Path = Path("/etc/navbat/callpad.token")
    #: folder for the token of a pad that was let in by its code
    data: Path = Path("/var/lib/navbat-callpad")
    #: where it hangs
    pad: Pad = "hid:///dev/input/navbat-callpad"
    #: a second press of the same key within so many milliseconds counts as none
    double_press_ms: Annotated[int, Field(ge=0, le=5000)] = 300
    #: a press that got no answer is sent again for so many seconds
    patience_seconds: Annotated[float, Field(ge=1, le=60)] = 8
    log_level: LogLevel = "INFO"
    keys: Keys = Field(default_factory=_KEYS.copy)
    lines: Lines = Field(default_factory=_LINES.copy)
    signs: Signs = Signs()


def load(path: Path = PATH) -> CallPad:
    """Return the pad's settings, or raise ConfigErrors with every mistake in the file."""
    return loader.load(path, CallPad)

"""Which display hangs over which window: a TOML file, and what each of them is to show."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from config import loader
from display_board.led.protocol import LAST_ADDRESS, Sign
from display_board.state import Board, Row
from display_board.view import HIGHLIGHT

#: places of a display that is used for a number
Width = Annotated[int, Field(ge=1, le=16)]


class Display(loader.Settings):
    """One display."""

    window: Annotated[int, Field(ge=1)]
    address: Annotated[int, Field(ge=1, le=LAST_ADDRESS)]
    #: letters that it has room for
    width: Width = 4


class Wiring(loader.Settings):
    """Every display on one port."""

    protocol: Literal["stx"] = "stx"
    baud: Literal[1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200] = 9600
    #: seconds after which every display is told again what it shows
    refresh_seconds: Annotated[float, Field(ge=1, le=60)] = 5
    displays: Annotated[tuple[Display, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _apart(self) -> Self:
        addresses = [display.address for display in self.displays]
        twice = {address for address in addresses if addresses.count(address) > 1}
        if twice:
            raise ValueError(f"two displays have the address {min(twice)}; each needs its own")
        return self


def load(path: Path) -> Wiring:
    """Return the wiring of a file, or raise ConfigErrors with every mistake in it."""
    return loader.load(path, Wiring)


def signs(board: Board, wiring: Wiring, now: float) -> tuple[Sign, ...]:
    """Return what each display shows at `now`, steady seconds: its window's number, or nothing.

    A board that has lost the server keeps its rows, and so do the displays.
    """
    rows = {row.window: row for row in board.rows}
    return tuple(_sign(display, rows.get(display.window), now) for display in wiring.displays)


def fitted(number: str, width: int) -> str:
    """Return a number for so many places, to the right; without its letter where that is needed.

    A number that is too long even so is dashes: half a number would send somebody else.
    """
    digits = number.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    plain = number.isascii() and number.isprintable()
    fitting = [text for text in (number, digits) if plain and text and len(text) <= width]
    return fitting[0].rjust(width) if fitting else "-" * width


def _sign(display: Display, row: Row | None, now: float) -> Sign:
    if row is None:
        return Sign(display.address, " " * display.width)
    blinking = row.lit_at is not None and now < row.lit_at + HIGHLIGHT
    return Sign(display.address, fitted(row.number, display.width), blinking)

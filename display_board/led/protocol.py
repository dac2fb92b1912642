"""The bytes of an LED display: pure, one function each way.

There is no standard; the usual one-way frame on RS-485 (9600 baud, 8 data bits, no parity, one
stop bit) is STX, address, text, checksum, ETX. Byte by byte, for "A042" blinking at address 3:

    02        STX, the beginning
    30 33     the address as two hexadecimal digits in capitals: "03"; "00" is every display
    31        "1" blinks half a second on and half a second off, "0" is steady
    41 30 34 32   the text, one byte a letter from 20 to 7E, as many as the display has places
    30 35     the checksum as two hexadecimal digits: all bytes between STX and here, exclusive or
    03        ETX, the end

No byte between STX and ETX is below 20, so a display that was switched on in the middle of a
frame finds the next beginning by itself. A display of another maker is another pair of functions
with the signatures of `Driver`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import xor
from typing import Final, Protocol

STX: Final = 0x02
ETX: Final = 0x03
STEADY: Final = "0"
BLINKING: Final = "1"
#: every display hears it
EVERYBODY: Final = 0
LAST_ADDRESS: Final = 0xFE
#: of a frame, besides its text
OVERHEAD: Final = 7
_SPACE: Final = 0x20
_TILDE: Final = 0x7E


@dataclass(frozen=True, slots=True)
class Sign:
    """What one display shows."""

    address: int
    text: str
    blinking: bool = False


class Driver(Protocol):
    """How signs become bytes; another maker's display is another driver."""

    def __call__(self, sign: Sign) -> bytes:
        """Return the bytes that make the display show it; raises ValueError if it cannot."""
        ...


def encode(sign: Sign) -> bytes:
    """Return the frame of a sign; raises ValueError for an address or a letter that it has not."""
    if not EVERYBODY <= sign.address <= LAST_ADDRESS:
        raise ValueError(f"there is no display at address {sign.address}")
    if not all(_SPACE <= ord(letter) <= _TILDE for letter in sign.text):
        raise ValueError(f"{sign.text!r} has a letter that the display does not know")
    mode = BLINKING if sign.blinking else STEADY
    inner = f"{sign.address:02X}{mode}{sign.text}".encode("ascii")
    return bytes([STX, *inner, *_checksum(inner), ETX])


def decode(frame: bytes) -> Sign | None:
    """Return the sign of a whole frame, or None where it is damaged."""
    if len(frame) < OVERHEAD or frame[0] != STX or frame[-1] != ETX:
        return None
    inner, checksum = frame[1:-3], frame[-3:-1]
    if checksum != _checksum(inner):
        return None
    try:
        said = inner.decode("ascii")
        address = int(said[:2], 16)
    except ValueError:
        return None
    if said[2] not in (STEADY, BLINKING):
        return None
    return Sign(address, said[3:], said[2] == BLINKING)


#: protocol's name in the wiring's file → its driver
DRIVERS: Final[dict[str, Driver]] = {"stx": encode}


def _checksum(inner: bytes) -> bytes:
    return f"{reduce(xor, inner, 0):02X}".encode("ascii")

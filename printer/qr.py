"""The QR code on the slip: an address becomes rows of dark and light modules."""

from dataclasses import dataclass

import segno

#: Light modules around the code, as the standard asks.
QUIET = 4
#: 0.6 mm at 203 dpi: smaller modules are hard to read from thermal paper.
SMALLEST_MODULE = 5
LARGEST_MODULE = 7


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code without its quiet zone, and the dots that one module takes."""

    rows: tuple[bytes, ...]
    module: int

    @property
    def size(self) -> int:
        """Return the width and height in dots, quiet zone included."""
        return (len(self.rows) + 2 * QUIET) * self.module


def make_code(url: str, width: int, aim: int) -> Code:
    """Return the code of `url` near `aim` dots wide, and never wider than `width` dots.

    Error correction M; L where M would need modules under 0.6 mm.
    """
    for level in ("m", "l"):
        rows = _rows(url, level)
        modules = len(rows) + 2 * QUIET
        if modules * SMALLEST_MODULE <= width:
            break
    module = max(SMALLEST_MODULE, min(LARGEST_MODULE, aim // modules))
    return Code(rows, min(module, width // modules))


def _rows(url: str, level: str) -> tuple[bytes, ...]:
    symbol = segno.make(url, error=level, micro=False, boost_error=False)
    return tuple(bytes(row) for row in symbol.matrix)

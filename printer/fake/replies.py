"""What the fake printer says of itself, in the bits of its model."""

from printer.fake.paper_path import PaperPath
from printer.model import Model

_PRINTER, _CAUSE, _ERROR = 1, 2, 3
_FIXED = 0x12


def status_byte(number: int, path: PaperPath, *, hot: bool) -> bytes:
    """Return the answer to DLE EOT 1-4."""
    if number == _PRINTER:
        bits = 0x08 * (path.stopped or hot)
    elif number == _CAUSE:
        bits = 0x04 * path.cover_open | 0x20 * path.ended | 0x40 * (path.cutter_stuck or hot)
    elif number == _ERROR:
        bits = 0x08 * path.cutter_stuck | 0x40 * hot
    else:
        bits = _paper_bits(path)
    return bytes((_FIXED | bits,))


def full_status(path: PaperPath, *, hot: bool) -> bytes:
    """Return the answer to DLE EOT 20."""
    user, passing, lasting = 0x02 * path.cover_open, 0x01 * hot, 0x01 * path.cutter_stuck
    return bytes((0x10, 0x0F, _paper_bits(path), user, passing, lasting))


def automatic(path: PaperPath) -> bytes:
    """Return the four bytes of the automatic status."""
    first = 0x10 | 0x08 * path.stopped | 0x20 * path.cover_open
    paper = 0x03 * path.low | 0x0C * path.ended
    return bytes((first, 0x08 * path.cutter_stuck, paper, 0))


def name_block(model: Model) -> bytes:
    """Return the answer to GS I 67; nothing for a model that has no name for it."""
    return b"\x5f" + model.names[0].encode() + b"\0" if model.names and not model.ids else b""


def id_byte(model: Model) -> bytes:
    """Return the answer to GS I 1."""
    return bytes(model.ids[:1])


def _paper_bits(path: PaperPath) -> int:
    model = path.model
    near = model.near_end_bits if path.low and model.near_end_sensor else 0
    end = model.paper_end_bits if path.ended else 0
    out = model.presenter.output_bits if model.presenter and path.held else 0
    return near | end | out

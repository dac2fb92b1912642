"""A picture becomes ESC/POS bytes: ten commands that every receipt printer knows.

python-escpos writes the frame of a job (initialise, cut). It does not write the picture: its
`image()` prints to stdout without a profile and knows neither blank rows nor trimmed bands. Its
transports are never used.
"""

import logging
import os
import shutil
from collections.abc import Iterator
from functools import cache
from itertools import groupby

from PIL import Image

from printer.model import Model

_BLACK_IS_ONE = bytes(255 - value for value in range(256))
_PROOF = bytes.fromhex("1d284806003030")
#: The longest feed of one ESC J.
_LONGEST_FEED = 255


def encode(image: Image.Image, model: Model) -> bytes:
    """Return the job that prints the 1-bit `image`, cuts the paper and holds the slip out."""
    start, end = _frame()
    presenter = model.presenter.present if model.presenter else b""
    body = _body(image, model.band_rows)
    return b"".join((model.clear, start, *body, _cut(model) or end, presenter))


def sweep(job: bytes, model: Model, width: int) -> bytes:
    """Return a job with what brings a printer to its senses first, behind one that broke off.

    The printer may still wait for the rest of a band, and would take the next slip's first bytes
    for dots. Where no clear ends that, zeros fill the band with white; they are nothing to a
    printer that does not wait. Then the piece that hangs there is cut off.
    """
    start, end = _frame()
    calm = model.clear or bytes(model.band_rows * width // 8)
    # a second clear would wipe out the cut before it is done
    return calm + start + (_cut(model) or end) + job.removeprefix(model.clear)


def ask_for_proof(mark: bytes) -> bytes:
    """Return GS ( H: "answer with these four characters when all before this is printed"."""
    return _PROOF + mark


def warm() -> None:
    """Load python-escpos now, so that the first slip does not wait for it."""
    _frame()


def _cut(model: Model) -> bytes:
    """Return the model's own cut; empty where it has none."""
    feed = b"\x1bJ" + bytes((model.cut_feed_rows,)) if model.cut_feed_rows else b""
    return feed + model.cut if model.cut else b""


def _body(image: Image.Image, band_rows: int) -> Iterator[bytes]:
    """Yield bands of rows with ink, and feeds for the blank rows between them."""
    if image.mode != "1" or image.width % 8:
        raise ValueError("a 1-bit image with a width of whole bytes is needed")
    dots, step = image.tobytes().translate(_BLACK_IS_ONE), image.width // 8
    rows = [dots[at : at + step].rstrip(b"\0") for at in range(0, len(dots), step)]
    for inked, run in groupby(rows, key=bool):
        lines = list(run)
        size = band_rows if inked else _LONGEST_FEED
        for at in range(0, len(lines), size):
            part = lines[at : at + size]
            yield _band(part) if inked else b"\x1bJ" + bytes((len(part),))


def _band(rows: list[bytes]) -> bytes:
    """Return GS v 0 for some rows, as wide as the longest of them."""
    width = max(map(len, rows))
    size = width.to_bytes(2, "little") + len(rows).to_bytes(2, "little")
    return b"\x1dv0\0" + size + b"".join(row.ljust(width, b"\0") for row in rows)


@cache
def _frame() -> tuple[bytes, bytes]:
    """Return what python-escpos puts before and behind the picture.

    Its import leaves a log handler and a folder in /tmp behind: both are taken away again.
    """
    before = set(logging.root.handlers)
    from escpos import capabilities  # noqa: PLC0415  (0.2 s and side effects: only when needed)
    from escpos.printer import Dummy  # noqa: PLC0415

    for handler in set(logging.root.handlers) - before:
        logging.root.removeHandler(handler)
    if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ:
        shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    start, end = Dummy(), Dummy()
    start.hw("INIT")
    end.cut(feed=False)
    return start.output, end.output

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from printer.decode import decode
from printer.errors import DecodeError
from printer.escpos import encode
from printer.model import GENERIC, models
from printer.paper import PAPER_58, PAPER_80
from printer.raster import render
from printer.slip import Slip

EPSON = models()["epson-tm-t20iii"]

HOSTILE = st.text(
    st.one_of(
        st.sampled_from("\x00\x07\x0a\x10\x04\x14\x1b\x1c\x1d@V\x7f\x85\u2028aA"), st.characters()
    ),
    max_size=30,
)
IMAGES = st.builds(
    lambda width, rows: Image.frombytes(
        "1", (width * 8, len(rows)), b"".join(r[:width] for r in rows)
    ),
    st.integers(1, 9),
    st.lists(
        st.one_of(st.just(b"\xff" * 9), st.binary(min_size=9, max_size=9)), min_size=1, max_size=600
    ),
)


def _bands(data):
    """Yield width and height of each GS v 0, by its own reading of the bytes."""
    at = 0
    while (at := data.find(b"\x1dv0\0", at)) >= 0:
        width, height = (int.from_bytes(data[at + 4 + n : at + 6 + n], "little") for n in (0, 2))
        yield width, height
        at += 8 + width * height


@settings(deadline=None)
@given(IMAGES)
def test_bytes_give_back_the_picture(image):
    """What is encoded and decoded again is the same picture, dot for dot."""
    (again,) = decode(encode(image, GENERIC), image.width)
    assert again.size == image.size
    assert again.tobytes() == image.tobytes()


@pytest.mark.parametrize("paper", [PAPER_80, PAPER_58], ids=["80", "58"])
def test_slips_survive_the_bytes(paper, slips):
    """Each slip comes back from its bytes dot for dot."""
    for slip in slips.values():
        picture = render(slip, paper)
        (again,) = decode(encode(picture, GENERIC), paper.width_dots)
        assert again.tobytes() == picture.tobytes()


@settings(deadline=None, max_examples=40)
@given(HOSTILE, HOSTILE, HOSTILE)
def test_no_text_becomes_a_command(center, service, value):
    """Whatever a text holds, the bytes are our commands and nothing else."""
    slip = Slip(ref="r", number="A001", center=center, service=service, lines=(("", value),))
    picture = render(slip, PAPER_58)
    (again,) = decode(encode(picture, GENERIC), PAPER_58.width_dots)
    assert again.tobytes() == picture.tobytes()


def test_bands_are_low_and_trimmed(slip):
    """No band is higher than 256 rows, and blank paper costs next to nothing."""
    picture = render(slip, PAPER_80)
    data = encode(picture, GENERIC)
    assert all(height <= 256 and width <= 72 for width, height in _bands(data))
    assert len(data) < 0.75 * len(picture.tobytes())


def test_a_blank_picture_is_only_fed():
    """Paper without ink is fed in steps of at most 255 dots and cut."""
    data = encode(Image.new("1", (576, 600), 1), GENERIC)
    assert data == b"\x1b@" + b"\x1bJ\xff\x1bJ\xff\x1bJ\x5a" + b"\x1dVB\0"


def test_a_job_begins_with_init_and_ends_with_a_cut(slip):
    """python-escpos writes the frame: ESC @ in front, GS V 66 0 behind."""
    data = encode(render(slip, PAPER_80), GENERIC)
    assert data.startswith(b"\x1b@")
    assert data.endswith(b"\x1dVB\x00")
    assert data.count(b"\x1dVB\x00") == 1


def test_a_printer_that_can_forgets_a_broken_job_first(slip):
    """Where the model knows it, the job begins by clearing what a broken one left."""
    assert encode(render(slip, PAPER_80), EPSON).startswith(
        bytes.fromhex("101408010314010602081b40")
    )


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_only_one_bit_pictures_are_encoded(mode):
    """A grey or coloured picture is a mistake of ours, not something to print."""
    with pytest.raises(ValueError, match="1-bit"):
        encode(Image.new(mode, (576, 8)), GENERIC)


@pytest.mark.parametrize(
    "data",
    [
        b"A",
        b"\x1b",
        b"\x1ba\x01",
        b"\x1dv0\x00\x01\x00\x02\x00\xff",
        b"\x1bJ",
        b"\x1bJ\x05",
        b"\x10\x04\x05",
        b"\x1dVA\x00",
        b"\x1d(H\x06\x00001\x1b23",
        b"\x1dv0\x00\x03\x00\x01\x00abc\x1dVB\x00",
    ],
)
def test_what_is_not_ours_is_refused(data):
    """An unknown, cut-off or too wide command is a `DecodeError`, never a guess."""
    with pytest.raises(DecodeError):
        decode(data, 16)


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_decoding_garbage_ends_well(data):
    """Any bytes are decoded or refused."""
    try:
        pages = decode(data, 16)
    except DecodeError:
        return
    assert all(page.width == 16 for page in pages)


def test_every_beginning_of_a_job_is_refused(slip):
    """A job that was cut off anywhere never decodes as a whole slip."""
    data = encode(render(slip, PAPER_58), GENERIC)
    for end in range(2 + 1, len(data), 997):
        with pytest.raises(DecodeError):
            decode(data[:end], PAPER_58.width_dots)


def test_python_escpos_leaves_nothing_behind(tmp_path):
    """Loading it adds no log handler and no folder; it writes nothing to stdout."""
    program = (
        "import logging; from printer.escpos import encode; from printer.model import GENERIC;"
        "from PIL import Image; encode(Image.new('1', (8, 8)), GENERIC);"
        "assert logging.root.handlers == [], logging.root.handlers"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=False,
        cwd=".",
        env={"TMPDIR": str(tmp_path), "PATH": "", "PYTHONPATH": "."},
        timeout=60,
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")
    assert list(tmp_path.iterdir()) == []

from __future__ import annotations

import struct
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.voice import wav
from queue_server.voice.sound import FULL, RATE

SAMPLES = [0, 8192, -8192, 16384, -16384, 0]


def riff(kind, bits, body, channels=1, rate=RATE, tail=b""):
    """Return a WAV file as some recorder writes it."""
    header = struct.pack("<HHIIHH", kind, channels, rate, 0, 0, bits) + tail
    chunks = b"fmt " + struct.pack("<I", len(header)) + header
    chunks += b"LIST" + struct.pack("<I", 3) + b"abc\0"
    chunks += b"data" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WAVE" + chunks


@given(st.lists(st.integers(-FULL, FULL), max_size=200))
def test_there_and_back(samples):
    """What is written is read again."""
    assert list(wav.read_clip(wav.write(array("h", samples)))) == samples


@pytest.mark.parametrize(
    ("kind", "bits", "form"),
    [(1, 16, "h"), (1, 32, "i"), (3, 32, "f")],
)
def test_kinds(kind, bits, form):
    """Whole numbers of 16 and 32 bits and floats say the same."""
    scale = {"h": 1, "i": 65536, "f": 1 / FULL}[form]
    body = struct.pack(f"<{len(SAMPLES)}{form}", *(sample * scale for sample in SAMPLES))
    found = wav.read(riff(kind, bits, body))
    assert [round(sample) for sample in found.samples] == SAMPLES


def test_24_bits_in_the_extensible_header():
    """What Audacity and phones write is read, though Python's own module refuses it."""
    body = b"".join(struct.pack("<i", sample * 256)[:3] for sample in SAMPLES)
    tail = struct.pack("<HHIH", 22, 24, 0, 1) + bytes(14)
    found = wav.read(riff(0xFFFE, 24, body, tail=tail))
    assert list(found.samples) == SAMPLES


def test_8_bits():
    """The oldest kind counts from 128."""
    assert list(wav.read(riff(1, 8, bytes([128, 160, 96]))).samples) == [0, 8192, -8192]


def test_stereo_is_mixed():
    """Two channels become their mean; a half sample at the end is left out."""
    body = struct.pack("<5h", 100, 300, -100, -300, 7) + b"\x01"
    assert list(wav.read(riff(1, 16, body, channels=2)).samples) == [200, -200]


@pytest.mark.parametrize(
    "data",
    [b"", b"RIFF", b"ID3\x03" + bytes(200), riff(85, 16, b"\0\0"), riff(1, 16, b"", channels=0)],
)
def test_no_wav(data):
    """Garbage, an MP3 and a damaged header are refused by name."""
    with pytest.raises(wav.NotWav):
        wav.read(data)


@given(st.binary(max_size=100))
def test_any_bytes(data):
    """Whatever a file holds, it is read or refused, and nothing else happens."""
    for whole in (data, b"RIFF\0\0\0\0WAVE" + data, riff(1, 16, data)[: len(data)]):
        try:
            wav.read(whole)
        except wav.NotWav:
            continue


@pytest.mark.parametrize(
    "data", [riff(1, 16, bytes(8), rate=44100), riff(1, 8, bytes(8)), riff(1, 16, bytes(8), 2)]
)
def test_a_pack_takes_its_own_format_only(data):
    """A clip of another rate, width or number of channels would be played wrong."""
    with pytest.raises(wav.NotWav, match="not 22050 Hz, 16 bits, one channel"):
        wav.read_clip(data)

"""WAV files: ours written, anybody's read.

Python's `wave` refuses what recorders write today (24 bits, floats, the extensible header), so
reading is done here.
"""

from __future__ import annotations

import io
import struct
import sys
import wave
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from queue_server.voice.sound import FULL, RATE

_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE


class NotWav(Exception):
    """The file is no WAV, or of a kind that is not read."""


@dataclass(frozen=True, slots=True)
class Recording:
    """What a WAV file holds, mixed down to one channel."""

    rate: int
    #: how the file itself is written
    channels: int
    bits: int
    samples: Sequence[float]


def write(samples: array[int]) -> bytes:
    """Return samples as a WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(_little_endian(samples).tobytes())
    return file.getvalue()


def read(data: bytes) -> Recording:
    """Return what a WAV file holds, its samples from -`FULL` to `FULL`; raises NotWav."""
    chunks = _chunks(data)
    header, body = chunks.get(b"fmt ", b""), chunks.get(b"data")
    if len(header) < struct.calcsize("<HHIIHH") or body is None:
        raise NotWav("it is not a WAV file")
    kind, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", header)
    if kind == _EXTENSIBLE and len(header) >= 26:  # noqa: PLR2004 - where the kind stands there
        kind = struct.unpack_from("<H", header, 24)[0]
    if not channels or not rate:
        raise NotWav("its header is damaged")
    return Recording(rate, channels, bits, _mono(_decoded(kind, bits, body), channels))


def read_clip(data: bytes) -> array[int]:
    """Return the samples of a file in a pack's own format; raises NotWav."""
    found = read(data)
    if (found.rate, found.channels, found.bits) != (RATE, 1, 16):
        kind = f"{found.rate} Hz, {found.bits} bits, {found.channels} channels"
        raise NotWav(f"it is {kind}, not {RATE} Hz, 16 bits, one channel")
    return array("h", cast("array[int]", found.samples))


def _chunks(data: bytes) -> dict[bytes, bytes]:
    """Return the parts of a RIFF file; one that is cut off holds what is there."""
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        return {}
    found: dict[bytes, bytes] = {}
    at = 12
    while at + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, at)
        found.setdefault(name, data[at + 8 : at + 8 + size])
        at += 8 + size + size % 2
    return found


def _decoded(kind: int, bits: int, body: bytes) -> Sequence[float]:
    body = body[: len(body) - len(body) % max(1, bits // 8)]
    match kind, bits:
        case (1, 16):
            return _little_endian(array("h", body))
        case (1, 8):
            return [(sample - 128) * 256 for sample in body]
        case (1, 24):
            # the two upper bytes are all that sixteen bits have room for
            upper = bytearray(len(body) // 3 * 2)
            upper[0::2], upper[1::2] = body[1::3], body[2::3]
            return _little_endian(array("h", bytes(upper)))
        case (1, 32):
            return [sample / 65536 for sample in _little_endian(array("i", body))]
        case (3, 32):
            return [sample * FULL for sample in _little_endian(array("f", body))]
        case _:
            raise NotWav(f"its kind is not read ({kind}, {bits} bits); save it as 16-bit PCM")


def _little_endian(samples: array) -> array:  # type: ignore[type-arg]
    if sys.byteorder == "big":
        samples = array(samples.typecode, samples)
        samples.byteswap()
    return samples


def _mono(samples: Sequence[float], channels: int) -> Sequence[float]:
    if channels == 1:
        return samples
    whole = len(samples) - len(samples) % channels
    sides = [samples[side:whole:channels] for side in range(channels)]
    return [sum(moment) / channels for moment in zip(*sides, strict=True)]

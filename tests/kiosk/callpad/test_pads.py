"""Pads: input events through a pipe, lines through a pseudo-terminal."""

from __future__ import annotations

import os
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.callpad import pads
from kiosk.callpad.pads import EVENT, KeyboardPad, SerialPad
from tests.kiosk.callpad.hardware import SOON, event, press_of


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A pipe in place of /dev/input/event*."""
    path = tmp_path / "event"
    os.mkfifo(path)
    return path


@pytest.fixture
def keyboard(pipe: Path) -> Iterator[tuple[KeyboardPad, int]]:
    """A keyboard pad on the pipe, and the pipe's other end."""
    pad = KeyboardPad(pipe, grab=lambda _descriptor: None)
    writing = os.open(pipe, os.O_WRONLY)
    yield pad, writing
    os.close(writing)
    pad.close()


def test_a_press_is_told_by_its_name(keyboard: tuple[KeyboardPad, int]) -> None:
    """Releases, repeats of a held key and other events are none."""
    pad, writing = keyboard
    os.write(writing, press_of("kpenter") + event(1, 96, 2) + event(4, 4, 99) + press_of("kp1"))
    assert pad.pressed(SOON) == ["kpenter", "kp1"]


def test_an_event_may_come_in_pieces(keyboard: tuple[KeyboardPad, int]) -> None:
    """Half an event waits for the other half."""
    pad, writing = keyboard
    whole = event(1, 79, 1)
    os.write(writing, whole[:7])
    assert pad.pressed(SOON) == []
    os.write(writing, whole[7:])
    assert pad.pressed(SOON) == ["kp1"]


def test_a_key_without_a_name_is_told_by_its_code(keyboard: tuple[KeyboardPad, int]) -> None:
    """The log then says what to look for."""
    pad, writing = keyboard
    os.write(writing, event(1, 700, 1))
    assert pad.pressed(SOON) == ["code 700"]


def test_an_unplugged_pad_is_an_error(pipe: Path) -> None:
    """So that it is waited for."""
    pad = KeyboardPad(pipe, grab=lambda _descriptor: None)
    os.close(os.open(pipe, os.O_WRONLY))
    with pytest.raises(OSError, match="unplugged"):
        pad.pressed(SOON)
    pad.close()


def test_a_file_that_is_no_input_device_is_refused(pipe: Path) -> None:
    """Its keys could not be kept from the desktop."""
    with pytest.raises(OSError, match="Inappropriate ioctl"):
        KeyboardPad(pipe)


def test_an_event_has_the_kernel_s_size() -> None:
    """Two longs, two shorts and an int."""
    assert EVENT.size in (16, 24)


def test_lines_come_over_a_serial_line_and_a_sign_goes_back() -> None:
    """Whatever ends the lines; the light gets its bytes."""
    ours, theirs = os.openpty()
    tty.setraw(ours)
    pad = SerialPad(os.ttyname(theirs), 9600)
    os.write(ours, b"N\r\n S \rhal")
    assert pad.pressed(SOON) == ["N", "S"]
    os.write(ours, b"f\n")
    assert pad.pressed(SOON) == ["half"]
    pad.tell(b"L1\r\n")
    assert os.read(ours, 64) == b"L1\r\n"
    pad.close()
    os.close(theirs)
    os.close(ours)


@pytest.mark.parametrize(
    "address", ["hid://", "tcp:///x", "serial:///dev/x?parity=odd", "hid:///dev/x?baud=9600"]
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    """The sentence shows how it is written."""
    with pytest.raises(ValueError, match="hid:///dev/input"):
        pads.opening(address)

from __future__ import annotations

import os
import pty
import queue
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.events import Scanned
from kiosk.scanner import LONGEST, SerialScanner, Typist, clean, serial_line, split

PATIENCE = 20.0
URL = "http://192.168.10.5:8000/t/01JD5Z6Y7V?key=k7Wq3m9X"


def type_all(text: str, pace: float, frame: float = 0.0) -> tuple[str, list[bool]]:
    """Type a text and Enter at a pace in seconds; keys are heard once a frame."""
    typist, at, swallowed = Typist(), 0.0, []
    for letter in text:
        at += pace
        heard = at if not frame else (at // frame + 1) * frame
        swallowed.append(typist.key(letter, heard))
    return typist.end(at if not frame else (at // frame + 1) * frame), swallowed


@pytest.mark.parametrize("pace", [0.0, 0.002, 0.01, 0.02])
@pytest.mark.parametrize("frame", [0.0, 0.033])
def test_a_scanner_is_told_by_its_speed(pace, frame):
    """Whatever the screen's rhythm, a burst that Enter ends is a code."""
    code, swallowed = type_all(URL, pace, frame)
    assert code == URL
    assert all(swallowed[5:])


@pytest.mark.parametrize("pace", [0.08, 0.12, 0.3])
@pytest.mark.parametrize("frame", [0.0, 0.033])
def test_a_hand_is_not_taken_for_one(pace, frame):
    """The fastest typist's Enter is an Enter, and the letters are letters."""
    code, swallowed = type_all("480125", pace, frame)
    assert code == ""
    assert not any(swallowed)


def test_a_few_quick_keys_are_no_code():
    """Keys that were hit together."""
    assert type_all("abc", 0.001)[0] == ""


def test_enter_after_a_while_is_a_hand_s():
    """A scanner without an end, then somebody presses Enter."""
    typist = Typist()
    for number, letter in enumerate("ABCDEF"):
        typist.key(letter, number * 0.002)
    assert typist.end(2.0) == ""


def test_keys_without_a_letter_are_not_heard():
    """Arrows, shift, escape."""
    typist = Typist()
    assert not typist.key("\x1b", 0.0)
    assert not typist.key("\t", 0.001)
    assert typist.end(0.002) == ""


@given(st.text())
def test_a_code_is_one_line_that_can_be_seen(text):
    """Whatever was on the paper."""
    cleaned = clean(text)
    assert len(cleaned) <= LONGEST
    assert cleaned == clean(cleaned)
    assert "\n" not in cleaned


@given(st.lists(st.binary(max_size=40), max_size=8), st.binary(max_size=40))
def test_codes_are_split_at_their_ends(lines, rest):
    """However the bytes come, no more is held than a code may have."""
    codes, held = split(b"\r\n".join([*lines, rest]))
    assert all(b"\n" not in code and b"\r" not in code for code in codes)
    assert len(held) <= LONGEST


@pytest.fixture
def mail() -> queue.SimpleQueue:
    """Where events arrive."""
    return queue.SimpleQueue()


@pytest.fixture
def cable(mail):
    """The scanner's end of a serial line that is listened to."""
    ours, theirs = pty.openpty()
    scanner = SerialScanner(serial_line(f"serial://{os.ttyname(theirs)}"), mail.put, lambda: 7.0)
    scanner.start()
    yield ours
    scanner.stop()
    os.close(ours)
    os.close(theirs)


def test_a_serial_scanner_is_heard(cable, mail):
    """With any end of line, with none, and after garbage."""
    while mail.empty():  # what came before the line was opened is not heard
        os.write(cable, URL.encode() + b"\r\n")
        threading.Event().wait(0.05)
    os.write(cable, b"ABCD12\rEFGH34\r")
    while (said := mail.get(timeout=PATIENCE)) == Scanned(7.0, URL):
        continue
    assert said.text == "ABCD12"
    assert mail.get(timeout=PATIENCE).text == "EFGH34"
    os.write(cable, b"IJKL56\rMNOP78\r")
    assert [mail.get(timeout=PATIENCE).text for _ in range(2)] == ["IJKL56", "MNOP78"]
    os.write(cable, b"no-end")
    assert mail.get(timeout=PATIENCE).text == "no-end"
    os.write(cable, b"\xff\xfe\x00\x01\x1b[31m\r\n")
    assert mail.get(timeout=PATIENCE).text
    os.write(cable, b"x" * 2000 + b"\rABCD12\r")
    while (said := mail.get(timeout=PATIENCE)).text != "ABCD12":
        assert len(said.text) <= LONGEST


class Plug:
    """A scanner that is unplugged, and plugged in again."""

    def __init__(self) -> None:
        self.opened = 0

    def open(self):
        """Be there every second time."""
        self.opened += 1
        if self.opened % 2:
            raise OSError("no such device")
        return self

    def read(self, _size: int) -> bytes:
        """Say one code, then be gone."""
        if self.opened > 2:
            raise OSError("it was unplugged")
        self.opened += 1
        return b"ABCD12\r"

    def close(self) -> None:
        """Nothing is held."""


def test_a_scanner_that_is_unplugged_is_waited_for(mail, caplog, monkeypatch):
    """Said once in the log; the next one is heard."""
    monkeypatch.setattr("kiosk.scanner.RETRY", 0.01)
    plug = Plug()
    scanner = SerialScanner(plug.open, mail.put, lambda: 7.0)
    scanner.start()
    assert mail.get(timeout=PATIENCE).text == "ABCD12"
    scanner.stop()
    assert "no scanner" in caplog.text


@pytest.mark.parametrize("address", ["serial://", "tcp://x", "serial:///dev/x?speed=9", "lpt1"])
def test_a_wrong_address_is_named(address):
    """When it is set up, not when a code is scanned."""
    with pytest.raises(ValueError, match=r"serial:///dev/ttyACM0"):
        serial_line(address)


def test_a_scanner_that_is_not_there_is_an_error_of_the_system():
    """Serial's own errors are OSErrors."""
    with pytest.raises(OSError, match="no-such-device"):
        serial_line("serial:///dev/no-such-device")()

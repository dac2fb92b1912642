from __future__ import annotations

import logging
import os
import threading
from dataclasses import replace
from functools import partial

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from config.loader import ConfigErrors
from display_board.app import main
from display_board.led import wall, wiring
from display_board.led.port import RETRY, Port
from display_board.led.protocol import Sign, decode, encode
from display_board.led.simulator import Decoder, Simulator, as_text, picture, told
from display_board.led.wiring import Display, Wiring, fitted, signs
from display_board.state import Message
from queue_server.client.feed import Feed
from tests.display_board.scenes import board, lost
from tests.socket_hall import TOKEN, TOPIC, call

DISPLAYS = Wiring(
    displays=(
        Display(window=3, address=3),
        Display(window=12, address=12, width=3),
        Display(window=9, address=9),
    )
)
texts = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=16)


def test_frame_byte_by_byte():
    """A frame is STX, address, mode, text, exclusive-or checksum, ETX, as the module says."""
    frame = encode(Sign(3, "A042", blinking=True))
    assert frame == bytes.fromhex("02 30 33 31 41 30 34 32 34 35 03")
    checksum = 0
    for byte in frame[1:-3]:
        checksum ^= byte
    assert frame[-3:-1] == f"{checksum:02X}".encode()


@given(address=st.integers(0, 0xFE), text=texts, blinking=st.booleans())
def test_round(address, text, blinking):
    """Whatever a display can show comes back from its frame."""
    sign = Sign(address, text, blinking)
    assert decode(encode(sign)) == sign


@given(st.lists(st.tuples(st.integers(1, 9), texts), max_size=5), st.binary(max_size=40), st.data())
def test_stream(said, noise, data):
    """Frames are found in any pieces, after any noise that holds no beginning."""
    noise = noise.replace(b"\x02", b"")
    wanted = [Sign(address, text) for address, text in said]
    stream = noise + b"".join(encode(sign) + noise for sign in wanted)
    cut = data.draw(st.integers(0, len(stream)))
    decoder = Decoder()
    assert decoder.feed(stream[:cut]) + decoder.feed(stream[cut:]) == wanted


@given(st.integers(1, 9), st.integers(1, 255))
def test_damaged_byte(place, change):
    """A frame with one changed byte shows nothing wrong: it is dropped, or reads as it was sent."""
    sign = Sign(3, "A042")
    frame = bytearray(encode(sign))
    frame[place] ^= change
    assert decode(bytes(frame)) in (None, sign)


@pytest.mark.parametrize("sign", [Sign(255, "A"), Sign(-1, "A"), Sign(3, "Ғ042"), Sign(3, "A\x03")])
def test_what_a_display_has_not(sign):
    """An address or a letter that displays do not have is refused before it is sent."""
    with pytest.raises(ValueError, match="display"):
        encode(sign)


@pytest.mark.parametrize(
    ("number", "width", "shown"),
    [
        ("A042", 4, "A042"),
        ("A042", 6, "  A042"),
        ("A042", 3, "042"),
        ("A1042", 4, "1042"),
        ("A1042", 3, "---"),
        ("Ғ042", 4, "----"),
    ],
)
def test_number_on_few_places(number, width, shown):
    """A number loses its letter where it must, and never a digit."""
    assert fitted(number, width) == shown


def test_signs():
    """Each display shows its window's number; a new call blinks; a window without one is dark."""
    assert signs(board(2, 1), DISPLAYS, 103.0) == (
        Sign(3, "A042", blinking=True),
        Sign(12, "117"),
        Sign(9, "    "),
    )
    assert not any(sign.blinking for sign in signs(board(2, 1), DISPLAYS, 107.0))
    assert signs(lost(2), DISPLAYS, 107.0)[0].text == "A042"


class Way:
    """A port in a test's hand."""

    def __init__(self):
        self.sent, self.works = [], True

    def send(self, data):
        """Take bytes, if it works."""
        if self.works:
            self.sent.append(decode(data))
        return self.works


def test_changes_at_once_and_all_of_it_again():
    """A change goes out alone and at once; every five seconds each display is told again."""
    way = Way()
    leds = wall.Wall(DISPLAYS, way)
    leds.board = board(1)
    leds.tell(0.0)
    assert [sign.address for sign in way.sent] == [3, 12, 9]
    leds.tell(4.9)
    assert len(way.sent) == 3
    leds.board = board(2)
    leds.tell(4.95)
    assert [sign.address for sign in way.sent[3:]] == [12]
    leds.tell(5.0)
    assert [sign.address for sign in way.sent[4:]] == [3, 12, 9]


def test_dead_port_loses_nothing():
    """What could not be sent is sent when the port is back."""
    way = Way()
    leds = wall.Wall(DISPLAYS, way)
    way.works = False
    leds.board = board(2)
    leds.tell(0.0)
    way.works = True
    leds.tell(0.1)
    assert [sign.text for sign in way.sent] == ["A042", "117", "    "]


def test_blink_ends_by_itself():
    """A call blinks for six seconds, and then the display is told to stand still."""
    way = Way()
    leds = wall.Wall(DISPLAYS, way)
    leds.board = board(1, 1)
    told_at = {}
    for step in range(100):
        before = len(way.sent)
        leds.tell(100.0 + step / 10)
        for sign in way.sent[before:]:
            if sign.address == 3:
                told_at.setdefault(sign.blinking, step / 10)
    assert told_at == {True: 0.0, False: 6.0}


def test_port_complains_once(tmp_path, caplog):
    """A port that is not there is tried again every few seconds and named once in the log."""
    caplog.set_level(logging.INFO)
    time = [0.0]
    port = Port(tmp_path / "ttyUSB0", 9600, lambda: time[0])
    for _ in range(50):
        assert not port.send(b"x")
        time[0] += 0.5
    assert caplog.text.count("not reached") == 1
    (tmp_path / "file").write_text("")
    plain = Port(tmp_path / "file", 9600, lambda: time[0])
    assert not plain.send(b"x")
    master, slave = os.openpty()
    (tmp_path / "ttyUSB0").symlink_to(os.ttyname(slave))
    time[0] += RETRY
    assert port.send(b"x")
    assert os.read(master, 9) == b"x"
    assert "reached again" in caplog.text
    port.close()
    os.close(master)
    os.close(slave)


def test_port_that_nobody_reads():
    """A display that takes no bytes any more stops nothing: the port is given up for a while."""
    master, slave = os.openpty()
    port = Port(os.ttyname(slave), 9600, lambda: 0.0)
    sent = [port.send(b"x" * 512) for _ in range(200)]
    assert sent[0]
    assert not sent[-1]
    port.close()
    os.close(master)
    os.close(slave)


def test_simulator_shows(tmp_path):
    """The simulated displays read a port and show what they were told, as text and as dots."""
    seen = threading.Event()
    simulator = Simulator(lambda shown: seen.set() if len(shown) == 3 else None)
    port = Port(simulator.path, 9600, lambda: 0.0)
    leds = wall.Wall(DISPLAYS, port)
    leds.board = board(2, 1)
    leds.tell(103.0)
    assert seen.wait(10)
    assert as_text(simulator.shown) == "03 [A042]*  09 [    ]  0C [117]"
    surface = picture(simulator.shown)
    lit = [surface.get_at((x, y))[:3] for x in range(0, 400, 2) for y in range(0, 150, 2)]
    assert lit.count((255, 74, 48)) > 100
    dark = picture({1: Sign(1, "    ")})
    assert (255, 74, 48) not in {dark.get_at((x, 79))[:3] for x in range(dark.get_width())}
    port.close()
    simulator.close()


def test_everybody():
    """A frame for address 0 is heard by all displays."""
    shown = {1: Sign(1, "A001"), 2: Sign(2, "A002")}
    assert as_text(told(shown, Sign(0, "----"))) == "01 [----]  02 [----]"


def test_follows_a_hall(hall):
    """Fed by a real server over a kill, the displays show the windows' numbers of now."""
    way, stopping, clock = Way(), threading.Event(), [0.0]
    leds = wall.Wall(DISPLAYS, way)
    feed = partial(Feed, hall.url, TOKEN, TOPIC)
    hall.publish(call("A042", 3))
    running = threading.Thread(
        target=wall.follow, args=(leds, feed, stopping), kwargs={"clock": lambda: clock[0]}
    )
    running.start()
    try:
        wait_for(lambda: Sign(3, "A042") in way.sent)
        hall.kill()
        hall.start()
        hall.publish(call("A042", 3, at_window=False), call("E117", 12))
        wait_for(lambda: Sign(12, "117", blinking=True) in way.sent)
        wait_for(lambda: way.sent[-2:][0].text.strip() == "" or Sign(3, "    ") in way.sent)
    finally:
        stopping.set()
        running.join(10)
    assert not running.is_alive()


def wait_for(come):
    """Wait till something holds."""
    pause = threading.Event()
    for _ in range(600):
        if come():
            return
        pause.wait(0.05)
    raise AssertionError("it did not come")


def test_nothing_known_is_dark():
    """Before the first snapshot every display is dark."""
    way = Way()
    leds = wall.Wall(DISPLAYS, way)
    leds.hear(Message("lost", 0.0, ""))
    leds.tell(0.0)
    assert {sign.text.strip() for sign in way.sent} == {""}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "displays"),
        ("[[displays]]\nwindow = 1\naddress = 300\n", "address"),
        ("[[displays]]\nwindow=1\naddress=1\n[[displays]]\nwindow=2\naddress=1\n", "address 1"),
        ("baud = 1234\n[[displays]]\nwindow = 1\naddress = 1\n", "baud"),
        ("protocol = 'modbus'\n[[displays]]\nwindow = 1\naddress = 1\n", "protocol"),
    ],
)
def test_mistakes_in_the_map(tmp_path, written, said):
    """A mistake in the map is a sentence that names its key, exit status 2."""
    file = tmp_path / "windows.toml"
    file.write_text(written)
    with pytest.raises(ConfigErrors, match=said):
        wiring.load(file)
    answer = CliRunner().invoke(main, ["led", "--port", "pty", "--map", str(file)])
    assert answer.exit_code == 2
    assert said in answer.stderr


def test_one_sign_is_one_value():
    """A sign is compared by what it shows, so that only changes are sent."""
    assert replace(Sign(1, "A001"), blinking=False) == Sign(1, "A001")

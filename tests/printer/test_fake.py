"""The fake printer itself: what it draws, answers, and suffers."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from printer.escpos import ask_for_proof, encode
from printer.fake.control import Control
from printer.fake.machine import Machine
from printer.fake.mishaps import Kind, Mishap, MishapUnknown, read_mishap
from printer.fake.paper_path import Fate, PaperPath, Piece
from printer.fake.tray import Tray, draw_piece
from printer.model import models
from printer.paper import DOTS_PER_MM, PAPER_80
from printer.raster import render

ROOT = Path(__file__).parents[2]
EPSON, CUSTOM = models()["epson-tm-t20iii"], models()["custom-vkp80"]
CLEAR = EPSON.clear


class Bench:
    """A machine on the table, with a clock that a test moves."""

    def __init__(self, model=EPSON, roll_mm=80_000) -> None:
        self.pieces: list[Piece] = []
        self.now = 0.0
        left = roll_mm * DOTS_PER_MM
        self.path = PaperPath(model, self.pieces.append, lambda: self.now, left=left)
        self.machine = Machine(model, self.path)


@pytest.fixture
def bench():
    """An Epson on the table."""
    return Bench()


@pytest.mark.parametrize(
    ("word", "mishap"),
    [
        ("cover", Mishap(Kind.COVER)),
        ("paper-end-after:3", Mishap(Kind.PAPER_END_AFTER, 3)),
        ("slow", Mishap(Kind.SLOW, 2000)),
        (" reset:10 ", Mishap(Kind.RESET, 10)),
    ],
)
def test_a_fault_is_a_word(word, mishap):
    """A name, and a number where the fault has one."""
    assert read_mishap(word) == mishap


@pytest.mark.parametrize("word", ["", "covr", "cover:3", "slow:x", "slow:-1", "slow:9999999999"])
def test_a_wrong_fault_is_said_in_a_sentence(word):
    """What names no fault is refused with what could be meant."""
    with pytest.raises(MishapUnknown):
        read_mishap(word)


def test_a_slip_comes_out_as_it_was_sent(bench, slip):
    """The rows on the paper are the rows of the picture, however the bytes are cut up."""
    data = encode(render(slip, PAPER_80), EPSON)
    for at in range(0, len(data), 777):
        bench.machine.receive(data[at : at + 777])
    (piece,) = bench.pieces
    assert draw_piece(piece, 576).tobytes() == render(slip, PAPER_80).tobytes()
    assert (piece.torn, bench.machine.strange, len(bench.machine.buffer)) == (False, 0, 0)


def test_questions_are_answered_within_a_picture(bench):
    """A real printer hears DLE EOT among the dots as well, and prints the dots all the same."""
    picture = Image.frombytes("1", (24, 1), bytes(255 - byte for byte in b"\x10\x04\x01"))
    assert bench.machine.receive(encode(picture, EPSON)).endswith(b"\x12")
    assert bench.pieces[0].rows == (b"\x10\x04\x01",)


@pytest.mark.parametrize(
    ("fault", "answers"),
    [
        ({}, "12121212"),
        ({"cover_open": True}, "1a161212"),
        ({"left": 0}, "1a32127e"),
        ({"near_end": True}, "1212121e"),
        ({"cutter_stuck": True}, "1a521a12"),
    ],
)
def test_the_state_is_told_in_the_usual_bits(fault, answers, bench):
    """DLE EOT 1-4 say what is the case, off line as well."""
    for name, value in fault.items():
        setattr(bench.path, name, value)
    said = bench.machine.receive(b"".join(bytes((0x10, 4, number)) for number in (1, 2, 3, 4)))
    assert said.hex() == answers


def test_what_is_asked_in_its_turn_waits_for_the_paper(bench):
    """GS r and GS I are not answered off line, and are once it is mended."""
    bench.path.cover_open = True
    assert bench.machine.receive(b"\x1dr\x01\x1dIC") == b""
    bench.path.cover_open = False
    assert bench.machine.go_on() == b"\x00\x5fTM-T20\x00"


def test_automatic_status_tells_of_a_cover(bench):
    """Once GS a asked for it, a change is told unasked."""
    assert bench.machine.news() == b""
    assert bench.machine.receive(b"\x1da\xff") == b"\x10\x00\x00\x00"
    bench.path.cover_open = True
    assert bench.machine.news() == b"\x38\x00\x00\x00"


def test_the_roll_ends_in_the_middle_of_a_slip(slip):
    """The piece that lies there is torn; the rest goes on with the next roll, unless cleared."""
    bench = Bench(roll_mm=30)
    job = encode(render(slip, PAPER_80), EPSON) + ask_for_proof(b"mark")
    bench.machine.receive(job)
    assert [(len(piece.rows), piece.torn) for piece in bench.pieces] == [(240, True)]
    bench.path.new_roll()
    assert b"mark" in bench.machine.go_on()
    assert [piece.torn for piece in bench.pieces] == [True, True]


def test_cleared_the_printer_forgets_the_rest(slip):
    """After the clear nothing more comes out, and the next slip is whole."""
    bench = Bench(roll_mm=30)
    job = encode(render(slip, PAPER_80), EPSON)
    bench.machine.receive(job)
    assert bench.machine.receive(CLEAR) == EPSON.clear_answer
    bench.path.new_roll()
    bench.machine.receive(job)
    assert [piece.torn for piece in bench.pieces] == [True, False]


def test_power_lost_forgets_everything_but_the_paper(bench, slip):
    """Half a slip hangs out, its bytes are gone."""
    job = encode(render(slip, PAPER_80), EPSON)
    bench.machine.receive(job[:9000])
    bench.machine.power_cycle()
    bench.machine.receive(job)
    assert [piece.torn for piece in bench.pieces] == [True, False]


def test_a_slip_is_held_out_until_it_is_taken():
    """The full status says so; time lets the visitor take it; a command draws it back."""
    bench = Bench(CUSTOM)
    bench.machine.receive(b"\x1b@\x1bJ\x08\x1bi")
    ask = b"\x10\x04\x14"
    assert bench.machine.receive(ask) == bytes.fromhex("100f20000000")
    bench.now = 1.0
    assert bench.machine.receive(ask) == bytes.fromhex("100f00000000")
    bench.path.taken_within = None
    bench.machine.receive(b"\x1bJ\x08\x1bi\x1de\x02")
    assert bench.path.fates == [Fate.TAKEN, Fate.RETRACTED]


@settings(deadline=None)
@given(st.lists(st.binary(max_size=40), max_size=6), st.sampled_from(sorted(models())))
def test_any_bytes_are_taken(parts, name):
    """Nothing that is sent breaks the machine."""
    bench = Bench(models()[name], roll_mm=100)
    for part in parts:
        bench.machine.receive(part)
    assert bench.path.cuts >= 0


def test_a_torn_piece_has_its_edge(tmp_path):
    """It is marked in the name and on the picture, and numbers go on after a restart."""
    rows = (b"\xff" * 72,) * 50
    tray = Tray(tmp_path, 576)
    assert tray.drop(Piece(rows)).name == "0001.png"
    torn = Tray(tmp_path, 576).drop(Piece(rows, torn=True))
    assert torn.name == "0002-torn.png"
    with Image.open(torn) as picture:
        assert picture.height > 50


def test_a_trainer_speaks_at_the_control_port(fake_printer):
    """One line in, one line out; a mistake is a sentence and nothing breaks."""
    printer = fake_printer("epson-tm-t20iii")
    control = Control(printer.command, "127.0.0.1", 0)
    control.start()
    with (
        socket.create_connection(("127.0.0.1", control.port), 20) as line,
        line.makefile("rw") as talk,
    ):
        said = []
        for words in ("fault cover", "status", "nonsense", "fault covr", "roll x", "fault none"):
            talk.write(words + "\n")
            talk.flush()
            said.append(talk.readline())
    control.close()
    assert [words.split(";")[0].split(":")[0].strip() for words in said] == (
        ["stopped", "stopped", "error", "error", "error", "ready"]
    )


def test_a_slip_in_the_mouth_is_taken_on_command(fake_printer):
    """A trainer may play the visitor."""
    printer = fake_printer("custom-vkp80", "not-taken")
    printer.machine.receive(b"\x1bJ\x08\x1bi")
    printer.command("take")
    assert printer.path.fates == [Fate.TAKEN]


def test_the_command_plays_a_printer(tmp_path, slip):
    """`navbat-printer fake` listens, keeps a slip as a picture, obeys, and ends on a signal."""
    program = "from printer.cli import main; main()"
    command = [sys.executable, "-c", program, "fake", "--port", "0", "--folder", str(tmp_path)]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        greeting = process.stdout.readline()
        port = int(greeting.partition("tcp://127.0.0.1:")[2].partition(";")[0])
        with socket.create_connection(("127.0.0.1", port), 20) as line:
            line.sendall(encode(render(slip, PAPER_80), EPSON))
            assert process.stdout.readline() == f"slip: {tmp_path}/0001.png\n"
        process.stdin.write("fault cover\n")
        process.stdin.flush()
        assert process.stdout.readline().startswith("stopped; wrong: cover")
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    with Image.open(tmp_path / "0001.png") as picture:
        assert picture.tobytes() == render(slip, PAPER_80).tobytes()

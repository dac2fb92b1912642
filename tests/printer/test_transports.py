import os
import stat

import pytest
from PIL import Image

from printer.address import open_printer
from printer.deadline import Deadline
from printer.errors import PrinterAway, PrinterStalled
from printer.escpos import encode
from printer.model import GENERIC
from printer.paper import PAPER_58, PAPER_80
from printer.raster import render

LONG, SHORT = 20.0, 0.2
#: More than all buffers on the way to a printer that does not read.
TOO_MUCH = b"\0" * 16_000_000


def soon():
    """Return the deadline of what is to fail."""
    return Deadline.after(SHORT)


def late():
    """Return the deadline of what is to succeed."""
    return Deadline.after(LONG)


def _send(transport, data, title="A042"):
    transport.open(title, late())
    try:
        transport.write(data, late())
        transport.flush(late())
    finally:
        transport.close()


@pytest.mark.parametrize("form", ["usb://{}", "serial://{}?flow=none", "file://{}"])
def test_a_device_gets_every_byte(form, line):
    """What is written to a device arrives as it is, control bytes included."""
    ours, path = line
    data = bytes(range(256)) * 4
    transport = open_printer(form.format(path))
    transport.open("A042", late())
    transport.write(data, late())
    got = b""
    while len(got) < len(data):
        got += os.read(ours, 4096)
    transport.flush(late())
    transport.close()
    assert got == data


@pytest.mark.parametrize("form", ["usb://{}", "serial://{}?flow=none"])
def test_a_device_that_does_not_read_is_given_up(form, line):
    """A printer without paper takes no bytes: the deadline ends the write, nothing hangs."""
    transport = open_printer(form.format(line[1]))
    transport.open("A042", late())
    with pytest.raises(PrinterStalled) as stalled:
        transport.write(TOO_MUCH, soon())
    transport.close()
    assert stalled.value.sent


@pytest.mark.parametrize("form", ["usb://{}", "serial://{}?flow=none"])
def test_a_device_can_be_heard(form, line):
    """What the printer sends is read; silence is empty once the deadline has passed."""
    ours, path = line
    transport = open_printer(form.format(path))
    transport.open("A042", late())
    os.write(ours, b"\x12")
    assert transport.read(late()) == b"\x12"
    assert transport.read(soon()) == b""
    transport.close()


@pytest.mark.parametrize(
    "address", ["usb:///nowhere/lp0", "serial:///nowhere/tty", "file:///nowhere/slips"]
)
def test_a_device_that_is_not_there_is_away(address):
    """A missing device is a printer that is away, with its path in the sentence."""
    with pytest.raises(PrinterAway, match="/nowhere/"):
        open_printer(address).open("A042", late())


def test_a_file_is_appended_to(tmp_path):
    """Slips follow each other in a file."""
    transport = open_printer(f"file://{tmp_path}/slips.bin")
    _send(transport, b"one")
    _send(transport, b"two")
    assert (tmp_path / "slips.bin").read_bytes() == b"onetwo"


def test_a_full_device_refuses_before_the_first_byte():
    """/dev/full takes nothing, so the slip may be tried again."""
    with pytest.raises(PrinterStalled) as refused:
        _send(open_printer("file:///dev/full"), b"slip")
    assert not refused.value.sent


def test_a_pipe_without_a_reader_is_away(tmp_path):
    """Opening a pipe that nobody reads does not hang."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(PrinterAway):
        open_printer(f"file://{tmp_path}/pipe").open("A042", late())


def test_tcp_delivers_every_byte(tcp_printer):
    """A printer that reads has the whole job once it is closed."""
    printer, data = tcp_printer(), bytes(range(256)) * 400
    _send(open_printer(printer.address), data)
    assert printer.wait_for_jobs(1) == [data]


def test_a_refused_connection_is_a_printer_that_is_away(dead_port):
    """Nobody at the port: the printer is away, and nothing went out."""
    with pytest.raises(PrinterAway, match="refused") as away:
        open_printer(f"tcp://127.0.0.1:{dead_port}").open("A042", late())
    assert not away.value.sent


def test_a_silent_host_is_given_up(silent_port):
    """A machine that is switched off does not answer at all: the deadline ends the wait."""
    with pytest.raises(PrinterAway, match="timed out"):
        open_printer(f"tcp://127.0.0.1:{silent_port}").open("A042", soon())


def test_an_unknown_host_is_a_printer_that_is_away():
    """A name that means nothing is a printer that is away."""
    with pytest.raises(PrinterAway):
        open_printer("tcp://no-such-printer.invalid").open("A042", late())


def test_a_peer_that_never_reads_is_no_success(tcp_printer):
    """A write that only filled the kernel's buffers is found out before the job is over."""
    printer = tcp_printer(reads=False)
    transport = open_printer(printer.address)
    transport.open("A042", late())
    transport.write(TOO_MUCH[:100_000], late())
    with pytest.raises(PrinterStalled) as stalled:
        transport.flush(soon())
    transport.close()
    assert stalled.value.sent


def test_a_reset_in_the_middle_is_noticed(tcp_printer):
    """A printer that breaks off leaves a job of which something went out."""
    printer = tcp_printer(reset_after=5000)
    transport = open_printer(printer.address)
    with pytest.raises(PrinterStalled) as broken:
        _send(transport, TOO_MUCH)
    assert broken.value.sent


def test_a_reset_behind_the_last_byte_is_noticed(tcp_printer):
    """A printer that took every byte and then broke off is not a success."""
    printer, data = tcp_printer(reset_after=5000), b"\0" * 5000
    transport = open_printer(printer.address)
    transport.open("A042", late())
    transport.write(data, late())
    printer.wait_for_jobs(1)
    with pytest.raises(PrinterStalled) as broken:
        transport.flush(late())
    transport.close()
    assert broken.value.sent


def test_close_may_be_called_when_nothing_is_open(tmp_path):
    """Closing is safe at any time, on every way."""
    for address in ("tcp://h:1", "usb:///a", "serial:///a", "file:///a", "cups://q", "png:///a"):
        open_printer(address).close()


def _fake_lp(folder, script):
    program = folder / "lp"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def test_cups_gets_the_job_through_lp(tmp_path, monkeypatch):
    """`lp` is called with queue, raw and a harmless title, and gets the bytes as they are."""
    _fake_lp(tmp_path, f'echo "$@" > {tmp_path}/words; /bin/cat > {tmp_path}/job')
    monkeypatch.setenv("PATH", str(tmp_path))
    _send(open_printer("cups://hall_1"), b"\x1b@\x00", title="A042; rm -rf /")
    assert (tmp_path / "job").read_bytes() == b"\x1b@\x00"
    assert (tmp_path / "words").read_text() == "-d hall_1 -o raw -t slip A042__rm_-rf__\n"


def test_cups_refusal_means_that_nothing_was_queued(tmp_path, monkeypatch):
    """`lp` that fails has queued nothing; its own words are passed on."""
    _fake_lp(tmp_path, "/bin/cat > /dev/null; echo 'no such queue' >&2; exit 1")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PrinterAway, match="no such queue"):
        _send(open_printer("cups://hall_1"), b"slip")


def test_cups_that_hangs_is_given_up(tmp_path, monkeypatch):
    """An `lp` that does not end by the deadline is killed, and the slip unknown."""
    _fake_lp(tmp_path, "exec /bin/sleep 60")
    monkeypatch.setenv("PATH", str(tmp_path))
    transport = open_printer("cups://hall_1")
    transport.open("A042", late())
    transport.write(b"slip", late())
    with pytest.raises(PrinterStalled) as stalled:
        transport.flush(soon())
    assert stalled.value.sent


def test_without_lp_the_printer_is_away(tmp_path, monkeypatch):
    """A machine without CUPS says what to install."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PrinterAway, match="cups-client"):
        open_printer("cups://hall_1").open("A042", late())


@pytest.mark.parametrize("paper", [PAPER_80, PAPER_58], ids=["80", "58"])
def test_the_virtual_printer_keeps_a_picture(paper, slip, tmp_path):
    """A PNG with the ticket's number holds the very dots that a printer would print."""
    picture = render(slip, paper)
    _send(open_printer(f"png://{tmp_path}/slips", paper), encode(picture, GENERIC), slip.title)
    with Image.open(tmp_path / "slips" / "A042.png") as kept:
        assert (kept.mode, kept.tobytes()) == ("1", picture.tobytes())
    assert [path.name for path in (tmp_path / "slips").iterdir()] == ["A042.png"]


def test_a_copy_has_a_picture_of_its_own(slip, tmp_path):
    """A copy does not take the place of the original's picture."""
    transport = open_printer(f"png://{tmp_path}")
    for one in (slip, slip.as_copy(2)):
        _send(transport, encode(render(one, PAPER_80), GENERIC), one.title)
    assert {path.name for path in tmp_path.iterdir()} == {"A042.png", "A042-2.png"}


@pytest.mark.parametrize("title", ["../../etc/passwd", "a/b", "", ".", "x\0y", "A" * 300])
def test_no_title_leaves_the_folder(title, slip, tmp_path):
    """Whatever a job is called, its picture lies in the folder."""
    _send(open_printer(f"png://{tmp_path}/in"), encode(render(slip, PAPER_80), GENERIC), title)
    assert [path.parent for path in tmp_path.rglob("*.png")] == [tmp_path / "in"]


def test_a_folder_that_cannot_be_made_is_a_printer_that_is_away(tmp_path):
    """A file in the folder's place is said in a sentence."""
    (tmp_path / "file").write_text("")
    with pytest.raises(PrinterAway, match="cannot be made"):
        open_printer(f"png://{tmp_path}/file/slips").open("A042", late())

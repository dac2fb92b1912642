import pytest

from printer.address import open_printer
from printer.deadline import Deadline
from printer.discovery import discover
from printer.model import GENERIC, models

FINE = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}


def _discover(address, patience=2.0):
    transport = open_printer(address)
    transport.open("look", Deadline.after(20.0))
    try:
        return discover(transport, patience)
    finally:
        transport.close()


@pytest.mark.parametrize("name", sorted(set(models()) - {"star", "generic"}))
def test_a_printer_is_known_by_what_it_says(name, fake_printer):
    """GS I gives name or byte, and the file that lists it is found."""
    patience = 0.5 if models()[name].ids else 2.0
    assert _discover(fake_printer(name).address, patience) is models()[name]


def test_silence_is_generic(fake_printer):
    """A printer that answers nothing is taken for any printer, and asked nothing more."""
    printer = fake_printer("star")
    assert _discover(printer.address, 0.2) is GENERIC
    assert printer.machine.strange == 0


def test_a_way_without_answers_is_generic(tmp_path):
    """A file or a folder of pictures is not asked at all."""
    assert _discover(f"file://{tmp_path}/slips.bin") is GENERIC


@pytest.mark.parametrize("fault", ["cover", "paper-end"])
def test_a_printer_that_is_off_line_is_asked_later(fault, fake_printer):
    """GS I is not answered off line: nothing is concluded from that."""
    assert _discover(fake_printer("epson-tm-t88vi", fault).address) is None


def test_garbage_is_no_name(fake_printer):
    """Nonsense makes a printer generic."""
    assert _discover(fake_printer("epson-tm-t88vi", "garbage").address, 0.2) is GENERIC


def test_a_clone_that_gives_no_name_is_never_tried_for_a_proof(tcp_printer):
    """GS ( H would come out as text on a cheap printer: it is sent only behind a name."""
    printer = tcp_printer(answers=FINE)
    assert _discover(printer.address, 0.2) is GENERIC
    assert b"\x1d(H" not in printer.wait_for_jobs(1)[0]


@pytest.mark.parametrize("proves", [True, False])
def test_an_unknown_name_is_tried_for_a_proof(proves, fake_printer):
    """A stranger that introduces itself is generic under its own name, with the proof it gives."""
    stranger = GENERIC.model_copy(update={"names": ("XP-\x07Q80",), "proves": proves})
    printer = fake_printer("generic")
    printer.machine.model = stranger
    found = _discover(printer.address, 2.0 if proves else 0.3)
    assert (found.name, found.title) == ("generic", "XP-Q80 (generic)")
    assert (found.proves, found.can_repeat) == (proves, False)

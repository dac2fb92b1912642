import os
import threading

import pytest

from printer.address import open_printer
from printer.deadline import Timing
from printer.decode import decode
from printer.delivery import Outcome, deliver, pack
from printer.errors import PrinterAway, PrinterStalled, SpoolError
from printer.job import JobState
from printer.model import GENERIC, models
from printer.paper import PAPER_80
from printer.raster import render
from printer.reasons import Reason
from printer.slip import Slip

EPSON = models()["epson-tm-t20iii"]

FINE = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}
IMPATIENT = Timing(connect=3.0, patience=0.0, slack=0.3)


@pytest.fixture
def parcel(slip):
    """The example slip, ready to be sent."""
    return pack(slip, PAPER_80, GENERIC)


def _deliver(parcel, transport, model=GENERIC, timing=None):
    begun = []
    outcome = deliver(parcel, transport, model, lambda: begun.append(1), timing or Timing())
    return outcome, bool(begun)


@pytest.mark.parametrize(
    ("trouble", "state", "reason", "begun"),
    [
        (("open", PrinterAway("gone")), JobState.FAILED_BEFORE, Reason.AWAY, False),
        (("write", PrinterStalled("full")), JobState.FAILED_BEFORE, Reason.STALLED, True),
        (("write", PrinterStalled("cut", sent=True)), JobState.UNKNOWN, Reason.STALLED, True),
        (("flush", PrinterStalled("slow", sent=True)), JobState.UNKNOWN, Reason.STALLED, True),
        (("flush", PrinterAway("refused")), JobState.FAILED_BEFORE, Reason.AWAY, True),
    ],
)
def test_a_failure_is_safe_only_before_the_first_byte(trouble, state, reason, begun, parcel, fake):
    """Nothing sent: it may be repeated. Anything sent: nobody knows, and the way is closed."""
    transport = fake(troubles=[trouble])
    outcome, was_begun = _deliver(parcel, transport)
    assert (outcome.state, outcome.reason, was_begun) == (state, reason, begun)
    assert outcome.detail == str(trouble[1])
    assert not transport.is_open


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({1: 0x1A, 2: 0x32, 3: 0x12, 4: 0x72}, Reason.NO_PAPER),
        ({1: 0x1A, 2: 0x16, 3: 0x12, 4: 0x12}, Reason.COVER_OPEN),
        (FINE | {3: 0x1A}, Reason.CUTTER),
    ],
)
def test_a_printer_that_says_no_gets_nothing(answers, reason, parcel, fake):
    """No paper, cover open, cutter jammed: the slip stays queued, with the reason."""
    transport = fake(says=answers)
    assert _deliver(parcel, transport) == (Outcome(JobState.QUEUED, reason), False)
    assert transport.sent == []
    assert not transport.is_open


@pytest.mark.parametrize(
    ("proves", "says", "state"),
    [
        (True, {}, JobState.PRINTED),
        (False, {}, JobState.SENT),
        (False, FINE, JobState.SENT),
    ],
)
def test_only_a_proof_makes_it_printed(proves, says, state, parcel, fake):
    """Without a proof a slip is sent, never printed."""
    transport = fake(proves=proves, says=says)
    assert _deliver(parcel, transport) == (Outcome(state), True)
    assert transport.sent == [parcel.data]


def test_begin_comes_before_the_first_byte(parcel, fake):
    """What `begin` raises ends the attempt with nothing sent and the way closed."""
    transport = fake()

    def begin():
        assert transport.sent == []
        raise SpoolError("disk full")

    with pytest.raises(SpoolError):
        deliver(parcel, transport, GENERIC, begin)
    assert (transport.sent, transport.is_open) == ([], False)


def test_mute_tcp_printer_gets_the_slip(parcel, slip, tcp_printer):
    """A printer that answers nothing is sent the slip; the bytes are one whole slip."""
    printer = tcp_printer()
    assert _deliver(parcel, open_printer(printer.address)) == (Outcome(JobState.SENT), True)
    (page,) = decode(printer.wait_for_jobs(1)[0], 576)
    assert page.tobytes() == render(slip, PAPER_80).tobytes()


def test_healthy_tcp_printer_gets_the_slip(parcel, tcp_printer):
    """A printer that says that all is well is sent the slip, and asked again behind it."""
    printer = tcp_printer(answers=FINE)
    assert _deliver(parcel, open_printer(printer.address)) == (Outcome(JobState.SENT), True)
    heard = printer.wait_for_jobs(1)[0]
    assert heard.count(b"\x10\x04") == 8
    assert len(decode(heard, 576)) == 1


def test_tcp_printer_without_paper_gets_no_slip(parcel, tcp_printer):
    """A printer that says that it has no paper is sent nothing but questions."""
    printer = tcp_printer(answers=FINE | {1: 0x1A, 4: 0x72})
    outcome, begun = _deliver(parcel, open_printer(printer.address))
    assert (outcome, begun) == (Outcome(JobState.QUEUED, Reason.NO_PAPER), False)
    heard = printer.wait_for_jobs(1)[0]
    assert heard == b"".join(bytes((0x10, 4, number)) for number in (1, 2, 3, 4))


def test_garbage_from_the_printer_is_no_answer(parcel, tcp_printer):
    """A printer that sends nonsense is as good as mute: the slip is sent, not more."""
    printer = tcp_printer(noise=b"\xfe\xed\xfa\xce")
    assert _deliver(parcel, open_printer(printer.address)) == (Outcome(JobState.SENT), True)


def test_unasked_status_is_not_taken_for_an_answer(parcel, tcp_printer):
    """Automatic status in front of each answer changes nothing."""
    printer = tcp_printer(answers=FINE, noise=b"\x18\x00\x0f\x00")
    assert _deliver(parcel, open_printer(printer.address)) == (Outcome(JobState.SENT), True)


def test_tcp_printer_that_resets_leaves_the_slip_unknown(parcel, tcp_printer):
    """A connection that breaks inside the picture leaves a slip that nobody knows of."""
    printer = tcp_printer(reset_after=5000)
    outcome, begun = _deliver(parcel, open_printer(printer.address))
    assert (outcome.state, outcome.reason, begun) == (JobState.UNKNOWN, Reason.STALLED, True)


def test_tcp_printer_that_never_reads_leaves_the_slip_unknown(parcel, tcp_printer):
    """A printer that accepts and never reads is not reported as success."""
    printer = tcp_printer(reads=False)
    outcome, _ = _deliver(parcel, open_printer(printer.address), timing=IMPATIENT)
    assert (outcome.state, outcome.reason) == (JobState.UNKNOWN, Reason.STALLED)


def test_dead_tcp_port_is_away(parcel, dead_port):
    """A refused connection fails before the first byte."""
    outcome, begun = _deliver(parcel, open_printer(f"tcp://127.0.0.1:{dead_port}"))
    assert (outcome.state, outcome.reason, begun) == (JobState.FAILED_BEFORE, Reason.AWAY, False)


class ProvingPrinter:
    """A printer that answers GS ( H with the mark, or with another one."""

    def __init__(self, ours, *, honest):
        self._ours, self._honest = ours, honest
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self):
        heard = b""
        while b"\x1d(H\x06\x0000" not in heard[:-4]:
            heard += os.read(self._ours, 4096)
        mark = heard[-4:] if self._honest else b"????"
        os.write(self._ours, b"\x12\x37\x22" + mark + b"\0")

    def join(self):
        """Wait for the end of the answer."""
        self._thread.join(20)


@pytest.mark.parametrize(
    ("honest", "outcome"),
    [
        (True, Outcome(JobState.PRINTED)),
        (False, Outcome(JobState.UNKNOWN, Reason.UNPROVEN)),
    ],
)
def test_a_proof_counts_only_with_its_mark(honest, outcome, slip, line):
    """A printer that can prove it has printed once it names the mark of this very slip."""
    ours, path = line
    printer = ProvingPrinter(ours, honest=honest)
    timing = Timing(slack=20.0 if honest else 0.5)
    parcel = pack(slip, PAPER_80, EPSON)
    said, _ = _deliver(parcel, open_printer(f"usb://{path}"), EPSON, timing)
    printer.join()
    assert said == outcome


def test_marks_are_characters_that_a_printer_returns():
    """Any reference gives a mark of four letters and digits."""
    for ref in ("0192-f3a1", "я", "-"):
        parcel = pack(Slip(ref=ref, number="", center="", service=""), PAPER_80, EPSON)
        assert len(parcel.mark) == 4
        assert parcel.mark.isalnum()
        assert decode(parcel.data, 576)

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from printer.journal import replay

PROGRAM = Path(__file__).with_name("crashing_spool.py")
ROOT = Path(__file__).parents[2]
CUT = b"\x1dVB\x00"


def _run(folder, place, *printer):
    """Run the queue in a process of its own and return how it ended."""
    command = [sys.executable, str(PROGRAM), str(folder), place, *map(str, printer)]
    return subprocess.run(
        command, env={"PYTHONPATH": str(ROOT)}, check=False, capture_output=True, timeout=60
    ).returncode


@pytest.mark.parametrize(
    ("place", "state", "cuts"),
    [
        ("open", "sent", 1),
        ("sending", "unknown", 0),
        ("middle", "unknown", 0),
        ("written", "unknown", 1),
        ("sent", "sent", 1),
    ],
)
def test_a_crash_never_makes_a_second_paper(place, state, cuts, tmp_path):
    """Killed anywhere and started again: at most one slip, and its state is the truth."""
    assert _run(tmp_path, place) == -9
    assert _run(tmp_path, "nowhere") == 0
    (job,) = replay((tmp_path / "print-queue.jsonl").read_bytes()).jobs
    paper = tmp_path / "paper.bin"
    assert (job.state, paper.read_bytes().count(CUT) if paper.exists() else 0) == (state, cuts)


@pytest.mark.parametrize(
    ("place", "state", "repeats"),
    [
        ("torn queued", "printed", 1),
        ("torn sending", "unknown", 0),
        ("torn printed", "printed", 1),
    ],
)
def test_a_crash_while_a_slip_is_torn_never_makes_an_unmarked_one(
    place, state, repeats, tmp_path, fake_printer
):
    """Killed between the torn slip and its repeat: at most one whole paper, and it says so."""
    printer = fake_printer("epson-tm-t20iii", "cover-at:10")
    where = (printer.port, "epson-tm-t20iii")
    mender = threading.Thread(target=_mend, args=(printer,))
    mender.start()
    assert _run(tmp_path, place, *where) == -9
    mender.join()
    assert _run(tmp_path, "nowhere", *where) == 0
    (job,) = replay((tmp_path / "print-queue.jsonl").read_bytes()).jobs
    assert (job.state, job.torn) == (state, True)
    assert printer.whole(job.slip) == 0
    assert printer.whole(job.slip.as_repeat()) == repeats


def _mend(printer):
    """Close the cover once it is open."""
    assert printer.wait_for(lambda p: p.path.cover_open, 30)
    assert printer.wait_for(lambda p: not p.machine.buffer, 30)
    printer.command("fault none")


@pytest.mark.parametrize(
    ("fault", "place", "state"),
    [
        ("none", "sent", "sent"),
        ("none", "taken", "sent"),
        ("not-taken", "not_taken", "not_taken"),
    ],
)
def test_a_crash_at_the_printer_s_mouth_makes_no_second_paper(
    fault, place, state, tmp_path, fake_printer
):
    """Killed while the slip is held out, or behind it: one paper, and the last known truth."""
    printer = fake_printer("custom-vkp80", fault)
    where = (printer.port, "custom-vkp80")
    assert _run(tmp_path, place, *where) == -9
    assert _run(tmp_path, "nowhere", *where) == 0
    (job,) = replay((tmp_path / "print-queue.jsonl").read_bytes()).jobs
    assert job.state == state
    assert printer.path.cuts == 1

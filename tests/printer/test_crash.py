import subprocess
import sys
from pathlib import Path

import pytest

from printer.journal import replay

PROGRAM = Path(__file__).with_name("crashing_spool.py")
ROOT = Path(__file__).parents[2]
CUT = b"\x1dVB\x00"


def _run(folder, place):
    """Run the queue in a process of its own and return how it ended."""
    command = [sys.executable, str(PROGRAM), str(folder), place]
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

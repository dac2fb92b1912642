"""A printer behind CUPS: a raw queue that takes whole jobs and tells nothing back."""

import shutil
import subprocess

from printer.deadline import Deadline
from printer.errors import PrinterAway, PrinterStalled
from printer.transport import Whole


class CupsPrinter(Whole):
    """A raw queue of CUPS, reached by its own `lp` program."""

    def __init__(self, queue: str) -> None:
        super().__init__()
        self._queue = queue
        self._lp = ""

    def open(self, title: str, deadline: Deadline) -> None:
        """Begin a job; without the program `lp` the printer is away."""
        super().open(title, deadline)
        self._lp = shutil.which("lp") or ""
        if not self._lp:
            raise PrinterAway("the program lp is not installed: install cups-client")

    def flush(self, deadline: Deadline) -> None:
        """Hand the job to `lp`; its refusal means that nothing was queued."""
        command = [self._lp, "-d", self._queue, "-o", "raw", "-t", f"slip {self._title}"]
        try:
            done = subprocess.run(  # noqa: S603  (no shell, and the queue's name was checked)
                command,
                input=bytes(self._data),
                capture_output=True,
                timeout=deadline.remaining(),
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PrinterStalled(f"lp did not take the slip: {error}", sent=True) from error
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip()
            raise PrinterAway(f"CUPS refused the slip: {said or 'it gave no reason'}")

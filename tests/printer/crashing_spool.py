"""A print queue that kills itself at a given place: a process of its own for test_crash.py."""

import os
import signal
import sys
import threading
from pathlib import Path

from printer.deadline import Deadline
from printer.device_file import FilePrinter
from printer.job import FINAL, Job
from printer.slip import Slip
from printer.spool import Spool


def die(place: str) -> None:
    """End this process as a power cut does, if this is the place."""
    if sys.argv[2] == place:
        os.kill(os.getpid(), signal.SIGKILL)


class Printer(FilePrinter):
    """A file printer that dies before, within or behind the bytes."""

    def open(self, title: str, deadline: Deadline) -> None:
        """Die before anything is sent."""
        die("open")
        super().open(title, deadline)

    def write(self, data: bytes, deadline: Deadline) -> None:
        """Die in the middle, or behind the last byte."""
        super().write(data[: len(data) // 2], deadline)
        die("middle")
        super().write(data[len(data) // 2 :], deadline)
        die("written")


def main() -> None:
    """Print one slip from the folder given, and die on the way."""
    folder, done = Path(sys.argv[1]), threading.Event()

    def listen(job: Job) -> None:
        die(job.state)
        if job.state in FINAL:
            done.set()

    spool = Spool(folder, Printer(folder / "paper.bin"), listener=listen)
    spool.start()
    job = spool.submit(Slip(ref="r", number="A042", center="c", service="s"))
    if job.state not in FINAL:
        done.wait(30)
    spool.close()


if __name__ == "__main__":
    main()

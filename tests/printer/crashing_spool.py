"""A print queue that kills itself at a given place: a process of its own for test_crash.py."""

import os
import signal
import sys
import threading
from pathlib import Path

from printer.deadline import Deadline, Timing
from printer.device_file import FilePrinter
from printer.job import FINAL, Job
from printer.model import models
from printer.policy import Policy
from printer.slip import Slip
from printer.spool import Spool
from printer.tcp import TcpPrinter

SLIP = Slip(ref="r", number="A042", center="c", service="s")
#: A visitor's patience in the test of a presenter, and the queue's with a printer that stopped.
CALM = Timing(connect=9.0, slack=15.0, glance=9.0, answer=5.0)
QUICK = Policy(delays=(0.05,), timing=CALM)


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


def transport_and_model(folder: Path):
    """Return the printer: a file, or the one at the port given, with its model."""
    if len(sys.argv) <= 3:
        return Printer(folder / "paper.bin"), models()["generic"]
    presenter = {"wait_seconds": 0.2}
    model = models()[sys.argv[4]]
    if model.presenter is not None:
        update = {"presenter": model.presenter.model_copy(update=presenter)}
        model = model.model_copy(update=update)
    return TcpPrinter("127.0.0.1", int(sys.argv[3])), model


def main() -> None:
    """Print one slip from the folder given, and die on the way."""
    folder, done = Path(sys.argv[1]), threading.Event()
    transport, model = transport_and_model(folder)

    def listen(job: Job) -> None:
        die(job.state)
        if job.torn:
            die(f"torn {job.state}")
        if job.taken_at is not None:
            die("taken")
        held_out = model.presenter is not None and job.state == "sent" and job.taken_at is None
        if job.state in FINAL and not held_out:
            done.set()

    spool = Spool(folder, transport, model=model, listener=listen, policy=QUICK)
    spool.start()
    job = spool.submit(SLIP)
    if job.state not in FINAL:
        done.wait(30)
    spool.close()


if __name__ == "__main__":
    main()

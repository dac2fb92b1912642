"""A kiosk whose server is gone: every visitor has a number, and nothing is doubled afterwards."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.errands import issuer, link
from printer.slip import Slip
from queue_server.client.http import Client
from tests.e2e import demo_hall
from tests.e2e.demo_hall import ROOT, DemoHall, await_true
from tests.e2e.lossy_line import lossy_line
from tests.e2e.visiting import PATIENCE, VisitedKiosk, settings

#: services of four prefixes
SERVICES = ("A01", "E01", "F02", "V01")
VISITORS = 200
#: seconds from the touch to the number on a busy machine: far less than a server may take
SOON = 5 * issuer.HURRY


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[DemoHall]:
    """A center of the test's own: it will be killed."""
    with demo_hall.running(tmp_path / "center") as made:
        yield made


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The way back is looked for ten times as often."""
    monkeypatch.setattr(link, "RETRY", 0.3)


@contextmanager
def kiosk(hall: DemoHall, folder: Path, url: str = "", printer: str = "") -> Iterator[VisitedKiosk]:
    """Run a kiosk in this process; its printer draws, unless another is named."""
    chosen = settings(url or hall.url, printer or f"png://{folder}/slips", folder / "kiosk")
    made = VisitedKiosk(chosen, hall.token("kiosk"))
    try:
        yield made
    finally:
        made.close()


def slips(folder: Path) -> set[str]:
    """Return the numbers on the slips that came out."""
    return {file.stem for file in (folder / "slips").glob("*.png")}


def verified(hall: DemoHall) -> bool:
    """Whether the ledger is whole."""
    command = [sys.executable, "-m", "queue_server.cli", "ledger", "verify"]
    done = subprocess.run([*command, "--data", str(hall.data)], cwd=ROOT, check=False)
    return done.returncode == 0


def handed_over(made: VisitedKiosk) -> None:
    """Wait until the server has all tickets, and the kiosk asks it again."""
    own, errands = made.equipment.own, made.equipment.errands
    made.until(lambda: own.waiting == 0 and errands.link.up)


def test_two_hundred_tickets_without_a_server(hall: DemoHall, tmp_path: Path) -> None:
    """All printed; the server back: all in the queue at their places, numbers unique."""
    with kiosk(hall, tmp_path) as made:
        made.until(lambda: made.equipment.own.ready)
        online, _ = made.visit("E01")
        hall.kill()
        taken, times = [], []
        for service in itertools.islice(itertools.cycle(SERVICES), VISITORS):
            ticket, took = made.visit(service)
            taken.append(ticket)
            times.append(took)
        assert max(times) < SOON
        made.until(lambda: len(slips(tmp_path)) == VISITORS + 1)
        hall.start()
        handed_over(made)
        again, _ = made.visit("E01")
    numbers = {ticket.number for ticket in taken} | {online.number, again.number}
    assert len(numbers) == VISITORS + 2
    assert slips(tmp_path) == numbers
    caller = hall.device("kiosk")
    for ticket in taken:
        kept = caller.get(f"/tickets/{ticket.id}")
        assert (kept["number"], kept["state"]) == (ticket.number, "waiting")
        assert kept["issued_at"][:19] == ticket.issued_at[:19]
    page = caller.get(f"/tickets/{taken[-1].id}?key={taken[-1].key}")
    assert page["number"] == taken[-1].number
    ours = [ticket for ticket in taken if ticket.service == "E01"]
    assert again.ahead >= len(ours)
    first, second = _called(hall, 2)
    assert (first, second) == (online.number, ours[0].number)
    assert verified(hall)


def _called(hall: DemoHall, count: int) -> list[str]:
    """Return the numbers that are called first by a window that serves E01."""
    catalogue = Client(hall.url, hall.token("kiosk")).catalogue()
    number = next(one.number for one in catalogue.windows if "E01" in one.services)
    login = next(login for login, one in hall.about["users"].items() if one.get("window") == number)
    clerk = hall.person(login)
    clerk.post(f"/windows/{number}/open")
    called = []
    while len(called) < count:
        ticket = clerk.post(f"/windows/{number}/next").json()
        if ticket["service"] == "E01":
            called.append(ticket["number"])
    return called


def test_a_server_that_hangs_costs_one_visitor_one_second(hall: DemoHall, tmp_path: Path) -> None:
    """Stopped in the middle of its work it answers nobody; the way back needs nobody."""
    with kiosk(hall, tmp_path) as made:
        made.until(lambda: made.equipment.own.ready)
        _stop_all(hall, signal.SIGSTOP)
        first, took = made.visit("E01")
        second, _ = made.visit("E01")
        assert took < SOON
        assert (first.number, second.number) == ("E500", "E501")
        _stop_all(hall, signal.SIGCONT)
        handed_over(made)
        # the request that hung was obeyed in the end, or is refused: its ticket does not wait
        third, _ = made.visit("E01")
    caller = hall.device("kiosk")
    assert caller.get(f"/tickets/{first.id}")["state"] == "waiting"
    assert third.ahead == 2
    assert verified(hall)


def test_an_answer_that_is_lost_doubles_nobody(hall: DemoHall, tmp_path: Path) -> None:
    """The server has obeyed and nobody heard it: its ticket is ended, the visitor's one waits."""
    with lossy_line(hall.port) as lossy, kiosk(hall, tmp_path, lossy.url) as made:
        made.until(lambda: made.equipment.own.ready)
        lossy.loses = b"POST /api/v1/tickets HTTP"
        ticket, _ = made.visit("E01")
        assert ticket.number == "E500"
        assert lossy.lost.acquire(timeout=PATIENCE)
        lossy.loses = b""
        handed_over(made)
        second, _ = made.visit("E01")
    assert (second.number, second.ahead) == ("E002", 1)
    assert hall.device("kiosk").get(f"/tickets/{ticket.id}")["state"] == "waiting"
    assert verified(hall)


def test_a_hand_over_whose_answer_is_lost_is_repeated(hall: DemoHall, tmp_path: Path) -> None:
    """The server has taken them; the second time it takes them as known."""
    with lossy_line(hall.port) as lossy, kiosk(hall, tmp_path, lossy.url) as made:
        made.until(lambda: made.equipment.own.ready)
        lossy.loses = b"POST "
        taken = [made.visit("E01")[0] for _ in range(3)]
        lossy.loses = b"POST /api/v1/tickets/hand-over"
        while lossy.lost.acquire(blocking=False):
            pass
        assert lossy.lost.acquire(timeout=PATIENCE)
        lossy.loses = b""
        handed_over(made)
        last, _ = made.visit("E01")
    assert [one.number for one in taken] == ["E500", "E501", "E502"]
    assert last.ahead == 3
    assert verified(hall)


def _stop_all(hall: DemoHall, number: signal.Signals) -> None:
    """Send a signal to the whole demo."""
    os.killpg(hall.process.pid, number)


def test_a_killed_kiosk_forgets_no_number(hall: DemoHall, tmp_path: Path) -> None:
    """Killed again and again while it issues without a server: no number twice, all handed over."""
    with kiosk(hall, tmp_path) as made:
        made.until(lambda: made.equipment.own.ready)
    hall.kill()
    seen: list[str] = []
    for enough in (5, 12, 3):
        seen += _killed_after(enough, hall, tmp_path)
    numbers = [one.split()[1] for one in seen]
    assert len(numbers) == len(set(numbers)) >= 20
    hall.start()
    with kiosk(hall, tmp_path) as made:
        handed_over(made)
    caller = hall.device("kiosk")
    for one in seen:
        ticket, number = one.split()
        assert caller.get(f"/tickets/{ticket}")["number"] == number
    assert verified(hall)


def _killed_after(enough: int, hall: DemoHall, folder: Path) -> list[str]:
    """Run a kiosk as a program, kill it behind so many visitors, and return what they saw."""
    command = [sys.executable, "-m", "tests.e2e.visiting", hall.url, hall.token("kiosk")]
    process = subprocess.Popen(
        [*command, f"png://{folder}/slips", str(folder / "kiosk")],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYGAME_HIDE_SUPPORT_PROMPT": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    said = list(itertools.islice(process.stdout, enough))
    process.send_signal(signal.SIGKILL)
    rest = process.stdout.read()
    process.stdout.close()
    process.wait(10)
    # a line that was cut was seen by nobody
    return [*said, *rest[: rest.rfind("\n") + 1].splitlines()]


def test_a_report_reaches_the_server(hall: DemoHall, tmp_path: Path) -> None:
    """The supervisor sees the kiosk, its printer and how it is; and trouble, once there is."""
    supervisor = hall.person("supervisor")
    with kiosk(hall, tmp_path, printer="tcp://127.0.0.1:1") as made:
        await_true(lambda: _device(supervisor)["report"] is not None)
        report = _device(supervisor)["report"]
        assert (report["offline_tickets"], report["printer"]["reason"]) == (0, None)
        made.equipment.spool.submit(Slip(ref="t", number="A042", center="c", service="s"))
        await_true(lambda: _device(supervisor)["state"] == "trouble")
        assert _device(supervisor)["report"]["printer"]["reason"] == "away"


def _device(supervisor) -> dict:
    devices = supervisor.get("/devices")["devices"]
    return next(one for one in devices if one["name"] == "kiosk-1")

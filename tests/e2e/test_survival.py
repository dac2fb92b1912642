"""What is killed, restarted or tampered with: nothing acknowledged is missing."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
import requests
from pysqlite3 import dbapi2 as sqlite

from tests.e2e import demo_hall
from tests.e2e.demo_hall import ROOT, DemoHall, await_true


def test_killed_under_load_it_loses_nothing(tmp_path: Path) -> None:
    """Killed with -9 while 8 kiosks issue: after the restart every acknowledged ticket is there."""
    with demo_hall.running(tmp_path) as hall:
        acknowledged: list[tuple[str, str]] = []
        threads = [
            threading.Thread(target=_issue_until_cut, args=(hall, acknowledged)) for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        await_true(lambda: len(acknowledged) >= 60)
        hall.kill()
        for thread in threads:
            thread.join()
        hall.start()
        kiosk = hall.device("kiosk")
        assert all(kiosk.get(f"/tickets/{i}")["number"] == number for i, number in acknowledged)
        more = kiosk.post("/tickets", {"service": "E01"}).json()["number"]
        assert more not in {number for _, number in acknowledged}
    assert _verify(tmp_path).returncode == 0


def test_a_second_run_goes_on_with_the_day(tmp_path: Path) -> None:
    """The same folder keeps its numbers, passwords and tokens; SIGTERM ends it in 5 seconds."""
    with demo_hall.running(tmp_path) as hall:
        first = hall.device("kiosk").post("/tickets", {"service": "A01"}).json()["number"]
        known = hall.about["users"], hall.about["devices"]
        assert hall.stop() < 7
        hall.start()
        second = hall.device("kiosk").post("/tickets", {"service": "A01"}).json()["number"]
        assert (hall.about["users"], hall.about["devices"]) == known
    assert (first, second) == ("A001", "A002")


def test_one_flipped_byte_is_found(tmp_path: Path) -> None:
    """`ledger verify` holds on an honest log and names the event of which one byte was changed."""
    with demo_hall.running(tmp_path) as hall:
        kiosk = hall.device("kiosk")
        for _ in range(20):
            kiosk.post("/tickets", {"service": "A01"})
    assert _verify(tmp_path).returncode == 0
    path = tmp_path / "navbat.db"
    body = _body(path, 25)
    whole = path.read_bytes()
    at = whole.index(body) + body.index(b'"number":"') + 11
    path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    found = _verify(tmp_path)
    assert found.returncode == 1
    assert "25" in found.stderr.split(":")[0]


def test_a_busy_port_is_one_sentence(hall: DemoHall, tmp_path: Path) -> None:
    """A second demo on the same port says so in one line and exits 1."""
    again = subprocess.run(
        [
            *(sys.executable, "-m", "queue_server.cli", "demo", "--headless"),
            *("--port", str(hall.port), "--data", str(tmp_path)),
        ],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert again.returncode == 1
    assert len(again.stderr.strip().splitlines()) == 1
    assert str(hall.port) in again.stderr


@pytest.mark.parametrize("command", [["serve"], ["db", "upgrade"], ["ledger", "verify"]])
def test_an_impossible_folder_is_one_sentence(command: list[str], tmp_path: Path) -> None:
    """A folder that cannot be made is told without a traceback, exit 1."""
    (tmp_path / "file").write_text("not a folder")
    run = subprocess.run(
        [sys.executable, "-m", "queue_server.cli", *command, "--data", str(tmp_path / "file")],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert run.returncode == 1
    assert len(run.stderr.strip().splitlines()) == 1


def _issue_until_cut(hall: DemoHall, acknowledged: list[tuple[str, str]]) -> None:
    kiosk = hall.device("kiosk")
    while True:
        try:
            reply = kiosk.post("/tickets", {"service": "E01"})
        except requests.RequestException:
            return
        if reply.status_code == 201:
            acknowledged.append((reply.json()["id"], reply.json()["number"]))


def _verify(data: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "queue_server.cli", "ledger", "verify", "--data", str(data)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )


def _body(path: Path, seq: int) -> bytes:
    connection = sqlite.connect(str(path))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    body = connection.execute("SELECT CAST(body AS BLOB) FROM events WHERE seq = ?", (seq,))
    found: bytes = body.fetchone()[0]
    connection.close()
    return found

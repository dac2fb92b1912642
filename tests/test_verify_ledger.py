"""The independent verifier of docs/ agrees with `ledger verify`: same verdict, event and words."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import threading
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from urllib.parse import parse_qs, urlparse

import pytest
from click.testing import CliRunner
from pysqlite3 import dbapi2

from queue_server.cli import main
from queue_server.domain.ledger import seal
from queue_server.usecases.ports import Center
from tests.queue_server.usecases.people import events, issue

SCRIPT = Path(__file__).resolve().parents[1] / "docs" / "verify_ledger.py"
FLIPPED = "UPDATE events SET body = replace(body, '\"A001\"', '\"A007\"') WHERE seq = 20"


def ours(folder: Path, *kept: str) -> tuple[int, str]:
    """Return exit status and last line of `ledger verify`."""
    words = ["ledger", "verify", "--data", str(folder)]
    result = CliRunner().invoke(main, words + [w for each in kept for w in ("--checkpoint", each)])
    return result.exit_code, result.output.strip()


def theirs(folder: Path, *kept: str) -> tuple[int, str]:
    """Export the log and run the stranger's script on it, in a Python of its own."""
    log = folder / "log.txt"
    exported = CliRunner().invoke(main, ["ledger", "export", str(log), "--data", str(folder)])
    assert exported.exit_code == 0, exported.output
    words = [sys.executable, "-I", str(SCRIPT), str(log), *kept]
    answer = subprocess.run(words, capture_output=True, text=True, check=False)
    return answer.returncode, (answer.stderr or answer.stdout).strip()


@pytest.fixture
def signed(folder: Path, center: Center) -> tuple[Path, str]:
    """A center's folder with a log of some tickets, and a checkpoint of it that was kept."""
    for _ in range(6):
        issue(center)
    center.write.__self__.close()  # type: ignore[attr-defined]
    made = CliRunner().invoke(main, ["ledger", "checkpoint", "--data", str(folder)])
    return folder, made.output.strip()


def changed(folder: Path, *statements: str) -> None:
    """Change the log behind everybody's back."""
    with closing(dbapi2.connect(str(folder / "navbat.db"), isolation_level=None)) as database:
        for trigger in ("events_no_update", "events_no_delete"):
            database.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            database.execute(statement)


def rewritten(folder: Path, from_seq: int, *, checkpoints: bool) -> None:
    """Write the log anew from an event on, all hashes and the head right again."""
    with closing(dbapi2.connect(str(folder / "navbat.db"), isolation_level=None)) as database:
        database.execute("DROP TRIGGER events_no_update")
        rows = database.execute("SELECT seq, body FROM events ORDER BY seq").fetchall()
        prev = "0" * 64
        for seq, body in rows:
            event = json.loads(body)
            sealed = seal({**event, "actor": {}} if seq == from_seq else event, seq, prev)
            row = (sealed.body.decode(), sealed.hash, seq)
            database.execute("UPDATE events SET body = ?, hash = ? WHERE seq = ?", row)
            prev = sealed.hash
        database.execute("UPDATE center SET hash = ?", (prev,))
        if not checkpoints:
            database.execute("DELETE FROM checkpoints")


def test_both_find_a_good_log_good(signed: tuple[Path, str]) -> None:
    """By itself, with the checkpoint's line, and with its short form."""
    folder, line = signed
    words = line.split()
    for kept in ((), (line,), (f"{words[3]}-{words[5][:16]}",)):
        assert ours(folder, *kept)[0] == 0
        status, said = theirs(folder, *kept)
        assert (status, said) == (0, f"All {words[3]} events hold.")


@pytest.mark.parametrize(
    ("statements", "named"),
    [
        ([FLIPPED], "seq 20: the event does not match its hash"),
        (["DELETE FROM events WHERE seq = 21"], "seq 21: the event is missing"),
        (["DELETE FROM events WHERE seq > 22"], "seq 23: the log ends at 22, its head says "),
        (
            [
                "DELETE FROM events WHERE seq > 22",
                "UPDATE center SET seq = 22, hash = (SELECT hash FROM events WHERE seq = 22)",
            ],
            "seq 23: the log ends at 22, a checkpoint says ",
        ),
        (
            ["UPDATE events SET hash = replace(hash, 'a', 'b') WHERE seq = 19"],
            "seq 19: the event does not match its hash",
        ),
    ],
)
def test_both_name_the_same_fault(
    signed: tuple[Path, str], statements: list[str], named: str
) -> None:
    """A flipped byte, a removed event, a cut tail, with its head or without."""
    folder, _ = signed
    changed(folder, *statements)
    assert ours(folder) == theirs(folder)
    status, said = ours(folder)
    assert (status, said.startswith(named)) == (1, True), said


def test_both_name_a_history_that_was_written_anew(signed: tuple[Path, str]) -> None:
    """By the checkpoints in the table; where those are gone too, by the one that was kept."""
    folder, line = signed
    seq = line.split()[3]
    rewritten(folder, 12, checkpoints=True)
    anew = (1, f"seq 1: the log was written anew: the checkpoint at {seq} has another hash")
    assert (ours(folder), theirs(folder)) == (anew, anew)


def test_a_rewritten_log_without_checkpoints_meets_the_one_kept_elsewhere(
    signed: tuple[Path, str],
) -> None:
    """Alone it looks whole to anybody; the paper in the drawer knows better."""
    folder, line = signed
    rewritten(folder, 12, checkpoints=False)
    assert (ours(folder)[0], theirs(folder)[0]) == (0, 0)
    for kept in (line, f"{line.split()[3]}-{line.split()[5][:16]}"):
        assert ours(folder, kept) == theirs(folder, kept)
        assert "the log was written anew" in ours(folder, kept)[1]


def test_both_see_a_signature_that_is_not_the_centers(signed: tuple[Path, str]) -> None:
    """A checkpoint that fits a rewritten log was signed by somebody else."""
    folder, line = signed
    forged = line[:-4] + ("AAAA" if line[-4:] != "AAAA" else "BBBB")
    for status, said in (ours(folder, forged), theirs(folder, forged)):
        assert status == 1
        assert "the checkpoint is not signed with the key of this center" in said


def test_the_stranger_shares_nothing_with_us() -> None:
    """Its imports are Python's own, but for the one that may be missing."""
    found = {
        word.strip(",") for line in SCRIPT.read_text().splitlines()
        if line.strip().startswith(("import ", "from ")) for word in line.split()[1:]
    }  # fmt: skip
    assert not any(word.startswith(("queue_server", "config", "tests")) for word in found)
    assert len([line for line in SCRIPT.read_text().splitlines() if line.strip()]) < 80


@pytest.fixture
def verifier() -> ModuleType:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("verify_ledger", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_stranger_reads_a_server_as_well(center: Center, verifier, monkeypatch) -> None:
    """Over GET /api/v1/events, a stretch at a time, the canonical form is made again."""
    for _ in range(3):
        issue(center)
    log = events(center)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            after = int(parse_qs(urlparse(self.path).query)["after"][0])
            assert self.headers["Authorization"] == "Bearer token"
            body = json.dumps({"events": log[after : after + 7]}).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    monkeypatch.setenv("NAVBAT_TOKEN", "token")
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}"
        assert verifier.fault(verifier.from_server(url)) == (None, len(log))
        log[5] = {**log[5], "type": "something_else"}
        assert verifier.fault(verifier.from_server(url))[0] == 7
        server.shutdown()

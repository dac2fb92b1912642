"""Backups as an operator takes and restores them: drills, not promises."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pysqlite3 import dbapi2

from queue_server import bootstrap, demo
from queue_server.cli import main
from queue_server.usecases.ports import Center
from tests.e2e.demo_hall import ROOT
from tests.queue_server.usecases.people import events, issue


@pytest.fixture
def keys(tmp_path: Path) -> tuple[Path, Path]:
    """A key pair: its private and its public half."""
    assert run("backup", "keygen", tmp_path / "key").exit_code == 0
    return tmp_path / "key", tmp_path / "key.pub"


def run(*words: object) -> Result:
    """Run a command."""
    return CliRunner().invoke(main, [str(word) for word in words])


def emptied(tmp_path: Path) -> Path:
    """Return the folder of a new machine."""
    fresh = tmp_path / "new machine"
    fresh.mkdir()
    return fresh


def close(center: Center) -> None:
    """Stop the server."""
    center.write.__self__.close()  # type: ignore[attr-defined]


def opened(folder: Path) -> Center:
    """Start the center of a folder."""
    return bootstrap.open_center(demo.Demo(folder, 8000).wiring)[0]


def changed(database: Path, *statements: str) -> None:
    """Change a database behind the center's back."""
    connection = dbapi2.connect(str(database), isolation_level=None)
    for name in ("events_no_update", "events_no_delete"):
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_a_new_machine_lives_on_from_an_encrypted_backup(
    folder: Path, center: Center, keys: tuple[Path, Path], tmp_path: Path
) -> None:
    """Log, tickets, secret and key of the ledger are back: the links on yesterday's slips open."""
    private, public = keys
    made, before = issue(center), len(events(center))
    taken = run("backup", tmp_path / "a", "--data", folder, "--to", public)
    assert taken.exit_code == 0, taken.output
    fresh = emptied(tmp_path)
    assert run("restore", tmp_path / "a", "--data", fresh, "--key", private).exit_code == 0
    other = opened(fresh)
    log = events(other)
    assert len(log) == before + 1
    assert (log[-1]["type"], log[-1]["subject"]) == ("backup_restored", str(before))
    assert other.signer.opens(made.id, str(made.key))
    assert other.notary.public_key == center.notary.public_key
    assert (fresh / "secret").stat().st_mode & 0o777 == 0o600
    close(other)
    assert run("ledger", "verify", "--data", fresh).exit_code == 0


def test_an_open_backup_holds_no_secrets(folder: Path, center: Center, tmp_path: Path) -> None:
    """Whoever finds it reads numbers and services, and opens nobody's second factor."""
    issue(center)
    taken = run("backup", tmp_path / "a", "--data", folder)
    assert "It holds no secrets" in taken.output
    fresh = emptied(tmp_path)
    restored = run("restore", tmp_path / "a", "--data", fresh)
    assert restored.exit_code == 0, restored.output
    assert "held no secrets" in restored.output
    assert not (fresh / "secret").exists() or (
        (fresh / "secret").read_bytes() != (folder / "secret").read_bytes()
    )


def test_an_open_backup_is_restored_where_another_key_is_in_force(
    folder: Path, center: Center, tmp_path: Path
) -> None:
    """A disaster is no time for refusals: the other key is named, and verification takes it."""
    assert run("ledger", "checkpoint", "--data", folder).exit_code == 0
    assert run("backup", tmp_path / "a", "--data", folder).exit_code == 0
    fresh = emptied(tmp_path)
    (fresh / "ledger.key").write_bytes(b"n" * 32)
    restored = run("restore", tmp_path / "a", "--data", fresh)
    assert restored.exit_code == 0, restored.output
    key = center.notary.public_key
    assert f"ledger verify --key {key}" in restored.output
    assert run("ledger", "verify", "--data", fresh).exit_code == 1
    assert run("ledger", "verify", "--key", key, "--data", fresh).exit_code == 0


def test_an_earlier_versions_ledger_is_upgraded_first(folder: Path) -> None:
    """The operator is told the command."""
    with dbapi2.connect(str(folder / "navbat.db")) as old:
        old.execute("UPDATE alembic_version SET version_num = '0005'")
    old.close()
    refused = run("ledger", "verify", "--data", folder)
    assert (refused.exit_code, "db upgrade" in refused.output) == (1, True)


def test_backups_under_load_are_each_restorable(
    folder: Path, center: Center, tmp_path: Path
) -> None:
    """While four threads issue: what was acknowledged before a backup began is in it."""
    ended, acknowledged = threading.Event(), []

    def issue_on() -> None:
        while not ended.is_set():
            acknowledged.append(issue(center).number)

    threads = [threading.Thread(target=issue_on) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        drills = []
        for number in range(3):
            before = list(acknowledged)
            assert run("backup", tmp_path / f"{number}", "--data", folder).exit_code == 0
            drills.append((tmp_path / f"{number}", before))
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    for number, (copy, before) in enumerate(drills):
        fresh = tmp_path / f"drill {number}"
        fresh.mkdir()
        assert run("restore", copy, "--data", fresh).exit_code == 0
        there = {each["ticket"]["number"] for each in _all(fresh) if "ticket" in each}
        assert set(before) <= there


def test_a_restore_destroys_nothing(folder: Path, center: Center, tmp_path: Path) -> None:
    """What was there before keeps every event under another name."""
    assert run("backup", tmp_path / "a", "--data", folder).exit_code == 0
    for _ in range(5):
        issue(center)
    before = len(events(center))
    close(center)
    assert run("restore", tmp_path / "a", "--data", folder).exit_code == 0
    with dbapi2.connect(str(folder / "navbat.db.before-1")) as aside:
        assert aside.execute("SELECT count(*) FROM events").fetchone() == (before,)
    assert not list(folder.glob("*.restored*"))


@pytest.mark.parametrize(
    ("statements", "why"),
    [
        (["UPDATE events SET body = replace(body, 'system', 'sistem') WHERE seq = 5"], "seq 5"),
        (["DELETE FROM events WHERE seq = 6"], "seq 6: the event is missing"),
        (["DELETE FROM events WHERE seq > 9"], "the log ends at 9"),
    ],
)
def test_a_forged_log_is_neither_backed_up_nor_restored(
    folder: Path, tmp_path: Path, statements: list[str], why: str
) -> None:
    """The chain is proven on the way out and on the way in."""
    changed(folder / "navbat.db", *statements)
    refused = run("backup", tmp_path / "a", "--data", folder)
    assert (refused.exit_code, why in refused.output) == (1, True), refused.output
    assert not (tmp_path / "a").exists()
    plain, fresh = tmp_path / "plain.db", emptied(tmp_path)
    shutil.copy(folder / "navbat.db", plain)
    refused = run("restore", plain, "--data", fresh)
    assert (refused.exit_code, why in refused.output) == (1, True), refused.output
    assert not (fresh / "navbat.db").exists()


@pytest.mark.parametrize("place", [20, 300, -1, 0.3, 0.7])
def test_a_damaged_backup_is_not_put_back(
    folder: Path, center: Center, tmp_path: Path, place: float
) -> None:
    """One sentence, and the center is as it was."""
    copy = tmp_path / "a"
    assert run("backup", copy, "--data", folder).exit_code == 0
    close(center)
    whole = bytearray(copy.read_bytes())
    whole[int(place * len(whole)) if isinstance(place, float) else place] ^= 0x40
    copy.write_bytes(whole)
    before = (folder / "navbat.db").read_bytes()
    refused = run("restore", copy, "--data", folder)
    assert refused.exit_code == 1
    assert refused.output.count("\n") == 1
    assert (folder / "navbat.db").read_bytes() == before
    assert run("backup", "check", copy).exit_code == 1


def test_the_wrong_key_and_the_wrong_center_are_said(
    folder: Path, keys: tuple[Path, Path], tmp_path: Path
) -> None:
    """Each refusal is a sentence that says what to do."""
    private, public = keys
    assert run("backup", tmp_path / "a", "--data", folder, "--to", public).exit_code == 0
    assert run("backup", "keygen", tmp_path / "other").exit_code == 0
    for words, why in (
        (("restore", tmp_path / "a"), "name the private key with --key FILE"),
        (("restore", tmp_path / "a", "--key", tmp_path / "other"), "encrypted for another key"),
        (("restore", tmp_path / "a", "--key", public), "holds no private key"),
        (("restore", tmp_path / "nothing"), "There is no backup at"),
        (("backup", tmp_path / "b", "--to", private), "holds no public key"),
        (("backup", tmp_path / "b", "--keep", "soon"), "write 36h, 14d or 8w"),
    ):
        refused = run(*words, "--data", folder)
        assert (refused.exit_code, why in refused.output) == (1, True), refused.output
    assert run("backup", "check", tmp_path / "a", "--key", private).exit_code == 0


def test_a_backup_of_an_older_version_is_brought_up(folder: Path, tmp_path: Path) -> None:
    """The tables that it does not have yet are made on the way in; the log is untouched."""
    plain, fresh = tmp_path / "old.db", emptied(tmp_path)
    shutil.copy(folder / "navbat.db", plain)
    with dbapi2.connect(str(plain)) as old:
        old.execute("DROP TABLE checkpoints")
        old.execute("UPDATE alembic_version SET version_num = '0005'")
    old.close()
    restored = run("restore", plain, "--data", fresh)
    assert restored.exit_code == 0, restored.output
    assert run("ledger", "verify", "--data", fresh).exit_code == 0


def test_an_interrupted_backup_leaves_no_half_file(folder: Path, tmp_path: Path) -> None:
    """SIGTERM in the middle: neither the file, nor a half of it, nor the copy it was made of."""
    target = tmp_path / "out" / "a"
    script = (
        "import os, signal; from queue_server.storage import backup_file as f; real = f.pack\n"
        "def pack(*given): real(*given); os.kill(os.getpid(), signal.SIGTERM)\n"
        "f.pack = pack\n"
        "from queue_server.cli import main; main()"
    )
    words = [sys.executable, "-c", script, "backup", str(target), "--data", str(folder)]
    ended = subprocess.run(words, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, check=False)
    assert ended.returncode == 128 + signal.SIGTERM
    assert list(target.parent.iterdir()) == []
    assert {each.name for each in folder.glob("navbat.db*")} <= {
        "navbat.db", "navbat.db-wal", "navbat.db-shm", "navbat.db.backing-up"
    }  # fmt: skip


def test_scheduled_backups_are_named_and_thinned(folder: Path, tmp_path: Path) -> None:
    """The folder is filled by a timer; what is too old goes, only once the new one is proven."""
    store = tmp_path / "store"
    store.mkdir()
    old, foreign = store / "navbat-DEMO-20200101T000000Z.backup", store / "notes.txt"
    for each in (old, foreign):
        each.write_text("x")
    assert run("backup", "--keep", "14d", store, "--data", folder).exit_code == 0
    names = sorted(each.name for each in store.iterdir())
    assert len(names) == 2
    assert names[0].startswith("navbat-DEMO-20")
    assert foreign.exists()
    changed(folder / "navbat.db", "DELETE FROM events WHERE seq = 6")
    old.write_text("x")
    assert run("backup", "--keep", "14d", store, "--data", folder).exit_code == 1
    assert old.exists()


def test_postgresql_without_its_programs_is_a_sentence(
    folder: Path, tmp_path: Path, monkeypatch
) -> None:
    """Where pg_dump is not installed, the operator is told which package to install."""
    from queue_server.storage import backup_postgres  # noqa: PLC0415
    from queue_server.storage.errors import StorageError  # noqa: PLC0415

    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StorageError, match="install the package postgresql-client"):
        backup_postgres.dump("postgresql://somebody@localhost/center", tmp_path / "dump")


def _all(folder: Path) -> list[dict[str, object]]:
    center = opened(folder)
    with center.read() as work:
        found = list(work.log.between(1, work.seq))
    close(center)
    return found

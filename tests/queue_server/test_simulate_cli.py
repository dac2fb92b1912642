from __future__ import annotations

import json
import os
import signal
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from queue_server import simulate_cli
from queue_server.cli import main
from queue_server.demo import Demo
from queue_server.simulation import past_days
from queue_server.simulation.past_days import Plan

BRIEF = ("--days", "1", "--until", "2026-11-17", "--visitors", "12", "--quick")


def simulate(folder: Path, *words: str) -> Result:
    """Run the command on a folder."""
    return CliRunner().invoke(main, ["simulate", "--data", str(folder), *words])


def test_a_fresh_folder_gets_a_past(tmp_path: Path) -> None:
    """The demo is made at the time when its past begins, so the log's times only grow."""
    folder = tmp_path / "new"
    done = simulate(folder, *BRIEF)
    assert done.exit_code == 0, done.output
    assert "1/1  2026-11-17 Tue" in done.stderr
    verified = CliRunner().invoke(main, ["ledger", "verify", "--data", str(folder)])
    assert verified.exit_code == 0
    times = _times(folder)
    assert times == sorted(times)
    assert times[0] == "2026-11-16T19:00:00.000Z"


def test_a_second_past_before_the_first_is_refused_in_one_sentence(folder: Path) -> None:
    """What the log holds already cannot be preceded."""
    assert simulate(folder, *BRIEF).exit_code == 0
    again = simulate(folder, *BRIEF)
    assert again.exit_code == 1
    assert again.stderr.count("\n") == 1
    assert "already holds 2026-11-17" in again.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--load", "0.9"), "--load is for past days"),
        (("--quick",), "--quick is for past days"),
        (("--seed", "3"), "--seed is for past days"),
        (("--days", "2", "--pace", "3"), "--pace is for a demo that runs"),
        (("--days", "2", "--load", "0.9", "--visitors", "9"), "--visitors and --load"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    """A user's mistake is named, and nothing is written."""
    done = simulate(tmp_path / "new", *words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert not (tmp_path / "new").exists()


def test_a_day_that_is_not_over_is_refused(tmp_path: Path) -> None:
    """Nothing is made for a past that lies ahead."""
    done = simulate(tmp_path / "new", "--days", "2", "--until", "2999-01-02")
    assert done.exit_code == 1
    assert "2999-01-02 is not over yet" in done.stderr
    assert not (tmp_path / "new").exists()


def test_without_a_demo_there_is_nothing_to_play(tmp_path: Path) -> None:
    """A folder in which no demo runs is told so in a sentence."""
    done = simulate(tmp_path)
    assert done.exit_code == 1
    assert "start one with ./run demo" in done.stderr


def test_a_request_to_end_leaves_nothing_behind(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SIGTERM after the first day: the copy is gone, and the center is what it was."""
    memory = tmp_path / "memory"
    memory.mkdir()
    monkeypatch.setattr(past_days, "QUICK", memory)
    before = (folder / "navbat.db").read_bytes()
    plan = Plan(2, date(2026, 11, 17), visitors=12, foresees=False)

    def ended(_line: str) -> None:
        assert list(memory.iterdir())
        os.kill(os.getpid(), signal.SIGTERM)

    with pytest.raises(SystemExit):
        simulate_cli.write(Demo(folder, 8000), plan, ended)
    assert list(memory.iterdir()) == []
    assert (folder / "navbat.db").read_bytes() == before


def _times(folder: Path) -> list[str]:
    from pysqlite3 import dbapi2  # noqa: PLC0415

    with dbapi2.connect(f"file:{folder / 'navbat.db'}?mode=ro", uri=True) as connection:
        rows = connection.execute("SELECT body FROM events ORDER BY seq").fetchall()
    connection.close()
    return [json.loads(body)["at"] for (body,) in rows]

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from config import catalogue as shipped
from queue_server import bootstrap, demo
from queue_server.bootstrap import Wiring
from queue_server.domain import catalogue_document, ledger
from queue_server.simulation import past_days
from queue_server.simulation.past_days import Plan
from queue_server.storage.errors import StorageError
from queue_server.usecases import people
from queue_server.usecases.ports import Center
from queue_server.usecases.records import Person

OFFERED = catalogue_document.parse(shipped.read(demo.SHIPPED))
#: a Tuesday, after a weekend
NOW = datetime(2026, 11, 17, 6, 0, tzinfo=UTC)
#: few come, and nobody foresees anything: the test is short
BRIEF = Plan(2, date(2026, 11, 16), visitors=12, foresees=False)


@pytest.fixture
def wiring(folder: Path) -> Wiring:
    """How a demo's center is wired whose server does not run."""
    return demo.Demo(folder, 8000).wiring


def opened(wiring: Wiring) -> tuple[Center, closing[bootstrap.Database]]:
    """Open the center."""
    center, database = bootstrap.open_center(wiring)
    return center, closing(database)


def days_in(wiring: Wiring) -> set[str]:
    """Return the days of all tickets in the log."""
    center, end = opened(wiring)
    with end, center.read() as work:
        events = work.log.after(0, 10_000)
    return {event["ticket"]["day"] for event in events if event["type"] == "ticket_issued"}


def test_days_on_which_the_center_is_closed_are_no_days() -> None:
    """Three days that end on a Monday leave the Sunday out."""
    found = past_days.dates(OFFERED, Plan(3), NOW)
    assert found == [date(2026, 11, 13), date(2026, 11, 14), date(2026, 11, 16)]
    before = past_days.before(OFFERED, Plan(3), NOW)
    assert before == datetime(2026, 11, 12, 19, 0, tzinfo=UTC)


def test_today_is_not_over() -> None:
    """Neither today nor a day to come can be written."""
    with pytest.raises(StorageError, match="2026-11-17 is not over yet"):
        past_days.dates(OFFERED, Plan(3, date(2026, 11, 17)), NOW)


def test_a_center_that_never_opens_has_no_past() -> None:
    """Without hours there is no day to write."""
    closed = replace(OFFERED, facts=replace(OFFERED.facts, hours={}))
    with pytest.raises(StorageError, match="open on none"):
        past_days.dates(closed, Plan(3), NOW)


def test_days_are_written_one_after_another(wiring: Wiring) -> None:
    """Saturday and Monday stand in the log, which holds; each was told in a line."""
    told: list[str] = []
    past_days.write(wiring, BRIEF, told.append)
    assert [line.split("  ")[:2] for line in told] == [
        ["1/2", "2026-11-14 Sat"],
        ["2/2", "2026-11-16 Mon"],
    ]
    assert days_in(wiring) == {"2026-11-14", "2026-11-16"}
    center, end = opened(wiring)
    with end, center.read() as work:
        assert ledger.verify(work.log.sealed(), work.seq, work.head_hash) is None


def test_days_before_those_in_the_log_are_refused(wiring: Wiring) -> None:
    """What the log holds cannot be preceded; what follows it can be added."""
    past_days.write(wiring, replace(BRIEF, days=1), lambda _line: None)
    with pytest.raises(StorageError, match="already holds 2026-11-16"):
        past_days.write(wiring, BRIEF, lambda _line: None)
    later = replace(BRIEF, days=1, until=date(2026, 11, 17))
    past_days.write(wiring, later, lambda _line: None)
    assert days_in(wiring) == {"2026-11-16", "2026-11-17"}


def test_a_center_that_runs_keeps_its_past(wiring: Wiring) -> None:
    """While somebody has the database open nothing is written."""
    center, end = opened(wiring)
    with end:
        with center.read() as work:
            before = work.seq
        with pytest.raises(StorageError, match="stop the server first"):
            past_days.write(wiring, BRIEF, lambda _line: None)
        with center.read() as work:
            assert work.seq == before


def test_an_interrupted_past_leaves_no_trace(wiring: Wiring, folder: Path) -> None:
    """Ctrl-C after the first day: the database is what it was, and nothing lies beside it."""
    there = sorted(path.name for path in folder.iterdir())
    before = (folder / "navbat.db").read_bytes()

    def interrupt(_line: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        past_days.write(wiring, BRIEF, interrupt)
    assert (folder / "navbat.db").read_bytes() == before
    # the lock by which backups wait for each other stays, empty
    left = {path.name for path in folder.iterdir()} - {"navbat.db.backing-up"}
    assert sorted(left) == there


def test_what_a_crash_left_behind_is_kept(wiring: Wiring, folder: Path, tmp_path: Path) -> None:
    """Events that stand only in the write-ahead log are part of the past that is written on."""
    center, end = opened(wiring)
    with end:
        people.add_person(center, Person("zulfiya", "Zulfiya", "analyst", ""), "a long password 1")
        crashed = Path(shutil.copytree(folder, tmp_path / "crashed"))
    assert (crashed / "navbat.db-wal").stat().st_size > 0
    left = demo.Demo(crashed, 8000).wiring
    past_days.write(left, replace(BRIEF, days=1), lambda _line: None)
    center, end = opened(left)
    with end, center.read() as work:
        assert "zulfiya" in {event.get("subject") for event in work.log.after(0, 10_000)}
        assert ledger.verify(work.log.sealed(), work.seq, work.head_hash) is None


def test_a_load_says_how_many_come(wiring: Wiring) -> None:
    """With a load of 0.1 a day brings about a tenth of what fills it."""
    told: list[str] = []
    plan = Plan(1, date(2026, 11, 16), load=0.1, foresees=False)
    past_days.write(wiring, plan, told.append)
    visitors = int(told[0].split("  ")[2].split()[0])
    assert 35 < visitors < 100


def test_a_past_without_room_in_memory_is_played_beside_the_database(
    wiring: Wiring, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where no folder is memory the days are written all the same."""
    monkeypatch.setattr(past_days, "QUICK", tmp_path / "none")
    past_days.write(wiring, replace(BRIEF, days=1), lambda _line: None)
    assert days_in(wiring) == {"2026-11-16"}

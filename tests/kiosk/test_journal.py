from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.journal import Entry, Journal, replay
from kiosk.numbers import Numbers
from kiosk.true_time import Instant
from printer.line_file import LineFileTaken
from queue_server.contracts.devices import OfflineTicket
from tests.printer.full_disk import files_end_at


def entry(n: int) -> Entry:
    """Return the n-th ticket."""
    ticket = OfflineTicket(
        id=f"k1.{n:023x}", number=f"A{500 + n}", service="A01", language="ru", issued_at=""
    )
    numbers = Numbers("k1", "2026-11-23", {"A": 500 + n}, doubtful=bool(n % 2))
    return Entry(ticket, f"run-{n}", Instant("boot", 1.5 * n, 2.5 * n, None), numbers)


@pytest.fixture
def journal(tmp_path):
    """A journal that is open."""
    made = Journal(tmp_path)
    made.load()
    yield made
    made.close()


def loaded(folder):
    """Return what the next start finds."""
    journal = Journal(folder)
    try:
        return journal.load()
    finally:
        journal.close()


def test_an_empty_folder_holds_nothing(tmp_path):
    """Neither tickets nor numbers."""
    found = loaded(tmp_path / "new" / "folder")
    assert (found.entries, found.numbers, found.damaged) == ((), None, 0)


def test_what_was_written_is_there_after_a_restart(journal, tmp_path):
    """In its order, with how far the numbers are used."""
    for n in range(3):
        journal.append(entry(n))
    journal.close()
    found = loaded(tmp_path)
    assert found.entries == tuple(map(entry, range(3)))
    assert found.numbers == entry(2).numbers


def test_a_ticket_that_was_handed_over_is_not_pending(journal, tmp_path):
    """Its number stays used."""
    for n in range(3):
        journal.append(entry(n))
    journal.settle([entry(0).ticket.id, entry(2).ticket.id])
    journal.close()
    found = loaded(tmp_path)
    assert found.entries == (entry(1),)
    assert found.numbers == entry(2).numbers


def test_a_rewritten_journal_remembers_the_numbers(journal, tmp_path):
    """And takes more lines."""
    for n in range(5):
        journal.append(entry(n))
    journal.rewrite(entry(4).numbers, [entry(3)])
    assert journal.lines == 2
    journal.append(entry(5))
    journal.close()
    found = loaded(tmp_path)
    assert found.entries == (entry(3), entry(5))
    assert found.numbers == entry(5).numbers


def test_one_program_owns_it(journal, tmp_path):
    """Two kiosks on one folder would give out the same numbers."""
    with pytest.raises(LineFileTaken, match="another program"):
        Journal(tmp_path).load()


def test_a_disk_that_takes_nothing_leaves_it_whole(journal, tmp_path):
    """The number was not given out; the next one can be."""
    journal.append(entry(0))
    before = (tmp_path / "offline.jsonl").read_bytes()
    with files_end_at(len(before) + 20), pytest.raises(OSError, match="too large"):
        journal.append(entry(1))
    assert (tmp_path / "offline.jsonl").read_bytes() == before
    journal.append(entry(2))


def test_a_line_that_nobody_can_read_is_counted(journal, tmp_path):
    """What was there is kept beside it for a person."""
    journal.append(entry(0))
    journal.append(entry(1))
    journal.close()
    file = tmp_path / "offline.jsonl"
    first, second, _ = file.read_bytes().split(b"\n")
    file.write_bytes(b"\n".join((first[:-9] + b"\xff" + first[-8:], second, b"")))
    found = loaded(tmp_path)
    assert (found.entries, found.damaged) == ((entry(1),), 1)
    assert (tmp_path / "offline.damaged.jsonl").exists()


@settings(max_examples=60)
@given(st.integers(0, 4000))
def test_a_torn_end_loses_only_what_nobody_saw(cut):
    """Cut anywhere: the whole lines before it are all there, and nothing else."""
    lines = _lines(4)
    found = replay(lines[:cut])
    whole = lines[:cut].count(b"\n")
    assert found.damaged == 0
    assert found.entries == tuple(map(entry, range(whole)))


@given(st.binary())
def test_garbage_is_no_ticket(data):
    """Whatever lies on the disk, it can be read."""
    assert replay(data + b"\n").entries == ()


def _lines(count: int) -> bytes:
    import tempfile  # noqa: PLC0415 - a fixture's folder would be shared by all examples
    from pathlib import Path  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        journal = Journal(Path(folder))
        journal.load()
        for n in range(count):
            journal.append(entry(n))
        journal.close()
        return (Path(folder) / "offline.jsonl").read_bytes()

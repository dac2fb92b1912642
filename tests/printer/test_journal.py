import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printer.errors import SpoolError
from printer.job import OPEN, JobState, new_job
from printer.journal import Journal, replay
from printer.reasons import Reason
from printer.slip import Slip
from tests.printer.full_disk import files_end_at

SLIP = Slip(ref="r", number="A001", center="Oʻzbekiston", service="s", lines=(("a", "b"),))
NAME = "print-queue.jsonl"


def _life(ref, *states):
    """Return a job's states, each after the other."""
    job = new_job(Slip(ref=ref, number="A001", center="", service=""), 100.0)
    lives = [job]
    for state in states:
        job = job.to(state, job.changed_at + 1, Reason.AWAY if state in OPEN else None)
        lives.append(job)
    return lives


HISTORY = [
    *_life("one", JobState.SENDING, JobState.SENT),
    *_life("two", JobState.SENDING, JobState.FAILED_BEFORE, JobState.SENDING),
    *_life("three"),
]


@pytest.fixture
def written(tmp_path):
    """The bytes of a journal with `HISTORY`, written by the journal itself."""
    journal = Journal(tmp_path)
    journal.load()
    for job in HISTORY:
        journal.append(job)
    journal.close()
    return (tmp_path / NAME).read_bytes()


def test_the_last_line_of_a_job_counts(written):
    """Replay gives each job as it was last written, in the order of arrival."""
    found = replay(written)
    assert found.jobs == (HISTORY[2], HISTORY[6], HISTORY[7])
    assert not found.damaged


def test_a_slip_comes_back_whole(tmp_path):
    """Slip, times, reason and attempts survive the disk."""
    journal = Journal(tmp_path)
    journal.load()
    job = new_job(SLIP.as_copy(2), 1763804520.25).to(JobState.QUEUED, 1763804521.5, Reason.NO_PAPER)
    journal.append(job)
    journal.close()
    assert Journal(tmp_path).load().jobs == (job,)


def test_a_journal_of_the_first_version_is_read(tmp_path):
    """A line as it was written before repeats, hints and sheets gives its job."""
    old = (
        '{"v":1,"state":"queued","reason":"away","queued_at":1.5,"changed_at":2.5,"attempts":1,'
        '"slip":{"ref":"r","number":"A001","center":"c","service":"s","lines":[["a","b"]],'
        '"url":"","notes":["n"],"end":"e","language":"ru","copy":2,"copy_mark":"КОПИЯ"}}'
    )
    (job,) = replay(old.encode() + b"\n").jobs
    assert (job.slip.number, job.slip.hints, job.slip.repeat) == ("A001", (), False)
    assert (job.state, job.torn, job.taken_at) == (JobState.QUEUED, False, None)


def test_torn_and_taken_survive_the_disk(tmp_path):
    """What the next start must know of a torn slip, and when one was taken, is kept."""
    journal = Journal(tmp_path)
    journal.load()
    torn = _life("torn", JobState.SENDING, JobState.QUEUED)[-1]
    taken = _life("taken", JobState.SENDING, JobState.PRINTED)[-1].taken(105.25)
    for job in (torn, taken):
        journal.append(job)
    journal.close()
    again = Journal(tmp_path)
    assert again.load().jobs == (torn, taken)
    assert (torn.torn, taken.taken_at) == (True, 105.25)
    again.close()


def test_a_torn_tail_is_as_if_not_written(written):
    """Cut anywhere, the journal holds exactly the lines that were complete."""
    ends = [at + 1 for at, byte in enumerate(written) if byte == 10]
    for cut in range(len(written)):
        complete = sum(end <= cut for end in ends)
        expected = {job.key: job for job in HISTORY[:complete]}
        found = replay(written[:cut])
        assert found.jobs == tuple(expected.values())
        assert not found.damaged


def test_a_torn_tail_is_cut_off(tmp_path, written):
    """Loading leaves nothing behind the last whole line."""
    (tmp_path / NAME).write_bytes(written + b'{"v":1,')
    journal = Journal(tmp_path)
    journal.load()
    journal.close()
    assert (tmp_path / NAME).read_bytes() == written


@pytest.mark.parametrize("line", range(len(HISTORY)))
def test_a_damaged_line_stops_every_resend(written, line):
    """If any line before the last is unreadable, no job is left that would be sent again."""
    lines = written.split(b"\n")
    lines[line] = b"\0" * len(lines[line])
    found = replay(b"\n".join(lines))
    assert found.damaged
    assert not [job for job in found.jobs if job.state in OPEN]


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_replayed(data):
    """Garbage in the journal's place never stops the queue."""
    assert all(job.state not in OPEN for job in replay(data).jobs)


def test_writing_goes_on_behind_a_torn_tail(tmp_path, written):
    """A line written after a crash stands alone, not glued to the torn one."""
    (tmp_path / NAME).write_bytes(written[:-5])
    journal = Journal(tmp_path)
    journal.load()
    journal.append(HISTORY[-1])
    journal.close()
    assert replay((tmp_path / NAME).read_bytes()) == replay(written)


def test_a_damaged_journal_is_kept_aside(tmp_path, written):
    """What could not be read stays on the disk for whoever looks into it."""
    broken = b"garbage\n" + written
    (tmp_path / NAME).write_bytes(broken)
    journal = Journal(tmp_path)
    journal.load()
    journal.rewrite(())
    journal.close()
    assert (tmp_path / "print-queue.damaged.jsonl").read_bytes() == broken


def test_one_program_owns_the_journal(tmp_path):
    """A second program is refused until the first lets go."""
    first, second = Journal(tmp_path), Journal(tmp_path)
    first.load()
    with pytest.raises(SpoolError, match="another program"):
        second.load()
    first.close()
    second.load()
    second.close()


def test_rewriting_keeps_what_it_is_given(tmp_path):
    """A rewritten journal holds the given jobs, is shorter, and takes more lines."""
    journal = Journal(tmp_path)
    journal.load()
    for job in HISTORY:
        journal.append(job)
    journal.rewrite([HISTORY[2]])
    assert journal.lines == 1
    journal.append(HISTORY[7])
    journal.close()
    assert replay((tmp_path / NAME).read_bytes()).jobs == (HISTORY[2], HISTORY[7])


def test_a_full_disk_leaves_the_journal_as_it_was(tmp_path):
    """A line that does not fit is not half written, and the next one that fits is."""
    journal = Journal(tmp_path)
    journal.load()
    journal.append(HISTORY[0])
    before = (tmp_path / NAME).read_bytes()
    with files_end_at(len(before) + 20), pytest.raises(SpoolError, match="cannot be written"):
        journal.append(HISTORY[1])
    assert (tmp_path / NAME).read_bytes() == before
    journal.append(HISTORY[1])
    journal.close()
    assert replay((tmp_path / NAME).read_bytes()).jobs == (HISTORY[1],)


def test_a_folder_that_cannot_be_used_is_said_in_a_sentence(tmp_path):
    """A file in the folder's place is a `SpoolError`, not a traceback."""
    (tmp_path / "file").write_text("")
    with pytest.raises(SpoolError, match="cannot be used"):
        Journal(tmp_path / "file").load()


def test_only_the_owner_may_read_the_journal(tmp_path):
    """Slips hold the key of a ticket: no one else on the machine reads them."""
    journal = Journal(tmp_path)
    journal.load()
    journal.close()
    assert (tmp_path / NAME).stat().st_mode & 0o077 == 0

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printer.job import FINAL, MOVES, OPEN, JobState, new_job, resume
from printer.reasons import Reason
from printer.slip import Slip

SLIP = Slip(ref="r", number="A001", center="", service="")


def _reach(state):
    """Return a job of 1000 s in this state."""
    job = new_job(SLIP, 1000.0)
    if state is JobState.QUEUED:
        return job
    if state in {JobState.VOID, JobState.FAILED_BEFORE, JobState.SENDING}:
        return job.to(state, 1000.0)
    sending = job.to(JobState.SENDING, 1000.0)
    if state is JobState.NOT_TAKEN:
        return sending.to(JobState.PRINTED, 1000.0).to(state, 1000.0)
    return sending.to(state, 1000.0)


def test_only_an_unsent_job_may_be_sent():
    """Sending begins only where no byte went out."""
    assert {state for state, following in MOVES.items() if JobState.SENDING in following} == OPEN


def test_unknown_is_final():
    """What nobody knows stays so: no move leads from it to another paper."""
    assert JobState.UNKNOWN in FINAL
    assert sorted(FINAL) == ["not_taken", "printed", "sent", "unknown", "void"]


def test_every_state_has_its_moves():
    """The table names each state."""
    assert set(MOVES) == set(JobState)


@settings(deadline=None)
@given(st.sampled_from(JobState), st.sampled_from(JobState))
def test_no_other_move_is_made(before, after):
    """A move that the table does not name is refused."""
    job = _reach(before)
    if after in MOVES[before]:
        assert job.to(after, 5.0).state is after
    else:
        with pytest.raises(ValueError, match="never goes"):
            job.to(after, 5.0)


def test_a_torn_slip_waits_as_a_repeat_and_only_once():
    """What stopped in the middle is printed once more, marked; it never goes back a second time."""
    torn = _reach(JobState.SENDING).to(JobState.QUEUED, 2.0, Reason.NO_PAPER)
    assert (torn.torn, torn.page.repeat, torn.slip.repeat) == (True, True, False)
    again = torn.to(JobState.SENDING, 3.0)
    with pytest.raises(ValueError, match="never goes"):
        again.to(JobState.QUEUED, 4.0)
    assert again.to(JobState.UNKNOWN, 4.0).attempts == 2


def test_a_taken_slip_is_noted():
    """The time is kept, the state is what it was."""
    taken = _reach(JobState.PRINTED).taken(1004.5)
    assert (taken.state, taken.taken_at) == (JobState.PRINTED, 1004.5)


def test_attempts_are_counted():
    """Each begin of sending counts, nothing else does."""
    job = new_job(SLIP, 1.0).to(JobState.FAILED_BEFORE, 2.0).to(JobState.SENDING, 3.0)
    again = job.to(JobState.FAILED_BEFORE, 4.0).to(JobState.SENDING, 5.0)
    assert (job.attempts, again.attempts) == (1, 2)


@pytest.mark.parametrize(
    ("state", "age", "after", "reason"),
    [
        (JobState.QUEUED, 59, JobState.QUEUED, None),
        (JobState.FAILED_BEFORE, 59, JobState.FAILED_BEFORE, None),
        (JobState.QUEUED, 61, JobState.VOID, Reason.TOO_OLD),
        (JobState.FAILED_BEFORE, 61, JobState.VOID, Reason.TOO_OLD),
        (JobState.QUEUED, -10, JobState.VOID, Reason.TOO_OLD),
        (JobState.SENDING, 1, JobState.UNKNOWN, Reason.INTERRUPTED),
        (JobState.SENDING, 61, JobState.UNKNOWN, Reason.INTERRUPTED),
        (JobState.SENT, 61, JobState.SENT, None),
        (JobState.NOT_TAKEN, 61, JobState.NOT_TAKEN, None),
        (JobState.UNKNOWN, 1, JobState.UNKNOWN, None),
    ],
)
def test_resume_by_example(state, age, after, reason):
    """After a restart the young are printed, the old are void, what was on its way is unknown."""
    job = resume(_reach(state), 1000.0 + age, max_age=60)
    assert (job.state, job.reason) == (after, reason)

import threading
from dataclasses import replace

import pytest

from printer.address import open_printer
from printer.deadline import Timing
from printer.decode import decode
from printer.errors import PrinterAway, PrinterStalled, SpoolError
from printer.job import JobState, new_job
from printer.journal import Journal, replay
from printer.paper import PAPER_58, PAPER_80
from printer.policy import Clock, Policy
from printer.raster import render
from printer.reasons import Reason
from printer.slip import Slip
from printer.spool import Spool

NAME = "print-queue.jsonl"
#: So long that only `retry_now`, a new slip or the end wakes the queue within a test.
NEVER = 100_000.0
PATIENT = Policy(delays=(NEVER,), max_wait=NEVER)
AWAY = ("open", PrinterAway("gone"))


@pytest.fixture
def spooled(tmp_path, watch):
    """Start a queue in a folder, with a listener to wait on; each is closed at the end."""
    opened = []

    def start(transport, **how):
        how.setdefault("policy", PATIENT)
        spool = Spool(tmp_path / "spool", transport, listener=watch, **how)
        opened.append(spool)
        spool.start()
        return spool

    yield start
    for spool in opened:
        assert spool.close(20)


def _journalled(tmp_path):
    return {job.slip.ref: job for job in replay((tmp_path / "spool" / NAME).read_bytes()).jobs}


def _leave_behind(tmp_path, *jobs):
    """Write the journal that a process left when it died."""
    journal = Journal(tmp_path / "spool")
    journal.load()
    for job in jobs:
        journal.append(job)
    journal.close()


def test_a_slip_goes_its_way(spooled, fake, watch, slip, tmp_path):
    """Queued, sending, printed: each is told, and the end is in the journal."""
    transport = fake()
    assert spooled(transport).submit(slip).state is JobState.QUEUED
    watch.wait(JobState.PRINTED)
    assert watch.states(slip.ref) == [JobState.SENDING, JobState.PRINTED]
    assert decode(transport.sent[0], 576)[0].tobytes() == render(slip, PAPER_80).tobytes()
    assert transport.titles == ["A042"]
    assert _journalled(tmp_path)[slip.ref].state is JobState.PRINTED


def test_the_same_key_prints_once(spooled, fake, watch, slip):
    """Submitting a slip again, at any time, answers with its job and prints nothing more."""
    transport = fake()
    spool = spooled(transport)
    spool.submit(slip)
    spool.submit(slip)
    watch.wait(JobState.PRINTED)
    assert spool.submit(slip).state is JobState.PRINTED
    other = replace(slip, ref="other")
    spool.submit(other)
    watch.wait(JobState.PRINTED, ref="other")
    assert len(transport.sent) == 2


def test_a_copy_prints_beside_its_original(spooled, fake, watch, slip):
    """A copy has a key of its own; both papers come out, in the order they were asked for."""
    transport = fake()
    spool = spooled(transport)
    spool.submit(slip)
    spool.submit(slip.as_copy(2))
    watch.wait(JobState.PRINTED)
    spool.submit(replace(slip, ref="last"))
    watch.wait(JobState.PRINTED, ref="last")
    assert transport.titles == ["A042", "A042-2", "A042"]


def test_the_same_key_prints_once_even_after_a_restart(spooled, fake, watch, slip):
    """A queue that is started again remembers what it printed."""
    transport = fake()
    first = spooled(transport)
    first.submit(slip)
    watch.wait(JobState.PRINTED)
    first.close(20)
    assert spooled(transport).submit(slip).state is JobState.PRINTED
    assert len(transport.sent) == 1


def test_a_printer_that_is_away_is_said_at_once(spooled, fake, watch, slip):
    """The reason stands on the job and in the queue's health, with a technician's sentence."""
    spool = spooled(fake(troubles=[AWAY]))
    spool.submit(slip)
    job = watch.wait(JobState.FAILED_BEFORE)
    assert (job.reason, spool.outcome(slip.ref)) == (Reason.AWAY, job)
    assert (spool.health.reason, spool.health.detail, spool.health.waiting) == (
        Reason.AWAY,
        "gone",
        1,
    )


def test_what_was_not_sent_is_tried_again_by_itself(spooled, fake, watch, slip):
    """After the pause the slip is sent, once, and health is well again."""
    transport = fake(troubles=[AWAY, AWAY])
    spool = spooled(transport, policy=Policy(delays=(0.01, 0.02)))
    spool.submit(slip)
    watch.wait(JobState.PRINTED)
    assert len(transport.sent) == 1
    assert (spool.health.reason, spool.health.waiting) == (None, 0)


def test_pauses_grow():
    """Each failure in a row waits longer, and the last pause repeats."""
    policy = Policy(delays=(1.0, 2.0, 4.0))
    assert [policy.delay(failures) for failures in (1, 2, 3, 4, 99)] == [1, 2, 4, 4, 4]


def test_a_new_slip_is_tried_at_once(spooled, fake, watch, slip):
    """However long the pause, the next visitor's slip makes the queue try, the oldest first."""
    transport = fake(troubles=[AWAY])
    spool = spooled(transport)
    spool.submit(slip)
    watch.wait(JobState.FAILED_BEFORE)
    spool.submit(replace(slip, ref="second", number="A043"))
    watch.wait(JobState.PRINTED, ref="second")
    assert transport.titles == ["A042", "A043"]


def test_every_waiting_slip_is_told_why(spooled, fake, watch, slip):
    """One failed attempt speaks for all that wait: nobody waits for a time-out of their own."""
    gate, reached = threading.Event(), threading.Event()

    class Gated(fake):
        def open(self, title, deadline):
            reached.set()
            assert gate.wait(20)
            super().open(title, deadline)

    spool = spooled(Gated(troubles=[AWAY, AWAY, AWAY]))
    spool.submit(slip)
    assert reached.wait(20)
    spool.submit(replace(slip, ref="second"))
    gate.set()
    assert watch.wait(JobState.FAILED_BEFORE, ref="second").reason is Reason.AWAY


def test_no_paper_keeps_the_slip_queued(spooled, fake, watch, slip):
    """No paper is the reason, no byte goes out; with a new roll `retry_now` prints."""
    transport = fake(says={1: 0x12, 2: 0x12, 3: 0x12, 4: 0x72})
    spool = spooled(transport)
    spool.submit(slip)
    assert watch.wait(JobState.QUEUED).reason is Reason.NO_PAPER
    assert transport.sent == []
    transport.says = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}
    spool.retry_now()
    watch.wait(JobState.PRINTED)
    assert len(transport.sent) == 1


def test_what_may_have_been_sent_is_never_sent_again(spooled, fake, watch, slip):
    """A job that broke off is unknown, and the queue goes on with the next slip."""
    transport = fake(troubles=[("flush", PrinterStalled("slow", sent=True))])
    spool = spooled(transport)
    spool.submit(slip)
    assert watch.wait(JobState.UNKNOWN).reason is Reason.STALLED
    spool.submit(replace(slip, ref="second", number="A043"))
    watch.wait(JobState.PRINTED, ref="second")
    assert transport.titles == ["A042", "A043"]
    assert spool.outcome(slip.ref).state is JobState.UNKNOWN


def test_sending_is_on_the_disk_before_the_first_byte(spooled, fake, watch, slip, tmp_path):
    """When the first byte goes out, the journal already says so."""
    seen = []

    class Looking(fake):
        def write(self, data, deadline):
            seen.append(_journalled(tmp_path)[slip.ref].state)
            super().write(data, deadline)

    spooled(Looking()).submit(slip)
    watch.wait(JobState.PRINTED)
    assert seen == [JobState.SENDING]


def test_a_restart_prints_the_young_and_nothing_else(spooled, fake, watch, slip, tmp_path):
    """Young and queued prints; sending is unknown; old is void; finished stays finished."""
    young = new_job(replace(slip, ref="young"), 1000.0)
    sending = new_job(replace(slip, ref="sending"), 1000.0).to(JobState.SENDING, 1000.0)
    old = new_job(replace(slip, ref="old"), 900.0)
    done = (
        new_job(replace(slip, ref="done"), 1000.0)
        .to(JobState.SENDING, 1000.0)
        .to(JobState.SENT, 1001.0)
    )
    _leave_behind(tmp_path, old, done, sending, young)
    transport = fake()
    spool = spooled(transport, clock=Clock(now=lambda: 1030.0))
    watch.wait(JobState.PRINTED, ref="young")
    assert watch.states("sending") == [JobState.UNKNOWN]
    assert watch.states("old") == [JobState.VOID]
    assert watch.states("done") == []
    states = {ref: spool.outcome(ref).state for ref in ("young", "sending", "old", "done")}
    assert states == {
        "young": JobState.PRINTED,
        "sending": JobState.UNKNOWN,
        "old": JobState.VOID,
        "done": JobState.SENT,
    }
    assert len(transport.sent) == 1
    assert {ref: job.state for ref, job in _journalled(tmp_path).items()} == states


def test_a_torn_last_line_does_not_stop_the_queue(spooled, fake, watch, slip, tmp_path):
    """After a crash within a line the queue starts, and prints what the whole lines say."""
    _leave_behind(tmp_path, new_job(slip, 1000.0))
    journal = tmp_path / "spool" / NAME
    journal.write_bytes(journal.read_bytes() + b'{"v":1,"state":"sen')
    transport = fake()
    spooled(transport, clock=Clock(now=lambda: 1001.0))
    watch.wait(JobState.PRINTED)
    assert len(transport.sent) == 1


def test_a_slip_that_waited_too_long_is_given_up(spooled, fake, watch, slip):
    """While the program runs, too, an old slip is void: its visitor is gone."""
    times = [1000.0]
    clock = Clock(now=lambda: times[0])
    transport = fake(troubles=[AWAY] * 9)
    spool = spooled(transport, clock=clock, policy=replace(PATIENT, max_wait=300.0))
    spool.submit(slip)
    watch.wait(JobState.FAILED_BEFORE)
    times[0] += 301.0
    spool.retry_now()
    assert watch.wait(JobState.VOID).reason is Reason.TOO_OLD
    assert transport.sent == []


def test_without_a_journal_nothing_is_sent(spooled, fake, watch, slip, tmp_path):
    """If "sending" cannot be brought to the disk, no byte goes out and the reason says so."""
    transport = fake()
    spool = spooled(transport)

    def refuse(job):
        raise SpoolError("disk full")

    append, spool._journal.append = spool._journal.append, refuse
    spool.submit(slip)
    assert watch.wait(JobState.FAILED_BEFORE).reason is Reason.JOURNAL
    assert transport.sent == []
    spool._journal.append = append
    spool.retry_now()
    watch.wait(JobState.PRINTED)
    assert _journalled(tmp_path)[slip.ref].state is JobState.PRINTED


def test_a_fault_of_ours_costs_one_slip_only(spooled, fake, watch, slip):
    """A slip that cannot be drawn is void with its reason; the next one prints."""

    class Faulty(fake):
        def open(self, title, deadline):
            if title == "A042":
                raise RuntimeError("a fault")
            super().open(title, deadline)

    spool = spooled(Faulty())
    spool.submit(slip)
    assert watch.wait(JobState.VOID).reason is Reason.FAULT
    spool.submit(replace(slip, ref="second", number="A043"))
    watch.wait(JobState.PRINTED, ref="second")


def test_a_fault_of_a_listener_never_ends_the_printing(tmp_path, fake, slip, watch):
    """Whoever listens and fails has a line in the log; the next slip prints."""
    faults = [KeyError("a fault")]

    def listen(job):
        if job.state is JobState.PRINTED and faults:
            raise faults.pop()
        watch(job)

    spool = Spool(tmp_path / "spool", fake(), listener=listen, policy=Policy(delays=(0.01,)))
    spool.start()
    spool.submit(slip)
    spool.submit(replace(slip, ref="second"))
    watch.wait(JobState.PRINTED, ref="second")
    assert spool.close(20)


def test_narrow_paper_is_printed_narrow(spooled, fake, watch, slip):
    """A queue for 58 mm paper sends a slip of 384 dots."""
    transport = fake()
    spooled(transport, paper=PAPER_58).submit(slip)
    watch.wait(JobState.PRINTED)
    assert decode(transport.sent[0], 384)[0].tobytes() == render(slip, PAPER_58).tobytes()


def test_submit_does_not_wait_for_the_printer(spooled, fake, watch, slip):
    """While the printer holds the queue's thread, slips are taken and answered all the same."""
    gate = threading.Event()

    class Held(fake):
        def flush(self, deadline):
            assert gate.wait(20)

    spool = spooled(Held())
    spool.submit(slip)
    watch.wait(JobState.SENDING)
    second = spool.submit(replace(slip, ref="second"))
    assert second.state is JobState.QUEUED
    assert spool.health.waiting == 1
    gate.set()
    watch.wait(JobState.PRINTED, ref="second")


def test_close_ends_behind_the_slip_in_hand(spooled, fake, watch, slip, tmp_path):
    """A closed queue finishes what it sends, keeps what waits, and takes no more."""
    gate = threading.Event()

    class Held(fake):
        def flush(self, deadline):
            assert gate.wait(20)

    spool = spooled(Held())
    spool.submit(slip)
    watch.wait(JobState.SENDING)
    assert not spool.close(0.01)
    with pytest.raises(SpoolError, match="closed"):
        spool.submit(replace(slip, ref="late"))
    gate.set()
    assert spool.close(20)
    assert _journalled(tmp_path)[slip.ref].state is JobState.PRINTED


def test_a_queue_that_never_started_closes(tmp_path, fake):
    """Closing before the start is nothing special."""
    assert Spool(tmp_path, fake()).close()


def test_two_queues_never_share_a_folder(spooled, fake, tmp_path):
    """A second queue is refused with a sentence: two programs would print twice."""
    spooled(fake())
    with pytest.raises(SpoolError, match="another program"):
        Spool(tmp_path / "spool", fake()).start()


def test_old_jobs_are_forgotten_and_the_journal_stays_short(spooled, fake, watch, slip, tmp_path):
    """Once the journal is long it is rewritten with what is still worth knowing."""
    times = [1000.0]
    policy = replace(PATIENT, journal_lines=7, memory=3600.0)
    spool = spooled(fake(), clock=Clock(now=lambda: times[0]), policy=policy)
    for number in range(2):
        spool.submit(replace(slip, ref=f"old-{number}"))
        watch.wait(JobState.PRINTED, ref=f"old-{number}")
    times[0] += 3601.0
    spool.submit(replace(slip, ref="new"))
    watch.wait(JobState.PRINTED, ref="new")
    spool.close(20)
    assert set(_journalled(tmp_path)) == {"new"}
    assert spool.outcome("old-0") is None


def test_a_stalled_tcp_printer_is_left_in_time(spooled, watch, slip, tcp_printer):
    """A printer that never reads makes the slip unknown once its time is over."""
    printer = tcp_printer(reads=False)
    timing = Timing(connect=3.0, patience=0.0, slack=0.3)
    spooled(open_printer(printer.address), policy=replace(PATIENT, timing=timing)).submit(slip)
    assert watch.wait(JobState.UNKNOWN).reason is Reason.STALLED


def test_slips_of_all_languages_print_in_order(spooled, watch, slips, tcp_printer):
    """Five slips submitted at once come out of a network printer one after the other, whole."""
    printer = tcp_printer()
    spool = spooled(open_printer(printer.address))
    for slip in slips.values():
        spool.submit(slip)
    for job, slip in zip(printer.wait_for_jobs(5), slips.values(), strict=True):
        assert decode(job, 576)[0].tobytes() == render(slip, PAPER_80).tobytes()


def test_an_empty_reference_never_reaches_the_queue():
    """A job without a name could not be told from another one."""
    with pytest.raises(ValueError, match="reference"):
        Slip(ref="", number="A001", center="", service="")

"""The list of faults: each over real TCP against the fake printer, through the whole queue."""

from dataclasses import replace

import pytest

from printer.address import open_printer
from printer.deadline import DEFAULT_TIMING, Timing
from printer.delivery import pack
from printer.interview import ALL_ANSWERS
from printer.job import JobState, new_job
from printer.journal import Journal, replay
from printer.model import GENERIC, models
from printer.paper import PAPER_80
from printer.policy import Clock, Policy
from printer.reasons import Reason
from printer.spool import Spool

#: Quick enough for a test, and in the same order as the real ones.
TIMING = Timing(connect=9.0, patience=0.0, slack=0.6, glance=9.0, answer=5.0)
#: For printers that answer nothing, or should be waited for.
CURT, LONG = replace(TIMING, answer=0.3), replace(TIMING, slack=15.0)
QUICK = Policy(delays=(0.05,), look_every=0.05, look_at_mute_every=0.05, timing=LONG)
HASTY = replace(QUICK, timing=CURT)
EPSON, CUSTOM, CLONE = "epson-tm-t20iii", "custom-vkp80", "generic"
PATIENCE = 20.0


@pytest.fixture
def spooled(tmp_path, watch, well):
    """Start a queue for a fake printer of a model; each is closed at the end."""
    opened = []

    def start(printer, model, **how):
        how.setdefault("policy", QUICK)
        spool = Spool(
            tmp_path / "spool",
            open_printer(printer if isinstance(printer, str) else printer.address),
            model=model and models()[model],
            listener=watch,
            health_listener=well,
            **how,
        )
        opened.append(spool)
        spool.start()
        return spool

    yield start
    for spool in opened:
        assert spool.close(PATIENCE)


@pytest.mark.parametrize("model", sorted(models()))
def test_every_model_prints_a_slip(model, spooled, fake_printer, watch, slip):
    """Each model's file makes bytes that a printer of that model turns into the slip."""
    printer = fake_printer(model)
    spooled(printer, model).submit(slip)
    watch.wait(JobState.PRINTED if models()[model].proves else JobState.SENT)
    assert printer.wait_for(lambda p: p.whole(slip) == 1, PATIENCE)
    assert (printer.torn, printer.machine.strange) == (0, 0)


@pytest.mark.parametrize("fault", ["paper-end-after:0", "cover-at:40"])
def test_a_slip_that_stops_in_the_middle_comes_once_more_and_marked(
    fault, spooled, fake_printer, watch, slip, tmp_path
):
    """Paper end or cover: the printer forgets the rest; once mended, the whole slip as a repeat."""
    printer = fake_printer(EPSON)
    spool = spooled(printer, EPSON)
    first = replace(slip, ref="first", number="A041")
    spool.submit(first)
    watch.wait(JobState.PRINTED, ref="first")
    printer.command(f"fault {fault}")
    spool.submit(slip)
    held = watch.wait(JobState.QUEUED, ref=slip.ref)
    assert held.torn
    assert held.reason is (Reason.NO_PAPER if "paper" in fault else Reason.COVER_OPEN)
    printer.command("roll 80")
    watch.wait(JobState.PRINTED, ref=slip.ref)
    assert (printer.whole(slip), spool.outcome(slip.ref).attempts) == (0, 2)
    journal = {job.slip.ref: job for job in replay(_journal(tmp_path)).jobs}
    assert journal[slip.ref].torn
    assert printer.whole(slip.as_repeat()) == 1
    assert printer.torn == ("paper" in fault)


def test_it_is_sent_again_only_once(spooled, fake_printer, watch, slip):
    """The repeat that stops, too, is unknown, and nothing more is sent by itself."""
    printer = fake_printer(EPSON, "cover-at:40")
    spool = spooled(printer, EPSON)
    spool.submit(slip)
    watch.wait(JobState.QUEUED)
    printer.command("fault cover-at:90")
    watch.wait(JobState.UNKNOWN)
    printer.command("fault none")
    spool.submit(replace(slip, ref="next", number="A043"))
    watch.wait(JobState.PRINTED, ref="next")
    assert printer.whole(slip) == 0
    assert printer.whole(slip.as_repeat()) <= 1
    assert spool.health.unsure == ("A042",)


@pytest.mark.parametrize("model", [CLONE, CUSTOM])
def test_a_printer_that_cannot_forget_gets_nothing_again(model, spooled, fake_printer, watch, slip):
    """Without a clear the slip is unknown: the printer itself may go on with the rest."""
    printer = fake_printer(model, "cover-at:40")
    spooled(printer, model).submit(slip)
    job = watch.wait(JobState.UNKNOWN)
    assert (job.reason, job.attempts) == (Reason.COVER_OPEN, 1)
    printer.command("fault none")
    assert printer.wait_for(lambda p: p.whole(slip) == 1, PATIENCE)
    assert watch.states(slip.ref)[-1] is JobState.UNKNOWN


def test_a_small_buffer_full_of_half_a_slip_is_found_out(spooled, fake_printer, watch, slip):
    """A printer that stops and takes no more bytes is asked why on a new line, and forgets."""
    printer = fake_printer(EPSON, "cover-at:10", buffer=4096)
    curt = replace(QUICK, timing=replace(TIMING, slack=1.0))
    spooled(printer, EPSON, policy=curt).submit(slip)
    held = watch.wait(JobState.QUEUED)
    assert (held.torn, held.reason) == (True, Reason.COVER_OPEN)
    printer.command("fault none")
    watch.wait(JobState.PRINTED)
    assert (printer.whole(slip), printer.whole(slip.as_repeat())) == (0, 1)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("paper-end", Reason.NO_PAPER),
        ("cover", Reason.COVER_OPEN),
        ("hot", Reason.BUSY),
        ("refuse", Reason.AWAY),
    ],
)
@pytest.mark.parametrize("model", [EPSON, CUSTOM, CLONE])
def test_trouble_beforehand_keeps_the_slip_and_prints_it_unmarked_once(
    model, fault, reason, spooled, fake_printer, watch, slip
):
    """No byte went out, so the slip waits with its reason, and comes out once all is well."""
    printer = fake_printer(model, fault)
    address = printer.address
    spool = spooled(address, model)
    spool.submit(slip)
    assert watch.wait_for_reason(reason).state in {JobState.QUEUED, JobState.FAILED_BEFORE}
    printer.command("fault none")
    printer.command("roll")
    watch.wait(JobState.PRINTED if model == EPSON else JobState.SENT)
    assert printer.wait_for(lambda p: p.whole(slip) == 1, PATIENCE)
    assert printer.torn == 0


@pytest.mark.parametrize(
    ("model", "fault", "state", "reason"),
    [
        (EPSON, "mute", JobState.UNKNOWN, Reason.UNPROVEN),
        (CLONE, "mute", JobState.SENT, None),
        (CUSTOM, "mute", JobState.SENT, None),
        (EPSON, "garbage", JobState.UNKNOWN, Reason.UNPROVEN),
        (CLONE, "garbage", JobState.SENT, None),
        (CUSTOM, "garbage", JobState.SENT, None),
        (EPSON, "stall", JobState.UNKNOWN, Reason.STALLED),
        (CLONE, "stall", JobState.UNKNOWN, Reason.STALLED),
        (CLONE, "slow:2000", JobState.UNKNOWN, Reason.STALLED),
        (EPSON, "reset:5000", JobState.UNKNOWN, Reason.STALLED),
        (CLONE, "reset:5000", JobState.UNKNOWN, Reason.STALLED),
        (EPSON, "power-cycle:5000", JobState.UNKNOWN, Reason.STALLED),
        (CLONE, "power-cycle:5000", JobState.UNKNOWN, Reason.STALLED),
        (EPSON, "cutter", JobState.UNKNOWN, Reason.CUTTER),
        (CLONE, "cutter", JobState.UNKNOWN, Reason.CUTTER),
        (CUSTOM, "cutter", JobState.UNKNOWN, Reason.CUTTER),
    ],
)
def test_what_nobody_knows_is_said_and_never_sent_again(
    model, fault, state, reason, spooled, fake_printer, watch, slip
):
    """No silent loss, no duplicate: one attempt, an honest state, and the queue goes on."""
    printer = fake_printer(model, fault)
    spool = spooled(printer, model, policy=HASTY)
    spool.submit(slip)
    job = watch.wait(state)
    assert (job.reason, job.attempts) == (reason, 1)
    printer.command("fault none")
    following = replace(slip, ref="next", number="A043")
    spool.submit(following)
    watch.wait(JobState.PRINTED if model == EPSON else JobState.SENT, ref="next")
    assert printer.wait_for(lambda p: p.whole(following) == 1, PATIENCE)
    assert printer.whole(slip) <= 1
    assert spool.outcome(slip.ref).attempts == 1
    assert spool.health.unsure == (("A042",) if state is JobState.UNKNOWN else ())


def test_behind_a_crash_the_first_slip_is_whole(spooled, fake_printer, watch, slip, tmp_path):
    """A clone that still waits for half a picture is brought to its senses before the next one."""
    printer = fake_printer(CLONE)
    journal = Journal(tmp_path / "spool")
    journal.load()
    journal.append(new_job(slip, 1.0).to(JobState.SENDING, 1.0))
    journal.close()
    half = pack(slip, PAPER_80, GENERIC).data[:20_000]
    printer.machine.receive(half)
    following = replace(slip, ref="next", number="A043")
    spooled(printer, CLONE).submit(following)
    watch.wait(JobState.SENT, ref="next")
    assert printer.wait_for(lambda p: p.whole(following) == 1, PATIENCE)
    assert printer.whole(slip) == 0


def test_a_torn_slip_is_not_repeated_on_a_printer_that_proves_nothing(
    spooled, fake_printer, watch, slip, tmp_path
):
    """Another printer after a restart: it could not tell, so the slip is void, not sent again."""
    printer = fake_printer(CLONE)
    sending = new_job(slip, 1000.0).to(JobState.SENDING, 1000.0)
    journal = Journal(tmp_path / "spool")
    journal.load()
    journal.append(sending.to(JobState.QUEUED, 1001.0, Reason.COVER_OPEN))
    journal.close()
    spooled(printer, CLONE, clock=Clock(now=lambda: 1002.0))
    assert watch.wait(JobState.VOID).reason is Reason.COVER_OPEN
    assert (printer.connections, printer.pieces) == (0, [])


def test_a_power_cycle_in_the_middle_leaves_a_torn_piece_and_no_second_slip(
    spooled, fake_printer, watch, slip
):
    """The half slip lies there, its job is unknown, and the next one is whole."""
    printer = fake_printer(EPSON, "power-cycle:9000")
    spool = spooled(printer, EPSON)
    spool.submit(slip)
    watch.wait(JobState.UNKNOWN)
    spool.submit(replace(slip, ref="next", number="A043"))
    watch.wait(JobState.PRINTED, ref="next")
    assert (printer.torn, printer.whole(slip)) == (1, 0)
    assert printer.whole(replace(slip, number="A043")) == 1


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("file:///dev/full", Reason.STALLED),
        ("usb:///nowhere/lp0", Reason.AWAY),
        ("serial:///nowhere/ttyS9", Reason.AWAY),
    ],
)
def test_a_device_that_takes_nothing_keeps_the_slip(address, reason, spooled, watch, slip):
    """/dev/full and a missing node: not a byte went out, so the slip waits and says why."""
    spool = spooled(address, CLONE)
    spool.submit(slip)
    assert watch.wait(JobState.FAILED_BEFORE).reason is reason
    assert spool.health.reason is reason


@pytest.mark.parametrize("form", ["usb://{}", "serial://{}?flow=none"])
def test_a_line_that_nobody_reads_is_left_in_time(form, spooled, watch, slip, line):
    """A device that takes some bytes and then no more makes the slip unknown."""
    spooled(form.format(line[1]), CLONE, policy=HASTY).submit(slip)
    job = watch.wait(JobState.UNKNOWN)
    assert job.reason is Reason.STALLED


def test_a_serial_printer_proves_its_slips(spooled, fake_printer, watch, slip, line):
    """The same printer at the end of a serial line."""
    ours, path = line
    printer = fake_printer(EPSON, line=ours)
    spooled(f"serial://{path}?flow=none", EPSON).submit(slip)
    watch.wait(JobState.PRINTED)
    assert printer.whole(slip) == 1


def test_every_wait_together_stays_under_eight_seconds():
    """To be reached, asked, sent, and asked once more: 8 s at most for a slip on a quick line."""
    timing, rate, size, mm = DEFAULT_TIMING, 300_000, 30_000, 110
    sending = size / rate * timing.patience + timing.slack + mm / GENERIC.mm_per_second
    once_more = timing.glance + timing.answer
    assert timing.connect + timing.answer * ALL_ANSWERS + sending + once_more <= 8.0


def _journal(tmp_path):
    return (tmp_path / "spool" / "print-queue.jsonl").read_bytes()

"""Health, the looks at an idle printer, the counter, and the printer's mouth, through the queue."""

from dataclasses import replace

import pytest

from printer.address import open_printer
from printer.deadline import Timing
from printer.health import HealthBook
from printer.job import JobState
from printer.journal import replay
from printer.model import GENERIC, models
from printer.policy import Policy
from printer.reasons import Reason
from printer.spool import Spool
from printer.status import PaperLevel

CALM = Timing(connect=9.0, slack=15.0, glance=9.0, answer=5.0)
QUICK = Policy(delays=(0.05,), look_every=0.05, look_at_mute_every=0.05, timing=CALM)
HASTY = replace(QUICK, look_every=0.5, timing=replace(CALM, answer=0.3))
PATIENCE = 20.0


@pytest.fixture
def spooled(tmp_path, watch, well):
    """Start a queue that looks at its printer every 50 ms; each is closed at the end."""
    opened = []

    def start(address, model=None, **how):
        how.setdefault("policy", QUICK)
        heard = {"listener": watch, "health_listener": well}
        spool = Spool(tmp_path / "spool", open_printer(address), model=model, **heard, **how)
        opened.append(spool)
        spool.start()
        return spool

    yield start
    for spool in opened:
        assert spool.close(PATIENCE)


def test_a_change_is_told_once_and_a_reason_has_its_time():
    """The listener hears of changes only; `since` moves with the reason and nothing else."""
    told = []
    book = HealthBook(told.append)
    book.update(10.0, reason=None, model="x")
    book.update(11.0, reason=None, model="x")
    book.update(12.0, printed_mm=5)
    book.update(13.0, reason=Reason.COVER_OPEN)
    assert [(health.reason, health.since) for health in told] == [
        (None, 10.0),
        (None, 10.0),
        (Reason.COVER_OPEN, 13.0),
    ]
    assert book.now is told[-1]


@pytest.mark.parametrize(
    ("fault", "reason", "paper"),
    [
        ("paper-end", Reason.NO_PAPER, PaperLevel.OUT),
        ("cover", Reason.COVER_OPEN, PaperLevel.PLENTY),
        ("near-end", None, PaperLevel.LOW),
        ("refuse", Reason.AWAY, None),
        ("hot", Reason.BUSY, PaperLevel.PLENTY),
    ],
)
def test_staff_hear_before_the_next_visitor(fault, reason, paper, spooled, fake_printer, well):
    """While nothing is printed a fault is noticed by itself, and so is its end."""
    printer = fake_printer("epson-tm-t20iii")
    spool = spooled(printer.address)
    well.wait(lambda health: health.answers is True and health.reason is None)
    printer.command(f"fault {fault}")
    well.wait(lambda health: health.reason is reason and (paper is None or health.paper is paper))
    printer.command("fault none")
    printer.command("roll")
    well.wait(lambda health: health.reason is None and health.paper is PaperLevel.PLENTY)
    assert spool.health.model == "Epson TM-T20III"


def test_a_line_is_let_go_between_two_looks(spooled, fake_printer, well):
    """Another program's connection is served while the queue looks again and again."""
    printer = fake_printer("epson-tm-t20iii")
    spooled(printer.address)
    assert printer.wait_for(lambda p: p.connections >= 4, PATIENCE)


def test_a_mute_printer_is_unknown_and_no_alarm(spooled, fake_printer, well):
    """Silence is neither good nor bad."""
    spooled(fake_printer("generic", "mute").address, policy=HASTY)
    health = well.wait(lambda health: health.answers is False)
    assert (health.reason, health.paper) == (None, PaperLevel.UNKNOWN)


def test_a_lost_answer_does_not_make_a_printer_dumb_for_ever(spooled, fake_printer, well):
    """Taken for any printer at first, it is asked once more, and then known."""
    printer = fake_printer("epson-tm-t20iii")
    printer.machine.model = models()["generic"]
    spooled(printer.address, policy=HASTY)
    well.wait(lambda health: health.answers is True and health.model == "ESC/POS printer")
    printer.machine.model = models()["epson-tm-t20iii"]
    well.wait(lambda health: health.model == "Epson TM-T20III")


def test_a_way_without_answers_is_not_looked_at(spooled, tmp_path, well, slip, watch):
    """A folder of pictures has no paper and no cover; it is proved all the same."""
    spool = spooled(f"png://{tmp_path}/slips")
    spool.submit(slip)
    watch.wait(JobState.PRINTED)
    well.wait(lambda health: health.printed_mm > 0)
    assert (spool.health.answers, spool.health.paper) == (None, PaperLevel.UNKNOWN)


def test_a_printer_of_no_said_model_is_left_alone_until_the_first_slip(
    spooled, fake_printer, well, slip, watch
):
    """The default asks nothing beforehand; once the printer has answered, it is looked at."""
    printer = fake_printer("generic")
    spool = spooled(printer.address, GENERIC)
    well.wait(lambda _: True)
    assert printer.connections == 0
    spool.submit(slip)
    watch.wait(JobState.SENT)
    printer.command("fault cover")
    well.wait(lambda health: health.reason is Reason.COVER_OPEN)


def test_a_mute_printer_is_left_in_peace_after_a_slip(spooled, fake_printer, well, slip, watch):
    """Who answers nothing is asked once in a long while, behind a slip as well."""
    printer = fake_printer("generic", "mute")
    policy = replace(HASTY, look_every=0.01, look_at_mute_every=1e6)
    spool = spooled(printer.address, GENERIC, policy=policy)
    for number in range(2):
        spool.submit(replace(slip, ref=f"r{number}"))
        watch.wait(JobState.SENT, ref=f"r{number}")
    assert well.wait(lambda health: health.answers is False)
    assert printer.connections == 2


def test_a_printer_that_comes_late_is_met_late(spooled, fake_printer, well, slip, watch):
    """Off line at the start: what it is becomes known once it is on line, before the first slip."""
    printer = fake_printer("epson-tm-t88vi", "cover")
    spool = spooled(printer.address)
    spool.submit(slip)
    assert watch.wait(JobState.QUEUED).reason is Reason.COVER_OPEN
    printer.command("fault none")
    watch.wait(JobState.PRINTED)
    assert spool.health.model == "Epson TM-T88VI"


def test_paper_is_counted_by_the_slip(spooled, fake_printer, well, slip, watch):
    """A new roll is told, each slip takes its length off it, and the end of it is foreseen."""
    spool = spooled(fake_printer("star").address, models()["star"])
    spool.new_roll(5.3)
    health = well.wait(lambda health: health.paper_left_mm == 5300)
    assert health.paper is PaperLevel.PLENTY
    for number in range(3):
        spool.submit(replace(slip, ref=f"r{number}"))
        watch.wait(JobState.SENT, ref=f"r{number}")
    health = well.wait(lambda health: health.paper is PaperLevel.LOW)
    assert health.printed_mm == 5300 - health.paper_left_mm
    assert 300 <= health.printed_mm <= 3 * 125


def test_a_slip_that_is_taken_is_noted(spooled, fake_printer, slip, watch, tmp_path):
    """The printer's mouth is watched until it is empty; the time stands in the journal."""
    printer = fake_printer("custom-vkp80")
    spool = spooled(printer.address, models()["custom-vkp80"])
    spool.submit(slip)
    taken = watch.wait_for_job(lambda job: job.taken_at is not None)
    assert taken.state is JobState.SENT
    assert [str(fate) for fate in printer.path.fates] == ["taken"]
    (kept,) = replay((tmp_path / "spool" / "print-queue.jsonl").read_bytes()).jobs
    assert kept == taken


@pytest.mark.parametrize("model", ["custom-vkp80", "citizen"])
def test_a_slip_that_nobody_takes_is_drawn_back(
    model, spooled, fake_printer, slip, watch, well, tmp_path
):
    """After its time it is retracted, not taken, and told to staff; it is final."""
    printer = fake_printer(model, "not-taken")
    presenter = models()[model].presenter.model_copy(update={"wait_seconds": 0.2})
    spool = spooled(printer.address, models()[model].model_copy(update={"presenter": presenter}))
    spool.submit(slip)
    watch.wait(JobState.NOT_TAKEN)
    assert printer.wait_for(lambda p: [str(fate) for fate in p.path.fates] == ["retracted"], 20)
    well.wait(lambda health: health.unsure == ("A042",))
    (kept,) = replay((tmp_path / "spool" / "print-queue.jsonl").read_bytes()).jobs
    assert kept.state is JobState.NOT_TAKEN


def test_a_slip_is_held_out_for_less_while_others_wait(spooled, fake_printer, slip, watch):
    """The next visitor's slip does not wait half a minute for the last one's."""
    printer = fake_printer("custom-vkp80", "not-taken")
    presenter = models()["custom-vkp80"].presenter.model_copy(
        update={"wait_seconds": 1e6, "hurry_seconds": 0.2}
    )
    model = models()["custom-vkp80"].model_copy(update={"presenter": presenter})
    spool = spooled(printer.address, model)
    spool.submit(slip)
    watch.wait(JobState.SENT, ref=slip.ref)
    spool.submit(replace(slip, ref="next"))
    watch.wait(JobState.NOT_TAKEN, ref=slip.ref)
    watch.wait(JobState.SENT, ref="next")

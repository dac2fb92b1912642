from __future__ import annotations

import queue
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from config.languages import LANGUAGES
from kiosk import pin
from kiosk.errands.workers import Errands
from kiosk.events import Paper, PinJudged, StaffTold
from kiosk.means import Means
from kiosk.memory import Menu
from kiosk.offline import Asked, OwnNumbers
from kiosk.pin import Lock
from kiosk.printing import slip_of
from kiosk.screens.staff import OFFERS
from kiosk.service import Kit, Service, tell
from kiosk.state import Do, JudgePin
from kiosk.steps.staff import CAME, LOST
from kiosk.trail import MOST, Trail
from kiosk.true_time import TrueTime
from printer.address import open_printer
from printer.job import Job, JobState
from printer.reasons import Reason
from printer.slip import Slip
from printer.spool import Spool
from queue_server.client.http import Client
from queue_server.contracts.asks import IssueTicket
from queue_server.contracts.devices import DeviceReport, PrinterReport
from tests.kiosk.fake_server import TOKEN
from tests.kiosk.machines import Ticking
from tests.kiosk.test_offline import LEASE
from tests.kiosk.tickets import ticket

PATIENCE = 20.0
REPORT = DeviceReport(
    version="1.2",
    clock="2026-11-23T05:00:00Z",
    printer=PrinterReport(reason="no_paper", paper="out", paper_left_mm=4200, waiting=2),
    temperature_c=54.2,
    disk_free_mb=900,
    last_error="it fell",
    offline_tickets=3,
    screen="1080x1920 kmsdrm",
)


@dataclass
class Bench:
    """A service menu with all that it works with."""

    service: Service
    means: Means
    mail: queue.SimpleQueue
    trail: Trail
    folder: object
    restarted: list[bool] = field(default_factory=list)

    def do(self, name: str, language: str = "en") -> StaffTold:
        """Do something."""
        return self.service.do(Do(name, language))

    def printed(self, count: int) -> set[str]:
        """Wait for slips, and return their titles."""
        done = 0
        while done < count:
            done += self.mail.get(timeout=PATIENCE).paper is Paper.DONE
        return {file.stem for file in (self.folder / "slips").glob("*.png")}


@pytest.fixture
def bench(tmp_path, wording, monkeypatch) -> Iterator[Bench]:
    """A kiosk's service menu; there is no server."""
    monkeypatch.setattr(pin, "_N", 2)
    mail: queue.SimpleQueue = queue.SimpleQueue()
    trail = Trail(mail.put, lambda: 7.0)
    printer = open_printer(f"png://{tmp_path}/slips")
    spool = Spool(tmp_path, printer, listener=trail.heard)
    spool.start()
    own = OwnNumbers(tmp_path, TrueTime(tmp_path, Ticking().machine))
    own.open()
    client = Client("http://127.0.0.1:9", TOKEN)
    means = Means(client, Menu(tmp_path), wording, lambda: 7.0, mail.put, spool, own)
    restarted: list[bool] = []
    lock = Lock(tmp_path, Ticking().machine)
    lock.set("480125")
    kit = Kit(
        trail,
        lock,
        lambda: REPORT,
        lambda: ("screen ok",),
        lambda: False,
        lambda: restarted.append(True),
    )
    yield Bench(Service(means, kit), means, mail, trail, tmp_path, restarted)
    spool.close(PATIENCE)
    own.close()


def job(n: int, state: JobState) -> Job:
    """Return the job of the n-th slip."""
    slip = Slip(ref=f"t{n}", number=f"A{n:03}", center="c", service="s")
    return Job(slip, state, 0.0, 0.0, Reason.STALLED)


def test_the_pin_is_judged(bench):
    """By the lock."""
    assert bench.service.judge(JudgePin("111112")) == PinJudged(7.0, right=False)
    assert bench.service.judge(JudgePin("480125")) == PinJudged(7.0, right=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_facts_are_told_in_every_language(wording, language):
    """How the printer is, in words, and every other figure of the report."""
    lines = tell(REPORT, wording, language)
    said = "\n".join(lines)
    assert wording.say("devices.alert_no_paper", language) in said
    for figure in ("1.2", "54", "900", "it fell", "3", "1080x1920", "4"):
        assert figure in said
    assert all(": " in line for line in lines)


@pytest.mark.parametrize("reason", list(Reason))
def test_every_trouble_of_a_printer_has_its_words(wording, reason):
    """No reason is a blank for staff."""
    report = REPORT.model_copy(update={"printer": PrinterReport(reason=str(reason))})
    assert tell(report, wording, "ru")


def test_everything_on_the_menu_does_something(bench):
    """And is answered; what nobody offers is answered too."""
    for name in OFFERS:
        told = bench.do(name)
        assert told.lines
    assert bench.restarted == [True]
    assert bench.do("explode").answer == "That could not be done"


def test_a_test_page_comes_out(bench):
    """Each time anew."""
    for _ in range(2):
        assert bench.do("test_page").answer == "Sent to the printer"
    assert len(bench.printed(2)) == 2


def test_the_last_slip_is_printed_again_as_a_copy(bench, catalogue, wording):
    """A second time as the next copy; before the first slip there is none."""
    assert bench.do("reprint").answer == "No slip has been printed yet"
    bench.means.spool.submit(slip_of(ticket(), catalogue, wording))
    bench.printed(1)
    for _ in range(2):
        bench.do("reprint")
    assert bench.printed(2) == {"A042", "A042-2", "A042-3"}


def test_a_slip_of_which_nobody_knows_is_asked_about(bench):
    """It came out: noted. It did not: a marked copy. Either way nobody is asked again."""
    for n in (1, 2):
        bench.trail.heard(job(n, JobState.UNKNOWN))
    assert bench.do("status").questions == ("A001", "A002")
    told = bench.do(CAME + "A001")
    assert (told.answer, told.questions) == ("Noted", ("A002",))
    told = bench.do(LOST + "A002")
    assert (told.answer, told.questions) == ("Sent to the printer", ())
    assert bench.printed(1) == {"A002-2"}
    assert bench.do(LOST + "A002").answer == "Noted"


def test_questions_do_not_pile_up(bench):
    """The oldest are forgotten."""
    for n in range(MOST + 3):
        bench.trail.heard(job(n, JobState.UNKNOWN))
    assert len(bench.trail.questions) == MOST
    assert "A000" not in bench.trail.questions


def test_a_new_roll_is_noted(bench):
    """The count begins again."""
    assert bench.do("new_roll").answer == "Noted"


def test_what_waits_for_the_server_is_listed(bench, catalogue):
    """How many, and the last of them."""
    bench.means.own.learn(LEASE)
    for n in range(12):
        bench.means.own.issue(Asked(IssueTicket(service="A01", language="ru"), f"k{n}"), catalogue)
    first, *shown = bench.do("journal").lines
    assert first.endswith(": 12")
    assert shown[-1] == "A511 · A01"


def test_a_closed_printer_is_answered(bench):
    """No traceback for staff."""
    bench.means.spool.close(PATIENCE)
    assert bench.do("test_page").answer == "That could not be done"


def test_what_staff_does_is_written_down(bench, caplog):
    """An audit line for each."""
    caplog.set_level("INFO", "kiosk.service")
    bench.do("restart")
    assert [one.what for one in caplog.records if one.name == "kiosk.service"] == ["restart"]


def test_the_menu_is_reached_through_the_errands(bench, catalogue):
    """Wishes lead here."""
    errands = Errands(bench.means, bench.service._kit)
    assert errands.fulfil(JudgePin("480125"), catalogue) == PinJudged(7.0, right=True)
    assert isinstance(errands.fulfil(Do("status", "ru"), catalogue), StaffTold)

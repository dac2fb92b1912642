from __future__ import annotations

import gc
import logging
import queue
import sys
import threading

import pytest

from config import devices
from kiosk.acts import ChooseGroup, ChooseLanguage, ChooseService, StartAgain, TakeTicket
from kiosk.equipment import Outfit, equip
from kiosk.errands.workers import Errands
from kiosk.events import CatalogueCame, Touched
from kiosk.flow import apply
from kiosk.means import Means
from kiosk.memory import Menu
from kiosk.offline import LONG, OwnNumbers
from kiosk.state import Flow, Issue, Print, Step
from kiosk.trail import Trail
from kiosk.true_time import TrueTime
from printer.job import Job, JobState
from queue_server.client.http import ServerAway
from tests.kiosk.fake_server import TOKEN, serving
from tests.kiosk.machines import MORNING, Ticking
from tests.kiosk.test_offline import LEASE
from tests.kiosk.tickets import ticket

CYCLES = 10_000
#: blocks of memory that may be held more at the end than behind the first tenth
SLACK = 2_000
PATIENCE = 20.0


class Client:
    """A server that issues at once, and is away now and then."""

    def __init__(self) -> None:
        self.issued = 0

    def issue(self, request, key):
        """Issue a ticket."""
        self.issued += 1
        if self.issued % 100 == 0:
            raise ServerAway("a hiccup")
        return ticket(id=key, number=f"A{self.issued % 400:03}", service=request.service)

    def hang_up(self) -> None:
        """Nothing is held."""


class Paper:
    """A print queue that prints at once and remembers nothing."""

    def __init__(self, trail: Trail) -> None:
        self._trail = trail

    def submit(self, page) -> Job:
        """Print a page."""
        job = Job(page, JobState.PRINTED, 0.0, 0.0)
        self._trail.heard(job)
        return job


@pytest.fixture
def errands(tmp_path, wording, catalogue):
    """A kiosk's errands, with its own numbers for when the server is away."""
    mail: queue.SimpleQueue = queue.SimpleQueue()
    true_time = TrueTime(tmp_path, Ticking().machine)
    true_time.heard(MORNING, 0.0)
    own = OwnNumbers(tmp_path, true_time)
    own.open()
    own.learn(LEASE)
    spool = Paper(Trail(mail.put, lambda: 7.0))
    means = Means(Client(), Menu(tmp_path), wording, lambda: 7.0, mail.put, spool, own)
    made = Errands(means)
    yield made, mail, own
    made._issuer.close()
    own.close()


def cycle(flow: Flow, errands: Errands, mail: queue.SimpleQueue, at: float) -> Flow:
    """Let one visitor take a ticket and its slip, and go."""
    for act in (ChooseLanguage("ru"), ChooseGroup("A"), ChooseService("A01"), TakeTicket()):
        flow = apply(flow, Touched(at, act, typed=True))
    for kind in (Issue, Print):
        assert isinstance(flow.wish, kind)
        event = errands.fulfil(flow.wish, flow.catalogue)
        while not mail.empty():
            flow = apply(flow, mail.get())
        flow = apply(flow, event)
    assert flow.step is Step.SLIP
    return apply(flow, Touched(at + 1, StartAgain(), typed=True))


@pytest.fixture
def _quiet():
    """What is logged is kept by the tests, not by the kiosk."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.usefixtures("_quiet")
def test_ten_thousand_visitors_leave_nothing_behind(errands, catalogue):
    """Memory stands still, the journal stays short, and every visitor had a number."""
    kiosk, mail, own = errands
    flow, held = apply(Flow("run"), CatalogueCame(0.0, catalogue)), 0
    for number in range(CYCLES):
        flow = cycle(flow, kiosk, mail, 10.0 * number)
        kiosk.link._up = True
        if own.waiting > 20:
            own.settle([one.ticket.id for one in own.pending])
        if number == CYCLES // 10:
            gc.collect()
            held = sys.getallocatedblocks()
    gc.collect()
    assert sys.getallocatedblocks() - held < SLACK
    assert own._journal.lines <= LONG + 50


def test_a_kiosk_is_put_together_and_taken_apart(tmp_path, wording):
    """It begins to serve by itself, and lets its folder go for the next start."""
    with serving() as server:
        settings = devices.Kiosk.model_validate(
            {"server": server.url, "printer": f"png://{tmp_path}/slips", "data": str(tmp_path)},
            strict=False,
        )
        for _ in range(2):
            mail: queue.SimpleQueue = queue.SimpleQueue()
            stopping = threading.Event()
            equipment = equip(Outfit(settings, TOKEN, wording, mail, str, bool, stopping))
            equipment.start()
            assert isinstance(mail.get(timeout=PATIENCE), CatalogueCame)
            equipment.close()


def test_a_pad_has_neither_printer_nor_numbers(tmp_path, wording):
    """A printer that is not there is none of its business."""
    with serving() as server:
        settings = devices.Kiosk.model_validate(
            {"server": server.url, "data": str(tmp_path), "rating_window": 3}, strict=False
        )
        mail: queue.SimpleQueue = queue.SimpleQueue()
        equipment = equip(Outfit(settings, TOKEN, wording, mail, str, bool, threading.Event()))
        equipment.start()
        assert isinstance(mail.get(timeout=PATIENCE), CatalogueCame)
        assert (equipment.spool, equipment.own) == (None, None)
        equipment.close()

from __future__ import annotations

import os
import pty
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pygame
import pytest

from config import devices, fonts
from kiosk import doctor, pin
from kiosk.doctor import Finding, Patient, State, examine, healthy, lines
from kiosk.geometry import screen_of
from kiosk.memory import Lease
from kiosk.pin import Lock
from printer.fake.server import FakePrinter
from printer.health import Health
from printer.model import models
from printer.reasons import SENTENCES, Reason
from printer.status import PaperLevel
from tests.kiosk.fake_server import TOKEN, FakeServer, serving
from tests.kiosk.test_offline import LEASE

NOON = 1_763_899_200.0
NOWHERE = "http://127.0.0.1:9"


@dataclass(frozen=True)
class FakeSpool:
    """A print queue that knows how its printer is."""

    health: Health


@dataclass
class SlowSpool:
    """A print queue that takes a minute to say how its printer is."""

    now: float

    @property
    def health(self) -> Health:
        """Let the minute go by."""
        self.now += 60.0
        return Health()


@dataclass(frozen=True)
class FakeNumbers:
    """A kiosk's own numbers, of which so many tickets are to be handed over."""

    waiting: int


@dataclass(frozen=True)
class Kiosk:
    """A kiosk that is well, and what is changed about it."""

    patient: Patient
    server: FakeServer
    folder: Path
    programs: Path

    def finds(self, what: str, **settings: object) -> Finding | None:
        """Return what the doctor finds of one thing; None: it is not looked at."""
        changed = self.patient.settings.model_copy(update=settings)
        found = examine(replace(self.patient, settings=changed))
        return next((one for one in found if one.what == what), None)


@pytest.fixture
def _no_display() -> Iterator[None]:
    """The doctor finds no display open, and leaves none behind."""
    pygame.display.quit()
    yield
    assert not pygame.display.get_init()


@pytest.fixture
def kiosk(tmp_path, monkeypatch, _no_display) -> Iterator[Kiosk]:
    """A kiosk that lacks nothing."""
    monkeypatch.setattr(pin, "_N", 2)
    data, programs = tmp_path / "data", tmp_path / "bin"
    Lock(data).set("480125")
    Lease(data).keep(LEASE)
    programs.mkdir()
    (programs / "aplay").touch()
    monkeypatch.setenv("PATH", f"{tmp_path}/none:{programs}")
    with serving() as server:
        settings = devices.Kiosk(
            server=server.url, data=data, printer=f"png://{tmp_path}/slips", size="1080x1920"
        )
        server.clock = NOON
        yield Kiosk(Patient(settings, TOKEN, now=lambda: NOON), server, tmp_path, programs)


@contextmanager
def printing(*faults: str) -> Iterator[str]:
    """Run a printer with its faults, and give its address."""
    printer = FakePrinter(models()["epson-tm-t88vi"])
    printer.start()
    try:
        for fault in faults:
            printer.command(f"fault {fault}")
        yield f"tcp://127.0.0.1:{printer.port}"
    finally:
        printer.close()


def test_a_kiosk_that_lacks_nothing_is_well(kiosk):
    """Everything is looked at, and everything is there."""
    found = examine(kiosk.patient)
    looked_at = "screen font data menu printer server token clock offline scanner speech"
    assert [one.what for one in found] == looked_at.split()
    assert {one.state for one in found} == {State.OK}
    assert healthy(found)


def test_only_what_is_wrong_makes_a_kiosk_unfit():
    """With less it still serves visitors."""
    fine, less = Finding("font", State.OK, "all"), Finding("speech", State.LESS, "mute")
    assert healthy((fine, less))
    assert not healthy((fine, less, Finding("data", State.WRONG, "full")))


def test_findings_are_a_table():
    """What is wrong stands out, and the details begin in one column."""
    said = lines((Finding("font", State.OK, "all"), Finding("printer", State.WRONG, "away")))
    assert said == ("font      ok     all", "printer   WRONG  away")


# --- the machine ---------------------------------------------------------------------------------


def test_the_screen_is_told_in_millimetres(kiosk):
    """So that whoever stands there with a ruler can tell whether the diagonal is right."""
    found = kiosk.finds("screen", diagonal_inches=32.0)
    key = screen_of(1080, 1920, 32.0).mm(20)
    assert found.detail.startswith("dummy 1080x1920, 398 x 708 mm by 32 inches")
    assert f"a key is {key} pixels" in found.detail


def test_without_a_size_the_screen_says_its_own(kiosk):
    """It is the desktop's."""
    pygame.display.init()
    width, height = pygame.display.get_desktop_sizes()[0]
    pygame.display.quit()
    assert f" {width}x{height}," in kiosk.finds("screen", size=None).detail


def test_a_display_that_is_open_stays_open(kiosk):
    """The service menu asks the doctor while visitors see the screen."""
    pygame.display.init()
    try:
        assert kiosk.finds("screen").state is State.OK
        assert pygame.display.get_init()
    finally:
        pygame.display.quit()


def test_without_a_display_nothing_can_be_shown(kiosk, monkeypatch):
    """The setting that chooses one is named."""
    monkeypatch.setenv("SDL_VIDEODRIVER", "no-such-driver")
    found = kiosk.finds("screen")
    assert found.state is State.WRONG
    assert "SDL_VIDEODRIVER" in found.detail


def test_a_weight_that_is_missing_is_named(kiosk, monkeypatch, tmp_path):
    """The others are not."""
    real = fonts.path
    files = {"bold": tmp_path / "Bold.ttf"}
    monkeypatch.setattr(fonts, "path", lambda one: files.get(one) or real(one))
    assert kiosk.finds("font") == Finding("font", State.WRONG, "Fira Sans lacks bold")


def test_a_folder_that_cannot_be_written_is_wrong(kiosk):
    """A file stands in its place."""
    blocked = kiosk.programs / "aplay"
    found = kiosk.finds("data", data=blocked)
    assert found.state is State.WRONG
    assert found.detail.startswith(f"{blocked} cannot be written")


def test_looking_at_the_folder_leaves_nothing_there(kiosk):
    """What was written to try it is gone."""
    folder = kiosk.patient.settings.data
    before = set(folder.iterdir())
    assert kiosk.finds("data").state is State.OK
    assert set(folder.iterdir()) == before


def test_a_disk_that_is_nearly_full_is_less(kiosk, monkeypatch):
    """It still takes tickets."""
    monkeypatch.setattr(doctor, "LEAST_DISK", 2**60)
    found = kiosk.finds("data")
    assert found.state is State.LESS
    assert found.detail.endswith("MB free")


def test_without_a_pin_there_is_no_service_menu(kiosk):
    """How to set one is said."""
    found = kiosk.finds("menu", data=kiosk.folder / "new")
    assert found.state is State.LESS
    assert "navbat-kiosk pin set" in found.detail


def test_a_player_of_sound_is_looked_for(kiosk):
    """In every folder of the path; without one the kiosk is mute."""
    assert kiosk.finds("speech").detail == "aplay"
    (kiosk.programs / "aplay").rename(kiosk.programs / "paplay")
    assert kiosk.finds("speech").detail == "paplay"
    (kiosk.programs / "paplay").unlink()
    assert kiosk.finds("speech").state is State.LESS


# --- printer and scanner -------------------------------------------------------------------------


def test_a_printer_says_what_it_is_and_how(kiosk):
    """Its model is asked of it."""
    with printing() as address:
        found = kiosk.finds("printer", printer=address)
    assert found.state is State.OK
    assert models()["epson-tm-t88vi"].title in found.detail
    assert found.detail.endswith("paper plenty")


@pytest.mark.parametrize(
    ("fault", "reason"), [("paper-end", Reason.NO_PAPER), ("cover", Reason.COVER_OPEN)]
)
def test_a_printer_in_trouble_says_which(kiosk, fault, reason):
    """In the sentence that technicians know."""
    with printing(fault) as address:
        found = kiosk.finds("printer", printer=address)
    assert found.state is State.WRONG
    assert found.detail.endswith(SENTENCES[reason])


def test_a_printer_that_cannot_be_reached_is_named(kiosk):
    """By its address."""
    found = kiosk.finds("printer", printer="tcp://127.0.0.1:9")
    assert found.state is State.WRONG
    assert found.detail.startswith("tcp://127.0.0.1:9: ")


@pytest.mark.parametrize("reason", [None, Reason.NO_PAPER])
def test_a_running_print_queue_is_asked_instead_of_the_printer(kiosk, reason):
    """It alone may talk to the printer, and knows how it is."""
    health = Health(reason, model="Epson", paper=PaperLevel.LOW)
    running = replace(kiosk, patient=replace(kiosk.patient, spool=FakeSpool(health)))
    found = running.finds("printer", printer="tcp://127.0.0.1:9")
    said = SENTENCES[reason] if reason else "nothing is known to be wrong"
    assert found.detail == f"Epson, paper low: {said}"
    assert found.state is (State.WRONG if reason else State.OK)


def test_a_rating_pad_needs_neither_printer_nor_numbers(kiosk):
    """Both are no fault of it."""
    assert kiosk.finds("printer", rating_window=3) is None
    found = kiosk.finds("offline", rating_window=3, data=kiosk.folder / "new")
    assert found.state is State.OK


def test_a_scanner_on_a_line_is_opened(kiosk):
    """One that types needs no look."""
    ours, theirs = pty.openpty()
    try:
        address = f"serial://{os.ttyname(theirs)}"
        assert kiosk.finds("scanner", scanner=address) == Finding("scanner", State.OK, address)
    finally:
        os.close(ours)
        os.close(theirs)
    assert kiosk.finds("scanner") == Finding("scanner", State.OK, "keyboard")


def test_a_scanner_that_is_not_there_is_wrong(kiosk):
    """Its line is named; a running kiosk has the line open itself."""
    address = f"serial://{kiosk.folder}/no-line"
    found = kiosk.finds("scanner", scanner=address)
    assert found.state is State.WRONG
    assert "no-line" in found.detail
    running = replace(kiosk, patient=replace(kiosk.patient, own=FakeNumbers(0)))
    assert running.finds("scanner", scanner=address).state is State.OK


# --- the server ----------------------------------------------------------------------------------


def test_a_server_that_is_away_is_wrong(kiosk):
    """Then nobody can say of the token, and nobody whether the clock is right."""
    assert kiosk.finds("server", server=NOWHERE).state is State.WRONG
    assert kiosk.finds("token", server=NOWHERE) is None
    assert kiosk.finds("clock", server=NOWHERE).state is State.LESS


def test_a_server_that_does_not_know_the_kiosk_is_there(kiosk):
    """It is the token that is wrong; where to get one is said."""
    kiosk.server.trouble, kiosk.server.troubled = 401, {"/api/v1/catalogue"}
    assert kiosk.finds("server") == Finding("server", State.OK, kiosk.server.url)
    found = kiosk.finds("token")
    assert found.state is State.WRONG
    assert "navbat-server device enrol" in found.detail


@pytest.mark.parametrize(
    ("ahead", "state"), [(5, State.OK), (-5, State.OK), (6, State.LESS), (-3600, State.LESS)]
)
def test_a_clock_is_held_against_the_servers(kiosk, ahead, state):
    """By how many seconds it is fast is told; the kiosk serves all the same."""
    kept = replace(kiosk, patient=replace(kiosk.patient, now=lambda: NOON + ahead))
    found = kept.finds("clock")
    assert found.state is state
    assert found.detail.endswith(f", {ahead:+} s from the server's")


def test_a_slow_printer_does_not_make_the_clock_wrong(kiosk):
    """The clock is read as the server answers, however long the other looks take."""
    slow = SlowSpool(NOON)
    patient = replace(kiosk.patient, now=lambda: slow.now, spool=slow)
    assert replace(kiosk, patient=patient).finds("clock").state is State.OK
    assert slow.now > NOON


# --- its own numbers -----------------------------------------------------------------------------


def test_numbers_of_its_own_are_told(kiosk):
    """With the tickets that wait for the server, where the kiosk runs."""
    assert kiosk.finds("offline").detail == "numbers 500-999"
    running = replace(kiosk, patient=replace(kiosk.patient, own=FakeNumbers(3)))
    assert running.finds("offline").detail == "numbers 500-999, 3 tickets to hand over"


def test_a_kiosk_that_never_met_its_server_has_no_numbers(kiosk):
    """It works while the server answers."""
    assert kiosk.finds("offline", data=kiosk.folder / "new").state is State.LESS

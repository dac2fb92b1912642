"""The real command on a real display: clicked through, its slip taken from a network printer."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp

from kiosk import theme
from kiosk.acts import Act, ChooseGroup, ChooseLanguage, ChooseService, TakeTicket
from kiosk.elements import Box
from kiosk.events import Paper
from kiosk.geometry import screen_of
from kiosk.layout import lay_out
from kiosk.screens.slip import _SAID
from kiosk.state import Flow, Step
from printer.decode import decode
from printer.paper import PAPER_80
from tests.kiosk.desktop import PATIENCE, Desktop, desktop
from tests.kiosk.fake_server import TOKEN, FakeServer, serving
from tests.kiosk.paper_eater import eating_paper
from tests.kiosk.pictures import drawn, unlike
from tests.kiosk.steps import flow_at

ROOT = Path(__file__).parents[2]
SIZE, INCHES = (1024, 768), 15.0
SCREEN = screen_of(*SIZE, INCHES)
#: the clock stands in the upper band, and is not compared
HEADER = 130
#: of the pixels, that may differ between two drawings of the same screen
SLACK = 0.002

pytestmark = pytest.mark.skipif(
    not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool"
)


class Visitor:
    """Sees the kiosk's screen and touches it."""

    def __init__(self, at: Desktop, wording) -> None:
        self._at, self._wording = at, wording

    def sees(self, flow: Flow) -> bool:
        """Whether the screen shows what the flow's layout says."""
        below = (0, HEADER, *SIZE)
        expected = drawn(flow, SCREEN, self._wording)
        return unlike(self._at.picture().crop(below), expected.crop(below)) < SLACK

    def waits_for(self, flow: Flow) -> None:
        """Wait until the screen shows a flow."""
        self._at.wait(lambda: self.sees(flow))

    def waits_for_news(self, flow: Flow) -> None:
        """Wait until the disc of how the slip fares has the colour of the flow's news."""
        fill = _SAID[flow.visit.paper][1]
        boxes = [one for one in self._layout(flow).elements if isinstance(one, Box)]
        disc = next(one.rect for one in boxes if one.fill == fill)
        beside = disc.x + disc.w // 2, disc.y + disc.h // 8
        self._at.wait(lambda: self._at.picture().getpixel(beside) == theme.colour(fill))

    def touches(self, flow: Flow, act: Act) -> None:
        """Click the key of an act where the layout has it, till the glass is no longer deaf."""
        self.waits_for(flow)
        key = next(key for key in self._layout(flow).keys if key.act == act)
        while self.sees(flow):
            self._at.click(*key.rect.centre)
            self._at.glances(lambda: not self.sees(flow))

    def _layout(self, flow: Flow):
        return lay_out(flow, SCREEN, "", self._wording, theme.measure)


@pytest.fixture
def server() -> Iterator[FakeServer]:
    """The center's server."""
    with serving() as made:
        yield made


@pytest.fixture
def display(tmp_path) -> Iterator[Desktop]:
    """A display of the test's own."""
    with desktop(SIZE, tmp_path) as made:
        yield made


@contextmanager
def kiosk(display: Desktop, url: str, printer: str, folder: Path) -> Iterator[subprocess.Popen]:
    """Run `navbat-kiosk`; it must end by itself on SIGTERM."""
    command = [sys.executable, "-m", "kiosk.app", "--server", url, "--token", TOKEN]
    command += ["--printer", printer, "--windowed", "--size", f"{SIZE[0]}x{SIZE[1]}"]
    command += ["--diagonal", str(INCHES), "--data", str(folder / "data")]
    env = {**display.env, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, env=env, cwd=ROOT)
    try:
        yield process
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.wait()


def test_a_visitor_clicks_through_and_takes_a_slip(server, display, catalogue, wording, tmp_path):
    """Four clicks, one ticket, one slip of valid ESC/POS whose code opens the ticket."""
    visitor = Visitor(display, wording)
    with eating_paper() as printer:
        address = f"tcp://127.0.0.1:{printer.port}"
        with kiosk(display, server.url, address, tmp_path):
            visitor.touches(flow_at(Step.LANGUAGE, catalogue), ChooseLanguage("ru"))
            visitor.touches(flow_at(Step.GROUP, catalogue, "ru"), ChooseGroup("E"))
            visitor.touches(flow_at(Step.SERVICE, catalogue, "ru", "E02"), ChooseService("E02"))
            visitor.touches(flow_at(Step.CONFIRM, catalogue, "ru", "E02"), TakeTicket())
            display.wait(lambda: bool(printer.jobs))
            visitor.waits_for_news(flow_at(Step.SLIP, catalogue, "ru", "E02", paper=Paper.DONE))
    ((_, request),) = server.posts
    assert (request["service"], request["language"]) == ("E02", "ru")
    (job,) = printer.jobs
    (picture,) = decode(job, PAPER_80.width_dots)
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [f"{server.url}/t/E042?key=k"]


def test_with_the_printer_dead_the_number_is_on_the_screen(
    server, display, catalogue, wording, tmp_path
):
    """By keyboard alone; the ticket is issued, and the screen says to remember its number."""
    visitor = Visitor(display, wording)
    with kiosk(display, server.url, "tcp://127.0.0.1:1", tmp_path):
        for step in (Step.LANGUAGE, Step.GROUP, Step.SERVICE, Step.CONFIRM):
            visitor.waits_for(flow_at(step, catalogue))
            display.type("Tab", "Return")
        visitor.waits_for_news(flow_at(Step.SLIP, catalogue, paper=Paper.FAILED))
    assert len(server.posts) == 1


def test_without_a_server_it_waits_politely_and_opens_by_itself(
    server, display, catalogue, wording, tmp_path
):
    """It says that it is out of service, tries again, and has its menu once the server is there.

    Started once more without a server it has its menu all the same, and its own numbers.
    """
    visitor = Visitor(display, wording)
    server.trouble = 503
    with kiosk(display, server.url, f"png://{tmp_path}/slips", tmp_path):
        closed = flow_at(Step.CLOSED, catalogue)
        visitor.waits_for(Flow(closed.run, server_away=True))
        server.trouble = None
        visitor.waits_for(flow_at(Step.LANGUAGE, catalogue))
    server.trouble = 503
    with kiosk(display, server.url, f"png://{tmp_path}/slips", tmp_path):
        away = Flow("run", catalogue=catalogue, step=Step.LANGUAGE, server_away=True)
        visitor.waits_for(replace(away, own_numbers=True))


def test_a_kiosk_fits_into_its_memory(server, display, catalogue, wording, tmp_path):
    """150 MB, with the menu on the screen."""
    with kiosk(display, server.url, f"png://{tmp_path}/slips", tmp_path) as process:
        Visitor(display, wording).waits_for(flow_at(Step.LANGUAGE, catalogue))
        status = Path(f"/proc/{process.pid}/status").read_text("ascii")
        assert int(status.partition("VmRSS:")[2].split()[0]) <= 150 * 1024

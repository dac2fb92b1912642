"""A whole center for tests: a real SQLite with the demo's catalogue and people."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from queue_server import bootstrap, demo
from queue_server.bootstrap import Running
from queue_server.usecases.ports import Center
from queue_server.voice import packs
from tests.socket_hall import SocketHall
from tests.socket_hall import running as running_hall

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
#: a television that plays without having been touched
LOUD = "--autoplay-policy=no-user-gesture-required"

#: files that take more than ten seconds, the longest first
LONGEST_FIRST = (
    "tests/display_board/test_web_board.py",
    "tests/e2e/test_offline.py",
    "tests/e2e/test_moves_in_browser.py",
    "tests/display_board/test_web_layouts.py",
    "tests/e2e/test_survival.py",
    "tests/queue_server/web/pages/test_floor_page.py",
    "tests/queue_server/web/pages/test_panel_comforts.py",
    "tests/queue_server/web/pages/test_panel_page.py",
    "tests/e2e/test_boards.py",
    "tests/e2e/test_concurrency.py",
    "tests/kiosk/test_accessibility.py",
    "tests/queue_server/web/pages/test_reception_page.py",
    "tests/queue_server/web/pages/test_pair_page.py",
    "tests/printer/test_faults.py",
    "tests/queue_server/web/pages/test_devices_page.py",
    "tests/queue_server/web/pages/test_ticket_acts.py",
    "tests/queue_server/voice/test_voice_page.py",
    "tests/display_board/test_web_feed.py",
    "tests/display_board/test_readable.py",
    "tests/queue_server/web/pages/test_reports_page.py",
    "tests/queue_server/web/pages/test_looks.py",
    "tests/queue_server/web/pages/test_floor_looks.py",
    "tests/queue_server/web/pages/test_what_if_page.py",
    "tests/e2e/test_what_if.py",
    "tests/e2e/test_handbook.py",
    "tests/e2e/test_order_of_calls.py",
    "tests/e2e/test_pairing.py",
    "tests/queue_server/voice/test_building.py",
    "tests/kiosk/test_xvfb.py",
    "tests/queue_server/client/test_feed.py",
    "tests/printer/test_crash.py",
    "tests/display_board/test_voice.py",
    "tests/kiosk/callpad/test_command.py",
    "tests/kiosk/test_visitor_layouts.py",
    "tests/queue_server/storage/test_lines.py",
)


class HandClock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)

    def now(self) -> datetime:
        """Return the time it was set to."""
        return self.at

    def pass_(self, **spans: float) -> None:
        """Let time pass: `clock.pass_(minutes=5)`."""
        self.at += timedelta(**spans)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Run three workers on two cores: a third of the suite's time is waiting."""
    del config
    return max(3, 3 * len(os.sched_getaffinity(0)) // 2)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files, so that no worker ends alone with one of them."""
    rank = {name: place for place, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: rank.get(item.nodeid.partition("::")[0], len(rank)))


@pytest.fixture(scope="session", autouse=True)
def voice_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the voice packs of all tests lie: whoever needs them first makes them."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "voice"
    os.environ[packs.VARIABLE] = str(folder)
    return folder


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo folder whose database is ready: made once, copied for each test."""
    folder = tmp_path_factory.mktemp("prepared")
    demo.prepare(demo.Demo(folder, 8000))
    return folder


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    """A demo folder of the test's own."""
    return Path(shutil.copytree(prepared, tmp_path / "center"))


@pytest.fixture
def clock() -> HandClock:
    """The clock of the test's center."""
    return HandClock()


@pytest.fixture
def center(folder: Path, clock: HandClock) -> Iterator[Center]:
    """A center on SQLite whose time the test tells."""
    opened, database = bootstrap.open_center(demo.Demo(folder, 8000).wiring)
    yield replace(opened, clock=clock)
    database.close()


@pytest.fixture
def running(folder: Path) -> Iterator[Running]:
    """A wired center with its web, in this process."""
    made = demo.Demo(folder, 8000)
    started = bootstrap.start(made.wiring, demo.links(made))
    yield started
    started.stop()


@pytest.fixture(scope="session")
def socket_hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SocketHall]:
    """The test worker's one hall that serves: whoever uses it lets it `forget` first."""
    with running_hall(tmp_path_factory.mktemp("socket-hall")) as served:
        yield served


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Run what drives the browsers: a process may have but one."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Run Debian's Chromium."""
    chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=[*CHROMIUM_OPTIONS, LOUD])
    yield chromium
    chromium.close()

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

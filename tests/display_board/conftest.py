"""Fixtures of the boards: a browser, a hall that serves, and pygame without a screen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.socket_hall import SocketHall, running

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

CHROMIUM = "/usr/bin/chromium"
OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SCRIPTS = Path(__file__).parents[2] / "queue_server" / "web" / "static"


#: a television that plays without having been touched
LOUD = "--autoplay-policy=no-user-gesture-required"


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Run what drives the browsers."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Run Debian's Chromium."""
    chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=[*OPTIONS, LOUD])
    yield chromium
    chromium.close()


@pytest.fixture
def shy_browser(playwright: Playwright) -> Iterator[Browser]:
    """Run a Chromium that makes no sound before it is touched."""
    chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(OPTIONS))
    yield chromium
    chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a full HD page; it closes with the test."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    yield context.new_page()
    context.close()


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[SocketHall]:
    """Serve a hall."""
    with running(tmp_path) as served:
        yield served

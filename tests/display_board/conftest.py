"""Fixtures of the boards: a browser, a hall that serves, and pygame without a screen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright

from tests.conftest import CHROMIUM, CHROMIUM_OPTIONS
from tests.socket_hall import SocketHall

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

SCRIPTS = Path(__file__).parents[2] / "queue_server" / "web" / "static"


@pytest.fixture
def shy_browser(playwright: Playwright) -> Iterator[Browser]:
    """Run a Chromium that makes no sound before it is touched."""
    chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_OPTIONS))
    yield chromium
    chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a full HD page; it closes with the test."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    yield context.new_page()
    context.close()


@pytest.fixture
def hall(socket_hall: SocketHall) -> SocketHall:
    """A hall that serves, in which nothing has happened yet."""
    socket_hall.forget()
    return socket_hall

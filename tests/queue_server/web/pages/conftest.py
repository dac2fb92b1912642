"""Fixtures of the pages: a browser, the pages' scripts without a server, and a living center."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.queue_server.web.pages.live_center import LiveCenter

STATIC = Path(__file__).parents[4] / "queue_server" / "web" / "static"
#: opens a page as somebody: (login or None, width, height, language)
Opener = Callable[..., Page]


@pytest.fixture(scope="module")
def scripts(browser: Browser) -> Iterator[Page]:
    """An empty page that may import the pages' scripts, served from their folder."""
    context = browser.new_context()
    page = context.new_page()
    page.route("**/*", from_folder)
    page.goto("http://pages.test/empty")
    yield page
    context.close()


@pytest.fixture(scope="module")
def served(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveCenter]:
    """A center that serves for the tests of one module."""
    folder = tmp_path_factory.mktemp("live") / "center"
    center = LiveCenter(Path(shutil.copytree(prepared, folder)))
    center.start()
    yield center
    center.kill()


@pytest.fixture
def live(served: LiveCenter) -> Iterator[LiveCenter]:
    """The module's center; after the test nobody waits and every window is closed."""
    yield served
    served.clear()


@pytest.fixture
def opened(browser: Browser, live: LiveCenter) -> Iterator[Opener]:
    """Open pages of the living center, each in a browser of its own; they close with the test."""
    contexts = []

    def open_as(
        login: str | None = None, width: int = 1280, height: int = 720, language: str = "en"
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            # a colour on its way to another one has no contrast to be judged
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{live.url}/sign-in?lang={language}")
        if login:
            page.fill("#login", login)
            page.fill("#password", live.someone(login).password)
            page.click("button[type=submit]")
        return page

    yield open_as
    for context in contexts:
        context.close()


def from_folder(route: Route) -> None:
    """Answer with a file of the static folder, or with an empty page."""
    name = route.request.url.removeprefix("http://pages.test/")
    if name == "empty":
        route.fulfill(body="<!doctype html><title>empty</title>", content_type="text/html")
    else:
        route.fulfill(path=STATIC / name)

"""The forecast's page in a browser: it fits, everyone can use it, it looks again by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from queue_server.bootstrap import Running
from queue_server.domain.calendar import service_day
from queue_server.usecases.forecast_history import Almanac
from queue_server.web.app import FOR_PEOPLE
from tests.queue_server.usecases import days_past
from tests.queue_server.usecases.days_past import AtOnce, Never
from tests.queue_server.web.callers import person
from tests.queue_server.web.pages.conftest import STATIC
from tests.queue_server.web.pages.test_looks import faults
from tests.queue_server.web.pages.test_reports_page import CUT, OVERLAPS, SMALL
from tests.thorough import LOOKED_AT

HOST = "http://pages.test"
#: opens the page with a past: (what computes, query, width)
Shower = Callable[..., Page]


@pytest.fixture
def show(browser: Browser, running: Running) -> Iterator[Shower]:
    """Show the page in browsers that keep the pages' policy; a console message is a fault."""
    app = running.web.app
    center, reader = app.extensions["navbat"].center, person(running, "supervisor")
    days_past.keep(center, service_day(None, center.clock.now(), "Asia/Tashkent"))
    contexts, complaints = [], []

    def open_(executor: Executor, query: str = "lang=en", width: int = 1280, **more: Any) -> Page:
        app.extensions["almanac"] = Almanac(executor)
        context = browser.new_context(
            viewport={"width": width, "height": 900}, reduced_motion="reduce", **more
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.route("**/*", lambda route: serve(route, reader))
        page.goto(f"{HOST}/forecast?{query}")
        page.evaluate("async () => { await document.fonts.ready; }")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


def serve(route: Route, reader: Any) -> None:
    """Answer as the server does, static files from their folder."""
    path = route.request.url.removeprefix(HOST)
    if path.startswith("/static/") and path != "/static/tokens.css":
        route.fulfill(path=STATIC / path.removeprefix("/static/"))
        return
    answer = reader.get(path)
    policy = {"Content-Security-Policy": FOR_PEOPLE["Content-Security-Policy"]}
    route.fulfill(
        status=answer.status_code,
        body=answer.get_data(),
        content_type=answer.content_type,
        headers=policy if answer.mimetype == "text/html" else {},
    )


@pytest.mark.parametrize("language", LOOKED_AT)
def test_it_fits_and_everyone_can_use_it(show: Shower, language: str) -> None:
    """From 400 % zoom to a wide desk nothing is cut, and axe-core finds nothing."""
    page = show(AtOnce(), f"lang={language}")
    page.evaluate("document.querySelectorAll('details.more').forEach((e) => { e.open = true; })")
    for width in (320, 390, 768, 1024, 1280, 1600):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(CUT) == [], width
        assert page.evaluate(OVERLAPS) == [], width
        assert page.evaluate(SMALL) == [], width
        if width in (320, 1280):
            assert faults(page) == [], width


def test_a_day_is_opened_by_the_keyboard(show: Shower) -> None:
    """Enter on a day of the list opens it; the steps beside the heading go on from there."""
    page = show(AtOnce())
    days = page.locator(".coming__day:not(.coming__day--shut)")
    name = days.nth(3).locator(".coming__weekday").inner_text()
    days.nth(3).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#day")).to_contain_text(name)
    expect(days.nth(3)).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="The day before").click()
    expect(page.locator("#day")).not_to_contain_text(name)


def test_windows_appear_when_they_are_computed(show: Shower, running: Running) -> None:
    """Until then a word stands there, and the quick estimate; nobody presses anything."""
    page = show(Never())
    expect(page.locator("#verdicts")).to_contain_text("being computed")
    expect(page.locator(".chart__quick").first).to_be_visible()
    running.web.app.extensions["almanac"] = Almanac(AtOnce())
    expect(page.locator("#verdicts")).to_contain_text("Windows needed then")
    expect(page.locator("#verdicts")).to_have_attribute("data-staffing", "ready")


def test_it_stands_without_a_script_and_on_paper(show: Shower) -> None:
    """The sentence, both charts and the days are there; nothing is wider than the paper."""
    page = show(AtOnce(), width=720, java_script_enabled=False)
    expect(page.locator(".lead__sentence")).to_contain_text("visitors")
    page.emulate_media(media="print")
    expect(page.locator("svg.chart").first).to_be_visible()
    expect(page.locator(".period__step").first).to_be_hidden()
    box = page.locator(".part--day").bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 720

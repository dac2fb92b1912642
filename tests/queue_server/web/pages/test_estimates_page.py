"""The page of estimates: its figures are those that were checked, everyone can use it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from flask import g
from playwright.sync_api import Browser, Page, Route, expect

from queue_server.bootstrap import Running
from queue_server.contracts.checking import EstimatesOut
from queue_server.reports.periods import Period
from queue_server.usecases.access import SignedIn
from queue_server.web.app import FOR_PEOPLE
from queue_server.web.pages import estimates, rendering
from tests.queue_server.reports import made_estimates as made
from tests.queue_server.web.callers import person
from tests.queue_server.web.pages.conftest import STATIC
from tests.queue_server.web.pages.test_looks import faults
from tests.queue_server.web.pages.test_reports_page import CUT, OVERLAPS, SMALL
from tests.thorough import LOOKED_AT

ADDRESS = "http://pages.test/estimates"
#: opens a page that shows estimates: (estimates, language, width)
Shower = Callable[..., Page]


def html(running: Running, report: EstimatesOut, language: str) -> str:
    """Return the page that shows estimates to a supervisor."""
    period = Period(date.fromisoformat(report.first), date.fromisoformat(report.last))
    with running.web.app.test_request_context(f"/estimates?lang={language}"):
        g.person = SignedIn("supervisor", "Nargiza Karimova", "supervisor", None, "token")
        frame = estimates._frame(period, made.TODAY)
        told = estimates.shown(report, language, made.TODAY)
        return rendering.page("estimates/estimates.html", **frame, **told).get_data(as_text=True)


@pytest.fixture
def show(browser: Browser, running: Running) -> Iterator[Shower]:
    """Show estimates in a browser that keeps the pages' policy; a console message is a fault."""
    context, complaints = browser.new_context(reduced_motion="reduce"), []
    page, bodies = context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route("**/*", lambda route: _serve(route, running, bodies[-1]))

    def open_(report: EstimatesOut, language: str = "en", width: int = 1280) -> Page:
        bodies.append(html(running, report, language))
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(ADDRESS)
        page.evaluate("async () => { await document.fonts.ready; }")
        return page

    yield open_
    context.close()
    assert complaints == []


def _serve(route: Route, running: Running, body: str) -> None:
    """Answer with the page, the tokens or a static file."""
    path = route.request.url.removeprefix("http://pages.test")
    if path == "/estimates":
        policy = {"Content-Security-Policy": FOR_PEOPLE["Content-Security-Policy"]}
        route.fulfill(body=body, content_type="text/html", headers=policy)
    elif path == "/static/tokens.css":
        tokens = running.web.app.extensions["navbat"].tokens_css
        route.fulfill(body=tokens, content_type="text/css")
    else:
        route.fulfill(path=STATIC / path.removeprefix("/static/"))


@pytest.mark.parametrize("language", LOOKED_AT)
@pytest.mark.parametrize("width", [360, 1280])
def test_everything_fits_and_can_be_pressed(show: Shower, language: str, width: int) -> None:
    """In every language, on a phone and on a desk, and for those who see badly."""
    page = show(made.estimates(factor=1.6), language, width)
    assert page.evaluate(CUT) == []
    assert page.evaluate(SMALL) == []
    assert page.evaluate(OVERLAPS) == []
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_sentence_is_said_first(show: Shower) -> None:
    """The percent is not rounded up, and the range is said to be as reckoned."""
    page = show(made.estimates(), "en")
    expect(page.locator(".word__sentence")).to_have_text(
        "92\u00a0% of yesterday’s visitors waited no longer than we had said."
    )
    expect(page.locator(".word__stretch")).to_contain_text("held 88\u00a0% of 2\u00a0210 waits")
    expect(page.locator("#table-services tbody tr")).to_have_count(6)


def test_a_widened_range_is_told_with_its_reason(show: Shower) -> None:
    """How far, and by what."""
    page = show(made.estimates(factor=1.6), "en")
    expect(page.locator(".word__stretch--wide")).to_contain_text("1.6 times as wide")


def test_a_period_without_estimates_says_so(show: Shower) -> None:
    """Instead of empty charts."""
    page = show(made.empty(), "en")
    expect(page.locator(".nothing h2")).to_have_text("Nobody was told a wait in this period")
    expect(page.locator(".word__sentence")).to_contain_text("Nothing can be said yet")


@pytest.mark.parametrize("login", ["supervisor", "controller", "administrator", "analyst"])
def test_who_answers_for_the_hall_sees_it(running: Running, login: str) -> None:
    """By default of two weeks, also on a day on which nothing has happened."""
    answer = person(running, login).get("/estimates")
    assert answer.status_code == 200
    assert 'aria-current="true"' in answer.get_data(as_text=True)


def test_a_clerk_does_not(running: Running) -> None:
    """Nobody works against a figure of the machine's."""
    assert person(running, "clerk1").get("/estimates").status_code == 403


def test_a_bad_period_is_explained(running: Running) -> None:
    """Beside its field."""
    answer = person(running, "analyst").get("/estimates?from=2026-11-02&to=2026-11-01")
    assert answer.status_code == 422
    assert 'id="fault"' in answer.get_data(as_text=True)

"""The reports' page: its figures are the report's, everyone can use it, on a phone too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from flask import g
from playwright.sync_api import Browser, Page, Route, expect

from queue_server.bootstrap import Running
from queue_server.contracts.reports import ReportOut
from queue_server.reports import csv_file
from queue_server.reports.measures import MEASURES
from queue_server.reports.periods import Period
from queue_server.reports.speech import Speech
from queue_server.reports.tables import tables
from queue_server.usecases.access import SignedIn
from queue_server.web.app import FOR_PEOPLE
from queue_server.web.pages import rendering, reports
from tests.queue_server.reports import made
from tests.queue_server.web.pages.conftest import STATIC, Opener
from tests.queue_server.web.pages.live_center import LiveCenter
from tests.queue_server.web.pages.test_looks import faults
from tests.thorough import LOOKED_AT

ADDRESS = "http://pages.test/reports"
TODAY = date(2026, 11, 23)
#: opens a page that shows a report: (report, language, width)
Shower = Callable[..., Page]

#: what is wider than its box and is not meant to scroll
CUT = """() => [...document.querySelectorAll('main *')]
  .filter((e) => e.checkVisibility() && !e.closest('svg, .scroller, .unseen, .icon'))
  .filter((e) => getComputedStyle(e).display !== 'inline' && e.scrollWidth > e.clientWidth + 1)
  .map((e) => `${e.className} ${e.textContent.trim().slice(0, 40)}`)"""
SMALL = """() => [...document.querySelectorAll('main :is(a, button, summary, input)')]
  .filter((e) => e.checkVisibility()).map((e) => [e, e.getBoundingClientRect()])
  .filter(([, box]) => box.height < 43.5 && box.width > 0)
  .map(([e, box]) => `${e.textContent.trim()} ${box.width}x${box.height}`)"""
CELLS = """(id) => [...document.querySelectorAll(`#table-${id} tbody tr`)]
  .map((row) => [...row.cells].map((cell) => cell.textContent.trim()))"""
#: letters of one label that overlap those of the next
OVERLAPS = """() => [...document.querySelectorAll('svg.chart')].flatMap((svg) => {
  const boxes = [...svg.querySelectorAll('.chart__name')].map((e) => e.getBoundingClientRect());
  return boxes.slice(1).filter((box, n) => box.left < boxes[n].right).map((box) => box.left);
})"""


def html(running: Running, report: ReportOut, language: str) -> str:
    """Return the page that shows a report to a supervisor."""
    first, last = date.fromisoformat(report.first), date.fromisoformat(report.last)
    with running.web.app.test_request_context(f"/reports?lang={language}"):
        g.person = SignedIn("supervisor", "Nargiza Karimova", "supervisor", None, "token")
        frame = reports._frame(Period(first, last), TODAY)
        shown = reports.shown(report, language)
        return rendering.page("reports/reports.html", **frame, **shown).get_data(as_text=True)


@pytest.fixture
def show(browser: Browser, running: Running) -> Iterator[Shower]:
    """Show reports in browsers that keep the pages' policy; a console message is a fault."""
    contexts, complaints = [], []

    def open_(report: ReportOut, language: str = "en", width: int = 1280, **more: Any) -> Page:
        body = html(running, report, language)
        context = browser.new_context(
            viewport={"width": width, "height": 900}, reduced_motion="reduce", **more
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.route("**/*", lambda route: serve(route, running, body))
        page.goto(ADDRESS)
        page.evaluate("async () => { await document.fonts.ready; }")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


def serve(route: Route, running: Running, body: str) -> None:
    """Answer with the page, the tokens or a static file."""
    path = route.request.url.removeprefix("http://pages.test")
    if path == "/reports":
        policy = {"Content-Security-Policy": FOR_PEOPLE["Content-Security-Policy"]}
        route.fulfill(body=body, content_type="text/html", headers=policy)
    elif path == "/static/tokens.css":
        tokens = running.web.app.extensions["navbat"].tokens_css
        route.fulfill(body=tokens, content_type="text/css")
    else:
        route.fulfill(path=STATIC / path.removeprefix("/static/"))


@pytest.fixture(scope="module")
def busy() -> ReportOut:
    """A busy day."""
    return made.report()


@pytest.mark.parametrize("language", LOOKED_AT)
def test_every_table_of_the_page_is_the_report_s(
    show: Shower, running: Running, busy: ReportOut, language: str
) -> None:
    """Row by row the page shows what the workbook holds, as the language writes it."""
    speech = Speech(language, running.web.app.extensions["navbat"].say)
    page = show(busy, language)
    shown = tables(busy, speech)
    for name, table in shown.items():
        if name == "days":
            continue
        expected = [[speech.datum(each).strip() for each in row] for row in table.rows]
        assert page.evaluate(CELLS, name) == expected, name


def test_the_page_and_the_csv_agree(show: Shower, running: Running, busy: ReportOut) -> None:
    """Each measure of the overview has on the page the value that the file gives."""
    speech = Speech("en", running.web.app.extensions["navbat"].say)
    found = {row[0]: row[1] for row in show(busy).evaluate(CELLS, "overview")}
    in_file = [value for dim, _, _, value in csv_file.rows(busy, speech) if dim == "total"]
    for name, measure in MEASURES.items():
        assert found[speech(name)] == speech.datum(measure.datum(busy.total))
        value = measure.of(busy.total)
        rounded = round(value, 9) if isinstance(value, float) else value
        assert rounded in in_file, name


def test_the_headlines_tell_value_sign_and_word(show: Shower, busy: ReportOut) -> None:
    """A poor service level is red, has a sign and says so."""
    page = show(busy)
    expect(page.locator("#head-visitors .head__value")).to_have_text("417")
    level = page.locator("#head-service-level")
    expect(level.locator(".head__value")).to_have_text("57.8\u00a0%")
    expect(level.locator(".head__level")).to_have_text("low")
    expect(level.locator(".head__level .icon")).to_be_visible()
    expect(page.locator("#head-satisfaction")).to_contain_text("Ratings: 78 · 95 % interval: 72")


def test_a_hostile_name_is_only_a_name(show: Shower, busy: ReportOut) -> None:
    """Angle brackets are letters; the console stays silent."""
    page = show(busy)
    expect(page.locator(".lane__who strong", has_text="<b>&</b>")).to_have_count(1)
    expect(page.locator(".bars__name", has_text="<b>&</b>")).to_have_count(1)


def test_clerks_stand_by_window_with_the_reason_why(show: Shower, busy: ReportOut) -> None:
    """No ranking: by window, and too few services give no index."""
    page = show(busy)
    expect(page.locator(".lane__window")).to_have_text([str(n) for n in range(1, 13)])
    expect(page.locator("#clerks + p")).to_contain_text("This is no ranking")
    fifth = page.locator(".lanes--clerks .lane").nth(4)
    expect(fifth).to_contain_text("too few")
    expect(fifth.locator("svg")).to_have_count(0)


def test_a_table_sorts_by_keyboard(show: Shower, busy: ReportOut) -> None:
    """A press on a head sorts down, another one up; what is sorted is said."""
    page = show(busy)
    head = page.locator("#table-services thead th", has_text="Wait, longest")
    expect(head.get_by_role("button")).to_be_visible()
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    found = column(page, 9)
    assert found == sorted(found, reverse=True)
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert column(page, 9) == sorted(found)
    page.locator("#table-services thead th").nth(1).get_by_role("button").click()
    expect(page.locator("#table-services thead [aria-sort]")).to_have_count(1)


def column(page: Page, place: int) -> list[float]:
    """Return the numbers of a column of the services, from above."""
    return [float(row[place]) for row in page.evaluate(CELLS, "services")]


def test_it_stands_without_a_script(show: Shower, busy: ReportOut) -> None:
    """Figures, charts and tables are there; only the hint about sorting is not."""
    page = show(busy, java_script_enabled=False)
    expect(page.locator("#head-visitors .head__value")).to_have_text("417")
    expect(page.locator("svg.chart").first).to_be_visible()
    expect(page.locator("#table-services tbody tr")).to_have_count(len(busy.by["service"]))
    expect(page.locator(".scripted")).to_be_hidden()
    expect(page.locator(".sort")).to_have_count(0)


def test_a_period_of_several_days_has_a_table_of_days(show: Shower) -> None:
    """One row a day; no paper is offered for it, the two files are."""
    page = show(made.report("2026-11-16", "2026-11-22"))
    expect(page.locator("#period")).to_have_text("16.11.2026 – 22.11.2026")
    expect(page.locator("#table-days tbody tr")).to_have_count(7)
    links = page.locator(".period__files a")
    expect(links).to_have_text(["XLSX", "CSV"])
    expect(links.first).to_have_attribute(
        "href", "/api/v1/reports.xlsx?from=2026-11-16&to=2026-11-22&lang=en"
    )


def test_of_nothing_the_page_speaks_kindly(show: Shower) -> None:
    """A sentence instead of empty charts."""
    page = show(made.empty())
    expect(page.get_by_role("heading", name="Nobody came in this period")).to_be_visible()
    expect(page.locator("svg.chart")).to_have_count(0)
    assert faults(page) == []


@pytest.mark.parametrize("language", LOOKED_AT)
def test_it_fits_and_everyone_can_use_it(show: Shower, busy: ReportOut, language: str) -> None:
    """From 400 % zoom to a wide desk nothing is cut, and axe-core finds nothing."""
    # a look at each kind of row is enough: axe-core takes its time for every one
    by = {name: [*parts[:2], *parts[-3:]] for name, parts in busy.by.items() if name != "hour"}
    page = show(busy.model_copy(update={"by": busy.by | by, "heat": busy.heat[:18]}), language)
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    for width in (320, 768, 1024, 1280, 1600):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(CUT) == [], width
        assert page.evaluate(OVERLAPS) == [], width
        assert page.evaluate(SMALL) == [], width
        if width in (320, 1280):
            assert faults(page) == [], width


def test_on_paper_nothing_is_cut(show: Shower, busy: ReportOut) -> None:
    """In print the tables lie open and inside of the page."""
    page = show(busy, width=720)
    page.emulate_media(media="print")
    expect(page.locator(".period__files")).to_be_hidden()
    expect(page.locator("#table-services")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 720


def test_a_supervisor_reads_and_takes_the_day(live: LiveCenter, opened: Opener) -> None:
    """In a center that serves: who came is counted at once, and the files come down."""
    live.issue("A02")
    page = opened("supervisor")
    page.goto(f"{live.url}/reports")
    visitors = int(page.locator("#head-visitors .head__value").inner_text())
    assert visitors >= 1
    live.issue("A01")
    page.reload()
    expect(page.locator("#head-visitors .head__value")).to_have_text(str(visitors + 1))
    for link, ending in (("XLSX", ".xlsx"), ("CSV", ".csv"), ("Day report", ".pdf")):
        with page.expect_download() as coming:
            page.get_by_role("link", name=link).click()
        assert coming.value.suggested_filename.endswith(ending)
    page.get_by_role("link", name="Earlier period").click()
    expect(page.get_by_role("link", name="Yesterday")).to_have_attribute("aria-current", "true")
    expect(page.locator(".nothing")).to_be_visible()


def test_a_wrong_period_is_said_at_its_field(live: LiveCenter, opened: Opener) -> None:
    """The sentence stands at the field, what was typed stays, and the page is a 422."""
    page = opened("analyst")
    reply = page.goto(f"{live.url}/reports?from=2026-11-09&to=2026-11-03")
    assert reply is not None
    assert reply.status == 422
    expect(page.get_by_role("alert")).to_have_text("The last day cannot be before the first")
    expect(page.get_by_label("Last day")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Last day")).to_have_value("2026-11-03")
    assert faults(page) == []

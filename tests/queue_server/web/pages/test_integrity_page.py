"""The controller's page: evidence that everyone can read, and a word on it, by keyboard alone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from config.languages import LANGUAGES
from queue_server import bootstrap, demo
from queue_server.bootstrap import Running
from queue_server.usecases import commands, integrity
from queue_server.usecases.access import SYSTEM
from tests.queue_server.web.callers import person
from tests.queue_server.web.pages.live_center import LiveCenter
from tests.queue_server.web.pages.some_alerts import ALL, Evidence, Subject, found
from tests.queue_server.web.pages.test_looks import CUT, SMALL_TARGETS, faults
from tests.thorough import LOOKED_AT

OWN = found("R9", "burst", Evidence(7, 5, None, 11), Subject("person", "controller"), None)
#: opens the page as somebody: (login, query, width)
Shower = Callable[..., Page]


@pytest.fixture(scope="module")
def center(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveCenter]:
    """A serving center in which the rules have found something of every kind."""
    folder = Path(shutil.copytree(prepared, tmp_path_factory.mktemp("alarmed") / "center"))
    opened, database = bootstrap.open_center(demo.Demo(folder, 8000).wiring)
    with commands.acting(opened, SYSTEM) as act:
        integrity.keep(act, (*ALL, OWN))
    database.close()
    live = LiveCenter(folder)
    live.start()
    yield live
    live.kill()


@pytest.fixture
def show(browser: Browser, center: LiveCenter) -> Iterator[Shower]:
    """Show the page in a browser; a message on the console is a fault."""
    contexts, complaints = [], []

    def show_(login: str, query: str = "", width: int = 1280) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{center.url}/sign-in?next=/integrity{query}")
        page.fill("#login", login)
        page.fill("#password", center.someone(login).password)
        page.click("button[type=submit]")
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{center.url}/integrity{query}")
        page.evaluate("async () => { await document.fonts.ready; }")
        return page

    yield show_
    for context in contexts:
        context.close()
    # a refusal is an answer, though the browser notes it
    assert [each for each in complaints if "409" not in each] == []


@pytest.mark.parametrize("language", LOOKED_AT)
@pytest.mark.parametrize("width", [1280, 390])
def test_everyone_can_use_the_page(show: Shower, language: str, width: int) -> None:
    """Every rule's card: nothing is cut, keys are large enough, axe-core has no complaint."""
    page = show("controller", f"?lang={language}", width)
    expect(page.locator(".alert")).to_have_count(len(ALL) + 1)
    page.evaluate("for (const each of document.querySelectorAll('details.records')) each.open = 1")
    assert page.evaluate(CUT) == []
    small = [fault for fault in page.evaluate(SMALL_TARGETS) if "Parida" not in fault]
    assert small == []
    assert faults(page) == []


def test_a_word_is_said_by_keyboard_alone(show: Shower) -> None:
    """Tab to the field, write, Tab to the key, Enter; the answer has the focus, counts follow."""
    page = show("controller", "?lang=en&rule=R15")
    card = page.locator(".alert")
    card.locator("textarea").focus()
    page.keyboard.type("Two windows shared one visitor.")
    page.keyboard.press("Tab")
    expect(card.get_by_role("button", name="Explain")).to_be_focused()
    page.keyboard.press("Enter")
    expect(card.locator(".alert__done")).to_have_text("Saved: Explained")
    expect(card.locator(".alert__done")).to_be_focused()
    expect(page.locator("[data-count=explained]")).to_have_text("1")
    page.goto(re.sub("/integrity.*", "/integrity?lang=en&state=explained", page.url))
    card = page.locator(".alert")
    expect(card.locator(".said__text")).to_have_text("Two windows shared one visitor.")
    card.locator("textarea").fill("Nothing to it.")
    card.get_by_role("button", name="Dismiss").click()
    expect(card.locator(".alert__done")).to_have_text("Saved: Dismissed")


def test_an_empty_word_is_asked_for(show: Shower) -> None:
    """Nothing is sent; the field says why and has the focus."""
    page = show("controller", "?lang=en&rule=R1")
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".field__fault").first).to_have_text("Write an explanation first.")
    expect(page.locator("textarea")).to_be_focused()
    expect(page.locator(".alert__done")).to_have_count(0)


def test_what_the_server_refuses_is_said(show: Shower, center: LiveCenter) -> None:
    """Somebody else was quicker: the sentence stands at the field, the text stays."""
    page = show("controller", "?lang=en&rule=R18")
    alert = page.locator("form.settling").get_attribute("data-alert")
    center.person("controller").post(f"/integrity/{alert}/confirm", {"text": "First."})
    page.locator("textarea").fill("Second.")
    page.get_by_role("button", name="Dismiss").click()
    expect(page.locator(".field__fault")).to_contain_text("has been settled")
    expect(page.locator("textarea")).to_have_value("Second.")


def test_a_look_at_today_says_that_nothing_is_new(show: Shower) -> None:
    """In an empty day the rules find nothing, and the page says so."""
    page = show("controller", "?lang=en")
    page.click("#check")
    expect(page.locator("#checked")).to_have_text("Nothing new was found")


@pytest.fixture
def alarmed(running: Running) -> Running:
    """A center in this process with the same alerts."""
    with commands.acting(running.center, SYSTEM) as act:
        integrity.keep(act, (*ALL, OWN))
    return running


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_is_said_in_every_language(alarmed: Running, language: str) -> None:
    """No card lacks its name, its sentence or a number, and no brace is left unfilled."""
    html = person(alarmed, "controller").get(f"/integrity?lang={language}").get_data(as_text=True)
    cards = html.split('<article class="card alert"')[1:]
    assert len(cards) == len(ALL) + 1
    visible = re.sub(r"<[^>]+>", " ", html.split('<script type="application/json"')[0])
    assert not re.search(r"[{}]|\bNone\b|\bnan\b", visible)
    sentences = re.findall(r'<p class="alert__sentence">([^<]+)</p>', html)
    assert all(any(sign.isdigit() for sign in sentence) for sentence in sentences)


def test_who_only_reads_has_no_form(alarmed: Running) -> None:
    """Administrators see evidence and words, but no key to settle, and no log to open."""
    html = person(alarmed, "administrator").get("/integrity?lang=en").get_data(as_text=True)
    assert "alert__sentence" in html
    assert "settling" not in html
    assert 'id="check"' not in html
    assert "/api/v1/events" not in html


def test_an_alert_about_the_reader_has_no_form(alarmed: Running) -> None:
    """The controller is told that another one looks at it."""
    html = person(alarmed, "controller").get("/integrity?lang=en&rule=R9").get_data(as_text=True)
    own = html.split(f'id="alert-{OWN.id}"')[1].split("</article>")[0]
    assert "This alert is about you" in own
    assert "settling" not in own


def test_events_are_linked_by_their_seq(alarmed: Running) -> None:
    """Each proof opens just that entry of the log."""
    html = person(alarmed, "controller").get("/integrity?lang=en&rule=R1").get_data(as_text=True)
    assert html.count("/api/v1/events?after=0&amp;limit=1") == 1
    assert html.count("/api/v1/events?after=2&amp;limit=1") == 2


def test_a_clerk_is_shown_no_such_page(alarmed: Running) -> None:
    """403, as a page."""
    assert person(alarmed, "clerk3").get("/integrity").status_code == 403

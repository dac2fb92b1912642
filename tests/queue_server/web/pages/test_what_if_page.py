"""The what-if page on a center that really serves: asked, understood, refused, and watched."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.queue_server.web.pages.conftest import Opener
from tests.queue_server.web.pages.live_center import LiveCenter
from tests.queue_server.web.pages.test_looks import CUT, SMALL_TARGETS, faults
from tests.thorough import LOOKED_AT

#: a desk, a tablet, a phone, and a desk at 400 %
SIZES = ((1280, 720), (768, 1024), (360, 640), (320, 640))
#: an answer takes three seconds; a busy machine has a little longer, ms
SOON = 15_000


def the_page(live: LiveCenter, opened: Opener, language: str = "en", tickets: int = 8) -> Page:
    """Return the page of a hall where window 3 alone serves a line of E, and 1 a line of A."""
    for number in (1, 3):
        live.person(f"clerk{number}").post(f"/windows/{number}/open")
    for _ in range(tickets):
        live.issue("E01")
    live.issue("A01")
    page = opened("supervisor", language=language)
    page.goto(f"{live.url}/what-if?lang={language}")
    expect(page.locator("#window option")).not_to_have_count(0)
    return page


def kind(page: Page, name: str) -> None:
    """Choose what is to change."""
    page.locator(f"input[name=kind][value={name}]").check(force=True)


def look(page: Page) -> None:
    """Ask, and wait for the answer."""
    page.locator("#look").click()
    expect(page.locator("#summary")).to_be_visible(timeout=SOON)
    expect(page.locator("#answer")).to_have_attribute("aria-busy", "false")


def test_a_plan_is_asked_and_answered(live: LiveCenter, opened: Opener) -> None:
    """Window 4 opens: the change in words, a table by group, two courses with their bands."""
    page = the_page(live, opened)
    page.select_option("#window", "4")
    expect(page.locator("#window-takes")).to_have_text("Takes: E T")
    look(page)
    expect(page.locator("#asked")).to_have_text("Window 4 opens now")
    expect(page.locator("#summary")).to_be_focused()
    change = page.locator("#words .change").first
    expect(change).to_have_text(re.compile(r"about \d+ min shorter, likely \d+ to \d+"))
    expect(change.locator("use")).to_have_attribute("href", re.compile("#finish$"))
    rows = page.locator("#tables table").first.locator("tbody tr")
    expect(rows.filter(has_text="E · ")).to_contain_text("min shorter")
    expect(rows.filter(has_text="A · ")).to_contain_text("no clear difference")
    for name in ("now", "then"):
        expect(page.locator(f"#chart-waiting .line--{name}")).to_have_count(1)
        expect(page.locator(f"#chart-waiting .band--{name}")).to_have_count(1)
    page.locator("input[name=measure][value=within_norm]").check(force=True)
    expect(rows.filter(has_text="E · ")).to_contain_text("of 100 more")
    page.locator("#course summary").click()
    expect(page.locator("#course-table tbody tr")).to_have_count(19)


def test_a_plan_may_have_several_changes(live: LiveCenter, opened: Opener) -> None:
    """Each one kept is listed and can be dropped; closing a last window is said."""
    page = the_page(live, opened)
    page.select_option("#window", "4")
    page.locator("#keep").click()
    expect(page.locator(".kept")).to_have_text("Window 4 opens now")
    kind(page, "take")
    page.select_option("#window", "4")
    page.select_option("#services", "A")
    page.locator("input[name=level][value='2']").check(force=True)
    page.fill("#help-after", "5")
    page.locator("#keep").click()
    expect(page.locator(".kept")).to_have_count(2)
    page.locator(".kept__drop").first.click()
    expect(page.locator(".kept")).to_have_text("Window 4 helps with A Civil registry")
    # a closed window that helps: the fault belongs to what was kept
    kind(page, "close")
    page.select_option("#window", "1")
    page.locator("#look").click()
    fault = page.locator("#form-fault")
    expect(fault).to_contain_text("Window 4 helps with A", timeout=SOON)
    expect(fault).to_contain_text("closed")
    page.locator(".kept__drop").click()
    look(page)
    expect(page.locator("#asked")).to_have_text("Window 1 closes now")
    expect(page.locator("#notes .chip--bad")).to_contain_text("No window would take: A01")


def test_a_fault_is_said_at_its_field(live: LiveCenter, opened: Opener) -> None:
    """In words, with the focus there, and gone with the next try."""
    page = the_page(live, opened)
    kind(page, "take")
    page.select_option("#window", "3")
    page.select_option("#services", "E")
    page.locator("#look").click()
    expect(page.locator("#services-fault")).to_have_text("The window does so already.")
    expect(page.locator("#services")).to_be_focused()
    expect(page.locator("#services")).to_have_attribute("aria-invalid", "true")
    kind(page, "head_start")
    expect(page.locator("#services-fault")).to_have_text("")
    page.fill("#minutes", "9999")
    page.locator("#look").click()
    expect(page.locator("#minutes-fault")).to_have_text("Enter minutes from 0 to 240")
    page.select_option("#category", "appointment")
    expect(page.locator("#minutes")).to_have_value("20")


def test_another_question_meanwhile_is_told(live: LiveCenter, opened: Opener) -> None:
    """429 is a sentence, and the keys are open again."""
    page = the_page(live, opened)
    page.route(
        "**/floor/what-if/advice",
        lambda route: route.fulfill(
            status=429, content_type="application/problem+json", body='{"code":"try_later"}'
        ),
    )
    page.locator("#advise").click()
    expect(page.locator("#advise-fault")).to_contain_text("Another question is being looked at")
    expect(page.locator("#advise")).to_have_attribute("aria-disabled", "false")


def test_advice_leads_to_its_plan(live: LiveCenter, opened: Opener) -> None:
    """Three windows at most; one press looks closer at the first."""
    page = the_page(live, opened)
    page.locator("#advise").click()
    first = page.locator(".advice").first
    expect(first).to_contain_text(re.compile(r"Saves about \d+ min"), timeout=SOON)
    assert page.locator(".advice").count() <= 3
    name = first.locator("strong").inner_text()
    first.get_by_role("button").click()
    expect(page.locator("#asked")).to_have_text(f"{name} opens now", timeout=SOON)


def test_all_is_done_by_keyboard(live: LiveCenter, opened: Opener) -> None:
    """Arrows choose the change, Tab the fields, Enter asks."""
    page = the_page(live, opened)
    page.locator("input[name=kind]:checked").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("input[name=kind][value=close]")).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.locator("#window")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#at")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#asked")).to_have_text("Window 1 closes now", timeout=SOON)


def test_the_answer_outlives_a_reload(live: LiveCenter, opened: Opener) -> None:
    """In this tab, in another language too, until its courses have ended."""
    page = the_page(live, opened)
    page.select_option("#window", "4")
    look(page)
    page.goto(f"{live.url}/what-if?lang=ru")
    expect(page.locator("#asked")).to_have_text("Окно 4: открыть сейчас")
    expect(page.locator("#chart-waiting .line--real")).to_have_count(1)


@pytest.mark.parametrize("language", LOOKED_AT)
def test_it_looks_right(live: LiveCenter, opened: Opener, language: str) -> None:
    """Nothing is cut, everyone can use it, at a desk and on a phone, before and after asking."""
    page = the_page(live, opened, language)
    page.locator("#advise").click()
    expect(page.locator(".advice").first).to_be_visible(timeout=SOON)
    for choice in ("take", "head_start", "open"):
        kind(page, choice)
        check(page, choice)
    page.select_option("#window", "4")
    page.locator("#keep").click()
    kind(page, "close")
    look(page)
    page.locator("#course summary").click()
    check(page, "answer")


def check(page: Page, what: str) -> None:
    """Look at the page in every size."""
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("async () => { await document.fonts.ready; }")
        size = f"{what} {width}x{height}"
        assert page.evaluate(CUT) == [], size
        assert page.evaluate(SMALL_TARGETS) == [], size
        assert faults(page) == [], size

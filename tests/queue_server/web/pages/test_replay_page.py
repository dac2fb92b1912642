"""The replay's page: a past day runs again, by mouse and by keys, in every language."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.queue_server.web.pages.conftest import Opener
from tests.queue_server.web.pages.live_center import LiveCenter
from tests.thorough import LOOKED_AT

CUT = """() => [...document.querySelectorAll('section *, main *')]
  .filter((e) => e.checkVisibility() && !e.closest('svg, .unseen, .icon, select, input'))
  .filter((e) => getComputedStyle(e).display !== 'inline' && e.scrollWidth > e.clientWidth + 1)
  .map((e) => `${e.className} ${e.textContent.trim().slice(0, 40)}`)"""


def test_the_hall_is_shown_and_the_tape_obeys_its_keys(opened: Opener, live: LiveCenter) -> None:
    """Who waits and who is at a window; arrows step a minute, the blank plays and halts."""
    live.issue("A01")
    live.issue("E01")
    page = opened("controller")
    page.goto(f"{live.url}/replay")
    expect(page.locator("#windows .window")).to_have_count(12)
    page.locator("body").press("End")
    expect(page.locator("#waiting .row")).to_have_count(2)
    expect(page.locator("#clock")).not_to_have_text("–")
    slider = page.locator("#time")
    page.locator("body").press("Home")
    expect(slider).to_have_value("0")
    page.locator("body").press("ArrowRight")
    assert int(slider.input_value()) in {0, 1}  # a day of one minute has nowhere to go
    page.locator("body").press("Space")
    page.locator("body").press("Space")
    expect(page.locator("#play")).to_have_text("Play")


def test_a_day_without_a_log_says_so(opened: Opener, live: LiveCenter) -> None:
    """Instead of an empty hall."""
    page = opened("supervisor")
    page.goto(f"{live.url}/replay?day=2020-02-02")
    expect(page.locator("#nothing")).to_be_visible()
    expect(page.locator("#hall")).to_be_hidden()


def test_nothing_is_cut_off(opened: Opener, live: LiveCenter) -> None:
    """In the languages that are looked at, on a desk and on a phone."""
    live.issue("A01")
    for language in LOOKED_AT:
        for width, height in ((1280, 720), (390, 844)):
            page = opened("supervisor", width, height, language)
            page.goto(f"{live.url}/replay?lang={language}")
            expect(page.locator("#windows .window")).to_have_count(12)
            assert page.evaluate(CUT) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            page.close()

"""Every page in every language and size: usable by all, and nothing cut off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.queue_server.web.pages.conftest import Opener
from tests.queue_server.web.pages.live_center import LiveCenter
from tests.thorough import LOOKED_AT

SIZES = ((1280, 720), (1024, 768), (768, 1024))
PHONE = (360, 640)

#: what is wider than its box or, where that would show, higher; and a page that scrolls sideways
CUT = """() => {
  const left = '.unseen, .icon, select, [aria-hidden]';
  const high = 'button, .chip, .hand, dialog, .next__text > span';
  const scrolls = (e) => ['auto', 'scroll'].includes(getComputedStyle(e).overflowY);
  const wide = (e) => e.scrollWidth > e.clientWidth + 1 && !scrolls(e);
  const tall = (e) => e.matches(high) && e.scrollHeight > e.clientHeight + 1;
  const cut = [...document.querySelectorAll('body *')].filter((e) => e.checkVisibility()
    && !e.closest(left) && getComputedStyle(e).display !== 'inline' && (wide(e) || tall(e)));
  const page = document.documentElement.scrollWidth > innerWidth ? ['the page'] : [];
  return page.concat(cut.map((e) => `${e.className} ${e.textContent.trim().slice(0, 40)}`));
}"""
#: where an element's box ends below or beside the window
OUT_OF_SIGHT = """(names) => names.filter((name) => {
  const box = document.querySelector(name).getBoundingClientRect();
  return box.bottom > innerHeight + 1 || box.right > innerWidth + 1 || box.height === 0;
})"""
SMALL_TARGETS = """() => [...document.querySelectorAll('button, a, summary, select')]
  .filter((e) => e.checkVisibility())
  .map((e) => [e.textContent.trim().slice(0, 30), e.getBoundingClientRect()])
  .filter(([, box]) => box.width < 43.5 || box.height < 43.5)
  .map(([text, box]) => `${text} ${box.width}x${box.height}`)"""


def busy_panel(live: LiveCenter, opened: Opener, language: str) -> Page:
    """Return a panel with all there may be: a composite visit with every mark, a line, parked."""
    held = live.issue("A02")
    for service in ("A03", "R01", "R02"):
        live.issue(service, language="kaa", category="elderly")
    hand = live.issue("A01", language=language, category="disability_child")
    clerk = live.person("clerk1")
    clerk.post("/windows/1/open")
    clerk.post("/windows/1/call", {"ticket": held["id"], "reason": "x"})
    clerk.post(f"/tickets/{held['id']}/hold", {"reason": "Went to pay", "minutes": 15})
    clerk.post("/windows/1/call", {"ticket": hand["id"], "reason": "x"})
    clerk.post(f"/tickets/{hand['id']}/recall")
    clerk.post(f"/tickets/{hand['id']}/leg", {"service": "E01"})
    assert hand["claimed"], "the panel has no papers to ask for"
    page = opened("clerk1", language=language)
    expect(page.locator("#number")).to_have_text(hand["number"])
    expect(page.locator("#next")).to_be_enabled()
    return page


def at_sizes(page: Page) -> Iterator[str]:
    """Give the page each size in turn."""
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("async () => { await document.fonts.ready; }")
        yield f"{width}x{height}"


def faults(page: Page) -> list[str]:
    """Return what axe-core finds serious or critical."""
    found: dict[str, Any] = Axe().run(page).response
    return [
        f"{fault['id']}: {node['html'][:120]}"
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("language", LOOKED_AT)
def test_the_panel(live: LiveCenter, opened: Opener, language: str) -> None:
    """All keys are in sight without scrolling, nothing is cut, everyone can use it."""
    page = busy_panel(live, opened, language)
    keys = ["#next", "#undo", "#pause", "#close", "#number", "#timer", "#ending", "#waiting"]
    moves = [f"[data-move={name}]" for name in ("recall", "finish", "no-show", "transfer", "leg")]
    for size in at_sizes(page):
        assert page.evaluate(OUT_OF_SIGHT, keys + moves) == [], size
        assert page.evaluate(CUT) == [], size
        assert page.evaluate(SMALL_TARGETS) == [], size
        assert faults(page) == [], size


@pytest.mark.parametrize("language", LOOKED_AT)
def test_the_panels_questions(live: LiveCenter, opened: Opener, language: str) -> None:
    """The dialogs fit on the smallest screen and everyone can use them."""
    page = busy_panel(live, opened, language)
    for key, dialog in (("h", "#ask-reason"), ("t", "#ask-one"), ("?", "#key-sheet")):
        page.keyboard.press(key)
        expect(page.locator(dialog)).to_be_visible()
        assert page.evaluate(OUT_OF_SIGHT, [dialog]) == []
        assert page.evaluate(CUT) == []
        assert faults(page) == []
        page.keyboard.press("Escape")
        expect(page.locator(dialog)).to_be_hidden()
        # a busy browser takes the focus out of a closed dialog only with its next picture
        expect(page.locator("dialog :focus")).to_have_count(0)


@pytest.mark.parametrize("language", LOOKED_AT)
def test_the_reception(live: LiveCenter, opened: Opener, language: str) -> None:
    """Tiles, the new ticket, its number and its corrections fit, and everyone can use them."""
    live.issue("A02", category="disability_child", needs=["sign_language"])
    page = opened("receptionist", language=language)
    expect(page.locator(".tile").first).to_be_visible()
    keys = ["#issue-key", "#category", "#sign-language", ".tile"]
    for size in at_sizes(page):
        assert page.evaluate(OUT_OF_SIGHT, keys) == [], size
        assert page.evaluate(CUT) == [], size
        assert page.evaluate(SMALL_TARGETS) == [], size
    page.locator(".tile").first.click()
    page.locator(".service").first.click()
    assert faults(page) == []
    page.click("#issue-key")
    expect(page.locator("#issued-number")).to_be_visible()
    assert [page.evaluate(CUT) for _ in at_sizes(page)] == [[]] * len(SIZES)
    assert faults(page) == []
    page.click("#view-recent")
    page.locator(".ticket").nth(1).click()
    assert [page.evaluate(CUT) for _ in at_sizes(page)] == [[]] * len(SIZES)
    assert faults(page) == []
    page.click("#view-claims")
    expect(page.locator(".claim").first).to_be_visible()
    assert [page.evaluate(CUT) for _ in at_sizes(page)] == [[]] * len(SIZES)
    assert faults(page) == []


@pytest.mark.parametrize("language", LOOKED_AT)
def test_the_other_pages(live: LiveCenter, opened: Opener, language: str) -> None:
    """They fit on a phone and on a desk, and everyone can use them."""
    page = opened("supervisor", language=language)
    for path in ("/", "/sign-in", "/account", "/panel", "/no-such-page"):
        page.goto(live.url + path)
        for width, height in (PHONE, SIZES[0]):
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(CUT) == [], path
        assert faults(page) == [], path

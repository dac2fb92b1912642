"""The floor in every language and size: usable by all, and nothing cut off."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.queue_server.web.pages.conftest import Opener
from tests.queue_server.web.pages.live_center import LiveCenter
from tests.queue_server.web.pages.test_looks import CUT, OUT_OF_SIGHT, SMALL_TARGETS, faults
from tests.thorough import LOOKED_AT

#: a sheet that is higher than the screen scrolls, and shows that it does
CUT_IN_SHEETS = CUT.replace(" dialog,", "")
#: a wall screen, a desk, a small desk, a tablet, and a desk at 400 %
SIZES = ((1920, 1080), (1280, 720), (1024, 768), (768, 1024), (320, 640))


def busy_floor(live: LiveCenter, opened: Opener, language: str) -> Page:
    """Return a floor with all there may be: every state, every mark, alerts, a closed group."""
    supervisor = live.person("supervisor")
    for number in (1, 2, 3, 4):
        live.person(f"clerk{number}").post(f"/windows/{number}/open")
    for service, wish in (
        ("A01", {"category": "disability_child", "needs": ["sign_language"]}),
        ("A02", {}),
        ("U01", {}),
        ("E01", {"category": "elderly", "language": "kaa"}),
        ("A03", {}),
        ("A04", {}),
    ):
        live.issue(service, **wish)
    clerk = live.person("clerk1")
    held = clerk.post("/windows/1/next").json()
    clerk.post(f"/tickets/{held['id']}/hold", {"reason": "Went to pay", "minutes": 15})
    served = clerk.post("/windows/1/next").json()
    clerk.post(f"/tickets/{served['id']}/start")
    live.person("clerk2").post("/windows/2/pause", {"reason": "Tushlik"})
    duty = {"groups": ["A", "T"], "reason": "x", "skills": ["sign_language"]}
    supervisor.post("/windows/4/duty", duty)
    supervisor.post("/issuing/close", {"group": "V", "reason": "enough_today"})
    supervisor.post("/windows/1/message", {"text": "Iltimos, menga keling"})
    page = opened("supervisor", language=language)
    page.goto(f"{live.url}/floor?lang={language}")
    expect(page.locator(".window--serving")).to_have_count(1)
    expect(page.locator(".alert").first).to_be_visible()
    return page


def resized(page: Page, width: int, height: int) -> str:
    """Give the page a size and return its name."""
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("async () => { await document.fonts.ready; }")
    return f"{width}x{height}"


@pytest.mark.parametrize("language", LOOKED_AT)
def test_the_floor(live: LiveCenter, opened: Opener, language: str) -> None:
    """Nothing is cut, everyone can use it, and a desk shows all parts without scrolling."""
    page = busy_floor(live, opened, language)
    for width, height in SIZES:
        size = resized(page, width, height)
        assert page.evaluate(CUT) == [], size
        assert page.evaluate(SMALL_TARGETS) == [], size
        assert faults(page) == [], size
        if width >= 1280:
            assert page.evaluate(OUT_OF_SIGHT, ["#day", "#find", "#waiting-panel"]) == [], size
    live.person("supervisor").post("/issuing/open", {"group": "V"})


@pytest.mark.parametrize("language", LOOKED_AT)
def test_the_sheets(live: LiveCenter, opened: Opener, language: str) -> None:
    """A window, its services, a word, a visitor and the hall's questions fit a phone and a desk."""
    page = busy_floor(live, opened, language)
    for width, height in (SIZES[1], SIZES[-1]):
        size = resized(page, width, height)
        for opening, dialog in (
            ((".window[data-id='1'] button",), "#sheet"),
            ((".window[data-id='4'] button", "#sheet-keys [data-id='window duty ']"), "#duty"),
            ((".window[data-id='1'] button", "#sheet-keys [data-id='window write ']"), "#write"),
            (("#waiting .row button",), "#sheet"),
            (("#hall-menu summary", "[data-hall=suspend]"), "#choose"),
            (("#hall-menu summary", "[data-hall=close_day]"), "#choose"),
        ):
            for key in opening:
                page.locator(key).first.click()
            expect(page.locator(dialog)).to_be_visible()
            assert page.evaluate(CUT_IN_SHEETS) == [], (size, dialog)
            assert faults(page) == [], (size, dialog)
            page.keyboard.press("Escape")
            expect(page.locator("dialog[open]")).to_have_count(0)
            expect(page.locator("dialog :focus")).to_have_count(0)
    live.person("supervisor").post("/issuing/open", {"group": "V"})

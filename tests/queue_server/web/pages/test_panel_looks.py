"""The clerk's comforts in every language, on a small screen and at 400 %: usable by all."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.queue_server.web.pages.conftest import Opener
from tests.queue_server.web.pages.live_center import LiveCenter
from tests.queue_server.web.pages.test_looks import CUT, OUT_OF_SIGHT, faults
from tests.thorough import LOOKED_AT

#: a screen of 1280 pixels at 400 %
ZOOMED = {"width": 320, "height": 640}
#: what is cut where a dialog may scroll downwards
CUT_BUT_SCROLLING = CUT.replace("button, .chip, .hand, dialog", "button, .chip")
WIDER = "document.documentElement.scrollWidth > innerWidth"


def noted_panel(live: LiveCenter, opened: Opener, language: str) -> Page:
    """Return a panel with a noted ticket in hand, being served, and a favourite place."""
    ticket = live.issue("A01", language=language, needs=[], category="disability_child")
    supervisor = live.person("supervisor")
    text = "Onasi bilan keladi, guvohnoma nusxasi papkada. Ikkinchi qavatdan so\u02bbrang."
    supervisor.post(f"/tickets/{ticket['id']}/note", {"text": text})
    clerk = live.person("clerk1")
    clerk.post("/windows/1/open")
    clerk.post("/windows/1/next")
    clerk.post(f"/tickets/{ticket['id']}/start")
    page = opened("clerk1", language=language)
    expect(page.locator("#hand-note-text")).to_have_text(text)
    return page


@pytest.mark.parametrize("language", LOOKED_AT)
def test_the_comforts(live: LiveCenter, opened: Opener, language: str) -> None:
    """Ending, documents, history, break and papers fit on the smallest screen; all can use them."""
    page = noted_panel(live, opened, language)
    page.locator("#ending [value=turned_away]").check(force=True)
    assert page.evaluate(OUT_OF_SIGHT, ["#ending-detail", "#wrap-up", "#undo"]) == []
    assert page.evaluate(CUT) == []
    page.keyboard.press("f")
    expect(page.locator(".reason--warn").first).to_be_visible()
    assert page.evaluate(CUT) + faults(page) == []
    page.locator(".reason--warn").first.click()
    assert page.evaluate(CUT) + faults(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("v")
    expect(page.locator(".step--note")).to_be_visible()
    assert page.evaluate(CUT) + faults(page) == []
    page.keyboard.press("Escape")
    page.locator("#ending [value=solved]").check(force=True)
    live.person("supervisor").post("/windows/1/message", {"text": "Please help window 2"})
    expect(page.locator(".strip__row").first).to_be_visible()
    page.keyboard.press("w")
    expect(page.locator("#nobody-timer")).not_to_be_empty()
    assert page.evaluate(CUT) + faults(page) == []
    page.keyboard.press("p")
    page.keyboard.press("1")
    expect(page.locator("#nobody-why")).not_to_be_empty()
    assert page.evaluate(CUT) + faults(page) == []
    with page.expect_response("**/api/v1/messages/*/read"):
        page.locator(".strip__key").click()


@pytest.mark.parametrize("language", ["uz-Latn", "ru"])
def test_the_panel_at_400_percent(live: LiveCenter, opened: Opener, language: str) -> None:
    """Nothing scrolls sideways, neither the page nor a question."""
    page = noted_panel(live, opened, language)
    page.set_viewport_size(ZOOMED)  # type: ignore[arg-type]
    assert page.evaluate(WIDER) is False
    for key, dialog in (("h", "#ask-reason"), ("t", "#ask-one"), ("v", "#history")):
        page.keyboard.press(key)
        expect(page.locator(dialog)).to_be_visible()
        assert page.evaluate(f"document.querySelector('{dialog}').scrollWidth <= innerWidth")
        assert page.evaluate(CUT_BUT_SCROLLING) == []
        page.keyboard.press("Escape")
        expect(page.locator(dialog)).to_be_hidden()


@pytest.mark.parametrize("language", ["uz-Cyrl", "ru"])
def test_the_reception_at_400_percent(live: LiveCenter, opened: Opener, language: str) -> None:
    """Issuing, booking and correcting work without a sideways scroll."""
    ticket = live.issue("A02", language="ru", category="elderly")
    page = opened("receptionist", language=language)
    page.set_viewport_size(ZOOMED)  # type: ignore[arg-type]
    page.locator(".tile").first.click()
    page.locator(".service").nth(1).click()
    assert page.evaluate(WIDER) is False
    page.click("#book-key")
    expect(page.locator("#booking-times .choice").first).to_be_visible()
    assert page.evaluate(CUT_BUT_SCROLLING) + faults(page) == []
    page.keyboard.press("Escape")
    page.click("#view-recent")
    page.locator(".ticket", has_text=ticket["number"]).click()
    assert page.evaluate(WIDER) is False
    page.click("#chosen-history")
    expect(page.locator(".step").first).to_be_visible()
    assert page.evaluate(CUT_BUT_SCROLLING) + faults(page) == []

"""The public page of appointments in a browser, against a real center."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from config.languages import LANGUAGES
from queue_server.simulation.caller import Caller
from tests.queue_server.web.pages.conftest import Opener
from tests.queue_server.web.pages.live_center import LiveCenter
from tests.queue_server.web.pages.test_looks import PHONE
from tests.queue_server.web.pages.test_visitors_looks import looked_at, walked
from tests.thorough import LOOKED_AT


def start(live: LiveCenter, opened: Opener, language: str = "en") -> Page:
    """Open the page on a phone."""
    page = opened(None, *PHONE, language)
    page.goto(f"{live.url}/book?lang={language}")
    return page


def choose(page: Page, service: str = "A02", day: int = 2) -> None:
    """Choose a service by its group, and a free day."""
    page.locator(f".group:has([data-service={service}]) summary").click()
    page.click(f"[data-service={service}]")
    page.locator(".day:enabled").nth(day).click()
    expect(page.locator(".day[aria-pressed=true]")).to_have_count(1)
    expect(page.locator(".time").first).to_be_visible()


def book_elsewhere(live: LiveCenter, at: str, service: str = "A02") -> dict[str, Any]:
    """Let somebody else book."""
    return dict(Caller(live.url).post("/appointments", {"service": service, "at": at}).json())


def test_an_appointment_is_made_and_its_page_taken_home(live: LiveCenter, opened: Opener) -> None:
    """A service found by a word, a day, a time, a number: then the code, the QR code, the file."""
    page = start(live, opened)
    page.fill("#search", "паспорт")
    page.locator("#found .service").first.click()
    expect(page.locator("#chosen-papers li").first).to_be_visible()
    page.locator(".day:enabled").nth(3).click()
    expect(page.locator("#time-day")).not_to_be_empty()
    page.locator(".time").nth(4).click()
    expect(page.locator("#summary")).to_contain_text(
        page.locator(".time[aria-pressed=true] .time__clock").inner_text()
    )
    page.fill("#contact", "90 123 45 67")
    page.click("#confirm")
    expect(page.locator("#code")).to_be_visible()
    assert len(page.locator("#code").inner_text().replace(" ", "")) == 8
    expect(page.locator(".booked__qr svg")).to_be_visible()
    with page.expect_download() as file:
        page.locator("a[download]").click()
    assert file.value.suggested_filename.endswith(".ics")
    page.get_by_role("link", name="The ticket's page").click()
    expect(page.locator("body")).to_have_attribute("data-state", "booked")
    page.click("#cancel")
    page.click("#ask-yes")
    expect(page.locator("body")).to_have_attribute("data-state", "cancelled")


def test_a_time_taken_meanwhile_costs_only_another_choice(live: LiveCenter, opened: Opener) -> None:
    """Service, day and contact stay; the sentence says so, and the time is gone from the list."""
    page = start(live, opened)
    choose(page)
    time = page.locator(".time").nth(5)
    at = time.get_attribute("data-at")
    assert at is not None
    time.click()
    page.fill("#contact", "aziza@example.uz")
    assert book_elsewhere(live, at)["state"] == "booked"
    page.click("#confirm")
    expect(page.locator("#taken")).to_contain_text("just taken")
    expect(page.locator(f'[data-at="{at}"]')).to_have_count(0)
    expect(page.locator("#title-time")).to_be_focused()
    expect(page.locator(".day[aria-pressed=true]")).to_have_count(1)
    page.locator(".time").nth(5).click()
    expect(page.locator("#contact")).to_have_value("aziza@example.uz")
    page.click("#confirm")
    expect(page.locator("#code")).to_be_visible()


def test_a_contact_that_is_none_is_told_at_its_field(live: LiveCenter, opened: Opener) -> None:
    """The focus goes there, and nothing else changes."""
    page = start(live, opened)
    choose(page, "E01")
    page.locator(".time").first.click()
    page.fill("#contact", "call me")
    page.click("#confirm")
    expect(page.locator("#trouble")).to_contain_text("phone number")
    expect(page.locator("#contact")).to_be_focused()
    expect(page.locator("#contact")).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".time[aria-pressed=true]")).to_have_count(1)


def test_without_a_connection_nothing_is_lost(live: LiveCenter, opened: Opener) -> None:
    """The page says so; when the network is back, the same key books."""
    page = start(live, opened)
    choose(page, "F01")
    page.locator(".time").first.click()
    page.route("**/api/v1/appointments", lambda route: route.fulfill(status=500))
    page.click("#confirm")
    expect(page.locator("#trouble")).to_contain_text("nothing is lost")
    page.unroute("**/api/v1/appointments")
    page.click("#confirm")
    expect(page.locator("#code")).to_be_visible()


def test_another_service_begins_anew(live: LiveCenter, opened: Opener) -> None:
    """Days and times of the first one are gone."""
    page = start(live, opened)
    choose(page)
    page.click("#change")
    expect(page.locator("#search")).to_be_focused()
    expect(page.locator("#step-day")).to_be_hidden()
    page.fill("#search", "zzzz")
    expect(page.locator("#nothing")).to_be_visible()


def test_it_is_done_with_the_keyboard_alone(live: LiveCenter, opened: Opener) -> None:
    """Each step brings the focus to the next one's title."""
    page = start(live, opened)
    page.focus("#search")
    page.keyboard.type("g01")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#title-day")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#title-time")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("#title-contact")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("b@example.uz")
    page.keyboard.press("Enter")
    expect(page.locator("#code")).to_be_visible()


@pytest.mark.parametrize("language", LOOKED_AT)
def test_it_looks_right(live: LiveCenter, opened: Opener, language: str) -> None:
    """In every language and size nothing is cut off, and axe-core finds nothing serious."""
    faults: list[str] = []
    page = start(live, opened, language)
    page.on("console", lambda message: faults.append(message.text))
    looked_at(page, "services")
    assert walked(page) == []
    choose(page, "K01", 4)
    page.locator(".time").nth(list(LANGUAGES).index(language)).click()
    looked_at(page, "times")
    at = page.locator(".time[aria-pressed=true]").get_attribute("data-at")
    assert at is not None
    ticket = book_elsewhere(live, at, "K01")
    page.goto(f"{live.url}/book/{ticket['id']}?key={ticket['key']}&lang={language}")
    looked_at(page, "booked")
    assert walked(page) == []
    assert faults == []

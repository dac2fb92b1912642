"""A supervisor asks what a second window would do, opens it, and sees what then happens."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.demo_hall import DemoHall

#: an answer takes three seconds; a busy machine has a little longer, ms
SOON = 15_000
#: what happens in the hall is drawn within so long, ms
DRAWN = 5_000


@pytest.fixture
def page(browser: Browser, hall: DemoHall) -> Iterator[Page]:
    """The what-if page of the supervisor."""
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    made = context.new_page()
    made.goto(f"{hall.url}/sign-in?lang=en")
    made.fill("#login", "supervisor")
    made.fill("#password", hall.about["users"]["supervisor"]["password"])
    made.click("button[type=submit]")
    made.wait_for_url("**/floor*")
    made.goto(f"{hall.url}/what-if")
    yield made
    context.close()
    leave_as_it_was(hall)


def leave_as_it_was(hall: DemoHall) -> None:
    """Let nobody wait or work for the tests that follow in this hall."""
    supervisor = hall.person("supervisor")
    floor = supervisor.get("/floor")
    for window in floor["windows"]:
        if window["ticket"]:
            supervisor.post(f"/tickets/{window['ticket']['id']}/finish")
        supervisor.post(f"/windows/{window['number']}/close")
    for ticket in floor["waiting"]:
        supervisor.post(f"/tickets/{ticket['id']}/cancel", {"reason": "the test is over"})


def steps(count: int) -> re.Pattern[str]:
    """Return how a course is drawn that has changed at least so often."""
    return re.compile(f"(V.*){{{count}}}")


def test_what_if_and_what_then_happened(hall: DemoHall, page: Page) -> None:
    """Asked of a live hall, answered by group, and drawn on as the window really opens."""
    kiosk, third, fourth = hall.device("kiosk"), hall.person("clerk3"), hall.person("clerk4")
    controller = hall.person("controller")
    fourth.post("/windows/4/close")
    third.post("/windows/3/open").raise_for_status()
    for _ in range(9):
        kiosk.post("/tickets", {"service": "E01"}).raise_for_status()
    third.post("/windows/3/next").raise_for_status()

    page.locator("input[name=kind][value=open]").check(force=True)
    page.select_option("#window", "4")
    before = controller.get("/floor")["seq"]
    page.locator("#look").click()
    expect(page.locator("#asked")).to_have_text("Window 4 opens now", timeout=SOON)
    assert controller.get("/floor")["seq"] == before, "a question left a trace"
    row = page.locator("#tables tbody tr", has_text="E · ").first
    expect(row).to_contain_text(re.compile(r"about \d+ min shorter, likely \d+ to \d+"))
    expect(page.locator("#verdict")).to_contain_text("0 min so far")
    real = page.locator("#chart-waiting .line--real")
    expect(real).not_to_have_attribute("d", steps(1))

    fourth.post("/windows/4/open").raise_for_status()
    for called in range(1, 4):
        hand = fourth.post("/windows/4/next").json()
        expect(real).to_have_attribute("d", steps(called), timeout=DRAWN)
    fourth.post(f"/tickets/{hand['id']}/start").raise_for_status()
    fourth.post(f"/tickets/{hand['id']}/finish").raise_for_status()
    newcomer = kiosk.post("/tickets", {"service": "E01"}).json()["id"]
    wish = {"ticket": newcomer, "reason": "the test's newcomer"}
    fourth.post("/windows/4/call", wish).raise_for_status()
    expect(page.locator("#chart-newcomer .dot")).to_have_count(1, timeout=DRAWN)

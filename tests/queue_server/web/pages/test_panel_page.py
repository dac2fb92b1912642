"""The counter panel in a browser, on a center that really serves."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, Route, expect

from tests.queue_server.web.pages.conftest import Opener
from tests.queue_server.web.pages.live_center import LiveCenter

#: taken first by window 1, whose clerk is clerk1
SERVICE = "A02"
NUMBER, STATE, TROUBLE = "#number", "#state", "#trouble"


@pytest.fixture
def panel(opened: Opener) -> Page:
    """The panel of window 1, opened for work."""
    page = opened("clerk1")
    expect(page.locator("#next-name")).to_have_text("Open the window")
    expect(page.locator("#next")).to_be_enabled()
    page.keyboard.press("n")
    expect(page.locator("#shift")).to_have_text("The window is open")
    return page


def test_a_whole_visit_by_keyboard(live: LiveCenter, panel: Page) -> None:
    """Call, call again, start and finish take one key each, and the next visitor one more."""
    first, second = live.issue(SERVICE), live.issue(SERVICE)
    expect(panel.locator("#waiting-count")).to_have_text("2")
    panel.keyboard.press("n")
    expect(panel.locator(NUMBER)).to_have_text(first["number"])
    panel.keyboard.press("r")
    expect(panel.locator("#facts")).to_contain_text("Calls: 2")
    panel.keyboard.press("s")
    expect(panel.locator(STATE)).to_have_text("Being served")
    panel.keyboard.press("Space")
    expect(panel.locator(NUMBER)).to_have_text(second["number"])
    panel.keyboard.press("s")
    expect(panel.locator(STATE)).to_have_text("Being served")
    panel.keyboard.press("f")
    expect(panel.locator("#nobody-say")).to_have_text("No ticket in hand")
    states = [
        live.person("supervisor").get(f"/tickets/{t['id']}")["state"] for t in (first, second)
    ]
    assert states == ["finished", "finished"]


def test_the_keys_work_on_a_cyrillic_keyboard(live: LiveCenter, panel: Page) -> None:
    """A key means its place on the keyboard, whatever letter the layout puts there."""
    ticket = live.issue(SERVICE)
    expect(panel.locator("#next")).to_be_enabled()
    panel.evaluate(
        "document.body.dispatchEvent("
        "new KeyboardEvent('keydown', {key: 'т', code: 'KeyN', bubbles: true}))"
    )
    expect(panel.locator(NUMBER)).to_have_text(ticket["number"])


def test_the_keys_can_be_switched_off(live: LiveCenter, panel: Page) -> None:
    """Who is hindered by single keys switches them off, and they stay off."""
    live.issue(SERVICE)
    expect(panel.locator("#next")).to_be_enabled()
    panel.keyboard.press("?")
    panel.uncheck("#keys-on")
    panel.keyboard.press("Escape")
    panel.reload()
    expect(panel.locator("#next")).to_be_enabled()
    panel.keyboard.press("n")
    expect(panel.locator("#nobody-say")).to_have_text("No ticket in hand")


def test_space_after_a_click_means_next(live: LiveCenter, panel: Page) -> None:
    """The key that was clicked does not catch the next Space."""
    first, second = live.issue(SERVICE), live.issue(SERVICE)
    expect(panel.locator("#waiting-count")).to_have_text("2")
    panel.click("#next")
    expect(panel.locator(NUMBER)).to_have_text(first["number"])
    panel.click("[data-move=start]")
    expect(panel.locator(STATE)).to_have_text("Being served")
    panel.keyboard.press("Space")
    expect(panel.locator(NUMBER)).to_have_text(second["number"])


def test_the_outcome_costs_no_second_click(live: LiveCenter, panel: Page) -> None:
    """Next finishes with the outcome that is marked, and the marks go back for the next visitor."""
    first, _ = live.issue(SERVICE), live.issue(SERVICE)
    panel.keyboard.press("n")
    expect(panel.locator(NUMBER)).to_have_text(first["number"])
    panel.check("[name=delivery][value=post]")
    panel.check("[name=outcome][value=turned_away]")
    panel.click("#ending-detail")
    panel.locator("#reasons .reason").first.click()
    panel.click("#next")
    expect(panel.locator(NUMBER)).not_to_have_text(first["number"])
    expect(panel.locator("[name=outcome][value=solved]")).to_be_checked()
    expect(panel.locator("[name=delivery]:checked")).to_have_count(0)
    legs = live.person("supervisor").get(f"/tickets/{first['id']}")["legs"]
    assert [leg["outcome"] for leg in legs] == ["turned_away"]


def test_no_show_waits_for_the_least_call_time(live: LiveCenter, panel: Page) -> None:
    """The key counts down the visitor's time to come; the server would refuse before."""
    live.issue(SERVICE)
    panel.keyboard.press("n")
    key = panel.locator("[data-move=no-show]")
    expect(key).to_be_disabled()
    expect(key).to_contain_text(" s")


def test_hold_and_resume(live: LiveCenter, panel: Page) -> None:
    """A ticket is set aside with one touch on a reason, and called back with another."""
    ticket = live.issue(SERVICE)
    panel.keyboard.press("n")
    expect(panel.locator(NUMBER)).to_have_text(ticket["number"])
    panel.keyboard.press("h")
    expect(panel.locator("#ask-reason")).to_be_visible()
    panel.keyboard.press("3")
    parked = panel.locator("#parked .row")
    expect(parked).to_contain_text("Went to pay")
    parked.get_by_role("button", name=f"Resume {ticket['number']}").click()
    expect(panel.locator(NUMBER)).to_have_text(ticket["number"])
    expect(panel.locator("#parked-card")).to_be_hidden()


def test_a_question_left_open_changes_nothing(live: LiveCenter, panel: Page) -> None:
    """Escape leaves a question, and the ticket stays in hand."""
    ticket = live.issue(SERVICE)
    panel.keyboard.press("n")
    expect(panel.locator(NUMBER)).to_have_text(ticket["number"])
    panel.keyboard.press("t")
    expect(panel.locator("#ask-one")).to_be_visible()
    panel.keyboard.press("Escape")
    expect(panel.locator("#ask-one")).to_be_hidden()
    expect(panel.locator(NUMBER)).to_have_text(ticket["number"])


def test_a_transfer_by_keyboard(live: LiveCenter, panel: Page) -> None:
    """Typing finds the service, Enter sends the ticket there."""
    ticket = live.issue(SERVICE)
    panel.keyboard.press("n")
    expect(panel.locator(NUMBER)).to_have_text(ticket["number"])
    panel.keyboard.press("t")
    expect(panel.locator("#ask-one")).to_be_visible()
    panel.keyboard.type("E01")
    panel.keyboard.press("Enter")
    panel.keyboard.press("Enter")
    expect(panel.locator("#nobody-say")).to_have_text("No ticket in hand")
    moved = live.person("supervisor").get(f"/tickets/{ticket['id']}")
    assert (moved["service"], moved["state"]) == ("E01", "waiting")


def test_a_service_is_added_to_the_visit(live: LiveCenter, panel: Page) -> None:
    """A second service stands behind the one in hand."""
    live.issue(SERVICE)
    panel.keyboard.press("n")
    expect(panel.locator("[data-move=leg]")).to_be_enabled()
    panel.keyboard.press("l")
    panel.fill("#one-search", "E01")
    panel.locator(".item").first.click()
    panel.click("#one-done")
    expect(panel.locator(".leg")).to_have_count(2)
    expect(panel.locator(".leg[aria-current=step]")).to_have_count(1)


def test_out_of_order_needs_a_reason_and_in_order_none(live: LiveCenter, panel: Page) -> None:
    """The first of the line is called with one touch; another one asks why."""
    first, second = live.issue(SERVICE), live.issue(SERVICE)
    panel.get_by_role("button", name=f"Call this one {second['number']}").click()
    panel.get_by_role("button", name="Feels unwell").click()
    expect(panel.locator(NUMBER)).to_have_text(second["number"])
    panel.keyboard.press("s")
    expect(panel.locator(STATE)).to_have_text("Being served")
    panel.keyboard.press("f")
    panel.get_by_role("button", name=f"Call this one {first['number']}").click()
    expect(panel.locator(NUMBER)).to_have_text(first["number"])


def test_undo_takes_the_last_move_back(live: LiveCenter, panel: Page) -> None:
    """A call made by mistake goes back to its place in the line."""
    ticket = live.issue(SERVICE)
    panel.keyboard.press("n")
    expect(panel.locator("#undo-what")).to_contain_text(ticket["number"])
    panel.keyboard.press("u")
    expect(panel.locator("#waiting")).to_contain_text(ticket["number"])
    expect(panel.locator("#undo")).to_be_disabled()


def test_what_others_do_is_seen(live: LiveCenter, panel: Page) -> None:
    """A ticket that reception cancels leaves the line without a reload."""
    ticket = live.issue(SERVICE)
    expect(panel.locator("#waiting")).to_contain_text(ticket["number"])
    live.person("receptionist").post(f"/tickets/{ticket['id']}/cancel", {"reason": "has left"})
    expect(panel.locator("#waiting .row")).to_have_count(0)
    expect(panel.locator("#next-who")).to_have_text("Nobody is waiting")


def test_a_refusal_is_said_in_plain_words(live: LiveCenter, panel: Page) -> None:
    """A 409 is told beside the keys in the clerk's language, and the truth is read anew."""
    live.issue(SERVICE)
    panel.keyboard.press("n")
    expect(panel.locator("[data-move=recall]")).to_be_enabled()
    problem = json.dumps({"code": "transition_not_allowed", "status": 409, "title": "No"})

    def refuse(route: Route) -> None:
        route.fulfill(status=409, body=problem, content_type="application/problem+json")

    panel.route("**/recall", refuse)
    with panel.expect_response("**/api/v1/windows/1"):
        panel.keyboard.press("r")
    expect(panel.locator(TROUBLE)).to_have_text("The ticket's state does not allow this")


def test_a_reply_lost_on_the_way_calls_one_ticket(live: LiveCenter, panel: Page) -> None:
    """The server acted, its answer was lost: the panel asks again and nobody is called twice."""
    first, second = live.issue(SERVICE), live.issue(SERVICE)
    expect(panel.locator("#waiting-count")).to_have_text("2")
    lost: list[str] = []

    def lose_once(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.request.headers["idempotency-key"])
            route.fetch()
            route.abort()

    panel.route("**/next", lose_once)
    panel.keyboard.press("n")
    expect(panel.locator("#undo-what")).to_contain_text(first["number"])
    expect(panel.locator(NUMBER)).to_have_text(first["number"])
    assert live.person("supervisor").get(f"/tickets/{second['id']}")["state"] == "waiting"


def test_a_lost_connection_is_said_and_mended(live: LiveCenter, panel: Page) -> None:
    """The banner tells from when the picture is, no key works, and it catches up by itself."""
    first = live.issue(SERVICE)
    expect(panel.locator("#waiting")).to_contain_text(first["number"])
    live.kill()
    expect(panel.locator("#banner")).to_contain_text("Connection lost — what you see is from")
    expect(panel.locator("#next")).to_be_disabled()
    live.start()
    second = live.issue(SERVICE)
    expect(panel.locator("#waiting")).to_contain_text(second["number"], timeout=15_000)
    expect(panel.locator("#banner")).to_be_hidden()
    expect(panel.locator("#next")).to_be_enabled()


def test_pause_and_close(panel: Page) -> None:
    """A break is taken with its reason and ended, and the window closed."""
    panel.click("#pause")
    panel.get_by_role("button", name="Lunch").click()
    expect(panel.locator("#shift")).to_have_text("The window is on a break")
    expect(panel.locator("#nobody-why")).to_have_text("Lunch")
    expect(panel.locator("#nobody-timer")).to_contain_text("0:0")
    panel.click("#next")
    expect(panel.locator("#shift")).to_have_text("The window is open")
    panel.click("#close")
    expect(panel.locator("#shift")).to_have_text("The window is closed")


def test_a_person_without_a_window_chooses_one(live: LiveCenter, opened: Opener) -> None:
    """A supervisor says at which window to work."""
    page = opened("supervisor")
    page.goto(f"{live.url}/panel")
    page.get_by_role("link", name="Window 4").click()
    expect(page.get_by_role("heading", name="Window 4")).to_be_visible()

"""The floor, on a center that really serves: what is seen, and every move of a supervisor."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from queue_server import demo
from queue_server.bootstrap import Running
from queue_server.simulation.caller import Caller
from tests.queue_server.web import callers
from tests.queue_server.web.pages.conftest import Opener
from tests.queue_server.web.pages.live_center import LiveCenter

#: what happens in the hall is to be seen within so long, ms
AT_ONCE = 1000
#: whether the focus is in the sheet, or on its way round through the browser's own bar
IN_SHEET = """() => document.activeElement === document.body
  || document.activeElement.closest("#sheet") !== null"""


def the_floor(live: LiveCenter, opened: Opener, login: str = "supervisor", **size: Any) -> Page:
    """Return the floor, as somebody sees it."""
    page = opened(login, **({"width": 1440, "height": 900} | size))
    page.goto(f"{live.url}/floor")
    expect(page.locator(".window")).to_have_count(12)
    return page


def card(page: Page, number: int) -> Locator:
    """Return a window's card."""
    return page.locator(f".window[data-id='{number}']")


def row(page: Page, number: str) -> Locator:
    """Return the row of somebody who waits or is set aside."""
    return page.locator(".row", has_text=number)


def sheet_key(page: Page, name: str) -> Locator:
    """Return a key of the sheet that is open."""
    return page.locator("#sheet").get_by_role("button", name=name)


def because(page: Page) -> None:
    """Give the first ready reason."""
    page.locator("#ask-reason[open] .reason").first.click()


def pick(page: Page, name: str, verb: str) -> None:
    """Choose an item of the list that is open."""
    page.locator("#ask-one[open] .item", has_text=name).first.click()
    page.locator("#ask-one").get_by_role("button", name=verb).click()


def last_event(live: LiveCenter, kind: str) -> dict[str, Any]:
    """Return the newest event of a type."""
    supervisor = live.person("supervisor")
    head = supervisor.get("/events?limit=1")["head"]
    found = supervisor.get(f"/events?after={max(0, head - 200)}")["events"]
    return next(event for event in reversed(found) if event["type"] == kind)


@pytest.mark.parametrize(
    ("login", "status"),
    [("supervisor", 200), ("controller", 200), ("receptionist", 403), ("clerk1", 403)],
)
def test_who_may_see_the_floor(running: Running, login: str, status: int) -> None:
    """Those who oversee the hall: page and picture alike."""
    someone = callers.person(running, login)
    assert someone.get("/floor").status_code == status
    assert someone.get("/api/v1/floor").status_code == status


def test_a_change_is_seen_at_once(live: LiveCenter, opened: Opener) -> None:
    """A ticket, its call, its start and its end appear within a second, on every part."""
    page = the_floor(live, opened)
    clerk = live.person("clerk1")
    clerk.post("/windows/1/open")
    expect(card(page, 1)).to_contain_text("Free", timeout=AT_ONCE)
    expect(card(page, 1)).to_contain_text(live.someone("clerk1").name)
    number = live.issue("A01")["number"]
    expect(row(page, number)).to_be_visible(timeout=AT_ONCE)
    group = page.locator(".queue[data-id='A']")
    expect(group).to_contain_text("1 wait", timeout=AT_ONCE)
    called = clerk.post("/windows/1/next").json()
    expect(card(page, 1)).to_contain_text(number, timeout=AT_ONCE)
    expect(card(page, 1)).to_contain_text("Called")
    expect(row(page, number)).to_have_count(0)
    clerk.post(f"/tickets/{called['id']}/start")
    expect(card(page, 1)).to_contain_text("Serving", timeout=AT_ONCE)
    clerk.post(f"/tickets/{called['id']}/finish")
    expect(card(page, 1)).to_contain_text("Free", timeout=AT_ONCE)


def test_a_window_is_opened_for_a_clerk_sent_on_a_break_and_closed(
    live: LiveCenter, opened: Opener
) -> None:
    """Each with its reason, which the log keeps with the supervisor's name."""
    page = the_floor(live, opened)
    name = live.someone("clerk3").name
    card(page, 3).click()
    sheet_key(page, "Open the window").click()
    pick(page, name, "Open the window")
    because(page)
    expect(card(page, 3)).to_contain_text(name)
    assert last_event(live, "window_opened")["clerk"] == "clerk3"
    card(page, 3).click()
    sheet_key(page, "Send on a break").click()
    because(page)
    expect(card(page, 3)).to_contain_text("Break")
    expect(card(page, 3)).to_contain_text("Lunch")
    card(page, 3).click()
    sheet_key(page, "End the break").click()
    expect(card(page, 3)).to_contain_text("Free")
    card(page, 3).click()
    sheet_key(page, "Close the window").click()
    because(page)
    expect(card(page, 3)).to_contain_text("Closed")
    event = last_event(live, "window_closed")
    assert (event["reason"], event["actor"]["name"]) == ("The shift is over", "supervisor")


def test_skills_change_live(live: LiveCenter, opened: Opener) -> None:
    """A group is taken first, another helped with; the window's next call follows it."""
    page = the_floor(live, opened)
    live.person("clerk12").post("/windows/12/open")
    expect(card(page, 12)).to_contain_text("Free")
    card(page, 12).click()
    sheet_key(page, "Change what it takes").click()
    page.locator("[name=group-A][value='1']").check()
    page.locator("#duty-sign").check()
    page.click("#duty-done")
    because(page)
    expect(card(page, 12)).to_contain_text("For today")
    number = live.issue("A01", needs=["sign_language"])["number"]
    assert live.person("clerk12").post("/windows/12/next").json()["number"] == number
    event = last_event(live, "duty_changed")
    assert (event["subject"], event["reason"]) == ("12", "The queue has grown")
    card(page, 12).click()
    sheet_key(page, "Change what it takes").click()
    page.click("#duty-end")
    because(page)
    expect(card(page, 12)).not_to_contain_text("For today")


def test_a_service_alone_is_taken(live: LiveCenter, opened: Opener) -> None:
    """The services of a group open under it, and the group says how many are taken."""
    page = the_floor(live, opened)
    card(page, 12).click()
    sheet_key(page, "Change what it takes").click()
    group = page.locator("#duty-groups .duty__row").first
    group.locator(".duty__more-key").click()
    group.locator(".duty__service").nth(1).get_by_role("radio", name="Helps").check()
    expect(group.locator(".duty__more-key")).to_contain_text("1 of")
    expect(page.locator("#duty-after")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#duty")).not_to_be_visible()
    expect(card(page, 12).locator("button")).to_be_focused()


def test_a_visitor_is_called_transferred_corrected_and_cancelled(
    live: LiveCenter, opened: Opener
) -> None:
    """Every move of a waiting ticket, from its sheet, with a reason."""
    page = the_floor(live, opened)
    live.person("clerk2").post("/windows/2/open")
    one, two, three, four = (live.issue("A01")["number"] for _ in range(4))
    expect(row(page, four)).to_be_visible()
    row(page, two).click()
    sheet_key(page, "Call this one").click()
    pick(page, "Window 2", "Call this one")
    because(page)
    expect(card(page, 2)).to_contain_text(two)
    assert last_event(live, "ticket_called")["reason"] == "Came after the call"
    row(page, one).click()
    sheet_key(page, "Transfer").click()
    page.fill("#one-search", "E01")
    page.locator("#ask-one .item").first.click()
    page.locator("#one-done").click()
    because(page)
    expect(row(page, one)).to_contain_text("ID card")
    row(page, three).click()
    sheet_key(page, "Change category").click()
    page.locator("#ask-one .item").nth(1).click()
    page.locator("#one-done").click()
    because(page)
    expect(row(page, three).locator(".mark--warn", has_text="Person")).to_be_visible()
    row(page, four).click()
    sheet_key(page, "Cancel the ticket").click()
    because(page)
    expect(row(page, four)).to_have_count(0)
    assert last_event(live, "ticket_cancelled")["reason"] == "Has left"


def test_who_is_set_aside_comes_back(live: LiveCenter, opened: Opener) -> None:
    """A visitor on hold is found under the other tab, with the reason, and called back."""
    page = the_floor(live, opened)
    clerk = live.person("clerk1")
    clerk.post("/windows/1/open")
    live.issue("A01")
    held = clerk.post("/windows/1/next").json()
    expect(card(page, 1)).to_contain_text(held["number"])
    clerk.post(f"/tickets/{held['id']}/hold", {"reason": "a photo"})
    page.get_by_role("tab", name="Set aside").click()
    expect(row(page, held["number"])).to_contain_text("On hold")
    row(page, held["number"]).click()
    sheet_key(page, "Resume").click()
    expect(card(page, 1)).to_contain_text(held["number"])


def test_a_word_to_a_clerk(live: LiveCenter, opened: Opener) -> None:
    """It is sent, kept, and shown as unread until the clerk has read it."""
    page = the_floor(live, opened)
    clerk = live.person("clerk4")
    clerk.post("/windows/4/open")
    expect(card(page, 4)).to_contain_text("Free")
    card(page, 4).click()
    sheet_key(page, "Write to the clerk").click()
    page.get_by_role("button", name="Please come to me").click()
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#toast")).to_contain_text("Done")
    (message,) = clerk.get("/windows/4/messages")["messages"]
    assert (message["text"], message["sender"]) == ("Please come to me", "supervisor")
    card(page, 4).click()
    expect(page.locator("#messages li")).to_contain_text("not read yet")
    page.keyboard.press("Escape")
    clerk.post(f"/messages/{message['id']}/read")
    card(page, 4).click()
    expect(page.locator("#messages li")).to_contain_text("read ")
    expect(page.locator("#messages li")).not_to_contain_text("not read yet")


def test_issuing_is_closed_with_a_reason_and_opened_again(live: LiveCenter, opened: Opener) -> None:
    """The alert stands while it is closed; who asks for a ticket meanwhile is refused."""
    page = the_floor(live, opened)
    page.click("#hall-menu summary")
    page.locator("[data-hall=close_issuing]").click()
    page.locator("#ask-one .item", has_text="U").last.click()
    page.locator("#one-done").click()
    page.locator("#choose-list .item", has_text="state information system").click()
    page.locator("#choose-done").click()
    alert = page.locator(".alert", has_text="No tickets")
    expect(alert).to_contain_text("information system is down")
    token = next(each for each in demo.links(live.about).devices if each.kind == "kiosk").token
    assert Caller(live.url, token).post("/tickets", {"service": "U01"}).status_code == 409
    alert.get_by_role("button").click()
    page.locator("#choose-done").click()
    expect(alert).to_have_count(0)
    assert live.issue("U01")["number"]


def test_a_call_for_help_is_answered_on_the_floor(live: LiveCenter, opened: Opener) -> None:
    """It stands first among the alerts, and goes with the answer."""
    page = the_floor(live, opened)
    token = next(each for each in demo.links(live.about).devices if each.kind == "kiosk").token
    Caller(live.url, token).post("/help", {"reason": "assistance", "language": "ru"})
    alert = page.locator(".alert").first
    expect(alert).to_contain_text("help is needed", timeout=5000)
    alert.get_by_role("button", name="I am coming").click()
    expect(page.locator(".alert", has_text="help is needed")).to_have_count(0)


def test_a_visitor_nobody_can_call_is_an_alert(live: LiveCenter, opened: Opener) -> None:
    """It comes within moments and leads to the visitors of that group."""
    page = the_floor(live, opened)
    number = live.issue("U01")["number"]
    other = live.issue("A01")["number"]
    alert = page.locator(".alert", has_text="no window is open").filter(has_text="U01")
    expect(alert).to_be_visible(timeout=3000)
    alert.get_by_role("button").click()
    expect(row(page, number)).to_be_visible()
    expect(row(page, other)).to_have_count(0)


def test_a_number_is_found(live: LiveCenter, opened: Opener) -> None:
    """The slash leads to the field; what does not match leaves the list."""
    page = the_floor(live, opened)
    numbers = [live.issue(service)["number"] for service in ("A01", "E01", "A01")]
    expect(page.locator("#waiting .row")).to_have_count(3)
    page.keyboard.press("/")
    page.keyboard.type(numbers[1].lower())
    expect(page.locator("#waiting .row")).to_have_count(1)
    expect(row(page, numbers[1])).to_be_visible()
    expect(page.locator("#waiting-count")).to_have_text("1/3")


def test_a_visitor_whose_clerk_has_gone_waits_again(live: LiveCenter, opened: Opener) -> None:
    """The supervisor closes the window over its visitor, who is back in the list."""
    page = the_floor(live, opened)
    clerk = live.person("clerk1")
    clerk.post("/windows/1/open")
    live.issue("A01")
    number = clerk.post("/windows/1/next").json()["number"]
    expect(card(page, 1)).to_contain_text(number)
    card(page, 1).click()
    sheet_key(page, "Close the window").click()
    because(page)
    expect(card(page, 1)).not_to_contain_text(number)
    expect(page.get_by_role("row", name=number).or_(page.get_by_text(number)).first).to_be_visible()


def test_a_controller_sees_and_moves_nothing(live: LiveCenter, opened: Opener) -> None:
    """Sheets open without keys, and the hall has no menu."""
    number = live.issue("A01")["number"]
    page = the_floor(live, opened, "controller")
    expect(page.locator("#hall-menu")).to_have_count(0)
    card(page, 1).click()
    expect(page.locator("#sheet")).to_be_visible()
    expect(page.locator("#sheet-keys button")).to_have_count(0)
    page.keyboard.press("Escape")
    row(page, number).click()
    expect(page.locator("#sheet-keys button")).to_have_count(0)


def test_one_visitor_moves_one_row(live: LiveCenter, opened: Opener) -> None:
    """Of sixty rows one leaves: the others are not touched, and the focus stays."""
    first = live.issue("A01")
    for _ in range(59):
        live.issue("A01")
    page = the_floor(live, opened)
    expect(page.locator("#waiting .row")).to_have_count(60)
    page.locator("#waiting .row button").nth(3).focus()
    page.evaluate("""() => {
      window.touched = 0;
      const count = ({ addedNodes, removedNodes }) => addedNodes.length + removedNodes.length;
      new MutationObserver((records) => {
        for (const record of records) window.touched += count(record);
      }).observe(document.getElementById("waiting"), { childList: true });
    }""")
    body = {"reason": "The test calls it"}
    live.person("supervisor").post(f"/tickets/{first['id']}/cancel", body)
    expect(page.locator("#waiting .row")).to_have_count(59)
    assert page.evaluate("window.touched") == 1
    expect(page.locator("#waiting .row button").nth(2)).to_be_focused()


def test_the_keyboard_reaches_everything(live: LiveCenter, opened: Opener) -> None:
    """A sheet opens by Enter, holds the focus, and gives it back to its card."""
    page = the_floor(live, opened)
    key = card(page, 1).locator("button")
    key.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#sheet")).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(IN_SHEET)
    page.keyboard.press("Escape")
    expect(key).to_be_focused()
    page.get_by_role("tab", name="Waiting").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Set aside")).to_be_focused()
    expect(page.locator("#parked-panel")).to_be_visible()

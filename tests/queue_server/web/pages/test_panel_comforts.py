"""What makes a clerk's day lighter: reasons, papers, notes, history, messages, being told."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.queue_server.web.pages.conftest import Opener
from tests.queue_server.web.pages.live_center import LiveCenter

SERVICE = "A02"
NUMBER, SHIFT = "#number", "#shift"
#: a desktop that keeps what it was told, and a page that nobody looks at
DESKTOP = """() => {
  window.told = [];
  window.Notification = class {
    static permission = "default";
    static requestPermission() { Notification.permission = "granted"; return Promise.resolve(); }
    constructor(title, { body }) { window.told.push(`${title}: ${body}`); }
    close() {}
  };
}"""
HIDE = """() => {
  Object.defineProperty(document, "hidden", { value: true, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
TIMELINE = """async (history) => {
  const { timeline } = await import("/history.js");
  return timeline(history).map(({ id, gap }) => [id, gap]);
}"""
FAVOURITE = """async ([facts, kept]) => {
  const { favourite, keepFavourite } = await import("/panel/panel_favourite.js");
  localStorage.clear();
  if (kept) keepFavourite("ann", kept);
  return favourite(facts);
}"""
STRIP = """async (known) => {
  const { stripRows } = await import("/panel/panel_strip.js");
  return stripRows(known, (key) => key, (login) => login).map(({ id }) => id);
}"""


@pytest.fixture
def panel(opened: Opener) -> Page:
    """The panel of window 1, opened for work."""
    page = opened("clerk1")
    expect(page.locator("#next")).to_be_enabled()
    page.keyboard.press("n")
    expect(page.locator(SHIFT)).to_have_text("The window is open")
    return page


def call(live: LiveCenter, panel: Page, **wish: Any) -> dict[str, Any]:
    """Issue a ticket and call it to the panel."""
    ticket = live.issue(SERVICE, **wish)
    expect(panel.locator("#waiting")).to_contain_text(ticket["number"])
    panel.keyboard.press("n")
    expect(panel.locator(NUMBER)).to_have_text(ticket["number"])
    return ticket


def serve(live: LiveCenter, panel: Page) -> dict[str, Any]:
    """Issue a ticket, call it and begin to serve."""
    ticket = call(live, panel)
    panel.keyboard.press("s")
    expect(panel.locator("#state")).to_have_text("Being served")
    return ticket


def last_event(live: LiveCenter, ticket: dict[str, Any]) -> dict[str, Any]:
    """Return what happened to a ticket last."""
    history = live.person("supervisor").get(f"/tickets/{ticket['id']}/history")
    return dict(history["events"][-1])


def test_events_and_notes_are_one_story(scripts: Page) -> None:
    """Steps stand by time with the gap between them; a note tells of itself, not its event."""
    at = "2026-11-23T05:0{}:00.000Z"
    history = {
        "events": [
            {"seq": 1, "at": at.format(0), "type": "ticket_issued"},
            {"seq": 2, "at": at.format(3), "type": "ticket_noted"},
            {"seq": 3, "at": at.format(5), "type": "ticket_called"},
        ],
        "notes": [{"id": 7, "at": at.format(3)}],
    }
    expected = [["e1", 0], ["n7", 180_000], ["e3", 120_000]]
    assert scripts.evaluate(TIMELINE, history) == expected


@pytest.mark.parametrize(
    ("cashier", "kept", "found"),
    [
        (None, None, None),
        ("U02", None, {"kind": "to_service", "value": "U02"}),
        ("U02", {"kind": "to_window", "value": 4}, {"kind": "to_window", "value": "4"}),
        (None, {"kind": "to_clerk", "value": "gone"}, None),
    ],
)
def test_the_place_that_is_one_press_away(
    scripts: Page, cashier: str | None, kept: dict[str, Any] | None, found: dict[str, str] | None
) -> None:
    """The clerk's own choice while it still exists, else the center's cashier, else none."""
    facts = {
        "cashier": cashier,
        "services": [{"id": "U02"}],
        "windows": [{"number": 4}],
        "clerks": [{"login": "bek"}],
        "person": {"login": "ann"},
    }
    assert scripts.evaluate(FAVOURITE, [facts, kept]) == found


def test_the_strip_shows_what_is_not_read(scripts: Page) -> None:
    """Messages in the order in which they came, then holds that ran out, then who waits."""
    known = {
        "messages": [
            {"id": 3, "text": "c", "sender": "s", "at": None, "read_at": None},
            {"id": 2, "text": "b", "sender": "s", "at": None, "read_at": "before"},
            {"id": 1, "text": "a", "sender": "s", "at": None, "read_at": None},
        ],
        "over": [{"id": "t1", "number": "A001", "at": None}],
        "waits": {"text": "A002", "at": None},
    }
    assert scripts.evaluate(STRIP, known) == ["message 1", "message 3", "over t1", "waits"]


def test_papers_are_finished_with_one_key(live: LiveCenter, panel: Page) -> None:
    """W ends the service and keeps the window for its papers; a second W is ready."""
    ticket = serve(live, panel)
    panel.keyboard.press("w")
    expect(panel.locator("#nobody-say")).to_have_text("Finishing the papers")
    expect(panel.locator("#nobody-timer")).to_contain_text("0:0")
    assert last_event(live, ticket)["type"] == "ticket_finished"
    panel.keyboard.press("w")
    expect(panel.locator("#nobody-say")).to_have_text("No ticket in hand")


def test_next_ends_the_papers(live: LiveCenter, panel: Page) -> None:
    """Whoever presses Next is ready."""
    panel.keyboard.press("w")
    expect(panel.locator(SHIFT)).to_have_text("Finishing the papers")
    call(live, panel)
    expect(panel.locator(SHIFT)).to_have_text("The window is open")


def test_turned_away_for_a_document(live: LiveCenter, panel: Page) -> None:
    """Finish asks once which document was missing, and the log keeps it."""
    ticket = serve(live, panel)
    panel.locator("#ending [value=turned_away]").check(force=True)
    expect(panel.locator("#delivery")).to_be_hidden()
    panel.keyboard.press("f")
    expect(panel.get_by_role("heading", name="Which document was missing?")).to_be_visible()
    panel.locator("#reasons .reason:not(.reason--warn)").first.click()
    expect(panel.locator("#nobody")).to_be_visible()
    event = last_event(live, ticket)
    assert (event["outcome"], bool(event["document"]), event["demanded"]) == (
        "turned_away",
        True,
        False,
    )


def test_a_document_that_may_not_be_demanded(live: LiveCenter, panel: Page) -> None:
    """The panel says so kindly; leaving keeps the visitor, going on is recorded."""
    ticket = serve(live, panel)
    panel.locator("#ending [value=turned_away]").check(force=True)
    panel.keyboard.press("f")
    panel.locator(".reason--warn").first.click()
    expect(panel.locator("#reason-notice")).to_contain_text("may not be demanded")
    panel.get_by_role("button", name="Serve without it").click()
    expect(panel.locator("#ask-reason")).to_be_hidden()
    expect(panel.locator(NUMBER)).to_have_text(ticket["number"])
    panel.keyboard.press("f")
    panel.locator(".reason--warn").first.click()
    panel.get_by_role("button", name="Turn away all the same").click()
    expect(panel.locator("#nobody")).to_be_visible()
    event = last_event(live, ticket)
    assert (event["document"], event["demanded"]) == ("not_required-1", True)


def test_sent_elsewhere_says_where(live: LiveCenter, panel: Page) -> None:
    """What was said beforehand is shown, and Next asks no more."""
    ticket = serve(live, panel)
    panel.locator("#ending [value=forwarded]").check(force=True)
    panel.click("#ending-detail")
    panel.get_by_role("button", name="Notary").click()
    expect(panel.locator("#ending-said")).to_have_text("Notary")
    panel.keyboard.press("n")
    expect(panel.locator("#nobody")).to_be_visible()
    event = last_event(live, ticket)
    assert (event["outcome"], event["reason"]) == ("forwarded", "Notary")


def test_a_note_and_the_history(live: LiveCenter, panel: Page) -> None:
    """M writes a note, which stands with the ticket in hand; V shows the whole visit."""
    ticket = call(live, panel)
    panel.keyboard.press("m")
    panel.fill("#note-text", "The copy is in the folder")
    panel.get_by_role("button", name="Save the note").click()
    expect(panel.locator(".step--note")).to_contain_text("The copy is in the folder")
    panel.keyboard.press("Escape")
    expect(panel.locator("#hand-note-text")).to_have_text("The copy is in the folder")
    panel.keyboard.press("v")
    expect(panel.locator("#history-number")).to_have_text(ticket["number"])
    expect(panel.locator(".step__did")).to_have_text(
        ["Ticket issued", "Called · Window 1", "The copy is in the folder"]
    )


def test_a_colleagues_note_comes_with_the_ticket(live: LiveCenter, panel: Page) -> None:
    """What reception has noted is read at the window without asking for it."""
    ticket = live.issue(SERVICE)
    live.person("receptionist").post(f"/tickets/{ticket['id']}/note", {"text": "Speaks slowly"})
    panel.keyboard.press("n")
    expect(panel.locator("#hand-note-text")).to_have_text("Speaks slowly")


def test_a_message_stays_until_it_is_read(live: LiveCenter, panel: Page) -> None:
    """A supervisor's word comes without a reload, and after a press it does not come back."""
    live.person("supervisor").post("/windows/1/message", {"text": "Please help window 2"})
    row = panel.locator(".strip__row")
    expect(row).to_contain_text("Please help window 2")
    with panel.expect_response("**/api/v1/messages/*/read"):
        row.get_by_role("button", name="Read").click()
    expect(row).to_have_count(0)
    panel.reload()
    expect(panel.locator("#next")).to_be_enabled()
    expect(row).to_have_count(0)


def test_who_stops_the_window_is_named(live: LiveCenter, panel: Page) -> None:
    """A supervisor's break and close are told with name and reason."""
    supervisor = live.person("supervisor")
    supervisor.post("/windows/1/pause", {"reason": "A fire drill"})
    why = panel.locator("#nobody-why")
    expect(why).to_contain_text("A fire drill")
    expect(why).to_contain_text(live.someone("supervisor").name)
    supervisor.post("/windows/1/close", {"reason": "The day is over"})
    expect(why).to_contain_text("The day is over")


def test_the_cashier_is_one_press_away(live: LiveCenter, panel: Page) -> None:
    """A place that was kept once takes the next visitor with one key, and gives them back."""
    call(live, panel)
    panel.keyboard.press("t")
    panel.fill("#one-search", "U02")
    panel.locator(".item").first.click()
    panel.check("#with-return")
    panel.check("#keep-place")
    panel.click("#one-done")
    expect(panel.locator("#nobody")).to_be_visible()
    second = call(live, panel)
    expect(panel.locator("#favourite")).to_be_visible()
    panel.keyboard.press("c")
    expect(panel.locator("#nobody")).to_be_visible()
    event = last_event(live, second)
    assert (event["type"], event["service"]) == ("ticket_transferred", "U02")


def test_a_hold_counts_down(live: LiveCenter, panel: Page) -> None:
    """The time that is left stands with the ticket, and when it ends."""
    call(live, panel, language="ru")
    panel.keyboard.press("h")
    panel.locator("[name=minutes][value='5']").check(force=True)
    panel.keyboard.press("3")
    row = panel.locator("#parked .row")
    expect(row.locator(".row__wait")).to_have_text(re.compile(r"^4:5\d$"))
    expect(row).to_contain_text("until")
    expect(row.locator(".row__tongue")).to_have_text("RU")


def test_a_clerk_in_another_tab_is_told(live: LiveCenter, opened: Opener) -> None:
    """Who has asked for it hears from the desktop; the title and the strip tell in any case."""
    page = opened("clerk1")
    page.evaluate(DESKTOP)
    expect(page.locator("#next")).to_be_enabled()
    page.keyboard.press("n")
    expect(page.locator(SHIFT)).to_have_text("The window is open")
    page.keyboard.press("?")
    page.check("#bell-on")
    expect(page.locator("#bell-on")).to_be_checked()
    page.keyboard.press("Escape")
    page.evaluate(HIDE)
    ticket = live.issue(SERVICE)
    said = f"{ticket['number']} is waiting for you"
    expect(page.locator(".strip__row--waits")).to_contain_text(said)
    assert page.evaluate("window.told") == [f"Window 1: {said}"]
    assert page.title().startswith("●")
    page.keyboard.press("n")
    expect(page.locator(".strip__row--waits")).to_have_count(0)


def test_a_session_that_ended_elsewhere_is_said(live: LiveCenter, panel: Page) -> None:
    """The panel stays and says that the session is over; one press leads back to signing in."""
    live.person("clerk1")
    expect(panel.locator("#session-ended")).to_be_visible(timeout=20_000)
    link = panel.get_by_role("link", name="Sign in again")
    assert link.get_attribute("href") == "/sign-in?next=%2Fpanel"


def test_a_changed_duty_is_taken_over(live: LiveCenter, panel: Page) -> None:
    """What the window takes from now on decides at once who waits for it."""
    ticket = live.issue("E02")
    expect(panel.locator("#waiting")).not_to_contain_text(ticket["number"])
    duty = {"services": [SERVICE, "E02"], "until": "today", "reason": "many wait"}
    reply = live.person("supervisor").post("/windows/1/duty", duty)
    assert reply.status_code == 200, reply.text
    expect(panel.locator("#waiting")).to_contain_text(ticket["number"])
    live.person("supervisor").post("/windows/1/duty/end", {"reason": "the test is over"})


def test_a_hall_that_stands_still_is_said(live: LiveCenter, panel: Page) -> None:
    """A banner tells why nobody is called, and goes when the hall goes on."""
    supervisor = live.person("supervisor")
    supervisor.post("/hall/suspend", {"reason": "A fire drill"})
    expect(panel.locator("#halted")).to_contain_text("A fire drill")
    supervisor.post("/hall/resume")
    expect(panel.locator("#halted")).to_be_hidden()

"""A claimed category, until somebody has seen its papers: at the reception and at the window."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.queue_server.web.pages.conftest import Opener
from tests.queue_server.web.pages.live_center import LiveCenter

WAITING = """async (tickets) => {
  const { waitingClaims } = await import("/reception/claims.js");
  return waitingClaims(tickets).map(({ number }) => number);
}"""


def claimed(live: LiveCenter) -> dict[str, Any]:
    """Issue a ticket with a category that must be confirmed."""
    ticket = live.issue("A02", category="disability_child", language="en")
    assert ticket["claimed"] == "disability_child", "the catalogue wants no confirmation"
    return ticket


def state_of(live: LiveCenter, ticket: dict[str, Any]) -> dict[str, Any]:
    """Return what the server knows of a ticket."""
    return dict(live.person("supervisor").get(f"/tickets/{ticket['id']}"))


def test_only_open_claims_wait(scripts: Page) -> None:
    """Who has none, and whose visit is over, needs nobody; who came first stands first."""
    tickets = [
        {"number": "A3", "claimed": "x", "state": "waiting", "issued_at": "3"},
        {"number": "A2", "claimed": None, "state": "waiting", "issued_at": "2"},
        {"number": "A4", "claimed": "x", "state": "cancelled", "issued_at": "0"},
        {"number": "A1", "claimed": "x", "state": "serving", "issued_at": "1"},
    ]
    assert scripts.evaluate(WAITING, tickets) == ["A1", "A3"]


def test_reception_sees_the_papers(live: LiveCenter, opened: Opener) -> None:
    """The tab counts who waits for it; each of the two keys settles one."""
    shown, missing = claimed(live), claimed(live)
    page = opened("receptionist")
    expect(page.locator("#claims-count")).to_have_text("2")
    page.click("#view-claims")
    page.get_by_role("button", name=f"Papers seen: {shown['number']}").click()
    expect(page.locator(".claim")).to_have_count(1)
    page.get_by_role("button", name=f"Not shown: {missing['number']}").click()
    expect(page.locator("#no-claims")).to_be_visible()
    expect(page.locator("#claims-count")).to_be_hidden()
    after = [state_of(live, ticket) for ticket in (shown, missing)]
    assert [each["category"] for each in after] == ["disability_child", None]
    assert [each["claimed"] for each in after] == [None, None]


def test_the_clerk_sees_the_papers(live: LiveCenter, opened: Opener) -> None:
    """The panel asks for them while the visitor is in hand; one key settles it."""
    ticket = claimed(live)
    clerk = live.person("clerk1")
    clerk.post("/windows/1/open")
    clerk.post("/windows/1/next")
    page = opened("clerk1")
    expect(page.locator("#number")).to_have_text(ticket["number"])
    expect(page.get_by_role("img", name="Category, papers not seen")).to_be_visible()
    page.get_by_role("button", name="Papers seen").click()
    expect(page.locator("#claimed")).to_be_hidden()
    expect(page.get_by_role("img", name="Category, papers not seen")).to_be_hidden()
    after = state_of(live, ticket)
    assert (after["category"], after["claimed"]) == ("disability_child", None)


def test_a_claim_survives_the_next_move(live: LiveCenter, opened: Opener) -> None:
    """Starting the service does not make the panel forget the papers."""
    claimed(live)
    clerk = live.person("clerk1")
    clerk.post("/windows/1/open")
    clerk.post("/windows/1/next")
    page = opened("clerk1")
    expect(page.locator("#claimed")).to_be_visible()
    expect(page.locator("#state")).to_have_text("Called")
    page.keyboard.press("s")
    expect(page.locator("#state")).to_have_text("Being served")
    expect(page.locator("#claimed")).to_be_visible()

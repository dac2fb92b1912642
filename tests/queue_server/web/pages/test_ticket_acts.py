"""What a visitor does on the own page: cancels, is late, rates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.queue_server.web.pages.conftest import Opener
from tests.queue_server.web.pages.live_center import LiveCenter

#: opens a phone at a ticket's page
Phone = Callable[[dict[str, Any]], Page]


@pytest.fixture
def phone(live: LiveCenter, opened: Opener) -> Phone:
    """A phone at the page of a ticket."""

    def at(ticket: dict[str, Any]) -> Page:
        page = opened(width=360, height=640)
        page.goto(live.ticket_page(ticket))
        expect(page.locator("#fresh")).not_to_be_empty()
        return page

    return at


def served(live: LiveCenter) -> dict[str, Any]:
    """Return a ticket whose service has just ended."""
    ticket = live.issue("A02", language="en")
    clerk = live.person("clerk1")
    clerk.post("/windows/1/open")
    clerk.post("/windows/1/call", {"ticket": ticket["id"], "reason": "x"})
    clerk.post(f"/tickets/{ticket['id']}/start")
    clerk.post(f"/tickets/{ticket['id']}/finish")
    return ticket


def newest_event(live: LiveCenter, kind: str) -> dict[str, Any]:
    """Return the log's newest event of a kind."""
    supervisor = live.person("supervisor")
    head = supervisor.get("/events?after=0&limit=1")["head"]
    events = supervisor.get(f"/events?after={max(0, head - 50)}&limit=50")["events"]
    return dict(next(event for event in reversed(events) if event["type"] == kind))


def state_of(live: LiveCenter, ticket: dict[str, Any]) -> dict[str, Any]:
    """Return what the server knows of a ticket."""
    return dict(live.person("supervisor").get(f"/tickets/{ticket['id']}"))


def test_cancelling_asks_once_in_the_page(live: LiveCenter, phone: Phone) -> None:
    """The first press only asks, with the focus on the question; the second one cancels."""
    ticket = live.issue("A02", language="en")
    page = phone(ticket)
    page.click("#cancel")
    expect(page.locator("#ask")).to_be_focused()
    expect(page.locator("#ask-text")).to_contain_text("You will lose your place")
    assert state_of(live, ticket)["state"] == "waiting"
    page.click("#ask-yes")
    expect(page.locator("#state")).to_have_text("This ticket is cancelled")
    expect(page.locator("#keys")).to_be_hidden()
    assert state_of(live, ticket)["state"] == "cancelled"


@pytest.mark.parametrize("leave", ["#ask-no", "Escape"])
def test_a_question_may_be_left(live: LiveCenter, phone: Phone, leave: str) -> None:
    """No and Escape change nothing, and the focus is back where it was."""
    ticket = live.issue("A02", language="en")
    page = phone(ticket)
    page.click("#cancel")
    if leave == "Escape":
        page.keyboard.press("Escape")
    else:
        page.click(leave)
    expect(page.locator("#cancel")).to_be_focused()
    assert state_of(live, ticket)["state"] == "waiting"


def test_who_is_late_steps_behind_three_once(live: LiveCenter, phone: Phone) -> None:
    """The page explains it, does it, shows the new place, and offers it no more."""
    ticket = live.issue("A02", language="en")
    for _ in range(5):
        live.issue("A02")
    page = phone(ticket)
    expect(page.locator("#ahead")).to_have_text("You are next")
    page.click("#late")
    expect(page.locator("#ask-text")).to_contain_text("3 others will go before you")
    page.click("#ask-yes")
    expect(page.locator("#ahead")).to_have_text("Ahead of you: 3")
    expect(page.locator("#was-late")).to_be_visible()
    expect(page.locator("#late")).to_be_hidden()
    expect(page.locator("#cancel")).to_be_visible()


@pytest.mark.parametrize(
    ("status", "code", "said"),
    [
        (409, "already_late", "You can say only once that you are late"),
        (409, "transition_not_allowed", "This is not possible now"),
        (500, "internal_error", "It was not sent. Please try again."),
    ],
)
def test_a_refusal_is_said_in_plain_words(
    live: LiveCenter, phone: Phone, status: int, code: str, said: str
) -> None:
    """Whatever the server answers, the visitor reads a sentence, and the page goes on."""
    page = phone(live.issue("A02", language="en"))
    refusal = f'{{"code": "{code}"}}'
    page.route("**/late?*", lambda route: route.fulfill(status=status, body=refusal))
    page.click("#late")
    page.click("#ask-yes")
    expect(page.locator("#trouble")).to_have_text(said)
    expect(page.locator("#keys")).to_be_visible()


def test_a_lost_answer_acts_once(live: LiveCenter, phone: Phone) -> None:
    """When the answer gets lost the page tries again under the same key."""
    ticket = live.issue("A02", language="en")
    page = phone(ticket)
    keys: list[str] = []

    def lose_the_first(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) == 1:
            route.abort()
        else:
            route.continue_()

    page.route("**/cancel?*", lose_the_first)
    page.click("#cancel")
    page.click("#ask-yes")
    expect(page.locator("#state")).to_have_text("This ticket is cancelled")
    assert (len(keys), len(set(keys))) == (2, 1)


def test_one_touch_rates(live: LiveCenter, phone: Phone) -> None:
    """A face sends the rating at once, the page thanks and asks no more, also after a reload."""
    page = phone(served(live))
    page.get_by_role("button", name="Good", exact=True).click()
    expect(page.locator("#rated")).to_have_text("Thank you for your rating!")
    expect(page.locator("#rating")).to_be_hidden()
    rated = newest_event(live, "ticket_rated")
    assert (rated["stars"], rated["demanded"]) == (4, False)
    page.reload()
    expect(page.locator("#rated")).to_be_visible()
    expect(page.locator("#rating")).to_be_hidden()


def test_a_rating_with_its_reason(live: LiveCenter, phone: Phone) -> None:
    """Who says why first sends all of it with a key, and reads what nobody may demand."""
    page = phone(served(live))
    page.click("#rate-more")
    page.check("[value=long_wait]")
    page.fill("#own-words", "  The door\n was shut ")
    expect(page.locator("#demanded-list")).to_be_hidden()
    page.check("#demanded")
    expect(page.locator("#demanded-list li")).to_have_count(3)
    page.get_by_role("button", name="Bad", exact=True).click()
    expect(page.locator("#rating")).to_be_visible()
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#rated")).to_be_visible()
    rated = newest_event(live, "ticket_rated")
    given = (rated["stars"], rated["demanded"], rated["reason"])
    assert given == (2, True, "long_wait: The door was shut")


def test_a_rating_needs_a_face(live: LiveCenter, phone: Phone) -> None:
    """Without one nothing is sent; the page says so and leads there."""
    page = phone(served(live))
    page.click("#rate-more")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#rate-trouble")).to_have_text("Choose one of the faces")
    expect(page.locator(".face").first).to_be_focused()


@pytest.mark.parametrize(
    ("marked", "words", "reason"),
    [
        ([], "", None),
        (["unkind", "unclear"], "", "unkind, unclear"),
        ([], " two\n lines ", "two lines"),
        (["unkind"], "x" * 400, "unkind: " + "x" * 292),
    ],
)
def test_reasons_become_one(
    scripts: Page, marked: list[str], words: str, reason: str | None
) -> None:
    """Ready reasons stand first, own words after them; no more than the server takes."""
    for name in ("ticket_view", "rating"):
        scripts.add_script_tag(url=f"http://pages.test/ticket/{name}.js")
    call = "([marked, words]) => navbatRating.reasonOf(marked, words)"
    assert scripts.evaluate(call, [marked, words]) == reason

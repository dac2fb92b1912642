"""Reception in a browser, on a center that really serves."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from queue_server.system import SteadyClock
from tests.queue_server.web.pages.conftest import Opener
from tests.queue_server.web.pages.live_center import LiveCenter
from tests.queue_server.web.pages.test_looks import CUT, SMALL_TARGETS, faults


@pytest.fixture
def reception(opened: Opener) -> Page:
    """The reception, as the greeter sees it."""
    page = opened("receptionist")
    expect(page.locator(".tile").first).to_be_visible()
    return page


def newest(live: LiveCenter) -> dict[str, Any]:
    """Return the ticket that was issued last."""
    return dict(live.person("receptionist").get("/tickets?recent=1")["tickets"][0])


def book(live: LiveCenter, after: timedelta = timedelta(minutes=2)) -> dict[str, Any]:
    """Return an appointment that was made at the desk."""
    wish = {"service": "A02", "at": (SteadyClock().now() + after).isoformat()}
    reply = live.person("receptionist").post("/tickets/book", wish)
    assert reply.status_code == 201, reply.text
    return dict(reply.json())


def choose(page: Page, ticket: dict[str, Any]) -> None:
    """Choose a ticket in the list of the latest ones."""
    page.click("#view-recent")
    page.locator(".ticket", has_text=ticket["number"]).click()
    expect(page.locator("#chosen-number")).to_have_text(ticket["number"])


def test_a_ticket_with_all_that_was_asked(live: LiveCenter, reception: Page) -> None:
    """Section, service, language, category and need become the ticket; its number is huge."""
    reception.get_by_role("button", name="Civil registry").click()
    reception.locator(".service").nth(1).click()
    reception.check("[name=language][value=ru]")
    reception.select_option("#category", "elderly")
    reception.check("#sign-language")
    reception.click("#issue-key")
    expect(reception.locator("#issued-paper")).to_have_text("Sent to the printer")
    ticket = newest(live)
    expect(reception.locator("#issued-number")).to_have_text(ticket["number"])
    wish = [ticket[name] for name in ("service", "language", "category", "needs")]
    assert wish == ["A02", "ru", "elderly", ["sign_language"]]


def test_the_next_visitor_begins_anew(live: LiveCenter, reception: Page) -> None:
    """Nothing of the last visitor stays: no category, no need, the first language."""
    reception.fill("#search", "A02")
    reception.keyboard.press("Enter")
    reception.select_option("#category", "pregnant")
    reception.check("#sign-language")
    reception.click("#issue-key")
    reception.click("#next-visitor")
    expect(reception.locator("#issue-key")).to_be_disabled()
    expect(reception.locator("#category")).to_have_value("")
    expect(reception.locator("#sign-language")).not_to_be_checked()
    assert newest(live)["category"] == "pregnant"


@pytest.mark.parametrize("typed", ["биометрический", "BIOMETRIC pass", "biometrik", "e02"])
def test_any_name_finds_the_service(reception: Page, typed: str) -> None:
    """A service is found by its name in any language, and by its code."""
    reception.fill("#search", typed)
    expect(reception.locator(".service")).to_have_count(1)
    expect(reception.locator(".service")).to_contain_text("E02")


def test_nothing_found_is_said(reception: Page) -> None:
    """What no service is called finds nothing, and the page says so."""
    reception.fill("#search", "zzzz")
    expect(reception.locator("#nothing-found")).to_be_visible()


def test_a_slip_is_printed_again(live: LiveCenter, reception: Page) -> None:
    """The second slip is asked for at once and counted as a copy."""
    ticket = live.issue("A02")
    choose(reception, ticket)
    reception.click("[data-move=reprint]")
    expect(reception.locator("#chosen-note")).to_have_text("Sent to the printer")
    expect(reception.locator("#chosen-facts")).to_contain_text("Copy 2")


def test_a_category_is_granted_with_a_reason(live: LiveCenter, reception: Page) -> None:
    """Granting a category asks why; the log keeps it."""
    ticket = live.issue("A02")
    choose(reception, ticket)
    reception.click("[data-move=category]")
    reception.locator(".item", has_text="Pregnant woman").click()
    reception.click("#one-done")
    reception.get_by_role("button", name="The document was seen").click()
    expect(reception.locator("#chosen-facts")).to_contain_text("Pregnant woman")
    assert newest(live)["category"] == "pregnant"


def test_a_ticket_is_cancelled_with_own_words(live: LiveCenter, reception: Page) -> None:
    """A reason may be typed; a cancelled ticket has no further moves."""
    ticket = live.issue("A02")
    choose(reception, ticket)
    reception.click("[data-move=cancel]")
    reception.fill("#own-reason", "Taken twice")
    reception.click("#reason-done")
    expect(reception.locator("#chosen-state")).to_have_text("Cancelled")
    expect(reception.locator("#chosen [data-move]:visible")).to_have_count(0)


def test_a_waiting_ticket_is_sent_elsewhere(live: LiveCenter, reception: Page) -> None:
    """The wrong service is put right without a new number."""
    ticket = live.issue("A02")
    choose(reception, ticket)
    reception.click("[data-move=transfer]")
    reception.fill("#one-search", "E01")
    reception.locator(".item").first.click()
    reception.click("#one-done")
    reception.get_by_role("button", name="The wrong service was chosen").click()
    expect(reception.locator("#chosen-note")).to_have_text("Saved")
    assert (newest(live)["number"], newest(live)["service"]) == (ticket["number"], "E01")


def test_a_correction_follows_on_the_new_ticket(live: LiveCenter, reception: Page) -> None:
    """From the number just issued one touch leads to its corrections."""
    reception.fill("#search", "A02")
    reception.keyboard.press("Enter")
    reception.click("#issue-key")
    expect(reception.locator("#issued-number")).to_be_visible()
    reception.click("#correct")
    expect(reception.locator("#chosen-number")).to_have_text(newest(live)["number"])
    expect(reception.locator("[data-move=cancel]")).to_be_visible()


def test_a_refusal_is_said_at_the_key(live: LiveCenter, reception: Page) -> None:
    """A ticket that was called meanwhile cannot be cancelled; the page says so and catches up."""
    ticket = live.issue("A02")
    choose(reception, ticket)
    reception.click("[data-move=cancel]")
    clerk = live.person("clerk1")
    clerk.post("/windows/1/open")
    clerk.post("/windows/1/next")
    reception.get_by_role("button", name="Has left").click()
    expect(reception.locator("#move-trouble")).not_to_be_empty()
    expect(reception.locator("#chosen-state")).to_have_text("Called")


def test_what_marks_a_ticket_stands_in_the_list(live: LiveCenter, reception: Page) -> None:
    """The visitor's language, needs and right are seen without choosing the ticket."""
    ticket = live.issue("A02", language="ru", category="elderly", needs=["sign_language"])
    reception.click("#view-recent")
    marks = reception.locator(".ticket", has_text=ticket["number"]).locator(".ticket__marks")
    expect(marks.locator(".ticket__tongue")).to_have_text("RU")
    expect(marks.get_by_role("img", name="Sign language")).to_be_visible()
    expect(marks.locator(".ticket__mark")).to_have_count(2)


def test_a_note_is_left_at_the_reception(live: LiveCenter, reception: Page) -> None:
    """The drawer shows the visit from its beginning and takes a note for the window."""
    ticket = live.issue("A02")
    choose(reception, ticket)
    reception.click("#chosen-history")
    expect(reception.locator(".step__did")).to_have_text(["Ticket issued"])
    reception.fill("#note-text", "Waits outside")
    reception.get_by_role("button", name="Save the note").click()
    expect(reception.locator(".step--note")).to_contain_text("Waits outside")
    history = live.person("supervisor").get(f"/tickets/{ticket['id']}/history")
    assert [note["text"] for note in history["notes"]] == ["Waits outside"]


def test_an_appointment_is_made_at_the_desk(live: LiveCenter, reception: Page) -> None:
    """Service, day and time make an appointment; its code is shown to be told."""
    reception.fill("#search", "A02")
    reception.keyboard.press("Enter")
    reception.click("#book-key")
    free = reception.locator("#booking-times .choice")
    expect(free.first).to_be_visible()
    time = free.first.inner_text()
    free.first.click()
    reception.click("#booking-done")
    expect(reception.locator("#issued-say")).to_contain_text(time)
    expect(reception.locator("#issued-code-text")).to_have_text(re.compile(r"^[0-9A-Z]{8}$"))
    expect(reception.locator("#issued-facts")).to_be_hidden()


def test_a_booking_left_open_books_nothing(reception: Page) -> None:
    """Escape leaves the question, and the draft stays as it was."""
    reception.fill("#search", "A02")
    reception.keyboard.press("Enter")
    reception.click("#book-key")
    expect(reception.locator("#booking-times .choice").first).to_be_visible()
    reception.keyboard.press("Escape")
    expect(reception.locator("#booking")).to_be_hidden()
    expect(reception.locator("#issue-key")).to_be_enabled()
    expect(reception.locator("#issued")).to_be_hidden()


def test_a_lost_server_is_said(live: LiveCenter, reception: Page) -> None:
    """When the list cannot be read, a banner tells from when it is; later it is gone."""
    reception.route("**/api/v1/tickets?recent=*", lambda route: route.fulfill(status=500))
    expect(reception.locator("#banner")).to_be_visible(timeout=20_000)
    reception.unroute("**/api/v1/tickets?recent=*")
    expect(reception.locator("#banner")).to_be_hidden(timeout=20_000)


def test_a_booked_visitor_is_checked_in_by_the_code(live: LiveCenter, reception: Page) -> None:
    """Small letters, a dash and Enter do; the number is told, and the visitor waits."""
    booked = book(live)
    code = booked["code"].lower()
    reception.click("#view-recent")
    reception.fill("#code", f"{code[:4]}-{code[4:]}")
    reception.keyboard.press("Enter")
    expect(reception.locator("#code-answer")).to_contain_text(booked["number"])
    expect(reception.locator("#chosen-number")).to_have_text(booked["number"])
    expect(reception.locator("#chosen-state")).to_have_text("Waiting")
    expect(reception.locator("#code")).to_have_value("")
    expect(reception.locator("#code")).to_be_focused()


def test_a_code_that_opens_nothing_is_said(live: LiveCenter, reception: Page) -> None:
    """An unknown code, one of another day and one used before each have their own sentence."""
    other_day, used = book(live, timedelta(days=2)), book(live)
    live.person("receptionist").post("/check-in", {"code": used["code"]})
    reception.click("#view-recent")
    for code, sentence in (
        ("ZZZZ-ZZZZ", "There is no appointment with this code"),
        (other_day["code"], "This belongs to another day"),
        (used["code"], "This appointment is checked in already"),
    ):
        reception.fill("#code", code)
        reception.keyboard.press("Enter")
        expect(reception.locator("#code-trouble")).to_have_text(sentence)
        expect(reception.locator("#code-answer")).to_be_empty()


def test_a_booked_visitor_is_checked_in_from_the_list(live: LiveCenter, reception: Page) -> None:
    """Who comes without the code is found by the number."""
    booked = book(live)
    choose(reception, booked)
    reception.click("[data-move=check-in]")
    expect(reception.locator("#chosen-note")).to_contain_text("the visitor now waits")
    expect(reception.locator("#chosen-state")).to_have_text("Waiting")
    expect(reception.locator("[data-move=check-in]")).to_be_hidden()


def test_an_appointment_is_given_back_with_a_reason(live: LiveCenter, reception: Page) -> None:
    """An appointment is unbooked, and the visit tells so."""
    booked = book(live)
    choose(reception, booked)
    expect(reception.locator("[data-move=cancel]")).to_be_hidden()
    reception.click("[data-move=unbook]")
    reception.get_by_role("button", name="The visitor asked").click()
    expect(reception.locator("#chosen-state")).to_have_text("Cancelled")
    history = live.person("supervisor").get(f"/tickets/{booked['id']}/history")
    assert history["events"][-1]["type"] == "ticket_unbooked"


def test_an_appointment_of_another_day_cannot_come_yet(reception: Page) -> None:
    """It may be given back at once, but checks in on its own day only."""
    reception.fill("#search", "A02")
    reception.keyboard.press("Enter")
    reception.click("#book-key")
    last = reception.locator("#booking-day option:not([disabled])").last.get_attribute("value")
    reception.select_option("#booking-day", last)
    reception.locator("#booking-times .choice").last.click()
    reception.click("#booking-done")
    reception.click("#correct")
    expect(reception.locator("[data-move=unbook]")).to_be_visible()
    expect(reception.locator("[data-move=check-in]")).to_be_hidden()


def test_a_service_is_added_to_a_visit(live: LiveCenter, reception: Page) -> None:
    """One more service joins a ticket that waits, and is shown as still to come."""
    ticket = live.issue("A02")
    choose(reception, ticket)
    reception.click("[data-move=leg]")
    reception.fill("#one-search", "E01")
    reception.locator(".item").first.click()
    reception.click("#one-done")
    expect(reception.locator("#chosen-note")).to_have_text("Saved")
    assert [leg["service"] for leg in newest(live)["legs"]] == ["A02", "E01"]
    name = reception.locator("#chosen-facts .chip", has=reception.locator("[href$='#add']"))
    expect(name).to_have_count(1)


def test_a_supervisor_finds_no_key_that_is_refused(live: LiveCenter, opened: Opener) -> None:
    """Without the right to issue or to book there is only the list."""
    ticket = live.issue("A02")
    page = opened("supervisor")
    page.goto(f"{live.url}/reception?lang=en")
    expect(page.locator("#view-recent")).to_have_attribute("aria-selected", "true")
    choose(page, ticket)
    expect(page.locator("[data-move=cancel]")).to_be_visible()
    expect(page.locator("[data-move=leg]")).to_have_count(0)
    expect(page.get_by_role("button", name="Issue a ticket")).to_have_count(0)
    expect(page.get_by_role("tab", name="Book a time")).to_be_hidden()
    expect(page.locator("#draft")).to_be_hidden()


@pytest.mark.parametrize("language", ["ru", "kaa"])
def test_an_arrival_fits(live: LiveCenter, opened: Opener, language: str) -> None:
    """The code's field and a booked ticket's keys fit every screen, and everyone can use them."""
    booked = book(live)
    page = opened("receptionist", language=language)
    page.click("#view-recent")
    page.locator(".ticket", has_text=booked["number"]).click()
    expect(page.locator("[data-move=check-in]")).to_be_visible()
    for width, height in ((1280, 720), (768, 1024), (320, 640)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(CUT) == [], width
        assert page.evaluate(SMALL_TARGETS) == [], width
        assert faults(page) == [], width
    page.fill("#code", booked["code"])
    page.keyboard.press("Enter")
    expect(page.locator("#code-answer")).to_contain_text(booked["number"])
    assert page.evaluate(CUT) == []

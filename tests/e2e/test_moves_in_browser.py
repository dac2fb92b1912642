"""Every move of a ticket in a real browser: by each role that may, refused to each that may not."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Page, expect

from queue_server.system import SteadyClock
from tests.e2e.moves import CASHIER, OTHER, SERVICE, Ask, Stage, asked, because, key, offered, pick
from tests.queue_server.web.pages.live_center import LiveCenter

pytestmark = pytest.mark.xdist_group("moves")
#: a visitor has so long to come, in seconds: the shortest that the rules know
GAP: Final = 1
STAFF: Final = frozenset({"clerk", "receptionist", "supervisor"})
DESK: Final = frozenset({"receptionist", "supervisor"})
WINDOW: Final = frozenset({"clerk", "supervisor"})
#: move → (the call, what it says, the roles that may); {id} is a ticket that waits
MOVES: Final[dict[str, tuple[str, dict[str, Any], frozenset[str]]]] = {
    "issue": ("/tickets", {"service": SERVICE}, frozenset({"receptionist"})),
    "book": ("/tickets/book", {"service": SERVICE, "at": "2099-01-01T09:00:00Z"}, DESK),
    "unbook": ("/tickets/{id}/unbook", {}, DESK),
    "check in": ("/tickets/{id}/check-in", {}, DESK),
    "check in by code": ("/check-in", {"code": "AAAA2222"}, DESK),
    "call next": ("/windows/1/next", {}, WINDOW),
    "call this one": ("/windows/1/call", {"ticket": "{id}", "reason": "why"}, WINDOW),
    "recall": ("/tickets/{id}/recall", {}, WINDOW),
    "start": ("/tickets/{id}/start", {}, WINDOW),
    "return": ("/tickets/{id}/return", {}, WINDOW),
    "no-show": ("/tickets/{id}/no-show", {}, WINDOW),
    "hold": ("/tickets/{id}/hold", {"reason": "why"}, WINDOW),
    "resume": ("/tickets/{id}/resume", {}, WINDOW),
    "finish": ("/tickets/{id}/finish", {}, WINDOW),
    "undo": ("/tickets/{id}/undo", {}, WINDOW),
    "revive": ("/tickets/{id}/revive", {}, STAFF),
    "transfer": ("/tickets/{id}/transfer", {"to_service": OTHER}, DESK),
    "add a leg": ("/tickets/{id}/leg", {"service": OTHER}, frozenset({"receptionist"})),
    "category": ("/tickets/{id}/category", {"category": "elderly", "reason": "why"}, DESK),
    "confirm papers": ("/tickets/{id}/confirm", {"confirmed": True}, DESK),
    "cancel": ("/tickets/{id}/cancel", {"reason": "why"}, DESK),
    "note": ("/tickets/{id}/note", {"text": "a note"}, STAFF),
    "late": ("/tickets/{id}/late", {}, frozenset()),
    "rate": ("/tickets/{id}/rating", {"stars": 5}, frozenset()),
    "open a window": ("/windows/1/open", {}, WINDOW),
    "break": ("/windows/1/pause", {}, WINDOW),
    "wrap up": ("/windows/1/wrap-up", {}, WINDOW),
    "close a window": ("/windows/1/close", {}, WINDOW),
    "duty": ("/windows/1/duty", {"groups": ["A"], "reason": "why"}, frozenset({"supervisor"})),
    "end a duty": ("/windows/1/duty/end", {"reason": "why"}, frozenset({"supervisor"})),
    "message": ("/windows/1/message", {"text": "a word"}, frozenset({"supervisor"})),
    "stop issuing": (
        "/issuing/close",
        {"service": OTHER, "reason": "technical"},
        frozenset({"supervisor"}),
    ),
    "issue again": ("/issuing/open", {"service": OTHER}, frozenset({"supervisor"})),
    "suspend": ("/hall/suspend", {"reason": "technical"}, frozenset({"supervisor"})),
    "resume the hall": ("/hall/resume", {}, frozenset({"supervisor"})),
    "close the day": ("/day/close", {}, frozenset({"supervisor"})),
}
#: of the visitor with the own ticket's key
OWN: Final = frozenset({"unbook", "cancel", "late", "rate"})
#: what the keys of moves are called on the pages, and the roles that see them
KEYS: Final[dict[str, frozenset[str]]] = {
    "Issue a ticket": DESK,
    "Book a time": DESK,
    "Papers seen": STAFF,
    "Next": WINDOW,
    "Call again": WINDOW,
    "Start": WINDOW,
    "Finish": WINDOW,
    "No-show": WINDOW,
    "Put on hold": WINDOW,
    "Back to the queue": WINDOW,
    "Undo": WINDOW,
    "Wrap up": WINDOW,
    "Take a break": WINDOW,
    "Transfer": STAFF,
    "Add a service": frozenset({"clerk", "receptionist"}),
    "Change the category": DESK,
    "Put back in the queue": STAFF,
    "Cancel the ticket": DESK,
    "Cancel the appointment": DESK,
    "Check in": DESK,
    "Stop issuing tickets": frozenset({"supervisor"}),
    "Suspend the hall": frozenset({"supervisor"}),
    "Close the day": frozenset({"supervisor"}),
}


@pytest.fixture(scope="module")
def theatre(
    browser: Browser, prepared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """A center of this module's own, where a no-show needs no long patience."""
    folder = tmp_path_factory.mktemp("moves") / "center"
    center = LiveCenter(Path(shutil.copytree(prepared, folder)))
    center.start()
    made = Stage(browser, center, center.person("supervisor"))
    made.change_rules(no_show_gap_seconds=GAP)
    yield made
    made.close()
    center.kill()


@pytest.fixture
def stage(theatre: Stage) -> Iterator[Stage]:
    """The center; after the test nobody waits and every window is closed."""
    yield theatre
    theatre.clear()


@pytest.fixture
def panel(stage: Stage) -> Page:
    """The panel of window 1, opened by its clerk."""
    page = stage.at_work("clerk1")
    page.reload()
    key(page, "Open the window").click()
    expect(page.get_by_text("The window is open")).to_be_visible()
    return page


@pytest.fixture
def reception(stage: Stage) -> Page:
    """The reception at its first view."""
    page = stage.at_work("receptionist")
    page.reload()
    return page


@pytest.fixture
def floor(stage: Stage) -> Page:
    """The floor, with all windows."""
    page = stage.at_work("supervisor")
    page.reload()
    expect(page.get_by_role("list").get_by_role("button", name="Window 12")).to_be_visible()
    return page


def call(stage: Stage, panel: Page, **wish: Any) -> dict[str, Any]:
    """Issue a ticket and call it with Next."""
    ticket = stage.issue(**wish)
    expect(panel.locator("#waiting")).to_contain_text(ticket["number"])
    key(panel, "Next").click()
    in_hand(panel, ticket)
    return ticket


def in_hand(panel: Page, ticket: dict[str, Any], state: str = "Called") -> None:
    """Wait until a ticket is in hand."""
    expect(panel.locator("#number")).to_have_text(ticket["number"])
    expect(panel.locator("#state")).to_have_text(state)


def free(panel: Page) -> None:
    """Wait until nobody is in hand."""
    expect(panel.get_by_text("No ticket in hand")).to_be_visible()


# --- the clerk at the own window -----------------------------------------------------------------


def test_a_clerk_calls_serves_and_finishes(stage: Stage, panel: Page) -> None:
    """Call next, recall, start, finish with outcome and delivery; then wrap-up, and ready."""
    ticket = call(stage, panel)
    key(panel, "Call again").click()
    expect(panel.locator("#facts")).to_contain_text("Calls: 2")
    key(panel, "Start").click()
    in_hand(panel, ticket, "Being served")
    panel.get_by_role("radio", name="By post").check(force=True)
    key(panel, "Finish").click()
    free(panel)
    ended = stage.last(ticket)
    assert (ended["type"], ended["outcome"], ended["delivery"]) == (
        "ticket_finished",
        "solved",
        "post",
    )
    key(panel, "Wrap up").click()
    expect(panel.locator("#nobody-say")).to_have_text("Finishing the papers")
    key(panel, "Ready").click()
    free(panel)


def test_next_ends_the_visit_in_hand(stage: Stage, panel: Page) -> None:
    """Next finishes one ticket and calls another in one press."""
    first = call(stage, panel)
    key(panel, "Start").click()
    in_hand(panel, first, "Being served")
    second = call(stage, panel)
    assert stage.now(first)["state"] == "finished"
    assert stage.now(second)["state"] == "called"


def test_a_clerk_calls_out_of_order_gives_back_and_undoes(stage: Stage, panel: Page) -> None:
    """The reason is kept; the ticket gets its place again; undo takes the last move back."""
    first, second = stage.issue(), stage.issue()
    key(panel, f"Call this one {second['number']}").click()
    because(panel, "Feels unwell")
    in_hand(panel, second)
    called = stage.last(second)
    assert (called["reason"], called["rule_rank"]) == ("Feels unwell", 2)
    key(panel, "Back to the queue").click()
    free(panel)
    assert stage.last(second)["type"] == "ticket_returned"
    key(panel, "Undo").click()
    in_hand(panel, second)
    key(panel, "Back to the queue").click()
    key(panel, "Next").click()
    in_hand(panel, first)


def test_who_does_not_come_is_missed_and_comes_back(stage: Stage, panel: Page) -> None:
    """A no-show after the least call time; the clerk puts it back, or calls it again."""
    ticket = call(stage, panel)
    missed = key(panel, "No-show")
    expect(missed).to_be_enabled(timeout=10_000)
    missed.click()
    aside = panel.locator("#parked .row", has_text=ticket["number"])
    expect(aside).to_contain_text("No-show")
    key(aside, "Put back in the queue").click()
    expect(panel.locator("#waiting")).to_contain_text(ticket["number"])
    assert stage.last(ticket)["type"] == "ticket_revived"


def test_after_so_many_calls_a_no_show_comes_by_itself(stage: Stage, panel: Page) -> None:
    """The system notes it: the third call was the last one."""
    ticket = call(stage, panel)
    for calls in (2, 3):
        key(panel, "Call again").click()
        expect(panel.locator("#facts")).to_contain_text(f"Calls: {calls}")
    aside = panel.locator("#parked .row", has_text=ticket["number"])
    expect(aside).to_contain_text("No-show", timeout=15_000)
    missed = stage.last(ticket)
    assert (missed["type"], missed["by"]["kind"]) == ("ticket_missed", "system")


def test_a_clerk_holds_with_a_timer_and_resumes(stage: Stage, panel: Page) -> None:
    """The row tells until when and why; one key calls the visitor back."""
    ticket = call(stage, panel)
    key(panel, "Put on hold").click()
    panel.get_by_role("radio", name="10 min", exact=True).check(force=True)
    because(panel, "Went to pay")
    aside = panel.locator("#parked .row", has_text=ticket["number"])
    expect(aside).to_contain_text(re.compile(r"until \d\d:\d\d.*Went to pay"))
    key(aside, "Resume").click()
    in_hand(panel, ticket)
    assert stage.last(ticket)["type"] == "ticket_resumed"


def test_a_clerk_sends_to_the_cashier_and_gets_back(stage: Stage, panel: Page) -> None:
    """A transfer with return: what the cashier finishes waits at the sender's window."""
    ticket = call(stage, panel)
    key(panel, "Transfer").click()
    panel.get_by_role("checkbox", name="And then back to me").check(force=True)
    pick(panel, CASHIER, "Transfer")
    free(panel)
    assert stage.now(ticket)["service"] == CASHIER
    cashier = next(
        window["number"]
        for window in stage.kiosk().get("/catalogue")["windows"]
        if CASHIER in window["services"] and window["number"] > 2
    )
    clerk = stage.center.person(f"clerk{cashier}")
    for path, said in (
        (f"/windows/{cashier}/open", {}),
        (f"/windows/{cashier}/call", {"ticket": ticket["id"], "reason": "the test"}),
        (f"/tickets/{ticket['id']}/start", {}),
        (f"/tickets/{ticket['id']}/finish", {}),
    ):
        assert clerk.post(path, said).ok, path
    key(panel, "Next").click()
    in_hand(panel, ticket)
    assert stage.now(ticket)["service"] == SERVICE


def test_a_clerk_adds_a_service_and_a_note(stage: Stage, panel: Page) -> None:
    """The visit goes on at the other service, and the note with it."""
    ticket = call(stage, panel)
    panel.get_by_role("button", name="Note", exact=True).click()
    panel.get_by_role("textbox", name="A note for colleagues").fill("Brings the photo later")
    key(panel, "Save the note").click()
    expect(panel.locator(".step--note")).to_contain_text("Brings the photo later")
    panel.keyboard.press("Escape")
    key(panel, "Add a service").click()
    pick(panel, OTHER, "Add a service")
    expect(panel.get_by_role("list", name="Service").get_by_role("listitem")).to_have_count(2)
    key(panel, "Start").click()
    in_hand(panel, ticket, "Being served")
    key(panel, "Finish").click()
    free(panel)
    after = stage.now(ticket)
    assert (after["state"], after["service"]) == ("waiting", OTHER)


def test_a_clerk_sees_papers_takes_a_break_and_closes(stage: Stage, panel: Page) -> None:
    """The claimed category is granted at the window; the break has its reason."""
    ticket = call(stage, panel, category="disability_child")
    key(panel, "Papers seen").click()
    expect(key(panel, "Papers seen")).to_be_hidden()
    assert stage.now(ticket)["category"] == "disability_child"
    key(panel, "Back to the queue").click()
    key(panel, "Take a break").click()
    because(panel, "Lunch")
    expect(panel.locator("#shift")).to_have_text("The window is on a break")
    key(panel, "Back to work").click()
    expect(panel.locator("#shift")).to_have_text("The window is open")
    key(panel, "Close the window").click()
    expect(panel.locator("#shift")).to_have_text("The window is closed")


# --- the reception -------------------------------------------------------------------------------


def choose(reception: Page, ticket: dict[str, Any]) -> None:
    """Choose a ticket among the latest ones."""
    reception.get_by_role("tab", name="Latest tickets").click()
    reception.get_by_role("button", name=re.compile(f"^{ticket['number']}")).click()
    expect(reception.get_by_role("heading", name=ticket["number"])).to_be_visible()


def wish(reception: Page, service: str = SERVICE) -> None:
    """Choose a service by its code."""
    reception.get_by_role("tab", name="Issue a ticket").click()
    reception.get_by_role("searchbox", name="Find a service").fill(service)
    reception.keyboard.press("Enter")


def newest(stage: Stage) -> dict[str, Any]:
    """Return the ticket that was issued last."""
    read = "async () => (await fetch('/api/v1/tickets?recent=1')).json()"
    return dict(stage.at_work("receptionist").evaluate(read)["tickets"][0])


def test_reception_issues_and_notes(stage: Stage, reception: Page) -> None:
    """A ticket for who asks, and a word for the window."""
    wish(reception)
    key(reception, "Issue a ticket").click()
    expect(reception.locator("#issued-number")).to_have_text(re.compile(r"\w+"))
    ticket = newest(stage)
    expect(reception.locator("#issued-number")).to_have_text(ticket["number"])
    assert (ticket["state"], ticket["service"]) == ("waiting", SERVICE)
    choose(reception, ticket)
    key(reception, "History of the visit").click()
    reception.get_by_role("textbox", name="A note for colleagues").fill("Waits outside")
    key(reception, "Save the note").click()
    expect(reception.locator(".step--note")).to_contain_text("Waits outside")
    reception.keyboard.press("Escape")


def test_reception_books_and_gives_back(stage: Stage, reception: Page) -> None:
    """A free time of the grid becomes an appointment, and is free again with a reason."""
    wish(reception)
    key(reception, "Book a time").click()
    question = reception.get_by_role("dialog")
    question.get_by_role("radio").first.check(force=True)
    key(question, "Book a time").click()
    expect(reception.locator("#issued-code-text")).to_have_text(re.compile(r"^[0-9A-Z]{8}$"))
    key(reception, "Correct").click()
    booked = newest(stage)
    key(reception, "Cancel the appointment").click()
    because(reception, "The visitor asked")
    expect(reception.locator("#chosen-state")).to_have_text("Cancelled")
    given = stage.last(booked)
    assert (given["type"], given["reason"]) == ("ticket_unbooked", "The visitor asked")


def book_soon(reception: Page, minutes: int) -> dict[str, Any]:
    """Make an appointment of today, at the desk and outside of the grid."""
    soon = (SteadyClock().now() + timedelta(minutes=minutes)).isoformat()
    ((status, booked),) = asked(reception, ("/tickets/book", {"service": SERVICE, "at": soon}))
    assert (status, booked["state"]) == (201, "booked")
    return dict(booked)


def test_reception_checks_in_and_adds_a_service(stage: Stage, reception: Page) -> None:
    """By the code that the visitor tells, or the ticket that was chosen; one more service joins."""
    told, shown = book_soon(reception, 2), book_soon(reception, 3)
    reception.get_by_role("tab", name="Latest tickets").click()
    reception.get_by_role("textbox", name="Appointment code").fill(told["code"])
    key(reception, "Check in").click()
    expect(reception.get_by_text(f"{told['number']}: checked in")).to_be_visible()
    key(reception, "Add a service").click()
    pick(reception, OTHER, "Add a service")
    expect(reception.locator("#chosen-note")).to_have_text("Saved")
    here = stage.now(told)
    assert (here["state"], len(here["legs"])) == ("waiting", 2)
    choose(reception, shown)
    key(reception.get_by_role("region", name=shown["number"]), "Check in").click()
    expect(reception.locator("#chosen-state")).to_have_text("Waiting")
    assert stage.last(shown)["type"] == "ticket_checked_in"


def test_reception_corrects_what_waits(stage: Stage, reception: Page) -> None:
    """Category, transfer and cancel, each with its reason."""
    ticket = stage.issue()
    choose(reception, ticket)
    key(reception, "Change the category").click()
    pick(reception, "Pregnant woman", "Confirm")
    because(reception, "The document was seen")
    expect(reception.locator("#chosen-facts")).to_contain_text("Pregnant woman")
    assert stage.last(ticket)["reason"] == "The document was seen"
    key(reception, "Transfer").click()
    pick(reception, OTHER, "Transfer")
    with reception.expect_response("**/transfer"):
        because(reception, "The wrong service was chosen")
    assert stage.now(ticket)["service"] == OTHER
    key(reception, "Cancel the ticket").click()
    because(reception, "Has left")
    expect(reception.locator("#chosen-state")).to_have_text("Cancelled")
    assert stage.last(ticket)["reason"] == "Has left"


def test_reception_revives_and_sees_papers(stage: Stage, panel: Page, reception: Page) -> None:
    """Who was missed waits again at the old place; a claimed category is granted."""
    ticket = call(stage, panel)
    expect(key(panel, "No-show")).to_be_enabled(timeout=10_000)
    key(panel, "No-show").click()
    free(panel)
    choose(reception, ticket)
    key(reception, "Put back in the queue").click()
    expect(reception.locator("#chosen-state")).to_have_text("Waiting")
    claimed = stage.issue(category="disability_child")
    reception.get_by_role("tab", name="Papers to see").click()
    key(reception, f"Papers seen: {claimed['number']}").click()
    expect(reception.get_by_text("No papers to see")).to_be_visible()
    assert stage.now(claimed)["category"] == "disability_child"


# --- the supervisor on the floor -----------------------------------------------------------------


def window(floor: Page, number: int, move: str) -> None:
    """Press a key of a window's sheet."""
    floor.get_by_role("button", name=re.compile(f"^Window {number}\\b")).click()
    key(floor.get_by_role("dialog"), move).click()


def visit(floor: Page, ticket: dict[str, Any], move: str) -> None:
    """Press a key of a ticket's sheet."""
    floor.get_by_role("tabpanel").get_by_role("button", name=re.compile(ticket["number"])).click()
    key(floor.get_by_role("dialog"), move).click()


def hall(floor: Page, move: str) -> None:
    """Choose from the hall's menu."""
    floor.locator("summary", has_text="Hall controls").click()
    key(floor, move).click()


def card(floor: Page, number: int) -> Any:
    """Return a window's card."""
    return floor.get_by_role("button", name=re.compile(f"^Window {number}\\b"))


def test_a_supervisor_opens_breaks_and_closes_a_window(stage: Stage, floor: Page) -> None:
    """For a clerk, with a reason each time."""
    name = stage.center.someone("clerk3").name
    window(floor, 3, "Open the window")
    pick(floor, name, "Open the window")
    because(floor, "The queue has grown")
    expect(card(floor, 3)).to_contain_text(name)
    window(floor, 3, "Send on a break")
    because(floor, "A meeting")
    expect(card(floor, 3)).to_contain_text("A meeting")
    window(floor, 3, "End the break")
    expect(card(floor, 3)).to_contain_text("Free")
    window(floor, 3, "Close the window")
    because(floor, "The shift is over")
    expect(card(floor, 3)).to_contain_text("Closed")


def test_a_supervisor_changes_what_a_window_takes(stage: Stage, floor: Page) -> None:
    """A duty for today with its reason, and back to the plan."""
    window(floor, 12, "Change what it takes")
    floor.locator("[name=group-A][value='1']").check(force=True)
    key(floor.get_by_role("dialog"), "Go on").click()
    because(floor, "In place of a colleague")
    expect(card(floor, 12)).to_contain_text("For today")
    window(floor, 12, "Change what it takes")
    key(floor.get_by_role("dialog"), "Back to the plan").click()
    because(floor, "The queue has grown")
    expect(card(floor, 12)).not_to_contain_text("For today")


def test_a_supervisor_writes_to_a_clerk(stage: Stage, panel: Page, floor: Page) -> None:
    """The word stands on the clerk's panel until it was read."""
    window(floor, 1, "Write to the clerk")
    floor.get_by_role("textbox", name="Message").fill("Please help window 2")
    key(floor, "Send").click()
    word = panel.get_by_role("list", name="Messages").get_by_role("listitem")
    expect(word).to_contain_text("Please help window 2")
    word.get_by_role("button", name="Read").click()
    expect(word).to_have_count(0)


def test_a_supervisor_moves_who_waits(stage: Stage, panel: Page, floor: Page) -> None:
    """Call this one to a window, give it back, transfer, category, cancel: each with its reason."""
    one, two = stage.issue(), stage.issue()
    visit(floor, two, "Call this one")
    pick(floor, "Window 1", "Call this one")
    because(floor, "Came after the call")
    in_hand(panel, two)
    assert stage.last(two)["by"]["login"] == "supervisor"
    window(floor, 1, f"Back to the queue · {two['number']}")
    because(floor, "Issued by mistake")
    free(panel)
    visit(floor, one, "Change category")
    pick(floor, "Pregnant woman", "Change category")
    because(floor, "The document was seen")
    expect(floor.get_by_role("button", name=re.compile(one["number"]))).to_contain_text("Pregnant")
    visit(floor, one, "Transfer")
    pick(floor, OTHER, "Transfer")
    because(floor, "The wrong service was chosen")
    expect(panel.locator("#waiting")).not_to_contain_text(one["number"])
    visit(floor, one, "Cancel the ticket")
    because(floor, "Has left")
    expect(floor.get_by_role("button", name=re.compile(one["number"]))).to_have_count(0)
    assert (stage.now(one)["state"], stage.last(one)["reason"]) == ("cancelled", "Has left")


def test_a_supervisor_resumes_and_revives(stage: Stage, panel: Page, floor: Page) -> None:
    """Who was set aside at a window comes back to it; who was missed waits again."""
    ticket = call(stage, panel)
    key(panel, "Put on hold").click()
    because(panel, "Went to pay")
    free(panel)
    floor.get_by_role("tab", name="Set aside").click()
    visit(floor, ticket, "Resume")
    in_hand(panel, ticket)
    expect(key(panel, "No-show")).to_be_enabled(timeout=10_000)
    key(panel, "No-show").click()
    visit(floor, ticket, "Put back in the queue")
    expect(panel.locator("#waiting")).to_contain_text(ticket["number"])
    floor.get_by_role("tab", name="Waiting").click()


def test_a_supervisor_stops_the_tickets_of_a_service(stage: Stage, floor: Page) -> None:
    """The kiosk is refused with the reason, until tickets are issued again."""
    hall(floor, "Stop issuing tickets")
    question = floor.get_by_role("dialog")
    question.get_by_role("radio", name="Services").check(force=True)
    pick(floor, "U01", "Stop issuing tickets")
    question.get_by_role("radio", name="The state information system").check(force=True)
    key(question, "Stop issuing tickets").click()
    expect(floor.get_by_role("list").get_by_text("No tickets: ")).to_be_visible()
    refused = stage.kiosk().post("/tickets", {"service": "U01"})
    assert (refused.status_code, refused.json()["code"]) == (409, "service_closed")
    assert refused.json()["reason"] == "system_down"
    hall(floor, "Issue tickets again")
    question.get_by_role("radio").first.check(force=True)
    key(question, "Issue tickets again").click()
    expect(floor.get_by_text("No tickets: ")).to_have_count(0)
    assert stage.issue("U01")["state"] == "waiting"


def test_a_supervisor_suspends_the_hall_and_ends_the_day(
    stage: Stage, panel: Page, floor: Page
) -> None:
    """Nobody is issued or called meanwhile; the day's close lets every open ticket expire."""
    waiting = stage.issue()
    hall(floor, "Suspend the hall")
    question = floor.get_by_role("dialog")
    question.get_by_role("radio").first.check(force=True)
    key(question, "Suspend the hall").click()
    expect(panel.get_by_text("The hall stands still; the queue is kept")).to_be_visible()
    refused = stage.kiosk().post("/tickets", {"service": SERVICE})
    assert (refused.status_code, refused.json()["code"]) == (409, "hall_suspended")
    hall(floor, "Resume the hall")
    key(question, "Resume the hall").click()
    expect(panel.get_by_text("The hall stands still; the queue is kept")).to_be_hidden()
    assert stage.now(waiting)["state"] == "waiting"
    hall(floor, "Close the day")
    key(question, "Close the day").click()
    expect(panel.locator("#shift")).to_have_text("The window is closed")
    assert stage.now(waiting)["state"] == "expired"
    refused = stage.kiosk().post("/tickets", {"service": SERVICE})
    assert (refused.status_code, refused.json()["code"]) == (409, "day_closed")
    ((status, _),) = asked(floor, ("/hall/resume", {}))
    assert status == 200
    expect(floor.get_by_text("The day is closed: no new tickets.")).to_be_hidden()


def test_a_supervisor_at_the_reception_issues_nothing(stage: Stage, floor: Page) -> None:
    """The page is shown, without the keys that are the reception's alone."""
    page = floor.context.new_page()
    page.goto(f"{stage.center.url}/reception")
    choose(page, stage.issue())
    expect(key(page, "Cancel the ticket")).to_be_visible()
    for name in ("Issue a ticket", "Add a service"):
        expect(key(page, name)).to_have_count(0)
    page.close()


# --- the visitor ---------------------------------------------------------------------------------


def test_a_visitor_is_late_cancels_and_rates(stage: Stage, panel: Page) -> None:
    """On the own ticket's page, by the key of its slip and nothing else."""
    late, *_ = (stage.issue() for _ in range(5))
    phone = stage.visitor(late)
    key(phone, "I am late").click()
    key(phone, "Yes, let them go first").click()
    expect(phone.get_by_text("Ahead of you: 3")).to_be_visible()
    key(phone, "Cancel the ticket").click()
    key(phone, "Yes, cancel it").click()
    expect(phone.get_by_text("This ticket is cancelled")).to_be_visible()
    assert stage.last(late)["by"]["kind"] == "visitor"
    served = stage.issue()
    key(panel, f"Call this one {served['number']}").click()
    because(panel, "Feels unwell")
    key(panel, "Start").click()
    in_hand(panel, served, "Being served")
    key(panel, "Finish").click()
    free(panel)
    phone = stage.visitor(served)
    key(phone, "Good").click()
    expect(phone.get_by_text("Thank you for your rating!")).to_be_visible()


def test_a_visitor_books_and_gives_back(stage: Stage) -> None:
    """Without an account: service, day, time; the ticket's page cancels it."""
    phone = stage.phone()
    phone.goto(f"{stage.center.url}/book?lang=en")
    phone.get_by_role("searchbox", name="Find a service").fill(SERVICE)
    phone.get_by_role("listitem").get_by_role("button").first.click()
    phone.locator(".day:enabled").nth(1).click()
    phone.locator(".time:enabled").first.click()
    key(phone, "Book").click()
    expect(phone.get_by_role("heading", name="You are booked")).to_be_visible()
    phone.get_by_role("link", name="The ticket's page").click()
    key(phone, "Cancel the ticket").click()
    key(phone, "Yes, cancel it").click()
    expect(phone.get_by_text("This ticket is cancelled")).to_be_visible()


# --- refused to each that may not ----------------------------------------------------------------


def calls_refused(role: str, ticket: dict[str, Any]) -> list[Ask]:
    """Return every call that a role may not make, on a ticket that waits."""
    refused: list[Ask] = []
    for path, said, may in MOVES.values():
        if role not in may:
            body = {k: ticket["id"] if v == "{id}" else v for k, v in said.items()}
            refused.append((path.replace("{id}", ticket["id"]), body))
    return refused


@pytest.mark.parametrize(
    "login", ["clerk1", "receptionist", "supervisor", "controller", "administrator", "analyst"]
)
def test_a_role_is_refused_every_other_move(stage: Stage, login: str) -> None:
    """From within its own page with its own token: 403 each; and no key of it stands there."""
    role, page, ticket = login.rstrip("1"), stage.at_work(login), stage.issue()
    calls = calls_refused(role, ticket)
    answers = [
        (path, status) for (path, _), (status, _) in zip(calls, asked(page, *calls), strict=True)
    ]
    assert answers == [(path, 403) for path, _ in calls]
    assert stage.now(ticket)["version"] == ticket["version"]
    assert offered(page, [name for name, seen in KEYS.items() if role not in seen]) == []


@pytest.mark.parametrize("login", ["receptionist", "controller", "administrator", "analyst"])
def test_a_role_is_shown_no_page_of_another(stage: Stage, login: str) -> None:
    """The counter panel, the reception and the floor are for who works there."""
    own = {"receptionist": {"/reception"}, "controller": {"/floor"}}.get(login, set())
    stage.at_work(login)
    page = stage.pages[login].context.new_page()
    for path in {"/panel", "/reception", "/floor", "/people", "/catalogue"} - own:
        if (login, path) in {("administrator", "/people"), ("administrator", "/catalogue")}:
            continue
        reply = page.goto(stage.center.url + path)
        assert reply is not None
        assert reply.status == 403, path
        assert offered(page, list(KEYS)) == []
    page.close()


def test_another_clerks_visitor_is_nobody_elses(stage: Stage, panel: Page) -> None:
    """A clerk may serve, but not whom another one has in hand, nor at another window."""
    ticket, other = call(stage, panel), stage.at_work("clerk2")
    moves = ["recall", "start", "no-show", "return", "hold", "finish", "transfer"]
    moves += ["add a leg", "confirm papers"]
    calls = [(MOVES[name][0].replace("{id}", ticket["id"]), MOVES[name][1]) for name in moves]
    calls += [(f"/windows/1/{name}", {}) for name in ("open", "next", "pause", "wrap-up", "close")]
    calls += [("/windows/1/call", {"ticket": ticket["id"], "reason": "why"})]
    assert [status for status, _ in asked(other, *calls)] == [403] * len(calls)
    ((status, said_no),) = asked(other, (f"/tickets/{ticket['id']}/undo", {}))
    assert (status, said_no["code"]) == (409, "nothing_to_undo")
    in_hand(panel, ticket)


def test_a_supervisor_serves_in_nobodys_name(stage: Stage, panel: Page, floor: Page) -> None:
    """Whom a clerk has in hand, only that clerk recalls, starts, misses, holds and finishes."""
    ticket = call(stage, panel)
    moves = ("recall", "start", "no-show", "hold", "finish")
    calls = [(MOVES[name][0].replace("{id}", ticket["id"]), MOVES[name][1]) for name in moves]
    calls.append(MOVES["call next"][:2])
    assert [status for status, _ in asked(floor, *calls)] == [403] * len(calls)
    in_hand(panel, ticket)


def test_a_visitor_makes_the_own_moves_alone(stage: Stage) -> None:
    """A stranger is asked to sign in; the ticket's key opens no move of the staff."""
    ticket = stage.issue()
    phone = stage.visitor(ticket)
    calls = calls_refused("visitor", ticket)
    assert {status for status, _ in asked(phone, *calls)} == {401}
    with_key = [
        (f"{path}?key={ticket['key']}", body)
        for (path, body), name in zip(calls, MOVES, strict=True)
        if name not in OWN
    ]
    assert {status for status, _ in asked(phone, *with_key)} == {401}
    assert stage.now(ticket)["version"] == ticket["version"]
    mine = {"Cancel the ticket"}
    assert offered(phone, [name for name in KEYS if name not in mine]) == []
    stranger = stage.phone()
    for path in ("/panel", "/reception", "/floor"):
        stranger.goto(stage.center.url + path)
        expect(stranger).to_have_url(re.compile(r"/sign-in\?next="))

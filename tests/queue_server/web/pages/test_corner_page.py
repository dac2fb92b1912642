"""The self-service corner: sessions, services that are done online, a helper who comes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from queue_server import demo
from queue_server.simulation.caller import Caller
from tests.queue_server.web.pages.live_center import LiveCenter

STATE = "async ([name, ...given]) => (await import('/corner/corner_state.js'))[name](...given)"
NOW = 1795341600000
SESSION = {"ends_at": "2026-11-22T10:20:00.000Z", "extensions_left": 2}
#: opens the page of the corner's PC
Opened = Callable[[], Page]


def call(page: Page, name: str, *given: Any) -> Any:
    """Call one of the pure functions."""
    return page.evaluate(STATE, [name, *given])


@pytest.mark.parametrize(
    ("now", "view", "left"),
    [(NOW, "session", 1200), (NOW + 1_199_100, "session", 1), (NOW + 1_200_000, "idle", 0)],
)
def test_a_session_runs_out(scripts: Page, now: int, view: str, left: int) -> None:
    """Its last second still counts, then it is over."""
    assert call(scripts, "viewOf", SESSION, now) == view
    assert call(scripts, "secondsLeft", SESSION, now) == left


def test_nobody_sits_there(scripts: Page) -> None:
    """Without a session the PC is free."""
    assert call(scripts, "viewOf", {"ends_at": None}, NOW) == "idle"
    assert call(scripts, "secondsLeft", None, NOW) == 0


def test_each_warning_is_given_once(scripts: Page) -> None:
    """At two minutes and at one, never twice; an extension takes them back."""
    given: list[int] = []
    warned = []
    for left in range(200, 0, -1):
        due = call(scripts, "warningDue", left, given)
        if due is not None:
            warned.append(left)
            given = call(scripts, "warningsGiven", left)
    assert warned == [120, 60]
    assert call(scripts, "warningsGiven", 1300) == []
    assert call(scripts, "warningDue", 0, []) is None


def test_what_can_be_done_online_is_offered(scripts: Page) -> None:
    """By its flag or its address; groups without such a service are left out."""
    call_ = """async (groups) => {
      const { onlineGroups } = await import("/corner/corner_state.js");
      const found = onlineGroups(groups, ({ id }) => id !== "A3");
      return found.map(({ prefix, services }) => [prefix, services.map(({ id }) => id)]);
    }"""
    flagged = {"flags": ["online"], "online": ""}
    services = [
        {"id": "A1", **flagged},
        {"id": "A2", "flags": [], "online": ""},
        {"id": "A3", **flagged},
        {"id": "A4", "flags": [], "online": "https://example.org"},
    ]
    groups = [
        {"prefix": "A", "services": services},
        {"prefix": "E", "services": [{"id": "E1", "flags": [], "online": ""}]},
    ]
    assert scripts.evaluate(call_, groups) == [["A", ["A1", "A4"]]]


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("", None),
    ],
)
def test_only_web_addresses_open(scripts: Page, text: str, opens: str | None) -> None:
    """Nothing but a web address becomes a link."""
    assert call(scripts, "address", text) == opens


@pytest.fixture
def token(live: LiveCenter) -> str:
    """The token of the demo's PC in the corner."""
    return next(each.token for each in demo.links(live.about).devices if each.kind == "corner")


@pytest.fixture
def corner(live: LiveCenter, browser: Browser, token: str) -> Iterator[Opened]:
    """Open the PC's page with a clock that the test moves; its session ends with the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")

    def opened() -> Page:
        page = context.new_page()
        page.clock.install()
        page.goto(f"{live.url}/corner?token={token}")
        return page

    yield opened
    context.close()
    Caller(live.url, token).post("/corner/end")


def begun(opened: Opened, language: str = "en") -> Page:
    """Return the PC's page with a session just begun."""
    page = opened()
    page.click(f"#begin [data-tongue={language}]")
    expect(page.locator("#session")).to_be_visible()
    return page


def seconds(page: Page) -> int:
    """Return what the countdown shows."""
    minutes, rest = page.locator("#time").inner_text().split(":")
    return int(minutes) * 60 + int(rest)


def test_a_session_in_the_own_language(corner: Opened) -> None:
    """One touch begins it in the language touched; changing that loses nothing."""
    page = begun(corner, "ru")
    expect(page.locator("#services-title")).to_have_text("Онлайн-услуги")
    expect(page.locator("#services-title")).to_be_focused()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page.locator("#time")).to_have_text(re.compile(r"^\d+:\d\d$"))
    page.locator("#tongues [data-tongue=kaa]").click()
    expect(page.locator("#services-title")).to_have_text("Onlayn xızmetler")
    expect(page.locator("#session")).to_be_visible()


def test_done_online_counts(live: LiveCenter, corner: Opened) -> None:
    """A service that was done online is counted once, and its card says so."""
    page = begun(corner)
    first = page.locator(".service").first
    with page.expect_response("**/api/v1/diversions") as answer:
        first.get_by_role("button").click()
    assert answer.value.status == 200
    expect(first.locator(".service__done")).to_have_text("Noted")
    expect(first.get_by_role("button")).to_have_attribute("aria-disabled", "true")
    diverted = live.person("supervisor")
    head = diverted.get("/events?after=0&limit=1")["head"]
    kinds = [e["type"] for e in diverted.get(f"/events?after={head - 5}&limit=5")["events"]]
    assert kinds.count("online_diverted") == 1


def test_a_service_is_found_by_its_name(corner: Opened) -> None:
    """In any language; what is not there is said."""
    page = begun(corner)
    page.fill("#search", "прописка")
    expect(page.locator(".service").first).to_contain_text("residence registration")
    page.fill("#search", "zzzz")
    expect(page.locator("#nothing")).to_be_visible()


def test_the_end_is_warned_of_and_put_off(corner: Opened) -> None:
    """Two minutes before it the page says so, and one key gives more time."""
    page = begun(corner)
    before = seconds(page)
    page.route("**/api/v1/corner", lambda route: route.abort())
    page.clock.run_for((before - 119) * 1000)
    expect(page.locator("#warning-say")).to_have_text("Minutes left: 2. Save your work.")
    page.clock.run_for(62_000)
    expect(page.locator("#warning-say")).to_contain_text("Less than a minute left")
    page.click("#warning-more")
    expect(page.locator("#warning")).to_be_hidden()
    assert seconds(page) > before
    expect(page.locator("#more")).to_contain_text("1")


def test_the_end_clears_everything(corner: Opened) -> None:
    """When the time is over nothing of the visitor is left, and the next one begins anew."""
    page = begun(corner)
    page.fill("#search", "residence")
    page.locator(".service button").first.click()
    expect(page.locator(".service__done").first).to_have_text("Noted")
    # the server's clock is not the test's
    page.route("**/api/v1/corner", lambda route: route.abort())
    page.clock.run_for((seconds(page) + 1) * 1000)
    expect(page.locator("#over")).to_be_visible()
    expect(page.locator("#over h1")).to_have_text("Your time is over")
    page.unroute("**/api/v1/corner")
    page.clock.run_for(21_000)
    expect(page.locator("#idle")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "uz-Latn")
    page.click("#begin [data-tongue=en]")
    expect(page.locator("#search")).to_have_value("")
    expect(page.locator(".service--done")).to_have_count(0)


def test_who_is_ready_ends_it(corner: Opened) -> None:
    """The end key makes the PC free at once."""
    page = begun(corner)
    page.click("#end")
    expect(page.locator("#idle")).to_be_visible()


def test_a_helper_comes(live: LiveCenter, corner: Opened) -> None:
    """The page says that the call was sent, and then that somebody is coming."""
    page = begun(corner)
    page.click("#call")
    expect(page.locator("#helper-say")).to_have_text("Your call was sent, please wait")
    expect(page.locator("#call")).to_have_attribute("aria-disabled", "true")
    receptionist = live.person("receptionist")
    (waiting,) = receptionist.get("/help")["calls"]
    assert (waiting["reason"], waiting["language"]) == ("corner", "en")
    receptionist.post(f"/help/{waiting['id']}/answer")
    page.clock.run_for(3_500)
    expect(page.locator("#helper-say")).to_have_text("A helper is coming")


def test_a_session_survives_a_reload(corner: Opened) -> None:
    """The server keeps it: a browser that was started again goes on."""
    page = begun(corner)
    page.reload()
    expect(page.locator("#session")).to_be_visible()


def test_a_wrong_token_is_explained(live: LiveCenter, browser: Browser) -> None:
    """A PC that is not set up says so in plain words."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{live.url}/corner?token=nonsense")
    expect(page.locator("#refused")).to_be_visible()
    context.close()

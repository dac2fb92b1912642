"""A browser becomes a device, stays one, and is signed off, on a center that really serves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from queue_server.simulation.caller import Caller
from tests.queue_server.web.pages.live_center import LiveCenter
from tests.queue_server.web.pages.test_looks import CUT, SMALL_TARGETS, faults

#: a revocation is to be seen within five seconds, ms; a busy machine gets some more
SEEN = 15_000
SIZES = ((1920, 1080), (1080, 1920), (320, 640))


@pytest.fixture
def television(browser: Browser, live: LiveCenter) -> Iterator[Page]:
    """A television's browser, which keeps what it is told."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    yield context.new_page()
    context.close()


@pytest.fixture
def administrator(live: LiveCenter) -> Caller:
    """The administrator."""
    return live.person("administrator")


def let_in(page: Page, administrator: Caller, name: str) -> None:
    """Type the code that the page shows."""
    expect(page.locator("#code")).not_to_be_empty(timeout=SEEN)
    code = page.locator("#code").inner_text()
    wish = {"code": code, "name": name, "hall": 1}
    reply = administrator.post("/pairings/approve", wish)
    assert reply.status_code == 200, reply.text


def test_a_television_becomes_a_board(
    live: LiveCenter, television: Page, administrator: Caller
) -> None:
    """From the code to the board, with the layout asked for; the next start goes straight on."""
    television.goto(f"{live.url}/pair?kind=board&layout=windows")
    let_in(television, administrator, "tv-1")
    television.wait_for_url("**/board/1?token=*&layout=windows", timeout=SEEN)
    television.goto(f"{live.url}/pair?kind=board")
    television.wait_for_url("**/board/1?token=*", timeout=SEEN)


@pytest.mark.parametrize(("kind", "at"), [("board", "**/board/1?*"), ("corner", "**/corner?*")])
def test_a_signed_off_page_says_so_and_asks_anew(
    live: LiveCenter, television: Page, administrator: Caller, kind: str, at: str
) -> None:
    """Within seconds, by a real socket or its own look; the old token is forgotten."""
    television.goto(f"{live.url}/pair?kind={kind}")
    let_in(television, administrator, f"screen-{kind}")
    television.wait_for_url(at, timeout=SEEN)
    television.wait_for_load_state("networkidle")
    reply = administrator.post(f"/devices/screen-{kind}/revoke", {"reason": "replaced"})
    assert reply.status_code == 204
    expect(television.locator("#signed-off")).to_be_visible(timeout=SEEN)
    expect(television.locator("#signed-off li")).to_have_count(5)
    expect(television.locator("#code")).not_to_be_empty(timeout=SEEN)
    assert not television.evaluate(f"localStorage.getItem('navbat_device_{kind}')")


def test_a_refused_television_says_so(
    live: LiveCenter, television: Page, administrator: Caller
) -> None:
    """In every language."""
    television.goto(f"{live.url}/pair?kind=board")
    expect(television.locator("#code")).not_to_be_empty(timeout=SEEN)
    code = television.locator("#code").inner_text()
    assert administrator.post("/pairings/refuse", {"code": code}).status_code == 204
    expect(television.locator("[data-for=refused]")).to_be_visible(timeout=SEEN)
    expect(television.locator("[data-for=refused] li")).to_have_count(5)


@pytest.mark.parametrize("path", ["/pair", "/pair?kind=board"])
def test_the_page_fits_everywhere(live: LiveCenter, television: Page, path: str) -> None:
    """On televisions and on the smallest screen, for everyone."""
    television.goto(live.url + path)
    for width, height in SIZES:
        television.set_viewport_size({"width": width, "height": height})
        assert television.evaluate(CUT) == [], width
        assert television.evaluate(SMALL_TARGETS) == [], width
        assert faults(television) == [], width


def test_who_does_not_say_what_it_is_is_asked(live: LiveCenter, television: Page) -> None:
    """By keyboard, as on a television's remote."""
    television.goto(f"{live.url}/pair?layout=bar")
    television.keyboard.press("Tab")
    television.keyboard.press("Enter")
    television.wait_for_url("**/pair?*kind=board*")
    assert "layout=bar" in television.url

"""The devices' page and the strips of alarms, on a center that really serves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from playwright.sync_api import Page, expect

from queue_server import demo
from queue_server.bootstrap import Running
from queue_server.simulation.caller import Caller
from tests.queue_server.web import callers
from tests.queue_server.web.pages.conftest import Opener
from tests.queue_server.web.pages.live_center import LiveCenter
from tests.queue_server.web.pages.test_looks import CUT, faults
from tests.thorough import LOOKED_AT

#: an alert is to be seen within so long, ms
AT_ONCE = 5000


def caller(live: LiveCenter, name: str) -> Caller:
    """Return a caller with a device's token."""
    links = demo.links(live.about)
    return Caller(live.url, next(each.token for each in links.devices if each.name == name))


def told(live: LiveCenter, name: str, **health: Any) -> None:
    """Let a device report."""
    now = datetime.now(UTC)  # noqa: TID251 - the center that serves has the real clock
    clock = now + timedelta(seconds=health.pop("ahead", 0))
    report = {"version": "1.3.0", "clock": clock.isoformat(), **health}
    reply = caller(live, name).post("/devices/report", report)
    assert reply.status_code == 204, reply.text


def printer(**facts: Any) -> dict[str, Any]:
    """Return a printer's part of a report."""
    return {
        "model": "TM-T20III",
        "reason": None,
        "paper": "plenty",
        "paper_left_mm": 54_000,
    } | facts


@pytest.fixture
def devices(live: LiveCenter, opened: Opener) -> Page:
    """The devices' page, as the supervisor sees it, with a kiosk in good health."""
    told(live, "kiosk-1", printer=printer(), temperature_c=47.2, disk_free_mb=22_511)
    page = opened("supervisor")
    page.goto(f"{live.url}/devices")
    expect(page.locator(".device").first).to_be_visible()
    return page


def card(page: Page, name: str) -> Any:
    """Return a device's card."""
    return page.locator(".device").filter(has=page.get_by_role("heading", name=name, exact=True))


@pytest.mark.parametrize(
    ("login", "status"),
    [("supervisor", 200), ("receptionist", 200), ("administrator", 200), ("clerk1", 403)],
)
def test_who_may_see_the_devices(running: Running, login: str, status: int) -> None:
    """Those who look after them; a clerk hears of them on the panel."""
    assert callers.person(running, login).get("/devices").status_code == status


def test_a_card_tells_all_that_was_reported(live: LiveCenter, devices: Page) -> None:
    """State in words, printer, paper with its bar, clock, temperature, disk and version."""
    shown = card(devices, "kiosk-1")
    for text in ("Working", "TM-T20III", "≈ 54 m left", "47 °C", "22 GB", "1.3.0", "right"):
        expect(shown).to_contain_text(text)
    expect(shown.locator(".gauge > i")).to_have_attribute("style", "width: 68%;")
    expect(card(devices, "corner-1")).to_contain_text("Has not reported yet")


def test_an_alert_is_seen_at_once_and_goes_with_its_cause(live: LiveCenter, devices: Page) -> None:
    """No paper and a wrong clock come within five seconds, in words, and go when all is well."""
    shown = card(devices, "kiosk-1")
    expect(shown).to_contain_text("Working")
    told(live, "kiosk-1", printer=printer(reason="no_paper", paper="out"), ahead=300)
    expect(shown).to_contain_text("Out of order", timeout=AT_ONCE)
    expect(shown.locator(".device__alerts li")).to_have_text(["the clock is wrong", "no paper"])
    expect(shown).to_contain_text("off by +300 s")
    told(live, "kiosk-1", printer=printer())
    expect(shown).to_contain_text("Working", timeout=AT_ONCE)


def test_reception_hears_of_a_device(live: LiveCenter, opened: Opener) -> None:
    """The strip says what is wrong within five seconds, and is gone with its cause."""
    told(live, "kiosk-2", printer=printer())
    page = opened("receptionist")
    expect(page.locator(".tile").first).to_be_visible()
    told(live, "kiosk-2", printer=printer(paper="low"))
    row = page.locator(".alarm", has_text="kiosk-2")
    expect(row).to_have_text("kiosk-2: paper is running low", timeout=AT_ONCE)
    told(live, "kiosk-2", printer=printer())
    expect(row).to_have_count(0, timeout=AT_ONCE)


@pytest.mark.parametrize("login", ["receptionist", "clerk1", "supervisor"])
def test_a_call_for_help_is_answered(live: LiveCenter, opened: Opener, login: str) -> None:
    """It is in the strip within five seconds; one press tells the device that somebody comes."""
    page = opened(login)
    if login == "supervisor":
        page.goto(f"{live.url}/devices")
    expect(page.locator("#alarms")).to_be_attached()
    kiosk = caller(live, "kiosk-1")
    call = kiosk.post("/help", {"reason": "assistance", "language": "ru"}).json()
    row = page.locator(".alarm", has_text="help is needed")
    expect(row).to_be_visible(timeout=AT_ONCE)
    row.get_by_role("button", name="I am coming").click()
    expect(row).to_have_count(0)
    assert kiosk.get(f"/help/{call['id']}")["answered_at"]


def test_a_clerk_puts_news_away(live: LiveCenter, opened: Opener) -> None:
    """The panel tells what goes wrong in the hall and who signs; a clerk may put it away."""
    told(live, "kiosk-2", printer=printer())
    page = opened("clerk1")
    expect(page.locator("#next")).to_be_enabled()
    ticket = live.issue("A02", needs=["sign_language"])
    told(live, "kiosk-2", printer=printer(reason="cover_open"))
    signs = page.locator(".alarm", has_text=f"{ticket['number']}: a sign-language interpreter")
    expect(signs).to_be_visible(timeout=AT_ONCE)
    expect(page.locator(".alarm", has_text="kiosk-2: the printer cover is open")).to_be_visible()
    signs.get_by_role("button", name="Put away").click()
    expect(signs).to_have_count(0)
    told(live, "kiosk-2", printer=printer())
    expect(page.locator("#alarms")).to_be_hidden(timeout=AT_ONCE)


def test_a_lost_server_is_said(live: LiveCenter, devices: Page) -> None:
    """The page keeps what it knows and says from when it is."""
    devices.clock.install()
    devices.reload()
    expect(card(devices, "kiosk-1")).to_be_visible()
    # a refusal that no further try would change
    devices.route("**/api/v1/devices", lambda route: route.fulfill(status=500, body="{}"))
    devices.clock.run_for(16_000)
    expect(devices.locator("#banner")).to_be_visible()
    expect(card(devices, "kiosk-1")).to_be_visible()


@pytest.fixture
def ruled(live: LiveCenter, opened: Opener) -> Page:
    """The devices' page, as the administrator sees it."""
    page = opened("administrator")
    page.goto(f"{live.url}/devices")
    expect(page.locator(".device").first).to_be_visible()
    return page


def ask(live: LiveCenter, kind: str) -> dict[str, Any]:
    """Let a device ask for a code."""
    reply = Caller(live.url).post("/pairings", {"kind": kind})
    assert reply.status_code == 201, reply.text
    return dict(reply.json())


def claim(live: LiveCenter, asked: dict[str, Any]) -> dict[str, Any]:
    """Let the device ask what became of it."""
    return dict(Caller(live.url).post("/pairings/claim", {"secret": asked["secret"]}).json())


def test_an_administrator_lets_a_device_in(live: LiveCenter, ruled: Page) -> None:
    """From the list of those that wait: kind and address are seen, the name is suggested."""
    asked = ask(live, "callpad")
    wish = ruled.locator(".wish", has_text=asked["code"])
    expect(wish).to_contain_text("Call pad", timeout=2 * AT_ONCE)
    expect(wish).to_contain_text("127.0.0.1")
    wish.get_by_role("button", name=f"Let in: {asked['code']}").click()
    expect(ruled.locator("#code")).to_have_value(asked["code"])
    expect(ruled.locator("#name")).to_be_focused()
    ruled.fill("#name", "kiosk-1")
    ruled.select_option("#window", "3")
    ruled.keyboard.press("Enter")
    expect(ruled.locator("#name-fault")).to_have_text("Another device has this name already.")
    expect(ruled.locator("#name")).to_be_focused()
    ruled.fill("#name", "pult-3")
    ruled.keyboard.press("Enter")
    expect(ruled.locator("#ask-place")).to_be_hidden()
    expect(ruled.locator("#done")).to_have_text("pult-3 is let in")
    expect(card(ruled, "pult-3")).to_contain_text("Call pad · Window 3")
    told = claim(live, asked)
    assert (told["state"], told["name"], told["window"]) == ("approved", "pult-3", 3)


def test_a_code_is_typed_as_it_is_read(live: LiveCenter, ruled: Page) -> None:
    """By keyboard alone; a code that nobody shows is said at its field."""
    asked = ask(live, "kiosk")
    expect(ruled.locator(".wish", has_text=asked["code"])).to_be_visible(timeout=2 * AT_ONCE)
    ruled.locator("#let-in").press("Enter")
    expect(ruled.locator("#code")).to_be_focused()
    ruled.keyboard.type("00000000")
    ruled.fill("#name", "x")
    ruled.keyboard.press("Enter")
    expect(ruled.locator("#code-fault")).to_have_text("No device shows this code.")
    ruled.fill("#code", asked["code"].lower().replace("-", " "))
    expect(ruled.locator("#asked-by")).to_contain_text("Kiosk · 127.0.0.1")
    expect(ruled.locator("#name")).not_to_have_value("")
    ruled.fill("#name", "typed-1")
    ruled.keyboard.press("Enter")
    expect(card(ruled, "typed-1")).to_be_visible()
    assert claim(live, asked)["state"] == "approved"


def test_a_device_is_refused(live: LiveCenter, ruled: Page) -> None:
    """It waits no longer."""
    asked = ask(live, "board")
    wish = ruled.locator(".wish", has_text=asked["code"])
    wish.get_by_role("button", name="Refuse").click(timeout=2 * AT_ONCE)
    expect(wish).to_have_count(0)
    assert claim(live, asked)["state"] == "refused"


def test_a_device_is_moved_and_signed_off(live: LiveCenter, ruled: Page) -> None:
    """With one touch on the reason; its card goes, and its token opens nothing."""
    asked = ask(live, "pad")
    administrator = live.person("administrator")
    wish = {"code": asked["code"], "name": "pad-77", "hall": 1, "window": 1}
    assert administrator.post("/pairings/approve", wish).status_code == 200
    token = claim(live, asked)["token"]
    shown = card(ruled, "pad-77")
    shown.get_by_role("button", name="Change its place").click(timeout=20_000)
    ruled.select_option("#window", "2")
    ruled.locator("#place-done").click()
    expect(shown).to_contain_text("Window 2")
    shown.get_by_role("button", name="Sign off").click()
    ruled.get_by_role("button", name="Lost or stolen").click()
    expect(shown).to_have_count(0)
    # a token that was shown a moment ago opens something for two more seconds
    ruled.wait_for_timeout(2_100)
    assert (
        requests.get(
            f"{live.url}/api/v1/device", headers={"Authorization": f"Bearer {token}"}, timeout=5
        ).status_code
        == 401
    )


def test_others_only_look(live: LiveCenter, devices: Page) -> None:
    """A supervisor sees how the devices are, and nothing to change them with."""
    ask(live, "kiosk")
    expect(devices.locator(".device").first).to_be_visible()
    for part in ("#let-in", "#wishes", ".device__keys", "#ask-place"):
        expect(devices.locator(part)).to_have_count(0)


@pytest.mark.parametrize("language", LOOKED_AT)
def test_the_administrator_s_page_fits(live: LiveCenter, opened: Opener, language: str) -> None:
    """List and dialogs in every language, down to 320 pixels, for everyone."""
    asked = ask(live, "callpad")
    page = opened("administrator", language=language)
    page.goto(f"{live.url}/devices")
    for width, height in ((1280, 800), (320, 900)):
        page.set_viewport_size({"width": width, "height": height})
        wish = page.locator(".wish", has_text=asked["code"])
        expect(wish).to_be_visible(timeout=2 * AT_ONCE)
        page.wait_for_function("document.fonts.ready")
        assert page.evaluate(CUT) == [], width
        assert faults(page) == [], width
        wish.locator(".key--first").click()
        expect(page.locator("#ask-place")).to_be_visible()
        assert page.evaluate(CUT) == [], width
        assert faults(page) == [], width
        page.keyboard.press("Escape")
        page.locator(".device__keys .key--bad").first.click()
        expect(page.locator("#ask-reason")).to_be_visible()
        assert page.evaluate(CUT) == [], width
        page.keyboard.press("Escape")

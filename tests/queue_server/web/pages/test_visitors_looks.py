"""The visitor's page, the corner and the devices in every language and size, looked at by machine.

Nothing is cut off, nobody is shut out, and at 400 % nothing has to be pushed sideways.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from queue_server import demo
from queue_server.simulation.caller import Caller
from tests.queue_server.web.pages.conftest import Opener
from tests.queue_server.web.pages.live_center import LiveCenter
from tests.queue_server.web.pages.test_looks import CUT, OUT_OF_SIGHT, PHONE, SMALL_TARGETS, faults
from tests.thorough import LOOKED_AT

DESK = (1280, 720)
#: a desk's window at 400 %
ZOOMED = (320, 256)
#: what Tab leads to, in order, and whether it is seen to have the focus
FOCUSED = """() => {
  const { activeElement: at } = document;
  const box = at.getBoundingClientRect();
  const [style, beside] = [at, at.nextElementSibling ?? at].map((e) => getComputedStyle(e));
  const ring = [style, beside].some((s) => s.outlineStyle !== 'none' && s.outlineWidth !== '0px');
  const seen = box.top >= -1 && box.bottom <= innerHeight + 1 && box.left >= -1;
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return {
    what: at.id || at.textContent.trim().slice(0, 20), end: at === document.body,
    well: ring && seen && (at.contains(top) || top?.contains(at) === true),
  };
}"""
AT = "2026-11-22T10:00:00.000Z"


def looked_at(page: Page, name: str) -> None:
    """Assert that nothing is cut off and that axe-core finds nothing serious, at each size."""
    for width, height in (PHONE, ZOOMED, DESK):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(CUT) == [], f"{name} {width}x{height}"
    assert faults(page) == [], name
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert page.evaluate(SMALL_TARGETS) == [], name


def walked(page: Page) -> list[str]:
    """Walk with Tab through the page; return what has the focus unseen."""
    page.evaluate("document.activeElement.blur()")
    lost, steps = [], 0
    while steps < 200:
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at["end"]:
            break
        steps += 1
        if not at["well"]:
            lost.append(at["what"])
    assert steps > 2, "nothing can be reached by keyboard"
    return lost


@pytest.mark.parametrize("language", LOOKED_AT)
def test_the_ticket_page_until_the_call(live: LiveCenter, opened: Opener, language: str) -> None:
    """Waiting with a visit of two services, both questions, and called."""
    ticket = live.issue("A01", language=language)
    live.person("receptionist").post(f"/tickets/{ticket['id']}/leg", {"service": "E01"})
    page = opened(None, *PHONE, language)
    page.goto(live.ticket_page(ticket))
    expect(page.locator("#fresh")).not_to_be_empty()
    assert page.evaluate(OUT_OF_SIGHT, ["#number", "#ahead", "#wait"]) == []
    looked_at(page, "waiting")
    for what in ("late", "cancel"):
        page.click(f"#{what}")
        looked_at(page, what)
        page.keyboard.press("Escape")
    clerk = live.person("clerk1")
    clerk.post("/windows/1/open")
    clerk.post("/windows/1/next")
    clerk.post(f"/tickets/{ticket['id']}/recall")
    expect(page.locator("#again")).to_be_visible()
    assert page.evaluate(OUT_OF_SIGHT, ["#number", "#window", "#again"]) == []
    looked_at(page, "called")


@pytest.mark.parametrize("language", LOOKED_AT)
def test_the_ticket_page_after_the_service(live: LiveCenter, opened: Opener, language: str) -> None:
    """Faces, reasons, thanks, and the plain sentence for a wrong address."""
    ticket = live.issue("A02", language=language)
    clerk = live.person("clerk1")
    clerk.post("/windows/1/open")
    for step in (f"/tickets/{ticket['id']}/start", f"/tickets/{ticket['id']}/finish"):
        clerk.post("/windows/1/call", {"ticket": ticket["id"], "reason": "x"})
        clerk.post(step)
    page = opened(None, *PHONE, language)
    page.goto(live.ticket_page(ticket))
    expect(page.locator("#rating")).to_be_visible()
    assert page.evaluate(OUT_OF_SIGHT, [".face:first-child", ".face:last-child"]) == []
    looked_at(page, "faces")
    page.click("#rate-more")
    page.check("#demanded")
    looked_at(page, "reasons")
    page.locator(".face").nth(3).click()
    page.locator("#rate-why button").click()
    expect(page.locator("#rated")).to_be_visible()
    looked_at(page, "thanks")
    page.goto(f"{live.url}/t/no?lang={language}")
    looked_at(page, "not found")


def answered(page: Page, path: str, body: Any) -> None:
    """Let a call have this answer."""

    def answer(route: Route) -> None:
        route.fulfill(body=json.dumps(body), content_type="application/json")

    page.route(f"**/api/v1{path}", answer)


def hall_of_devices() -> list[dict[str, Any]]:
    """Return a device in each state, with all that may be reported."""
    printer = {"model": "Custom VKP80III", "paper": "low", "paper_left_mm": 9_200, "waiting": 2}
    full = {
        "version": "1.3.0",
        "clock": "2026-11-22T10:00:25Z",
        "printer": {**printer, "reason": "cover_open"},
        "temperature_c": 51.4,
        "disk_free_mb": 812,
        "last_error": "PrinterTimeout: no answer within 800 ms from the device /dev/usb/lp0",
        "offline_tickets": 14,
        "screen": "1080x1920 opengl",
    }
    common = {"hall": 1, "seen_at": AT, "alerts": [], "report": full}
    return [
        {"name": "kiosk-1", "kind": "kiosk", "state": "trouble", **common, "alerts": ["printer"]},
        {"name": "kiosk-2", "kind": "kiosk", "state": "warning", **common, "alerts": ["hot"]},
        {"name": "pad-1", "kind": "pad", "state": "silent", **common},
        {"name": "corner-1", "kind": "corner", "state": "unknown", **common, "report": None},
        {"name": "station", "kind": "station", "state": "ok", **common},
    ]


@pytest.mark.parametrize("language", LOOKED_AT)
def test_the_devices(live: LiveCenter, opened: Opener, language: str) -> None:
    """Cards in every state, with calls for help above them."""
    page = opened("supervisor", *PHONE, language)
    call = {"id": 1, "device": "kiosk-1", "called_at": AT, "answered_at": None}
    calls = [{**call, "reason": reason} for reason in ("assistance", "sign_language", "corner")]
    answered(page, "/devices", {"devices": hall_of_devices()})
    answered(page, "/help", {"calls": calls})
    page.goto(f"{live.url}/devices")
    expect(page.locator(".device")).to_have_count(5)
    looked_at(page, "devices")
    assert not page.get_by_text("devices.").count(), "a text is missing"


@pytest.fixture
def corner(live: LiveCenter) -> Iterator[str]:
    """The address of the corner's PC; its session ends with the test."""
    links = demo.links(live.about)
    token = next(each.token for each in links.devices if each.kind == "corner")
    yield f"{live.url}/corner?token={token}"
    Caller(live.url, token).post("/corner/end")


@pytest.mark.parametrize("language", LOOKED_AT)
def test_the_corner(corner: str, opened: Opener, language: str) -> None:
    """Free, at work, warned, and over."""
    page = opened(None, *PHONE, language)
    page.clock.install()
    page.goto(corner)
    expect(page.locator("#idle")).to_be_visible()
    looked_at(page, "free")
    page.click(f"#begin [data-tongue={language}]")
    expect(page.locator(".service").first).to_be_visible()
    page.route("**/api/v1/corner", lambda route: route.abort())
    page.locator(".service button").first.click()
    page.click("#call")
    expect(page.locator("#call")).to_have_attribute("aria-disabled", "true")
    looked_at(page, "at work")
    left = page.locator("#time").inner_text().split(":")
    page.clock.run_for((int(left[0]) * 60 + int(left[1]) - 50) * 1000)
    expect(page.locator("#warning")).to_be_visible()
    looked_at(page, "warned")
    page.clock.run_for(60_000)
    expect(page.locator("#over")).to_be_visible()
    looked_at(page, "over")


def test_everything_is_reached_by_keyboard(live: LiveCenter, opened: Opener, corner: str) -> None:
    """Tab leads through the ticket, the rating, the devices and the corner, and is always seen."""
    page = opened("supervisor", *DESK)
    page.goto(live.ticket_page(live.issue("A02", language="en")))
    expect(page.locator("#keys")).to_be_visible()
    assert walked(page) == []
    page.click("#late")
    assert walked(page) == []
    call = {"id": 1, "device": "kiosk-1", "reason": "corner", "called_at": AT, "answered_at": None}
    answered(page, "/help", {"calls": [call]})
    page.goto(f"{live.url}/devices")
    expect(page.locator(".alarm")).to_be_visible()
    assert walked(page) == []
    page.goto(corner)
    page.click("#begin [data-tongue=en]")
    expect(page.locator(".service").first).to_be_visible()
    assert walked(page) == []

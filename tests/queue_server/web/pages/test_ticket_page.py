"""The visitor's own page: its first look, its privacy, its life on a center that serves."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, expect

from config.languages import LANGUAGES
from queue_server.bootstrap import Running
from queue_server.usecases.foreseen import Blind, KeptWord
from tests.queue_server.usecases.foretelling import foreseeing, teaching
from tests.queue_server.web import callers
from tests.queue_server.web.pages.conftest import Opener
from tests.queue_server.web.pages.live_center import LiveCenter


def issued(running: Running, language: str = "uz-Latn") -> dict[str, Any]:
    """Issue a ticket at the kiosk."""
    kiosk = callers.device(running, "kiosk")
    return dict(kiosk.post("/api/v1/tickets", {"service": "A02", "language": language}).json)


def unforeseeing(running: Running) -> None:
    """Let the center foresee nothing: two looks at one ticket say the same."""
    extensions = running.web.app.extensions
    site = extensions["navbat"]
    extensions["navbat"] = replace(site, center=replace(site.center, foresight=Blind()))


def page_of(ticket: dict[str, Any], **arguments: str) -> str:
    """Return the path of a ticket's page."""
    extra = "".join(f"&{name}={value}" for name, value in arguments.items())
    return f"/t/{ticket['id']}?key={ticket['key']}{extra}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_look_needs_no_script(running: Running, language: str) -> None:
    """Number, state and wait stand in the page itself, in the ticket's language."""
    unforeseeing(running)
    ticket = issued(running, language)
    text = callers.Browser(running).get(page_of(ticket)).text
    assert f'<html lang="{language}">' in text
    assert f">{ticket['number']}</h1>" in text
    assert ticket["estimate"]["text"] in text


def test_another_language_may_be_chosen(running: Running) -> None:
    """The page speaks the language in its address, also the expected wait."""
    text = callers.Browser(running).get(page_of(issued(running, "ru"), lang="en")).text
    assert "Please wait for your turn" in text
    assert "You are next" in text


def test_the_page_tells_nobody_its_address(running: Running) -> None:
    """It is kept nowhere, found by no search, passed on to nobody, and sets no cookie."""
    reply = callers.Browser(running).get(page_of(issued(running), lang="ru"))
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in reply.headers["X-Robots-Tag"]
    assert "Set-Cookie" not in reply.headers


def test_the_page_holds_nothing_of_the_visitor(running: Running) -> None:
    """Neither category nor need is in it, in sight or in the data of its scripts."""
    kiosk = callers.device(running, "kiosk")
    wish = {"service": "A02", "category": "pregnant", "needs": ["sign_language"], "language": "en"}
    text = callers.Browser(running).get(page_of(kiosk.post("/api/v1/tickets", wish).json)).text
    assert "regnan" not in text
    assert "sign_language" not in text


def test_every_wrong_address_is_answered_the_same(running: Running) -> None:
    """An unknown ticket, a wrong key, half a key and no key cannot be told apart."""
    ticket, anyone = issued(running), callers.Browser(running)
    wrong = [
        f"/t/{ticket['id']}?key=wrong",
        f"/t/{ticket['id']}?key={ticket['key'][:12]}",
        f"/t/{ticket['id']}",
        f"/t/no-such?key={ticket['key']}",
        "/t/no-such",
    ]
    replies = [anyone.get(path) for path in wrong]
    assert {reply.status_code for reply in replies} == {404}
    assert len({reply.text for reply in replies}) == 1
    assert len({tuple(sorted(dict(reply.headers))) for reply in replies}) == 1


@pytest.mark.parametrize(
    ("browser_speaks", "page_speaks"),
    [
        ("ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("uz", "uz-Latn"),
        ("uz-Cyrl-UZ", "uz-Cyrl"),
        ("kaa", "kaa"),
        ("de-DE,en-US;q=0.5", "en"),
        ("de", "uz-Latn"),
        ("", "uz-Latn"),
    ],
)
def test_a_wrong_address_is_explained_in_the_readers_language(
    running: Running, browser_speaks: str, page_speaks: str
) -> None:
    """The phone's own language counts; the center's where it speaks none of them."""
    anyone = callers.Browser(running)
    anyone.headers["Accept-Language"] = browser_speaks
    assert f'<html lang="{page_speaks}">' in anyone.get("/t/no-such").text
    assert '<html lang="kaa">' in anyone.get("/t/no-such?lang=kaa").text


@pytest.mark.parametrize(
    ("at", "status"),
    [
        # the center is five hours ahead of UTC
        (datetime(2026, 11, 23, 18, 59, tzinfo=UTC), 200),
        (datetime(2026, 11, 23, 20, 59, tzinfo=UTC), 200),
        (datetime(2026, 11, 23, 21, 0, tzinfo=UTC), 404),
    ],
)
def test_the_page_dies_two_hours_after_its_day(
    running: Running, clock: Any, at: datetime, status: int
) -> None:
    """Until two in the night it tells how the day ended, then nothing any more."""
    extensions = running.web.app.extensions
    site = extensions["navbat"]
    extensions["navbat"] = replace(site, center=replace(site.center, clock=clock))
    ticket = issued(running)
    clock.at = at
    assert callers.Browser(running).get(page_of(ticket)).status_code == status


def test_the_key_is_in_no_other_markup(running: Running) -> None:
    """The key stands in the script's data and the language links, in no address of a file."""
    ticket = issued(running)
    text = callers.Browser(running).get(page_of(ticket)).text
    files = [line for line in text.splitlines() if "src=" in line or "stylesheet" in line]
    assert not any(ticket["key"] in line for line in files)


def test_the_call_turns_the_page(live: LiveCenter, opened: Opener) -> None:
    """When the visitor is called the whole page says where to go, aloud and in the title too."""
    ticket = live.issue("A02", language="en")
    phone = opened(width=360, height=640)
    phone.goto(live.ticket_page(ticket))
    expect(phone.locator("#ahead")).to_have_text("You are next")
    clerk = live.person("clerk1")
    clerk.post("/windows/1/open")
    clerk.post("/windows/1/next")
    expect(phone.locator("#state")).to_have_text("Please go to window 1")
    expect(phone.locator("#window")).to_have_text("1")
    expect(phone.get_by_role("alert").first).to_have_text("Please go to window 1")
    expect(phone).to_have_title("Please go to window 1")
    expect(phone.locator("#keys")).to_be_hidden()
    clerk.post(f"/tickets/{ticket['id']}/recall")
    expect(phone.locator("#again")).to_have_text("Called again: 1")
    clerk.post(f"/tickets/{ticket['id']}/start")
    clerk.post(f"/tickets/{ticket['id']}/finish")
    expect(phone.locator("#state")).to_have_text("You have been served. Thank you!")
    expect(phone.locator("#window")).to_be_hidden()
    expect(phone.locator("#rating")).to_be_visible()


def test_while_no_window_serves_it_no_place_is_told(live: LiveCenter, opened: Opener) -> None:
    """To be next would be no comfort; once its window opens, place and minutes are there."""
    live.person("clerk12").post("/windows/12/open")
    ticket = live.issue("A02", language="en")
    assert (ticket["estimate"]["low"], ticket["ahead"]) == (None, 0)
    phone = opened(width=360, height=640)
    phone.goto(live.ticket_page(ticket))
    expect(phone.locator("#fresh")).to_contain_text("Updated")
    expect(phone.locator("#wait")).to_have_text("no window serves this now")
    expect(phone.locator("#ahead")).to_be_hidden()
    live.person("clerk1").post("/windows/1/open")
    phone.reload()
    expect(phone.locator("#ahead")).to_have_text("You are next")
    expect(phone.locator("#wait")).to_contain_text(re.compile("min|soon"))


def test_a_composite_visit_shows_its_progress(live: LiveCenter, opened: Opener) -> None:
    """A service that is added while the page is open appears, and each one done is marked."""
    ticket = live.issue("A02", language="en")
    phone = opened(width=360, height=640)
    phone.goto(live.ticket_page(ticket))
    expect(phone.locator("#visit")).to_be_hidden()
    clerk = live.person("clerk1")
    clerk.post("/windows/1/open")
    clerk.post("/windows/1/next")
    clerk.post(f"/tickets/{ticket['id']}/leg", {"service": "E01"})
    expect(phone.locator("#progress")).to_have_text("Your visit: 0 of 2 done")
    clerk.post(f"/tickets/{ticket['id']}/start")
    clerk.post(f"/tickets/{ticket['id']}/finish")
    expect(phone.locator("#progress")).to_have_text("Your visit: 1 of 2 done")
    expect(phone.locator(".leg__state")).to_have_text(["done", "now"])


def test_it_works_without_scripts(live: LiveCenter, browser: Browser) -> None:
    """A phone without scripts shows the number, looks again by itself, and shows no dead key."""
    ticket = live.issue("A02", language="en")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live.ticket_page(ticket))
    expect(page.locator("#number")).to_have_text(ticket["number"])
    expect(page.get_by_role("button")).to_have_count(0)
    # the driver's switch stops scripts, but parses what stands there for want of them as text
    assert '<noscript><meta http-equiv="refresh" content="30">' in page.content()
    assert "The page renews itself" in page.content()
    context.close()


def test_it_looks_again_where_sockets_do_not_get_through(live: LiveCenter, opened: Opener) -> None:
    """Without a socket the page asks within half a minute."""
    ticket = live.issue("A02", language="en")
    phone = opened(width=360, height=640)
    phone.clock.install()
    phone.route("**/feed.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    phone.goto(live.ticket_page(ticket))
    expect(phone.locator("#fresh")).to_contain_text("Updated")
    clerk = live.person("clerk1")
    clerk.post("/windows/1/open")
    clerk.post("/windows/1/next")
    phone.clock.run_for(31_000)
    expect(phone.locator("#state")).to_have_text("Please go to window 1")


def test_a_lost_server_is_said(live: LiveCenter, opened: Opener) -> None:
    """What is shown stays, and the page says of when it is."""
    phone = opened(width=360, height=640)
    phone.clock.install()
    phone.route("**/feed.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    phone.goto(live.ticket_page(live.issue("A02", language="en")))
    phone.route("**/api/v1/**", lambda route: route.abort())
    phone.clock.run_for(31_000)
    expect(phone.locator("#fresh")).to_contain_text("No connection")
    expect(phone.locator("#ahead")).to_have_text("You are next")


def test_a_ticket_that_died_meanwhile_is_gone(live: LiveCenter, opened: Opener) -> None:
    """When the server knows the ticket no more, the page becomes the plain sentence."""
    phone = opened(width=360, height=640)
    phone.clock.install()
    phone.route("**/feed.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    ticket = live.issue("A02", language="en")
    phone.goto(live.ticket_page(ticket))
    phone.route("**/api/v1/**", lambda route: route.fulfill(status=404, body="{}"))
    with phone.expect_navigation():
        phone.clock.run_for(31_000)


def test_the_page_says_how_well_the_word_was_kept(running: Running) -> None:
    """In the page's language, under all that is about the ticket; nothing while it is not known."""
    extensions = running.web.app.extensions
    site = extensions["navbat"]
    ticket = issued(running)
    unforeseeing(running)
    line = "Yesterday 92 % of visitors waited no longer than we had said."
    assert line not in callers.Browser(running).get(page_of(ticket, lang="en")).text
    center = site.center
    yesterday = center.clock.now().astimezone(ZoneInfo("Asia/Tashkent")).date() - timedelta(days=1)
    seeing = foreseeing(center, learn=teaching(kept=KeptWord(yesterday, 92)))
    extensions["navbat"] = replace(site, center=seeing)
    assert line in callers.Browser(running).get(page_of(ticket, lang="en")).text

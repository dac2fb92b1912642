from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from config.languages import LANGUAGES
from queue_server.bootstrap import Running
from tests.queue_server.web import callers
from tests.queue_server.web.pages.conftest import Opener
from tests.queue_server.web.pages.live_center import LiveCenter


def issued(running: Running, language: str = "uz-Latn") -> dict[str, Any]:
    """Issue a ticket at the kiosk."""
    kiosk = callers.device(running, "kiosk")
    return dict(kiosk.post("/api/v1/tickets", {"service": "A02", "language": language}).json)


def page_of(ticket: dict[str, Any], **arguments: str) -> str:
    """Return the path of a ticket's page."""
    extra = "".join(f"&{name}={value}" for name, value in arguments.items())
    return f"/t/{ticket['id']}?key={ticket['key']}{extra}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_look_needs_no_script(running: Running, language: str) -> None:
    """Number, state and wait stand in the page itself, in the ticket's language."""
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


def test_every_wrong_address_is_answered_the_same(running: Running) -> None:
    """An unknown ticket, a wrong key and no key cannot be told apart."""
    ticket, anyone = issued(running), callers.Browser(running)
    wrong = [
        f"/t/{ticket['id']}?key=wrong",
        f"/t/{ticket['id']}",
        f"/t/no-such?key={ticket['key']}",
        "/t/no-such",
    ]
    replies = [anyone.get(path) for path in wrong]
    assert {reply.status_code for reply in replies} == {404}
    assert len({reply.text for reply in replies}) == 1
    assert len({tuple(sorted(dict(reply.headers))) for reply in replies}) == 1


def test_the_key_is_in_no_other_markup(running: Running) -> None:
    """The key stands in the script's data and the language links, in no address of a file."""
    ticket = issued(running)
    text = callers.Browser(running).get(page_of(ticket)).text
    files = [line for line in text.splitlines() if "src=" in line or "stylesheet" in line]
    assert not any(ticket["key"] in line for line in files)


def test_the_call_turns_the_page(live: LiveCenter, opened: Opener) -> None:
    """When the visitor is called the whole page says where to go, without a reload."""
    ticket = live.issue("A02", language="en")
    phone = opened(width=360, height=640)
    phone.goto(live.ticket_page(ticket))
    expect(phone.locator("#ahead")).to_have_text("You are next")
    clerk = live.person("clerk1")
    clerk.post("/windows/1/open")
    clerk.post("/windows/1/next")
    expect(phone.locator("#state")).to_have_text("Please go to window 1")
    expect(phone.locator("#window")).to_have_text("1")
    expect(phone).to_have_title("Please go to window 1")
    clerk.post(f"/tickets/{ticket['id']}/start")
    clerk.post(f"/tickets/{ticket['id']}/finish")
    expect(phone.locator("#state")).to_have_text("You have been served. Thank you!")
    expect(phone.locator("#window")).to_be_hidden()


def test_it_works_without_scripts(live: LiveCenter, browser: Browser) -> None:
    """A phone without scripts shows the number and looks again by itself."""
    ticket = live.issue("A02", language="en")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live.ticket_page(ticket))
    expect(page.locator("#number")).to_have_text(ticket["number"])
    assert 'http-equiv="refresh"' in page.content()
    context.close()


def test_it_looks_again_where_sockets_do_not_get_through(live: LiveCenter, opened: Opener) -> None:
    """Without a socket the page asks every 15 seconds."""
    ticket = live.issue("A02", language="en")
    phone = opened(width=360, height=640)
    phone.clock.install()
    phone.route("**/feed.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    phone.goto(live.ticket_page(ticket))
    expect(phone.locator("#fresh")).to_contain_text("Updated")
    clerk = live.person("clerk1")
    clerk.post("/windows/1/open")
    clerk.post("/windows/1/next")
    phone.clock.run_for(16_000)
    expect(phone.locator("#state")).to_have_text("Please go to window 1")

"""The stage of the moves: one center, and a browser page for each role that works on it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from queue_server import demo
from queue_server.simulation.caller import Caller
from tests.queue_server.web.pages.live_center import LiveCenter

#: taken first by window 1, whose clerk is clerk1; and services of other windows
SERVICE, OTHER, CASHIER = "A02", "E01", "U02"
#: where each role works
WORKPLACE: Final = {
    "clerk1": "/panel",
    "clerk2": "/panel",
    "receptionist": "/reception",
    "supervisor": "/floor",
    "controller": "/floor",
    "administrator": "/people",
    "analyst": "/reports",
}
#: asks the API from within a page as its own scripts do, with its session and its CSRF token
FETCH: Final = """async (asked) => {
  const session = await fetch("/api/v1/session");
  const token = session.ok ? (await session.json()).csrf_token : "";
  const answers = [];
  for (const [path, body] of asked) {
    const reply = await fetch(`/api/v1${path}`, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "Idempotency-Key": crypto.randomUUID(),
        "X-CSRF-Token": token,
      },
      body: JSON.stringify(body),
    });
    answers.push([reply.status, await reply.json().catch(() => null)]);
  }
  return answers;
}"""
#: what is pressed must be there within so long, ms
PATIENCE: Final = 10_000
Ticket = dict[str, Any]
Ask = tuple[str, Mapping[str, object]]


@dataclass
class Stage:
    """A running center, and whoever works there, each in a browser of the own."""

    browser: Browser
    center: LiveCenter
    #: a supervisor beside the one at the floor, who looks and clears up
    boss: Caller
    pages: dict[str, Page] = field(default_factory=dict)
    contexts: list[BrowserContext] = field(default_factory=list)

    def at_work(self, login: str) -> Page:
        """Return somebody's page at the own workplace, in English; signed in once."""
        if login not in self.pages:
            page = self.phone(1440, 900)
            page.goto(f"{self.center.url}/sign-in?lang=en")
            page.get_by_role("textbox", name="Login").fill(login)
            page.locator("#password").fill(self.center.someone(login).password)
            page.get_by_role("button", name="Sign in", exact=True).click()
            page.wait_for_url(re.compile(r"/(?!sign-in)\w*$"))
            page.goto(self.center.url + WORKPLACE[login])
            self.pages[login] = page
        return self.pages[login]

    def phone(self, width: int = 390, height: int = 780) -> Page:
        """Return an empty page of a browser that nobody has used."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        return context.new_page()

    def visitor(self, ticket: Ticket) -> Page:
        """Return a phone at the page of a ticket."""
        page = self.phone()
        page.goto(self.center.ticket_page(ticket, lang="en"))
        expect(page.locator("#fresh")).not_to_be_empty()
        return page

    def issue(self, service: str = SERVICE, **wish: Any) -> Ticket:
        """Issue a ticket at the kiosk."""
        return self.center.issue(service, **wish)

    def kiosk(self) -> Caller:
        """Return the kiosk."""
        devices = demo.links(self.center.about).devices
        return Caller(self.center.url, next(d.token for d in devices if d.kind == "kiosk"))

    def now(self, ticket: Ticket) -> Ticket:
        """Return what the server knows of a ticket."""
        return dict(self.boss.get(f"/tickets/{ticket['id']}"))

    def last(self, ticket: Ticket) -> dict[str, Any]:
        """Return the last event of a ticket."""
        return dict(self.boss.get(f"/tickets/{ticket['id']}/history")["events"][-1])

    def clear(self) -> None:
        """End every visit and close every window."""
        for hand in filter(None, (each["ticket"] for each in self._floor("windows"))):
            path = f"/tickets/{hand['id']}"
            asked(self.at_work("clerk1"), (f"{path}/start", {}), (f"{path}/finish", {}))
        for ticket in (*self._floor("waiting"), *self._floor("parked")):
            self._do(f"/tickets/{ticket['id']}/cancel", reason="the test is over")
        for window in self._floor("windows"):
            if window["state"] != "closed":
                self._do(f"/windows/{window['number']}/close")

    def _floor(self, part: str) -> list[dict[str, Any]]:
        return list(self.boss.get("/floor")[part])

    def _do(self, path: str, **said: object) -> None:
        reply = self.boss.post(path, said)
        assert reply.ok, f"{path}: {reply.text}"

    def change_rules(self, **rules: object) -> None:
        """Put other rules in force, through the administrator's own page."""
        page = self.at_work("administrator")
        read = "async () => (await fetch('/api/v1/catalogue/document')).json()"
        known = page.evaluate(read)
        document = {**known["document"], "rules": {**known["document"]["rules"], **rules}}
        ((status, said),) = asked(
            page, ("/catalogue", {"document": document, "based_on": known["version"]})
        )
        assert status == 200, said

    def close(self) -> None:
        """Close every browser."""
        for context in self.contexts:
            context.close()


def asked(page: Page, *calls: Ask) -> Sequence[tuple[int, Any]]:
    """Return what the API answers to a page's own person: (status, body) of each call."""
    return [(status, body) for status, body in page.evaluate(FETCH, [list(call) for call in calls])]


def key(page: Page | Locator, name: str) -> Locator:
    """Return the key whose accessible name begins so; its cap and a countdown may follow."""
    return page.get_by_role("button", name=re.compile(f"^{re.escape(name)}"))


def because(page: Page, reason: str) -> None:
    """Give a ready reason."""
    page.get_by_role("dialog").get_by_role("button", name=reason).click()


def pick(page: Page, words: str, verb: str) -> None:
    """Find an item of the list that is asked for, and choose it."""
    question = page.get_by_role("dialog")
    question.get_by_role("searchbox").fill(words)
    question.get_by_role("radio", name=words).first.check(force=True)
    key(question, verb).click()


def offered(page: Page, names: Sequence[str]) -> list[str]:
    """Return which of these keys the page has, shown or hidden; a cap or a number may follow."""
    return [
        name
        for name in names
        if page.get_by_role(
            "button", name=re.compile(rf"^{name}( [A-Z\d]|$)"), include_hidden=True
        ).count()
    ]

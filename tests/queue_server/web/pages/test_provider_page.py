"""Signing in through a service that runs as a process of its own, in a real browser."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from playwright.sync_api import Browser, Page, Route, expect

from tests.queue_server.web.pages.live_center import PATIENCE, LiveCenter

PEOPLE = (
    {"sub": "u-1", "preferred_username": "supervisor"},
    {"sub": "u-2", "preferred_username": "stranger"},
)
SETTINGS = """
database = "sqlite:///{data}/navbat.db"
port = {port}
public_url = "{url}"
secret_file = "{data}/secret"
data = "{data}"
threads = 200
[sign_in]
second_factor_for = ["administrator"]
[oidc]
issuer = "{issuer}"
client_id = "navbat"
client_secret_file = "{data}/oidc-secret"
"""


class ProviderProcess:
    """An OpenID Connect provider that others have written, on this machine."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.issuer = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serve; returns once it answers."""
        people = [word for one in PEOPLE for word in ("--user-claims", json.dumps(one))]
        self._process = subprocess.Popen(
            [*(sys.executable, "-m", "oidc_provider_mock"), *("-p", str(self.port), "-n"), *people],
            stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        end, pause = time.monotonic() + PATIENCE, threading.Event()
        while not self._answers():
            assert time.monotonic() < end, "the provider did not start"
            pause.wait(0.05)

    def kill(self) -> None:
        """End it."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)
            self._process = None

    def _answers(self) -> bool:
        try:
            about = f"{self.issuer}/.well-known/openid-configuration"
            return requests.get(about, timeout=1).status_code == 200
        except requests.RequestException:
            return False


class ServedCenter(LiveCenter):
    """A center that reads its settings from a file, as an installed one does."""

    def __init__(self, folder: Path, issuer: str) -> None:
        super().__init__(folder)
        (folder / "oidc-secret").write_text("a secret of the two\n")
        words = {"data": folder, "port": self.port, "url": self.url, "issuer": issuer}
        (folder / "server.toml").write_text(SETTINGS.format(**words))

    def arguments(self) -> tuple[str, ...]:
        """Return what `serve` is told."""
        return "--config", str(self.about.data / "server.toml")


@pytest.fixture(scope="module")
def provider() -> Iterator[ProviderProcess]:
    """The provider."""
    made = ProviderProcess()
    yield made
    made.kill()


@pytest.fixture(scope="module")
def center(
    prepared: Path, provider: ProviderProcess, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServedCenter]:
    """A center that was started while its sign-in service was away."""
    folder = tmp_path_factory.mktemp("provided") / "center"
    made = ServedCenter(Path(shutil.copytree(prepared, folder)), provider.issuer)
    made.start()
    provider.start()
    yield made
    made.kill()


@pytest.fixture
def page(browser: Browser, center: ServedCenter) -> Iterator[Page]:
    """A browser of one's own at the sign-in form, which reaches this machine only."""
    context = browser.new_context(reduced_motion="reduce")
    opened = context.new_page()
    opened.route("**/*", on_this_machine)
    opened.goto(f"{center.url}/sign-in?lang=en")
    yield opened
    context.close()


def on_this_machine(route: Route) -> None:
    """Let through what stays here."""
    if urlsplit(route.request.url).hostname == "127.0.0.1":
        route.continue_()
    else:
        route.abort()


def lets_in(page: Page, subject: str) -> None:
    """Press the center's button, and there that of somebody."""
    page.get_by_role("link", name="Single sign-on").click()
    page.get_by_role("button", name=subject, exact=True).click()


def test_somebody_signs_in_through_the_service(page: Page, center: ServedCenter) -> None:
    """One touch here, one there, and the supervisor is on the floor."""
    lets_in(page, "u-1")
    expect(page).to_have_url(f"{center.url}/floor")
    expect(page.get_by_role("heading", name="Floor", exact=True)).to_be_visible()
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert cookies["navbat_session"]["httpOnly"]
    assert "navbat_departure" not in cookies
    page.goto(f"{center.url}/devices")
    expect(page.locator("h1")).to_have_text("Devices")


def test_whom_no_administrator_has_added_stays_outside(page: Page) -> None:
    """The service knows the stranger; the center does not, and says so."""
    lets_in(page, "u-2")
    expect(page.get_by_role("alert")).to_contain_text("You have no account in this center")


def test_who_says_no_there_is_back_at_the_form(page: Page) -> None:
    """A refusal at the service is a sentence, not a fault."""
    page.get_by_role("link", name="Single sign-on").click()
    page.get_by_role("button", name="Deny").click()
    expect(page.get_by_role("alert")).to_contain_text("has not let you in")


def test_passwords_work_while_the_service_is_away(
    browser: Browser, prepared: Path, tmp_path: Path
) -> None:
    """The center starts without its service; the button says so, and the password opens."""
    nobody = ProviderProcess()
    center = ServedCenter(Path(shutil.copytree(prepared, tmp_path / "center")), nobody.issuer)
    center.start()
    page = browser.new_page()
    page.goto(f"{center.url}/sign-in?lang=en")
    page.get_by_role("link", name="Single sign-on").click()
    expect(page.get_by_role("alert")).to_contain_text("does not answer")
    page.fill("#login", "supervisor")
    page.fill("#password", center.someone("supervisor").password)
    page.click("button[type=submit]")
    expect(page).to_have_url(f"{center.url}/floor")
    page.close()
    center.kill()


def test_an_administrator_sets_up_the_second_factor_before_all_else(
    page: Page, center: ServedCenter
) -> None:
    """As installed: the password alone opens only the account page, which says what to do."""
    page.fill("#login", "administrator")
    page.fill("#password", center.someone("administrator").password)
    page.click("button[type=submit]")
    expect(page.get_by_role("heading", name="Set up the two-step sign-in")).to_be_visible()
    page.goto(f"{center.url}/people")
    expect(page).to_have_url(f"{center.url}/account")

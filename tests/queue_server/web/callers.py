"""Who calls in the web tests: devices and people at a test client."""

from __future__ import annotations

import itertools
from typing import Any

from werkzeug.test import Client, TestResponse

from queue_server import demo
from queue_server.bootstrap import Running

_keys = itertools.count()


class Browser:
    """A device or a person with a test client of its own."""

    def __init__(self, running: Running, token: str | None = None) -> None:
        self._client: Client = running.web.app.test_client()
        self.headers: dict[str, str] = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, path: str) -> TestResponse:
        """Read."""
        return self._client.get(path, headers=self.headers)

    def post(self, path: str, body: Any = None, key: str | None = None) -> TestResponse:
        """Command, under a new key where none is given."""
        headers = {**self.headers, "Idempotency-Key": key or f"key-{next(_keys)}"}
        return self._client.post(path, json={} if body is None else body, headers=headers)

    def sign_in(self, login: str, password: str) -> TestResponse:
        """Begin a session."""
        reply = self.post("/api/v1/session", {"login": login, "password": password})
        if reply.status_code == 200:
            self.headers["X-CSRF-Token"] = reply.json["csrf_token"]
        return reply


def links(running: Running) -> demo.DemoLinks:
    """Return the people and devices of a running demo center."""
    found = running.web.app.extensions["navbat"].demo
    assert found is not None
    return found


def device(running: Running, kind: str) -> Browser:
    """Return a browser with the token of a device."""
    return Browser(running, next(d.token for d in links(running).devices if d.kind == kind))


def person(running: Running, login: str) -> Browser:
    """Return a browser where somebody is signed in."""
    browser = Browser(running)
    found = next(p for p in links(running).people if p.login == login)
    assert browser.sign_in(login, found.password).status_code == 200
    return browser

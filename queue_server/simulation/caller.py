"""One user of the real API over HTTP: a device by its token, or a person signed in."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

import requests


class Caller:
    """One user of the API: a device by its token, or a person signed in."""

    def __init__(self, url: str, token: str | None = None) -> None:
        self._url, self._session = url.rstrip("/"), requests.Session()
        self._session.trust_env = False
        if token:
            self._session.headers["Authorization"] = f"Bearer {token}"

    def sign_in(self, login: str, password: str) -> None:
        """Begin a session; raises requests.HTTPError."""
        reply = self.post("/session", {"login": login, "password": password})
        reply.raise_for_status()
        self._session.headers["X-CSRF-Token"] = reply.json()["csrf_token"]

    def get(self, path: str) -> Any:
        """Return what a call answers; raises requests.RequestException."""
        reply = self._session.get(f"{self._url}/api/v1{path}", timeout=10)
        reply.raise_for_status()
        return reply.json()

    def post(self, path: str, body: Mapping[str, object] | None = None) -> requests.Response:
        """Send a command under a new key; raises requests.RequestException."""
        headers = {"Idempotency-Key": uuid.uuid4().hex}
        return self._session.post(
            f"{self._url}/api/v1{path}", json=body or {}, headers=headers, timeout=10
        )

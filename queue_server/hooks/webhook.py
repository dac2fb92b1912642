"""News by web hook: one POST for each, signed, with an answer of 2xx as its receipt."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import requests

from queue_server.hooks.forwarding import Away, Refused
from queue_server.hooks.news import News
from queue_server.hooks.signing import EVENT, SIGNATURE, sign

#: seconds that a receiver may take
PATIENCE: Final = 10
#: answers after which a further try makes sense, beside 5xx
AGAIN: Final = frozenset({408, 425, 429})
#: the receipt
TAKEN: Final = range(200, 300)
_SERVER_ERROR: Final = 500


@dataclass(frozen=True, slots=True)
class WebHook:
    """A receiver of news over HTTP."""

    url: str
    secret: bytes
    wanted: Collection[str]
    name: str = "webhook"

    def deliver(self, told: News, now: datetime) -> None:
        """Send the news; raises Away or Refused."""
        body = json.dumps(told.body(), ensure_ascii=False, separators=(",", ":")).encode()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            EVENT: told.id,
            SIGNATURE: sign(self.secret, body, now),
        }
        try:
            answer = requests.post(
                self.url, body, headers=headers, timeout=PATIENCE, allow_redirects=False
            )
        except requests.RequestException as error:
            raise Away(type(error).__name__) from error
        if answer.status_code in TAKEN:
            return
        if answer.status_code >= _SERVER_ERROR or answer.status_code in AGAIN:
            raise Away(f"answered {answer.status_code}")
        raise Refused(f"answered {answer.status_code}")

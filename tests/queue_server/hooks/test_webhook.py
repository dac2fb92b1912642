"""News over HTTP: signed, with a receipt."""

import json
from datetime import UTC, datetime

import pytest

from queue_server.hooks.forwarding import Away, Refused
from queue_server.hooks.news import News
from queue_server.hooks.signing import EVENT, SIGNATURE, holds
from queue_server.hooks.webhook import WebHook
from tests.queue_server.hooks.receivers import receiver

NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
ALARM = News(
    "DEMO:42", "norm_exceeded", "2026-11-23T05:00:00.000Z", "DEMO", {"subject": "A", "detail": "17"}
)
SECRET = b"shared in advance"


def hook(url: str) -> WebHook:
    """Return a web hook to this address."""
    return WebHook(url, SECRET, ("norm_exceeded",))


def test_the_receiver_can_check_what_it_gets() -> None:
    """Body, event id and signature arrive, and the signature holds."""
    with receiver() as heard:
        hook(heard.url).deliver(ALARM, NOW)
    ((headers, body),) = heard.requests
    assert json.loads(body) == ALARM.body()
    assert headers[EVENT] == "DEMO:42"
    assert holds(SECRET, headers[SIGNATURE], body, NOW)


@pytest.mark.parametrize("status", [500, 503, 429, 408])
def test_a_receiver_in_trouble_is_tried_again(status: int) -> None:
    """It may take the news later."""
    with receiver(status) as heard, pytest.raises(Away):
        hook(heard.url).deliver(ALARM, NOW)


@pytest.mark.parametrize("status", [301, 400, 404, 410])
def test_a_receiver_that_says_no_is_not_asked_again(status: int) -> None:
    """Nor is news sent on to wherever an answer points."""
    with receiver(status) as heard, pytest.raises(Refused):
        hook(heard.url).deliver(ALARM, NOW)


def test_a_receiver_that_is_not_there_is_tried_again() -> None:
    """A closed port is no refusal."""
    with receiver() as heard:
        url = heard.url
    with pytest.raises(Away):
        hook(url).deliver(ALARM, NOW)

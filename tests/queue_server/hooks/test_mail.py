"""News by e-mail, through a real mail server."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from config.languages import LANGUAGES
from config.wording import Wording
from queue_server.hooks.forwarding import Away, Refused
from queue_server.hooks.mail import Mail, Server
from queue_server.hooks.news import REMINDER, TOLD, News

NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
ALARM = News(
    "DEMO:42", "norm_exceeded", "2026-11-23T05:00:00.000Z", "DEMO", {"subject": "A", "detail": "17"}
)


class Postman:
    """Takes every letter, or answers as it is told."""

    def __init__(self) -> None:
        self.letters: list[Any] = []
        self.answer = "250 OK"

    async def handle_DATA(  # noqa: N802 - the name that aiosmtpd calls
        self, _server: object, _session: object, envelope: Any
    ) -> str:
        """Take a letter."""
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.answer


@pytest.fixture
def postman() -> Iterator[tuple[Postman, int]]:
    """A mail server on a port of its own."""
    handler = Postman()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


def mail(port: int, language: str = "uz-Latn") -> Mail:
    """Return a writer of letters to two people."""
    return Mail(
        Server("127.0.0.1", port, "none"),
        "navbat@center.example",
        ("duty@center.example", "chief@center.example"),
        language,
        "Asia/Tashkent",
        Wording.load().say,
        TOLD,
    )


def test_a_letter_says_what_happened_and_when(postman: tuple[Postman, int]) -> None:
    """The subject is the news; the time is the center's own."""
    handler, port = postman
    mail(port, "en").deliver(ALARM, NOW)
    (letter,) = handler.letters
    assert letter["Subject"] == "DEMO: Group A: the wait is over the norm, 17 min"
    assert letter["To"] == "duty@center.example, chief@center.example"
    assert "2026-11-23 10:00" in letter.get_content()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(set(TOLD) - {REMINDER}))
def test_all_news_have_words_in_every_language(kind: str, language: str) -> None:
    """No letter comes without a text."""
    letter = mail(1, language).letter(
        News("DEMO:1", kind, ALARM.at, "DEMO", {"subject": "A01"}), NOW
    )
    assert "A01" in letter["Subject"]


def test_reminders_are_not_for_staff() -> None:
    """A visitor's contact goes to no mailbox of the center."""
    assert REMINDER not in mail(1).wanted


def test_a_mail_server_that_says_no_is_not_asked_again(postman: tuple[Postman, int]) -> None:
    """5xx is for good, 4xx is for now."""
    handler, port = postman
    handler.answer = "550 no such box"
    with pytest.raises(Refused):
        mail(port).deliver(ALARM, NOW)
    handler.answer = "451 try later"
    with pytest.raises(Away):
        mail(port).deliver(ALARM, NOW)


def test_a_mail_server_that_is_not_there_is_tried_again() -> None:
    """A closed port is no refusal."""
    with pytest.raises(Away):
        mail(1).deliver(ALARM, NOW)

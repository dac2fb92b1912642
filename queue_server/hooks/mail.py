"""News by e-mail, to the people whom the center names; visitors are reached by the web hook."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final
from zoneinfo import ZoneInfo

from queue_server.hooks.forwarding import Away, Refused
from queue_server.hooks.news import REMINDER, News

#: seconds that the mail server may take for each step
PATIENCE: Final = 15
_PERMANENT: Final = 500


@dataclass(frozen=True, slots=True)
class Server:
    """How the mail server is reached."""

    host: str
    port: int = 587
    #: `starttls`, `tls` from the first byte, or `none` inside a house of one's own
    security: str = "starttls"
    user: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """A receiver of news by e-mail."""

    server: Server
    sender: str
    to: tuple[str, ...]
    language: str
    timezone: str
    #: (key, language, values) → a text of the interface
    say: Callable[..., str]
    chosen: Collection[str]
    name: str = "mail"

    @property
    def wanted(self) -> Collection[str]:
        """Everything chosen but reminders, which are for visitors."""
        return frozenset(self.chosen) - {REMINDER}

    def deliver(self, told: News, now: datetime) -> None:
        """Send the news; raises Away or Refused."""
        try:
            with self._connected() as connection:
                if self.server.user:
                    connection.login(self.server.user, self.server.password)
                connection.send_message(self.letter(told, now))
        except smtplib.SMTPResponseException as error:
            kind = Refused if error.smtp_code >= _PERMANENT else Away
            raise kind(f"answered {error.smtp_code}") from error
        except (OSError, smtplib.SMTPException) as error:
            raise Away(type(error).__name__) from error

    def letter(self, told: News, now: datetime) -> EmailMessage:
        """Return the letter: a subject that says it all, and the facts below."""
        local = datetime.fromisoformat(told.at).astimezone(ZoneInfo(self.timezone))
        what = self.say(f"hook.{told.type}", self.language, **_named(told))
        letter = EmailMessage()
        letter["Subject"] = f"{told.center}: {what}".strip()
        letter["From"], letter["To"] = self.sender, ", ".join(self.to)
        letter["Date"] = format_datetime(now)
        letter["Message-ID"] = f"<{told.id.replace(':', '.')}@{self.sender.rpartition('@')[2]}>"
        lines = [what, f"{local:%Y-%m-%d %H:%M}"]
        lines += [str(told.facts["reason"])] if told.facts.get("reason") else []
        letter.set_content("\n".join(lines) + "\n")
        return letter

    def _connected(self) -> smtplib.SMTP:
        server = self.server
        context = ssl.create_default_context()
        if server.security == "tls":
            return smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=context)
        connection = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
        if server.security == "starttls":
            connection.starttls(context=context)
        return connection


def _named(told: News) -> dict[str, str]:
    return {name: str(told.facts.get(name, "")) for name in ("subject", "detail")}

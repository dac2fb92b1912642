"""What leaves the house: settings of the web hook and of e-mail (in `server.toml`)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from config import loader

#: events that may be told outside
Told = Literal[
    "norm_exceeded",
    "norm_kept",
    "device_alerted",
    "device_recovered",
    "device_revoked",
    "help_called",
    "hall_suspended",
    "hall_resumed",
    "queue_kept",
    "day_opened",
    "day_closed",
    "issuing_closed",
    "issuing_opened",
    "reminder_due",
]
ALERTS: tuple[Told, ...] = ("norm_exceeded", "device_alerted", "hall_suspended", "issuing_closed")
Target = Annotated[str, loader.like(r"https?://[^/\s]+(/\S*)?", "'https://hooks.example/navbat'")]
Address = Annotated[str, loader.like(r"[^@\s]+@[^@\s]+", "'duty@center.example'")]


class Webhook(loader.Settings):
    """A receiver of news over HTTP; without an address there is none."""

    url: Target | None = None
    #: file with the secret that signs, shared with the receiver
    secret_file: Path | None = None
    events: tuple[Told, ...] = (*ALERTS, "norm_kept", "device_recovered", "reminder_due")

    @model_validator(mode="after")
    def _whole(self) -> Webhook:
        if self.url is not None and self.secret_file is None:
            raise ValueError("secret_file is missing; the receiver must know that news are ours")
        return self


class Mail(loader.Settings):
    """A mail server and whom it writes to; without a host there is none."""

    host: str | None = None
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password_file: Path | None = None
    sender: Address = "navbat@localhost"
    to: tuple[Address, ...] = ()
    #: whose wall clock its letters show
    timezone: str = "Asia/Tashkent"
    #: in which language it writes
    language: Literal["uz-Latn", "uz-Cyrl", "ru", "kaa", "en"] = "uz-Latn"
    events: tuple[Told, ...] = ALERTS

    @model_validator(mode="after")
    def _whole(self) -> Mail:
        if self.host is not None and not self.to:
            raise ValueError("to is empty; name at least one address")
        return self

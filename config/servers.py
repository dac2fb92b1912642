"""Settings of the center's server: what the machine needs to start (`server.toml`)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from config import loader
from config.hooks import Mail, Webhook
from config.languages import Text

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]
Port = Annotated[int, Field(ge=1, le=65535)]
Url = Annotated[
    str,
    loader.like(
        r"https?://[^/\s]+(/\S*[^/\s])?", "'http://queue.example' with no slash at the end"
    ),
]
Database = Annotated[
    str,
    loader.like(
        r"sqlite:///\S+|postgresql://\S+",
        "'sqlite:////var/lib/navbat/navbat.db' or 'postgresql://user@host/name'",
    ),
]

Role = Literal["receptionist", "clerk", "supervisor", "controller", "administrator", "analyst"]
#: an issuer is compared letter by letter, so its slash at the end may stand
Issuer = Annotated[str, loader.like(r"https?://[^/\s]+(/\S*)?", "'https://login.example'")]

PATH = Path("/etc/navbat/server.toml")


class SignIn(loader.Settings):
    """What people show beside a password."""

    #: roles that must have a second factor
    second_factor_for: tuple[Role, ...] = ("administrator",)


class Oidc(loader.Settings):
    """A sign-in service that speaks OpenID Connect; without an issuer there is none."""

    issuer: Issuer | None = None
    client_id: str = ""
    client_secret_file: Path | None = None
    #: the claim that holds the login, the first time
    claim: Annotated[str, Field(min_length=1)] = "preferred_username"
    #: roles that have no other way in
    only_for: tuple[Role, ...] = ()
    #: whether the center's own second factor is asked for besides
    second_factor: bool = False
    #: what stands on its button
    name: Text = Text(
        uz="Yagona kirish", ru="Единый вход", kaa="Birden-bir kiriw", en="Single sign-on"
    )

    @model_validator(mode="after")
    def _whole(self) -> Oidc:
        if self.issuer is not None and not self.client_id:
            raise ValueError("client_id is missing; write the name that the service knows us by")
        if self.issuer is None and self.only_for:
            raise ValueError("only_for needs an issuer; nobody of these roles could sign in")
        return self


class Server(loader.Settings):
    """Where the server listens, keeps its data, and finds its secret."""

    #: SQLAlchemy address of the database
    database: Database = "sqlite:////var/lib/navbat/navbat.db"
    #: address to listen on
    listen: Annotated[str, Field(min_length=1)] = "127.0.0.1"
    port: Port = 8000
    #: how phones and other machines reach the server; stands in the slip's code
    public_url: Url = "http://localhost:8000"
    #: file with the key that signs sessions and ticket links
    secret_file: Path = Path("/etc/navbat/secret")
    #: folder for everything that the server writes beside the database
    data: Path = Path("/var/lib/navbat")
    #: one thread per open socket, and some for requests
    threads: Annotated[int, Field(ge=8, le=10_000)] = 1200
    log_level: LogLevel = "INFO"
    #: how many proxies stand before the server and tell it whom they speak for
    proxies: Annotated[int, Field(ge=0, le=5)] = 0
    sign_in: SignIn = SignIn()
    oidc: Oidc = Oidc()
    webhook: Webhook = Webhook()
    mail: Mail = Mail()


def load(path: Path = PATH) -> Server:
    """Return the server's settings, or raise ConfigErrors with every mistake in the file."""
    return loader.load(path, Server)

"""Where a command of `navbat-server` finds its center, and how it says a mistake."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, Final, ParamSpec

import click

from config import loader, servers
from config.wording import Wording
from queue_server import bootstrap, demo
from queue_server.bootstrap import Wiring
from queue_server.domain.errors import DomainError
from queue_server.domain.signing_in import SignInRules
from queue_server.hooks.forwarding import Sink
from queue_server.hooks.mail import Mail, Server
from queue_server.hooks.webhook import WebHook
from queue_server.storage import backup
from queue_server.storage.database import Database
from queue_server.storage.errors import StorageError
from queue_server.usecases.ports import Center
from queue_server.voice import packs
from queue_server.web.oidc import OidcSettings
from queue_server.wsgi import PortBusy

Rest = ParamSpec("Rest")
Located = Callable[Concatenate[Wiring, Rest], None]
FILE: Final = click.Path(path_type=Path)


def located(command: Located[Rest]) -> Callable[..., None]:
    """Give a command `--config FILE` or `--data DIR`, and pass it the Wiring of that center."""

    @click.option("--config", type=FILE, help="Settings file (else /etc/navbat/server.toml).")
    @click.option("--data", type=FILE, help="The folder of a demo, instead of a settings file.")
    @wraps(command)
    def found(
        config: Path | None, data: Path | None, *args: Rest.args, **rest: Rest.kwargs
    ) -> None:
        with plain_errors():
            command(_wiring(config, data), *args, **rest)

    return found


@contextmanager
def plain_errors() -> Iterator[None]:
    """Say a user's mistake in plain sentences on stderr: exit 2 for a faulty file, else 1."""
    try:
        yield
    except loader.ConfigErrors as errors:
        for fault in errors.errors:
            click.echo(str(fault), err=True)
        sys.exit(2)
    except (StorageError, DomainError, PortBusy, OSError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)


def opened(wiring: Wiring) -> tuple[Center, Database]:
    """Open a center that must be there; raises StorageError rather than make an empty one."""
    if wiring.database.startswith("sqlite:"):
        path = backup.file_of(wiring.database)
        if not path.exists():
            raise StorageError(f"There is no database at {path}.")
    return bootstrap.open_center(wiring)


def _wiring(config: Path | None, data: Path | None) -> Wiring:
    if data is not None:
        return demo.Demo(data.resolve(), 8000).wiring
    found = servers.load(config) if config else servers.load()
    return Wiring(
        found.database,
        found.data,
        found.secret_file,
        found.public_url,
        found.listen,
        found.port,
        found.threads,
        found.log_level,
        packs.folder(os.environ),
        **_sign_in(found),
        sinks=tuple(_sinks(found)),
    )


def _sinks(found: servers.Server) -> Iterator[Sink]:
    """Yield who is told outside of the house; raises OSError where a secret cannot be read."""
    hook, mail = found.webhook, found.mail
    if hook.url and hook.secret_file:
        yield WebHook(hook.url, hook.secret_file.read_bytes().strip(), hook.events)
    if mail.host:
        password = mail.password_file.read_text().strip() if mail.password_file else ""
        server = Server(mail.host, mail.port, mail.security, mail.user, password)
        say = Wording.load().say
        yield Mail(server, mail.sender, mail.to, mail.language, mail.timezone, say, mail.events)


def _sign_in(found: servers.Server) -> dict[str, Any]:
    """Return how people sign in; raises OSError where the service's secret cannot be read."""
    service, rules = found.oidc, found.sign_in
    secret = service.client_secret_file.read_text().strip() if service.client_secret_file else None
    asked = OidcSettings(
        service.issuer or "",
        service.client_id,
        secret,
        service.claim,
        service.name.in_all(),
        found.public_url,
    )
    return {
        "sign_in": SignInRules(
            frozenset(rules.second_factor_for), frozenset(service.only_for), service.second_factor
        ),
        "oidc": asked if service.issuer else None,
        "proxies": found.proxies,
    }

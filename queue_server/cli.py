"""`navbat-server`: the center server's command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

import click

from config import catalogue as catalogue_file
from config import loader, logs, servers
from config.wording import Wording
from queue_server import bootstrap, demo, simulate_cli, wsgi
from queue_server.bootstrap import Wiring
from queue_server.domain import catalogue_document, ledger
from queue_server.domain.catalogue_checks import CatalogueErrors
from queue_server.domain.errors import DomainError
from queue_server.domain.signing_in import SignInRules
from queue_server.hooks.forwarding import Sink
from queue_server.hooks.mail import Mail, Server
from queue_server.hooks.webhook import WebHook
from queue_server.storage import backup
from queue_server.storage.database import Database
from queue_server.storage.errors import StorageError
from queue_server.usecases import access, administration, people
from queue_server.usecases.access import SYSTEM
from queue_server.usecases.commands import acting
from queue_server.usecases.ports import Center
from queue_server.usecases.records import Device, Person
from queue_server.usecases.rights import DEVICES, ROLES
from queue_server.voice import packs
from queue_server.web.oidc import OidcSettings
from queue_server.wsgi import Address, PortBusy

Rest = ParamSpec("Rest")
Located = Callable[Concatenate[Wiring, Rest], None]
#: visitors a day of a demo that somebody looks at
LIVELY = 440
DEMO_FOLDER = Path("demo-data")
FILE = click.Path(path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Run and look after a center's server."""


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


@main.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Instead of the settings' port.")
@located
def serve(wiring: Wiring, port: int | None) -> None:
    """Serve the center."""
    logs.setup(wiring.log_level)
    center, database = bootstrap.open_center(wiring)
    del center
    database.upgrade()
    database.close()
    links = None
    if wiring.demo:
        found = demo.Demo(wiring.data, port or wiring.port)
        wiring, links = found.wiring, lambda: demo.links(found)
    wsgi.serve(wiring, Address(wiring.host, port or wiring.port), links)


@main.command("demo")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--data", type=FILE, default=DEMO_FOLDER, show_default=True, help="Its folder.")
@click.option("--headless", is_flag=True, help="No windows; nothing moves by itself.")
@click.option("--visitors", type=click.IntRange(0), help="Simulated visitors a day.")
def demo_command(port: int, data: Path, visitors: int | None, *, headless: bool) -> None:
    """Run a whole center on this machine, with people, devices and visitors made up."""
    logs.setup("WARNING")
    lively = (0 if headless else LIVELY) if visitors is None else visitors
    with plain_errors():
        Address("127.0.0.1", port).check()
        made = demo.Demo(data.resolve(), port)
        sys.exit(demo.run(made, headless=headless, visitors=lively, say=click.echo))


@main.command()
@simulate_cli.options
def simulate(**asked: Any) -> None:
    """Play visitors and clerks in a demo that runs, until Ctrl-C; or with --days write its past."""
    with plain_errors():
        simulate_cli.simulate(**asked)


@main.group()
def db() -> None:
    """Look after the database."""


@db.command()
@located
def upgrade(wiring: Wiring) -> None:
    """Bring the database to this version's schema."""
    _, database = bootstrap.open_center(wiring)
    database.upgrade()
    click.echo("The database is up to date.")


@main.command("backup")
@click.argument("file", type=FILE)
@located
def back_up(wiring: Wiring, file: Path) -> None:
    """Write a checked copy of the database while the center works."""
    backup.back_up(backup.file_of(wiring.database), file)
    click.echo(f"Backed up to {file}.")


@main.command()
@click.argument("file", type=FILE)
@located
def restore(wiring: Wiring, file: Path) -> None:
    """Put a backup in the database's place; stop the server first."""
    aside = backup.put_back(file, backup.file_of(wiring.database))
    click.echo("Restored." + (f" The database before is now {aside}." if aside else ""))


@main.group("catalogue")
def catalogue_group() -> None:
    """Check, import and export what the center offers."""


@catalogue_group.command()
@click.argument("file", type=FILE)
def check(file: Path) -> None:
    """Say every mistake in a catalogue file; exit 2 where there is one."""
    with plain_errors():
        offered = catalogue_document.parse(_document(file))
    click.echo(
        f"{file.name} is right: {len(offered.services)} services, {len(offered.windows)} windows."
    )


@catalogue_group.command("import")
@click.argument("file", type=FILE)
@located
def import_(wiring: Wiring, file: Path) -> None:
    """Put a catalogue file in force, whole or not at all."""
    document = _document(file)
    center, database = bootstrap.open_center(wiring)
    database.upgrade()
    version = administration.put_catalogue(center, SYSTEM, document)
    click.echo(f"Catalogue version {version} is in force.")


@catalogue_group.command()
@click.argument("file", type=FILE)
@located
def export(wiring: Wiring, file: Path) -> None:
    """Write the catalogue in force to a file."""
    center, _ = _opened(wiring)
    with center.read() as work:
        document = dict(work.catalogues.document())
    catalogue_file.write(document, file)
    click.echo(f"Written to {file}.")


@main.group("user")
def user_group() -> None:
    """Look after people."""


@user_group.command("add")
@click.argument("login")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--name", help="How colleagues see them; the login if absent.")
@click.option("--window", type=click.IntRange(1), help="A clerk's fixed window.")
@click.option("--password-file", type=click.File(), help="One line; asked for if absent.")
@located
def add_user(
    wiring: Wiring, login: str, role: str, name: str | None, window: int | None, password_file: Any
) -> None:
    """Add a person, or give one a new password."""
    password = password_file.readline().rstrip("\n") if password_file else _ask_password()
    center, database = bootstrap.open_center(wiring)
    database.upgrade()
    people.add_person(center, Person(login, name or login, role, "", window), password)
    click.echo(f"{login} may sign in as {role}.")


@user_group.command("list")
@located
def list_users(wiring: Wiring) -> None:
    """List everybody: login, role, window, and whether they may sign in."""
    center, _ = _opened(wiring)
    for one in people.overview(center, SYSTEM).people:
        state = "disabled" if one.disabled else "may sign in"
        click.echo(f"{one.login}\t{one.role}\t{one.window or '-'}\t{state}")


@user_group.command("disable")
@click.argument("login")
@located
def disable_user(wiring: Wiring, login: str) -> None:
    """Let a person sign in no more."""
    with acting(_opened(wiring)[0], SYSTEM) as act:
        people.disable(act, login)
    click.echo(f"{login} may sign in no more.")


@user_group.command("enable")
@click.argument("login")
@located
def enable_user(wiring: Wiring, login: str) -> None:
    """Let a person sign in again."""
    with acting(_opened(wiring)[0], SYSTEM) as act:
        people.enable(act, login)
    click.echo(f"{login} may sign in again.")


@user_group.command("reset")
@click.argument("login")
@located
def reset_user(wiring: Wiring, login: str) -> None:
    """Give a person a password that serves once, and print it."""
    center, _ = _opened(wiring)
    password = center.names.code().lower() + center.names.code().lower()
    with acting(center, SYSTEM) as act:
        people.reset(act, login, center.passwords.hash(password))
    click.echo(password)


@main.group("device")
def device_group() -> None:
    """Look after kiosks and boards."""


@device_group.command()
@click.argument("name")
@click.option("--kind", type=click.Choice(DEVICES), required=True)
@click.option("--hall", type=click.IntRange(1), default=1, show_default=True)
@click.option("--window", type=click.IntRange(1), help="A rating pad's window.")
@located
def enrol(wiring: Wiring, name: str, kind: str, hall: int, window: int | None) -> None:
    """Enrol a device and print its token, this one time."""
    center, database = bootstrap.open_center(wiring)
    database.upgrade()
    token = center.names.token()
    access.enrol_device(center, Device(name, kind, "", hall, window=window), token)
    click.echo(token)


@main.group("ledger")
def ledger_group() -> None:
    """Prove that the event log was not changed."""


@ledger_group.command()
@located
def verify(wiring: Wiring) -> None:
    """Check the whole hash chain; exit 1 naming the first event that does not hold."""
    center, _ = _opened(wiring)
    with center.read() as work:
        broken = ledger.verify(work.log.sealed(), work.seq, work.head_hash)
        count = work.seq
    if broken is not None:
        click.echo(f"seq {broken.seq}: {broken.why}", err=True)
        sys.exit(1)
    click.echo(f"All {count} events hold.")


def _opened(wiring: Wiring) -> tuple[Center, Database]:
    """Open a center that must be there; raises StorageError rather than make an empty one."""
    if wiring.database.startswith("sqlite:"):
        path = backup.file_of(wiring.database)
        if not path.exists():
            raise StorageError(f"There is no database at {path}.")
    return bootstrap.open_center(wiring)


def _document(file: Path) -> dict[str, Any]:
    """Return a catalogue file's document; raises ConfigErrors with every mistake in it."""
    document = catalogue_file.read(file)
    try:
        catalogue_document.parse(document)
    except CatalogueErrors as errors:
        raise loader.ConfigErrors(
            loader.ConfigError(file.name, catalogue_file.key_in_file(fault.key), fault.sentence)
            for fault in errors.errors
        ) from None
    return document


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


def _ask_password() -> str:
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return password


if __name__ == "__main__":
    main()

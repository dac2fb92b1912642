"""`navbat-server`: the center server's command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from config import catalogue as catalogue_file
from config import loader, logs
from queue_server import backup_cli, bootstrap, demo, ledger_cli, simulate_cli, wsgi
from queue_server.bootstrap import Wiring
from queue_server.domain import catalogue_document
from queue_server.domain.catalogue_checks import CatalogueErrors
from queue_server.located import FILE, located, opened, plain_errors
from queue_server.usecases import access, administration, people
from queue_server.usecases.access import SYSTEM
from queue_server.usecases.commands import acting
from queue_server.usecases.records import Device, Person
from queue_server.usecases.rights import DEVICES, ROLES
from queue_server.wsgi import Address

#: visitors a day of a demo that somebody looks at
LIVELY = 440
DEMO_FOLDER = Path("demo-data")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Run and look after a center's server."""


for each in (*ledger_cli.COMMANDS, *backup_cli.COMMANDS):
    main.add_command(each)


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
    center, _ = opened(wiring)
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
    center, _ = opened(wiring)
    for one in people.overview(center, SYSTEM).people:
        state = "disabled" if one.disabled else "may sign in"
        click.echo(f"{one.login}\t{one.role}\t{one.window or '-'}\t{state}")


@user_group.command("disable")
@click.argument("login")
@located
def disable_user(wiring: Wiring, login: str) -> None:
    """Let a person sign in no more."""
    with acting(opened(wiring)[0], SYSTEM) as act:
        people.disable(act, login)
    click.echo(f"{login} may sign in no more.")


@user_group.command("enable")
@click.argument("login")
@located
def enable_user(wiring: Wiring, login: str) -> None:
    """Let a person sign in again."""
    with acting(opened(wiring)[0], SYSTEM) as act:
        people.enable(act, login)
    click.echo(f"{login} may sign in again.")


@user_group.command("reset")
@click.argument("login")
@located
def reset_user(wiring: Wiring, login: str) -> None:
    """Give a person a password that serves once, and print it."""
    center, _ = opened(wiring)
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


def _ask_password() -> str:
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return password


if __name__ == "__main__":
    main()

"""`navbat-server ledger` and `replay`: prove the log, and look back into it."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import click

from queue_server.bootstrap import Wiring
from queue_server.domain import checkpoint
from queue_server.domain.checkpoint import Checkpoint
from queue_server.located import FILE, located, opened
from queue_server.storage.errors import StorageError
from queue_server.storage.migrations import Schema
from queue_server.usecases import checkpoints, replay_text
from queue_server.usecases.access import SYSTEM
from queue_server.usecases.commands import acting
from queue_server.usecases.ports import Center
from queue_server.usecases.replaying import Replays


@click.group("ledger")
def ledger_group() -> None:
    """Prove that the event log was not changed."""


@ledger_group.command()
@click.option(
    "--checkpoint",
    "kept",
    multiple=True,
    metavar="FILE|TEXT",
    help="One that was kept elsewhere: a file, a line, or the short form 1234-9f3a….",
)
@click.option("--key", "keys", multiple=True, help="A public key that the center had before.")
@located
def verify(wiring: Wiring, kept: tuple[str, ...], keys: tuple[str, ...]) -> None:
    """Check the whole log; exit 1 naming the first event that does not hold, and why."""
    center = _current(wiring)
    elsewhere = [each for text in kept for each in _given(center, text)]
    verdict = checkpoints.verify(center, elsewhere, keys)
    if verdict.broken is not None:
        click.echo(f"seq {verdict.broken.seq}: {verdict.broken.why}", err=True)
        sys.exit(1)
    click.echo(
        f"All {verdict.events} events hold, and {verdict.checkpoints} checkpoints. "
        f"Key: {center.notary.public_key}"
    )


@ledger_group.command()
@click.argument("file", type=FILE)
@located
def export(wiring: Wiring, file: Path) -> None:
    """Write the log to a file, one event a line, for whoever verifies it (docs/ledger.md)."""
    center = _current(wiring)
    half = file.with_name(file.name + ".half")
    try:
        count = _exported(center, half)
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)
    click.echo(f"Written to {file}: {count} events.")


@ledger_group.command()
@located
def key(wiring: Wiring) -> None:
    """Print the public key by which the center signs its checkpoints."""
    center = _current(wiring)
    click.echo(center.notary.public_key)


@ledger_group.command("checkpoint")
@located
def make_checkpoint(wiring: Wiring) -> None:
    """Sign the place where the log ends, and print it: keep it where nobody here reaches it."""
    center = _current(wiring)
    with acting(center, SYSTEM) as act:
        made = checkpoints.make(act)
    click.echo(str(made))


@ledger_group.command()
@click.option("--reason", required=True, help="Why it is right: it stands in the log for ever.")
@located
def accept(wiring: Wiring, reason: str) -> None:
    """Answer for what speaks against the log, such as after a restore."""
    center = _current(wiring)
    with acting(center, SYSTEM) as act:
        count = checkpoints.accept(act, reason)
    click.echo(f"Answered for: {count}.")


@click.command()
@click.option("--at", "moment", required=True, help='Local time: "2026-11-20 11:35".')
@located
def replay(wiring: Wiring, moment: str) -> None:
    """Print the hall as it was at a minute of any day."""
    center = _current(wiring)
    with center.read() as work:
        zone = ZoneInfo(work.catalogues.current().timezone)
    at = _local(moment, zone)
    hall = Replays().hall(center, SYSTEM, at.date(), at)
    for line in replay_text.lines(hall, f"{at:%Y-%m-%d %H:%M}"):
        click.echo(line)


#: what `navbat-server` gets from here
COMMANDS: Final = (ledger_group, replay)


def _current(wiring: Wiring) -> Center:
    """Return a center whose tables are this version's; raises StorageError."""
    center, database = opened(wiring)
    if database.schema() is not Schema.CURRENT:
        raise StorageError("The database is an earlier version's; run `navbat-server db upgrade`.")
    return center


def _local(text: str, zone: ZoneInfo) -> datetime:
    """Return the end of a local minute; raises StorageError for what is none."""
    try:
        at = datetime.strptime(text.replace("T", " "), "%Y-%m-%d %H:%M").replace(tzinfo=zone)
    except ValueError:
        sentence = f'{text!r} is no time; write it as "2026-11-20 11:35".'
        raise StorageError(sentence) from None
    return at + timedelta(seconds=59)


def _given(center: Center, text: str) -> list[Checkpoint]:
    """Return the checkpoints that a file or a text holds; raises StorageError for none."""
    file = Path(text)
    found = _in_file(file) if len(text) < _LONGEST_NAME and file.is_file() else None
    try:
        places = [checkpoint.parse(text)] if found is None else found
    except checkpoint.NoCheckpoint as error:
        raise StorageError(str(error)) from error
    if not places:
        raise StorageError(f"There is no checkpoint in {file}.")
    own = checkpoints.key(center).center
    for place in places:
        if place.signature and place.center != own:
            raise StorageError(f"The checkpoint is of the center {place.center}, this is {own}.")
    return places


#: longer texts name no file
_LONGEST_NAME: Final = 150


def _in_file(file: Path) -> list[Checkpoint]:
    return checkpoint.in_text(file.read_text("utf-8", "replace"))


def _exported(center: Center, half: Path) -> int:
    count = 0
    with center.read() as work, half.open("wb") as stream:
        code = checkpoint.quoted(work.catalogues.current().code) if work.catalogue_version else "-"
        stream.write(f"#navbat-ledger 1 {code} {center.notary.public_key}\n".encode())
        for kept in work.checkpoints.own():
            stream.write(f"#{kept.checkpoint}\n".encode())
        stream.write(f"#head {work.seq} {work.head_hash}\n".encode())
        for sealed in work.log.sealed():
            stream.write(sealed.hash.encode() + b" " + sealed.body + b"\n")
            count += 1
    return count

"""`navbat-server backup` and `restore`: taken while the center works, proven before trusted."""

from __future__ import annotations

import contextlib
import signal
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from queue_server import bootstrap
from queue_server.bootstrap import Wiring
from queue_server.domain import ledger
from queue_server.located import FILE, located, opened, plain_errors
from queue_server.storage import (
    backup,
    backup_file,
    backup_keys,
    backup_names,
    backup_postgres,
)
from queue_server.storage.backup import DATABASE, LEDGER_KEY, SECRET, Facts, Staged
from queue_server.storage.backup_file import Header
from queue_server.storage.errors import StorageError
from queue_server.storage.migrations import Schema
from queue_server.usecases import checkpoints, recording
from queue_server.usecases.access import SYSTEM
from queue_server.usecases.act import Act
from queue_server.usecases.ports import Center


class _Backup(click.Group):
    """`backup FILE` is short for `backup take FILE`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the word in that may be left out."""
        known = {*self.commands, *ctx.help_option_names}
        if args and args[0] not in known:
            args = ["take", *args]
        return super().parse_args(ctx, args)


@click.group("backup", cls=_Backup)
def backup_group() -> None:
    """Take a backup while the center works: `backup FILE`."""


@backup_group.command()
@click.argument("target", type=FILE, metavar="FILE|FOLDER")
@click.option("--to", "recipient", type=FILE, help="Encrypt for this public key (`keygen`).")
@click.option("--keep", help="TARGET is a folder: name by time, and keep so long (14d, 36h, 8w).")
@located
def take(wiring: Wiring, target: Path, recipient: Path | None, keep: str | None) -> None:
    """Write one proven file; it appears whole under its name or not at all."""
    signal.signal(signal.SIGTERM, _end)
    public = backup_keys.public(recipient) if recipient else None
    age = backup_names.span(keep) if keep else None
    center, database = opened(wiring)
    with contextlib.closing(database):
        now, code = center.clock.now(), _code(center)
    file = target
    if age is not None:
        if target.exists() and not target.is_dir():
            raise StorageError(f"{target} is no folder; --keep wants one.")
        file = target / backup_names.name(code, now)
    header = _taken(wiring, file, public, recording.instant(now))
    size = file.stat().st_size / 1e6
    click.echo(f"Backed up to {file}: {header.seq} events, {size:.1f} MB, proven.")
    if public is None:
        click.echo("It holds no secrets: they come with --to alone (docs/backup.md).", err=True)
    if age is not None:
        names = [each.name for each in target.iterdir()]
        for name in backup_names.outworn(names, now, age):
            (target / name).unlink(missing_ok=True)


@backup_group.command()
@click.argument("file", type=FILE)
def keygen(file: Path) -> None:
    """Make a key pair: FILE, to be kept far from the center, and FILE.pub for `--to`."""
    with plain_errors():
        public = backup_keys.make(file)
    click.echo(f"{file} opens backups: keep it safe, and not here. {public} is for --to.")


@backup_group.command()
@click.argument("file", type=FILE)
@click.option("--key", "private", type=FILE, help="The private key of an encrypted backup.")
def check(file: Path, private: Path | None) -> None:
    """Prove a backup without restoring it."""
    with plain_errors(), tempfile.TemporaryDirectory(prefix="navbat-") as folder:
        key = backup_keys.private(private) if private else None
        place = Path(folder)
        with backup.staged(file, place / DATABASE, key) as found:
            facts = _proven_staged(_elsewhere(place), found)
    click.echo(f"{file} is whole: center {facts.center}, {facts.seq} events.")


@click.command()
@click.argument("file", type=FILE)
@click.option("--key", "private", type=FILE, help="The private key of an encrypted backup.")
@located
def restore(wiring: Wiring, file: Path, private: Path | None) -> None:
    """Put a proven backup in the database's place; stop the server first."""
    opener = backup_keys.private(private) if private else None
    if not wiring.database.startswith("sqlite:"):
        _restore_postgres(wiring, file, opener)
        return
    database = backup.file_of(wiring.database)
    backup.must_be_free(database)
    with backup.staged(file, database, opener) as found:
        facts = _proven_staged(wiring, found)
        _note(wiring, found, facts)
        aside = backup.put_back(found.database, database)
        moved = [aside, *_put_secrets(wiring, found.small)]
    click.echo(f"Restored: {facts.seq} events.")
    for each in filter(None, moved):
        click.echo(f"What was there before is now {each}.")
    if found.header is None or not found.small:
        click.echo("The backup held no secrets; this machine's own are in force.", err=True)
    for key in _other_keys(wiring):
        click.echo(f"Checkpoints in it bear another key: ledger verify --key {key}", err=True)


#: what `navbat-server` gets from here
COMMANDS: Final = (backup_group, restore)


def _taken(wiring: Wiring, file: Path, public: bytes | None, made_at: str) -> Header:
    secrets = {SECRET: wiring.secret, LEDGER_KEY: wiring.ledger_key}
    also: Mapping[str, Path | bytes] = secrets if public is not None else {}
    if not wiring.database.startswith("sqlite:"):
        facts = _proven(wiring)
        with _folder(wiring.data) as folder:
            dump = folder / backup_postgres.DUMP
            backup_postgres.dump(wiring.database, dump)
            header = Header(facts.center, made_at, facts.seq, facts.hash, "postgresql")
            return backup.write(file, header, public, {**also, backup_postgres.DUMP: dump})
    with backup.snapshot(backup.file_of(wiring.database)) as copy:
        facts = _proven(replace(wiring, database=f"sqlite:///{copy}"))
        header = Header(facts.center, made_at, facts.seq, facts.hash)
        return backup.write(file, header, public, {**also, DATABASE: copy})


def _proven(wiring: Wiring, *, keys_of_its_own: bool = False) -> Facts:
    """Return what a database holds; raises StorageError where its log does not hold."""
    center, database = bootstrap.open_center(wiring)
    try:
        current = database.schema() is Schema.CURRENT
        broken = _broken(center, keys_of_its_own) if current else _broken_chain(center)
        if broken is not None:
            raise StorageError(f"The log does not hold at seq {broken.seq}: {broken.why}.")
        with center.read() as work:
            return Facts(_code(center), work.seq, work.head_hash)
    finally:
        database.close()


def _broken(center: Center, keys_of_its_own: bool) -> ledger.Broken | None:  # noqa: FBT001
    with center.read() as work:
        keys = {each.public_key for each in work.checkpoints.own()} if keys_of_its_own else set()
    return checkpoints.verify(center, keys=keys).broken


def _broken_chain(center: Center) -> ledger.Broken | None:
    """Return where the log of an older version breaks: it knew no checkpoints."""
    with center.read() as work:
        return ledger.verify(work.log.sealed(), work.seq, work.head_hash)


def _proven_staged(wiring: Wiring, found: Staged) -> Facts:
    """Prove what came out of a backup by the keys that came with it, else by the machine's."""
    with _folder(found.database.parent) as folder:
        known = {
            SECRET: found.small.get(SECRET) or _content(wiring.secret),
            LEDGER_KEY: found.small.get(LEDGER_KEY) or _content(wiring.ledger_key),
        }
        for name, content in known.items():
            if content:
                backup.put_small(content, folder / name)
        place = replace(
            wiring,
            database=f"sqlite:///{found.database}",
            data=folder,
            secret=folder / SECRET,
        )
        facts = _proven(place, keys_of_its_own=LEDGER_KEY not in found.small)
    header = found.header
    if header is not None and (header.seq, header.hash) != (facts.seq, facts.hash):
        raise StorageError("The backup holds another log than it says; take another backup.")
    return facts


def _note(wiring: Wiring, found: Staged, facts: Facts) -> None:
    """Bring the database to this version's schema, and write down where it comes from."""
    with _folder(found.database.parent) as folder:
        place = replace(
            wiring,
            database=f"sqlite:///{found.database}",
            data=folder,
            secret=folder / SECRET,
        )
        center, database = bootstrap.open_center(place)
        try:
            database.upgrade()
            with center.write() as work:
                act = Act(center, work, SYSTEM, center.clock.now())
                made = found.header.made_at if found.header else "unknown"
                recording.noted(act, "backup_restored", str(facts.seq), f"taken at {made}")
        finally:
            database.close()


def _put_secrets(wiring: Wiring, small: Mapping[str, bytes]) -> list[Path | None]:
    places = {SECRET: wiring.secret, LEDGER_KEY: wiring.ledger_key}
    return [backup.put_small(content, places[name]) for name, content in small.items()]


def _other_keys(wiring: Wiring) -> list[str]:
    """Return by which keys, other than the one in force, the log's checkpoints are signed."""
    center, database = opened(wiring)
    with contextlib.closing(database), center.read() as work:
        keys = {each.public_key for each in work.checkpoints.own()}
    return sorted(keys - {center.notary.public_key})


def _restore_postgres(wiring: Wiring, file: Path, key: bytes | None) -> None:
    backup_postgres.must_be_empty(wiring.database)
    with _folder(wiring.data) as folder:
        dump = folder / backup_postgres.DUMP
        small = _dumped(file, key, dump)
        backup_postgres.restore(wiring.database, dump)
    _put_secrets(wiring, small)
    facts = _proven(wiring, keys_of_its_own=not small)
    click.echo(f"Restored: {facts.seq} events.")


def _dumped(file: Path, key: bytes | None, dump: Path) -> dict[str, bytes]:
    """Take PostgreSQL's own copy out of a backup; return the secrets in it."""
    small: dict[str, bytes] = {}
    with file.open("rb") as source:
        frames = backup_file.open_(source, file, key)
        backup_file.unpack(frames, source, file, backup.taker({backup_postgres.DUMP: dump}, small))
    if not dump.exists():
        raise StorageError(f"{file} holds no PostgreSQL database.")
    return small


def _code(center: Center) -> str:
    with center.read() as work:
        return work.catalogues.current().code if work.catalogue_version else ""


def _elsewhere(folder: Path) -> Wiring:
    """Return a wiring that touches nothing of this machine."""
    return Wiring(f"sqlite:///{folder / DATABASE}", folder, folder / "none", "http://localhost")


@contextlib.contextmanager
def _folder(beside: Path) -> Iterator[Path]:
    """Lend a folder of our own that is gone afterwards."""
    beside.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".navbat-", dir=beside) as folder:
        yield Path(folder)


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _end(*_: object) -> None:
    """Let SIGTERM clear up behind itself, as Ctrl-C does."""
    sys.exit(143)

"""`navbat-board voice`: make the voice packs, check them, and bring in a person's recordings."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from queue_server.voice import building, packs, recordings
from queue_server.voice.engine import NoEngine
from queue_server.voice.packs import BrokenPack

_FOLDER = click.Path(file_okay=False, path_type=Path)
_LANGUAGE = click.Choice(building.ALL)


@click.group()
def voice() -> None:
    """Look after the voice that calls the numbers."""


@voice.command()
@click.option("--into", type=_FOLDER, help="Folder for the packs; by default this machine's.")
@click.option("--language", "languages", type=_LANGUAGE, multiple=True, help="Only this one.")
@click.option("--again", is_flag=True, help="Also what is up to date: a clip may be damaged.")
def build(into: Path | None, languages: tuple[str, ...], *, again: bool) -> None:
    """Make the voice packs that are missing or out of date; recordings stay."""
    place = into or packs.folder(os.environ)
    try:
        building.build(place, languages or building.ALL, click.echo, again=again)
    except NoEngine as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{place} cannot be written: {error.strerror}.") from None
    click.echo(f"The voice is in {place}.")


@voice.command()
@click.argument("folder", type=_FOLDER, required=False)
def check(folder: Path | None) -> None:
    """Say what is missing or wrong in the voice packs of FOLDER."""
    place = folder or packs.folder(os.environ)
    found = sorted(path.parent for path in place.glob(f"*/{packs.MANIFEST}"))
    if not found:
        raise click.ClickException(f"There is no voice pack in {place}; make them: voice build.")
    wrong = [f"{pack.name}: {fault}" for pack in found for fault in packs.faults(pack)]
    for sentence in wrong:
        click.echo(sentence, err=True)
    if wrong:
        sys.exit(1)
    click.echo(f"{len(found)} voice packs in {place} are whole and equally loud.")


@voice.command()
@click.option("--language", type=_LANGUAGE, default="uz", show_default=True)
def script(language: str) -> None:
    """Print what a human announcer reads: number, file's name, text."""
    for line in recordings.script(language):
        click.echo(line)


@voice.command("import")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--language", type=_LANGUAGE, default="uz", show_default=True)
@click.option("--into", type=_FOLDER, help="Folder of the packs; by default this machine's.")
def bring(folder: Path, language: str, into: Path | None) -> None:
    """Take an announcer's recordings from FOLDER; what is not recorded stays as it is."""
    place = (into or packs.folder(os.environ)) / language
    try:
        brought = recordings.bring(folder, place)
    except BrokenPack as error:
        raise click.ClickException(f"{error}; make the packs first: voice build.") from None
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}.") from None
    for sentence in brought.refused:
        click.echo(sentence, err=True)
    click.echo(f"{len(brought.taken)} recordings taken, {len(brought.refused)} refused.")
    if brought.refused:
        sys.exit(1)

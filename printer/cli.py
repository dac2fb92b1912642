"""`navbat-printer`: print a test page, ask a printer how it is, count a new roll, or play one."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click

from printer.account import explain, tell_abilities, tell_counter, tell_status
from printer.address import FORMS, open_printer
from printer.contact import Contact
from printer.deadline import DEFAULT_TIMING
from printer.delivery import Outcome, deliver, pack_picture
from printer.errors import PrinterError
from printer.fake.cli import fake
from printer.job import JobState
from printer.model import AUTO, find_model, models
from printer.paper import PAPER_80, PAPERS, Paper
from printer.raster import draw
from printer.reasons import SENTENCES
from printer.roll import ask_new_roll, read_roll
from printer.settings import Settings, read_settings
from printer.status import Status
from printer.testpage import lay_out_test_page
from printer.typeface import measure

#: A technician has more time than a visitor.
_TIMING = replace(DEFAULT_TIMING, answer=0.5)
_VERDICTS = {
    JobState.PRINTED: "Printed, and proved.",
    JobState.SENT: "Sent: the printer took every byte, but did not prove that it printed them.",
}


def _with_printer(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say which printer is meant."""
    address = click.option("--printer", "address", metavar="URL", help=f"One of {FORMS}.")
    named = f"What it is: {AUTO} (it is asked), {', '.join(models())}."
    model = click.option("--model", metavar="NAME", help=named)
    return _with_config(address(model(command)))


def _with_config(command: Callable[..., None]) -> Callable[..., None]:
    path = click.Path(exists=True, dir_okay=False, path_type=Path)
    told = "A TOML file such as kiosk.toml with printer, printer_model, paper_mm, data."
    config = click.option("--config", "file", type=path, help=told)
    folder = click.Path(file_okay=False, path_type=Path)
    data = click.option("--data", type=folder, help="The folder of the print queue.")
    return config(data(command))


@click.group()
def main() -> None:
    """Look after the printer of the slips."""


main.add_command(fake)


@main.command()
@_with_printer
@click.option("--paper", "mm", type=click.Choice(["58", "80"]), help="Width of the roll in mm.")
def test(
    address: str | None, model: str | None, file: Path | None, data: Path | None, mm: str | None
) -> None:
    """Print a page with the paper's edges and the letters of every language."""
    settings = _settings(file, data)
    paper = PAPERS[int(mm) if mm else settings.paper_mm]
    contact, outcome = _print_test_page(_address(address, settings), paper, model, settings)
    if outcome.state not in _VERDICTS:
        raise click.ClickException(explain(outcome))
    click.echo(_VERDICTS[outcome.state])
    _say_all(contact, settings)


@main.command()
@_with_printer
def status(address: str | None, model: str | None, file: Path | None, data: Path | None) -> None:
    """Say what the printer is, what it can do, how it is, and how much paper is left."""
    settings = _settings(file, data)
    contact, answer = _look(_address(address, settings), model, settings)
    _say_all(contact, settings)
    for line in tell_status(answer):
        click.echo(line)
    if answer.trouble:
        raise click.ClickException(SENTENCES[answer.trouble])


@main.command()
@_with_config
@click.option("--metres", type=click.FloatRange(1, 1000), help="Its length; else as the last one.")
def roll(file: Path | None, data: Path | None, metres: float | None) -> None:
    """Say that a new roll is in: the count begins again, and the running program hears of it."""
    folder = _settings(file, data).data
    if folder is None:
        raise click.ClickException("Which print queue? Give --data or --config with data.")
    try:
        ask_new_roll(folder, round(metres * 1000) if metres else None)
    except PrinterError as error:
        raise click.ClickException(f"{error}.") from error
    click.echo("Noted. The program that prints takes it up with its next look at the printer.")


def _settings(file: Path | None, data: Path | None) -> Settings:
    try:
        settings = read_settings(file)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    return settings.model_copy(update={"data": data}) if data else settings


def _address(address: str | None, settings: Settings) -> str:
    chosen = address or settings.printer
    if not chosen:
        raise click.ClickException(f"Which printer? Give --printer with one of {FORMS}.")
    return chosen


def _contact(address: str, paper: Paper, model: str | None, settings: Settings) -> Contact:
    known = find_model(model or settings.printer_model)
    return Contact(open_printer(address, paper), paper, known, _TIMING)


def _print_test_page(
    address: str, paper: Paper, model: str | None, settings: Settings
) -> tuple[Contact, Outcome]:
    try:
        contact = _contact(address, paper, model, settings)
        refusal = contact.meet()
        picture = draw(lay_out_test_page(paper, measure), paper)
        parcel = pack_picture("test", picture, b"test", contact.model)
        transport = open_printer(address, paper)
        return contact, refusal or deliver(parcel, transport, contact.model, begin=lambda: None)
    except PrinterError as error:
        raise click.ClickException(f"{error}.") from error


def _look(address: str, model: str | None, settings: Settings) -> tuple[Contact, Status]:
    try:
        contact = _contact(address, PAPER_80, model, settings)
        return contact, contact.look()
    except PrinterError as error:
        raise click.ClickException(f"{error}.") from error


def _say_all(contact: Contact, settings: Settings) -> None:
    for line in tell_abilities(contact.model, known=contact.known):
        click.echo(line)
    if settings.data is not None:
        click.echo(tell_counter(read_roll(settings.data)))

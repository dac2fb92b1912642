"""`navbat-printer`: print a test page, or ask a printer how it is."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import click
from pydantic import BaseModel, ConfigDict, ValidationError

from printer.address import FORMS, open_printer
from printer.deadline import DEFAULT_TIMING, Deadline
from printer.delivery import Outcome, Parcel, deliver
from printer.errors import PrinterError
from printer.escpos import encode
from printer.interview import ask
from printer.job import JobState
from printer.model import GENERIC
from printer.paper import PAPERS, Paper
from printer.raster import draw
from printer.reasons import SENTENCES, Reason
from printer.status import Status
from printer.testpage import lay_out_test_page
from printer.typeface import measure

_VERDICTS = {
    JobState.PRINTED: "Printed, and proved.",
    JobState.SENT: "Sent: the printer took every byte, but did not prove that it printed them.",
}


class Settings(BaseModel):
    """What this command reads from a settings file; the other keys are for other programs."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    printer: str | None = None
    paper_mm: Literal[58, 80] = 80


def _with_printer(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say which printer is meant."""
    address = click.option("--printer", "address", metavar="URL", help=f"One of {FORMS}.")
    path = click.Path(exists=True, dir_okay=False, path_type=Path)
    config = click.option("--config", "file", type=path, help="A TOML file with printer, paper_mm.")
    return address(config(command))


@click.group()
def main() -> None:
    """Look after the printer of the slips."""


@main.command()
@_with_printer
@click.option("--paper", "mm", type=click.Choice(["58", "80"]), help="Width of the roll in mm.")
def test(address: str | None, file: Path | None, mm: str | None) -> None:
    """Print a page with the paper's edges and the letters of every language."""
    settings = _read_settings(file)
    paper = PAPERS[int(mm) if mm else settings.paper_mm]
    outcome = _print_test_page(_address(address, settings), paper)
    if outcome.state not in _VERDICTS:
        raise click.ClickException(explain(outcome))
    click.echo(_VERDICTS[outcome.state])


@main.command()
@_with_printer
def status(address: str | None, file: Path | None) -> None:
    """Say what the printer says about itself."""
    answer = _ask_once(_address(address, _read_settings(file)))
    for line in describe(answer):
        click.echo(line)
    if answer.trouble:
        raise click.ClickException(SENTENCES[answer.trouble])


def explain(outcome: Outcome) -> str:
    """Return why a page is not surely on paper, as one sentence for a technician."""
    sentence = SENTENCES[outcome.reason or Reason.FAULT].rstrip(".")
    after = "; look whether the page came out" if outcome.state is JobState.UNKNOWN else ""
    return f"{sentence}{after} ({outcome.detail})." if outcome.detail else f"{sentence}{after}."


def describe(answer: Status) -> tuple[str, ...]:
    """Return a printer's answers as lines for a technician."""
    if answer.mute:
        return ("mute: the printer answers no questions, which is neither good nor bad",)
    words = {True: "yes", False: "no", None: "not said"}
    return (
        f"online      {words[answer.online]}",
        f"cover open  {words[answer.cover_open]}",
        f"paper       {answer.paper or 'not said'}",
        f"fault       {answer.fault or 'not said'}",
    )


def _read_settings(file: Path | None) -> Settings:
    if file is None:
        return Settings()
    try:
        return Settings.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise click.ClickException(f"{file}: {key}: {first['msg']}.") from error
    except (OSError, ValueError) as error:
        raise click.ClickException(f"{file} cannot be read: {error}.") from error


def _address(address: str | None, settings: Settings) -> str:
    chosen = address or settings.printer
    if not chosen:
        raise click.ClickException(f"Which printer? Give --printer with one of {FORMS}.")
    return chosen


def _print_test_page(address: str, paper: Paper) -> Outcome:
    data = encode(draw(lay_out_test_page(paper, measure), paper), GENERIC)
    parcel = Parcel(title="test", data=data, mark=b"")
    try:
        return deliver(parcel, open_printer(address, paper), GENERIC, begin=lambda: None)
    except PrinterError as error:
        raise click.ClickException(f"{error}.") from error


def _ask_once(address: str) -> Status:
    try:
        transport = open_printer(address)
        transport.open("status", Deadline.after(DEFAULT_TIMING.connect))
    except PrinterError as error:
        raise click.ClickException(f"{error}.") from error
    try:
        return ask(transport)
    except PrinterError as error:
        raise click.ClickException(f"{error}.") from error
    finally:
        transport.close()

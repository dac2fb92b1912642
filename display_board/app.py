"""`navbat-board`, the command: its options, its settings, its end."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import click
import pygame

from config import devices, loader, logs
from display_board import memory, pairing, television
from display_board.commands import Subcommands
from display_board.process import stop_by_signal
from queue_server.client.credentials import Credentials, TokenUnreadable, live
from queue_server.client.pairing import Admitted
from queue_server.contracts.pairing import PlaceOut


@click.group(cls=Subcommands, invoke_without_command=True)
@click.option("--config", "file", type=click.Path(path_type=Path), help="Settings, a board.toml.")
@click.option("--server", help="Address of the center's server.")
@click.option("--token", help="The board's token, instead of the file that the settings name.")
@click.option("--hall", type=int, help="The hall whose calls it shows.")
@click.option("--windowed", is_flag=True, default=None, help="A window, not the full screen.")
@click.option("--size", help="Width and height in pixels: 1920x1080.")
@click.option("--diagonal", "diagonal_inches", type=float, help="The screen's inches.")
@click.option("--data", type=click.Path(path_type=Path), help="Folder for the last known state.")
@click.pass_context
def main(
    context: click.Context,
    /,
    file: Path | None,
    token: str | None,
    data: Path | None,
    **given: object,
) -> None:
    """Show who is called to which window in a hall; or do what the subcommand says."""
    if context.invoked_subcommand is None:
        _show(file, token, data, given)


def settings_from(file: Path | None, given: Mapping[str, object]) -> devices.Board:
    """Return the settings of a file, changed by what was given on the command line.

    Without a file the installed one counts, or the defaults. Raises ConfigErrors.
    """
    found = file or (devices.BOARD_PATH if devices.BOARD_PATH.exists() else None)
    settings = devices.load_board(found) if found else devices.Board()
    if not given:
        return settings
    data = {**settings.model_dump(mode="json", exclude_none=True), **given}
    return loader.validate(data, devices.Board, "command line")


def _show(
    file: Path | None, token: str | None, data: Path | None, given: Mapping[str, object]
) -> None:
    """Show the board until a signal ends it.

    Without a token it asks to be let in first, and again when it was signed off.
    """
    try:
        settings = settings_from(
            file, {name: value for name, value in given.items() if value is not None}
        )
        television.style_of(settings)
    except loader.ConfigErrors as errors:
        click.echo(str(errors), err=True)
        sys.exit(2)
    logs.setup(settings.log_level)
    folder = data or memory.folder(os.environ)
    stopping = stop_by_signal()
    shown = folder / f"hall-{settings.hall}"
    credentials = Credentials(settings.server, shown, token, settings.token_file)

    def let_in(signed_off: bool) -> Admitted | None:  # noqa: FBT001 - a callback's one fact
        """Ask on the screen."""
        return pairing.admit(settings, stopping, signed_off=signed_off)

    def work(token: str, place: PlaceOut | None, ended: threading.Event) -> None:
        """Show the hall that an administrator has said."""
        hall = place.hall if place else settings.hall
        television.run(settings.model_copy(update={"hall": hall}), token, folder, ended)

    try:
        live(credentials, let_in, work, stopping)
    except TokenUnreadable as error:
        raise click.ClickException(str(error)) from None
    except pygame.error as error:
        raise click.ClickException(
            f"The screen cannot be opened ({error}); set SDL_VIDEODRIVER, or run it on a desktop."
        ) from None


if __name__ == "__main__":
    main()

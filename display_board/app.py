"""`navbat-board`, the command: its options, its settings, its end."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType

import click
import pygame

from config import devices, loader, logs
from display_board import memory, television


@click.command()
@click.option("--config", "file", type=click.Path(path_type=Path), help="Settings, a board.toml.")
@click.option("--server", help="Address of the center's server.")
@click.option("--token", help="The board's token, instead of the file that the settings name.")
@click.option("--hall", type=int, help="The hall whose calls it shows.")
@click.option("--windowed", is_flag=True, default=None, help="A window, not the full screen.")
@click.option("--size", help="Width and height in pixels: 1920x1080.")
@click.option("--diagonal", "diagonal_inches", type=float, help="The screen's inches.")
@click.option("--data", type=click.Path(path_type=Path), help="Folder for the last known state.")
def main(file: Path | None, token: str | None, data: Path | None, **given: object) -> None:
    """Show who is called to which window in a hall."""
    try:
        settings = settings_from(
            file, {name: value for name, value in given.items() if value is not None}
        )
    except loader.ConfigErrors as errors:
        click.echo(str(errors), err=True)
        sys.exit(2)
    logs.setup(settings.log_level)
    folder = data or memory.folder(os.environ)
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stopper(stopping))
    try:
        television.run(settings, token or _token(settings.token_file), folder, stopping)
    except pygame.error as error:
        raise click.ClickException(
            f"The screen cannot be opened ({error}); set SDL_VIDEODRIVER, or run it on a desktop."
        ) from None


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


def _stopper(stopping: threading.Event) -> Callable[[int, FrameType | None], None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    return stop


def _token(file: Path) -> str:
    try:
        return file.read_text("utf-8").strip()
    except OSError as error:
        reason = (error.strerror or "error").lower()
        raise click.ClickException(
            f"{file} cannot be read ({reason}); put the board's token there, or give --token."
        ) from None


if __name__ == "__main__":
    main()

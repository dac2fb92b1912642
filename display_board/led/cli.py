"""`navbat-board led`: the displays over the windows, fed like a board."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import click
import pygame

from config import devices, loader, logs
from display_board.led import wall, wiring
from display_board.led.port import Port
from display_board.led.protocol import Sign
from display_board.led.simulator import Simulator, as_text, picture
from display_board.process import stop_by_signal, token_in
from queue_server.client.feed import Feed


@click.command()
@click.option("--port", required=True, help="The serial port, or 'pty' for simulated displays.")
@click.option(
    "--map",
    "file",
    required=True,
    type=click.Path(path_type=Path),
    help="Which display is over which window, a windows.toml.",
)
@click.option("--config", type=click.Path(path_type=Path), help="Settings, a board.toml.")
@click.option("--server", help="Address of the center's server.")
@click.option("--token", help="A board's token, instead of the file that the settings name.")
@click.option("--hall", type=int, help="The hall whose windows it shows.")
@click.option(
    "--picture", "png", type=click.Path(path_type=Path), help="With pty: a PNG of the displays."
)
def led(
    port: str,
    file: Path,
    config: Path | None,
    token: str | None,
    png: Path | None,
    **given: object,
) -> None:
    """Show each window's number on its LED display."""
    try:
        displays = wiring.load(file)
        found = config or (devices.BOARD_PATH if devices.BOARD_PATH.exists() else None)
        settings = devices.load_board(found) if found else devices.Board()
        settings = loader.changed(settings, **given)
    except loader.ConfigErrors as errors:
        click.echo(str(errors), err=True)
        sys.exit(2)
    logs.setup(settings.log_level)
    feed = partial(
        Feed, settings.server, token or token_in(settings.token_file), f"hall.{settings.hall}"
    )
    simulator = Simulator(partial(_show, png)) if port == "pty" else None
    way = Port(simulator.path if simulator else Path(port), displays.baud, time.monotonic)
    try:
        wall.follow(wall.Wall(displays, way), feed, stop_by_signal())
    finally:
        way.close()
        if simulator:
            simulator.close()


def _show(png: Path | None, shown: Mapping[int, Sign]) -> None:
    click.echo(as_text(shown))
    if png is not None:
        pygame.image.save(picture(shown), png)

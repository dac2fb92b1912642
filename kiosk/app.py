"""`navbat-kiosk`, the command: its options, its settings, its end."""

from __future__ import annotations

import hashlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType

import click

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame

from config import devices, loader, logs
from kiosk import terminal
from printer.errors import PrinterError


@click.command()
@click.option("--config", "file", type=click.Path(path_type=Path), help="Settings, a kiosk.toml.")
@click.option("--server", help="Address of the center's server.")
@click.option("--token", help="The kiosk's token, instead of the file that the settings name.")
@click.option("--printer", help="Address of the printer: tcp://host:9100, png:///folder …")
@click.option("--data", type=click.Path(path_type=Path), help="Folder for the print queue.")
@click.option("--paper-mm", type=int, help="Width of the paper: 58 or 80.")
@click.option("--windowed", is_flag=True, default=None, help="A window; F11 fills the screen.")
@click.option("--size", help="Width and height in pixels: 1080x1920.")
@click.option("--diagonal", "diagonal_inches", type=float, help="The screen's inches.")
@click.option("--station", is_flag=True, help="No screen: print what the reception issues.")
def main(file: Path | None, token: str | None, *, station: bool, **given: object) -> None:
    """Let visitors take a ticket."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stopper(stopping))
    try:
        settings = settings_from(file, token, {k: v for k, v in given.items() if v is not None})
        logs.setup(settings.log_level)
        run = _station() if station else terminal.run
        run(settings, token or _token(settings.token_file), stopping)
    except loader.ConfigErrors as errors:
        click.echo(str(errors), err=True)
        sys.exit(1)
    except PrinterError as error:
        raise click.ClickException(_sentence(error)) from None
    except pygame.error as error:
        raise click.ClickException(
            f"The screen cannot be opened ({error}); set SDL_VIDEODRIVER, or run it on a desktop."
        ) from None


def settings_from(
    file: Path | None, token: str | None, given: Mapping[str, object]
) -> devices.Kiosk:
    """Return the settings of a file, changed by what was given on the command line.

    Without a file the installed one counts; without that the defaults, and a folder of the user's
    for each device. Raises ConfigErrors.
    """
    found = file or (devices.KIOSK_PATH if devices.KIOSK_PATH.exists() else None)
    settings = devices.load_kiosk(found) if found else devices.Kiosk()
    changes = {name: str(v) if isinstance(v, Path) else v for name, v in given.items()}
    if not found and "data" not in given:
        device = f"{given.get('server')} {token} {given.get('printer')}"
        changes["data"] = str(_own_folder(os.environ, device))
    if not changes:
        return settings
    data = {**settings.model_dump(mode="json", exclude_none=True), **changes}
    return loader.validate(data, devices.Kiosk, "command line")


def _station() -> Callable[[devices.Kiosk, str, threading.Event], None]:
    """Return what a print station runs; a kiosk with a screen does not load its socket library."""
    from kiosk import station  # noqa: PLC0415

    return station.run


def _own_folder(environment: Mapping[str, str], device: str) -> Path:
    """Return where a kiosk that nobody installed keeps its state: apart for each device."""
    state = environment.get("XDG_STATE_HOME")
    home = Path(state) if state else Path(environment.get("HOME", ".")) / ".local" / "state"
    return home / "navbat-kiosk" / hashlib.sha256(device.encode()).hexdigest()[:12]


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
            f"{file} cannot be read ({reason}); put the kiosk's token there, or give --token."
        ) from None


def _sentence(error: PrinterError) -> str:
    text = str(error)
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


if __name__ == "__main__":
    main()

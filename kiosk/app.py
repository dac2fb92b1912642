"""`navbat-kiosk`, the command: its options, its settings, its end."""

from __future__ import annotations

import hashlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import click

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame

from config import devices, loader, logs
from kiosk import pairing, terminal
from kiosk.admission import ask_aloud
from kiosk.pin import Lock, PinUnfit
from printer.errors import PrinterError
from queue_server.client.credentials import Credentials, TokenUnreadable, live
from queue_server.client.pairing import Admitted
from queue_server.contracts.pairing import PlaceOut


@click.group(invoke_without_command=True)
@click.option("--config", "file", type=click.Path(path_type=Path), help="Settings, a kiosk.toml.")
@click.option("--server", help="Address of the center's server.")
@click.option("--token", help="The kiosk's token, instead of the file that the settings name.")
@click.option("--printer", help="Address of the printer: tcp://host:9100, png:///folder …")
@click.option("--data", type=click.Path(path_type=Path), help="Folder for what is remembered.")
@click.option("--paper-mm", type=int, help="Width of the paper: 58 or 80.")
@click.option("--windowed", is_flag=True, default=None, help="A window; F11 fills the screen.")
@click.option("--size", help="Width and height in pixels: 1080x1920.")
@click.option("--diagonal", "diagonal_inches", type=float, help="The screen's inches.")
@click.option("--station", is_flag=True, help="No screen: print what the reception issues.")
@click.option("--rating", is_flag=True, help="A pad to rate the service; give --window too.")
@click.option(
    "--window", "rating_window", type=click.IntRange(1), help="The window of the rating pad."
)
@click.pass_context
def main(
    context: click.Context,
    /,
    file: Path | None,
    token: str | None,
    *,
    station: bool,
    rating: bool,
    **given: object,
) -> None:
    """Let visitors take a ticket; or do what the subcommand says."""
    if rating != (given["rating_window"] is not None):
        raise click.UsageError("A rating pad needs both: --rating --window N.")
    told = {name: value for name, value in given.items() if value is not None}
    try:
        settings = settings_from(file, token, told)
    except loader.ConfigErrors as errors:
        click.echo(str(errors), err=True)
        sys.exit(1)
    if context.invoked_subcommand is not None:
        context.obj = Chosen(settings, token)
        return
    _run(settings, token, station=station)


@main.group()
def pin() -> None:
    """Look after the PIN of the service menu."""


@pin.command("set")
@click.pass_obj
def set_pin(chosen: Chosen) -> None:
    """Ask for a new PIN, and take it; a running kiosk takes it up when it starts anew."""
    new = click.prompt("New PIN, 6 to 12 digits", hide_input=True, confirmation_prompt=True)
    try:
        Lock(chosen.settings.data).set(new)
    except PinUnfit as error:
        raise click.ClickException(_sentence(error)) from None
    except OSError as error:
        raise click.ClickException(_sentence(f"the PIN cannot be kept: {error}")) from None
    click.echo(
        "The PIN is set. It opens the menu after five taps in the upper right corner, or F12."
    )


@main.command()
@click.pass_obj
def doctor(chosen: Chosen) -> None:
    """Say whether everything is there that a kiosk needs; exit status 1 if not."""
    from kiosk import doctor as doctors  # noqa: PLC0415 - a kiosk loads it later

    patient = doctors.Patient(chosen.settings, _token(credentials(chosen.settings, chosen.token)))
    findings = doctors.examine(patient)
    for line in doctors.lines(findings):
        click.echo(line)
    sys.exit(0 if doctors.healthy(findings) else 1)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a subcommand works with: the settings, and the token if it was given."""

    settings: devices.Kiosk
    token: str | None


def _run(settings: devices.Kiosk, token: str | None, *, station: bool) -> None:
    """Serve visitors, or print for the reception, until a signal ends it.

    Without a token the device asks to be let in first, and again when it was signed off.
    """
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stopper(stopping))
    try:
        logs.setup(settings.log_level)
        run = _station() if station else terminal.run

        def let_in(signed_off: bool) -> Admitted | None:  # noqa: FBT001 - a callback's one fact
            """Ask where the device has a screen, else in its journal."""
            if station:
                return ask_aloud(settings.server, "station", stopping, signed_off=signed_off)
            return pairing.admit(settings, stopping, signed_off=signed_off)

        def work(token: str, place: PlaceOut | None, ended: threading.Event) -> None:
            """Serve at the place that an administrator has said."""
            run(at_place(settings, place), token, ended)

        live(credentials(settings, token), let_in, work, stopping)
    except TokenUnreadable as error:
        raise click.ClickException(str(error)) from None
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


def credentials(settings: devices.Kiosk, token: str | None) -> Credentials:
    """Return what the device may show to its server."""
    return Credentials(settings.server, settings.data, token, settings.token_file)


def at_place(settings: devices.Kiosk, place: PlaceOut | None) -> devices.Kiosk:
    """Return the settings at the window that an administrator has given a rating pad."""
    if place is None or place.kind != "pad" or place.window is None:
        return settings
    return settings.model_copy(update={"rating_window": place.window})


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
        """Take a signal as the wish to end."""
        stopping.set()

    return stop


def _token(credentials: Credentials) -> str:
    try:
        token = credentials.token()
    except TokenUnreadable as error:
        raise click.ClickException(str(error)) from None
    if token is None:
        raise click.ClickException(
            "This device has no token yet; start navbat-kiosk and let it in on the Devices page, "
            "or give --token."
        )
    return token


def _sentence(error: object) -> str:
    text = str(error)
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


if __name__ == "__main__":
    main()

"""`navbat-callpad`, the command: its options, its settings, its end."""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import Final

import click

from config import callpad, loader, logs
from kiosk.callpad import pads
from kiosk.callpad.desk import Desk, Mapped
from kiosk.callpad.moving import Mover
from queue_server.client.http import Client, ServerAway, ServerRefused
from queue_server.client.pairing import Admitted, Standing, Watch, forget, keep, kept, let_in
from queue_server.contracts.pairing import PlaceOut

#: seconds between two questions where this pad belongs, while the server is away
AGAIN: Final = 2.0


class SignedOff(click.ClickException):
    """The token opens nothing any more."""


@click.command()
@click.option("--config", "file", type=click.Path(path_type=Path), help="Settings, a callpad.toml.")
@click.option("--server", help="Address of the center's server.")
@click.option("--token", help="The pad's token, instead of the file that the settings name.")
@click.option("--pad", help="Where it hangs: hid:///dev/input/…, serial:///dev/ttyACM0?baud=9600.")
@click.option("--data", type=click.Path(path_type=Path), help="Folder for the token it was given.")
def main(file: Path | None, token: str | None, data: Path | None, **given: object) -> None:
    """Let the keys of a hardware pad call, recall, start and finish at a clerk's window."""
    stopping = _stop_by_signal()
    try:
        settings = settings_from(file, {**given, "data": str(data) if data else None})
        opening = pads.opening(settings.pad)
    except loader.ConfigErrors as errors:
        click.echo(str(errors), err=True)
        sys.exit(1)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    logs.setup(settings.log_level)
    admitted = token or _token(settings, stopping)
    if admitted is not None:
        run(settings, admitted, opening, stopping)


def settings_from(file: Path | None, given: dict[str, object]) -> callpad.CallPad:
    """Return the settings of a file, changed by the command line; raises ConfigErrors.

    Without a file the installed one counts, or the defaults.
    """
    found = file or (callpad.PATH if callpad.PATH.exists() else None)
    settings = callpad.load(found) if found else callpad.CallPad()
    return loader.changed(settings, **given)


def run(
    settings: callpad.CallPad, token: str, opening: pads.Opening, stopping: threading.Event
) -> None:
    """Serve the pad until told to stop; raises SignedOff when the token opens nothing."""
    client = Client(settings.server, token)
    place = _place(client, stopping)
    if place is None:
        return
    mover = Mover(client, _window(place), settings.patience_seconds, stopping)
    signed_off = threading.Event()

    def end() -> None:
        """Stop: whoever started this starts it anew, and the pad asks to be let in."""
        signed_off.set()
        stopping.set()

    def moved(place: PlaceOut) -> None:
        """Serve the window at which the pad stands now."""
        mover.window = place.window or mover.window

    watch = Watch(Client(settings.server, token), signed_off=end, moved=moved)
    watch.start()
    Desk(opening, _mapped(settings), mover.do, stopping).run()
    watch.stop()
    if signed_off.is_set():
        forget(settings.data)
        raise SignedOff("This call pad was signed off; start it again to let it ask for a code.")


def _mapped(settings: callpad.CallPad) -> Mapped:
    signs = settings.signs.model_dump()
    return Mapped(
        pads.moves_of(settings.pad, settings.keys, settings.lines),
        {outcome: sign.encode("latin-1") for outcome, sign in signs.items()},
        settings.double_press_ms / 1000,
    )


def _token(settings: callpad.CallPad, stopping: threading.Event) -> str | None:
    """Return the token of the file, or what was kept, or what an administrator gives now."""
    if settings.token_file.is_file():
        return _read(settings.token_file)
    known = kept(settings.data, settings.server)
    found = known or let_in(settings.server, "callpad", _show, stopping)
    if found is not None and known is None:
        _keep(settings.data, found)
    return found.token if found else None


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8").strip()
    except OSError as error:
        reason = (error.strerror or "error").lower()
        raise click.ClickException(f"{file} cannot be read ({reason}); check its rights.") from None


def _keep(folder: Path, admitted: Admitted) -> None:
    try:
        keep(folder, admitted)
    except OSError as error:
        raise click.ClickException(
            f"The token cannot be kept in {folder} ({error.strerror}); give --data a folder that "
            "this program may write, and let the pad in again."
        ) from None


def _show(standing: Standing) -> None:
    """Say the code where a pad without a screen can: to whoever started it, or into its journal."""
    if standing.away:
        click.echo("The server does not answer; the pad goes on asking.", err=True)
    elif standing.state == "shown":
        click.echo(f"Type this code at /devices to let the call pad in: {standing.code}", err=True)
    elif standing.state == "refused":
        click.echo("An administrator has refused this call pad.", err=True)


def _place(client: Client, stopping: threading.Event) -> PlaceOut | None:
    """Return where this pad belongs, as soon as the server says so; None when told to stop."""
    while not stopping.is_set():
        try:
            return client.read("/device", PlaceOut)
        except ServerAway:
            stopping.wait(AGAIN)
        except ServerRefused as error:
            raise click.ClickException(f"The server refuses this pad: {error}.") from None
    return None


def _window(place: PlaceOut) -> int:
    if place.kind != "callpad" or place.window is None:
        raise click.ClickException(
            f"{place.name} is a {place.kind}, no call pad of a window; enrol it with "
            "--kind callpad --window N."
        )
    return place.window


def _stop_by_signal() -> threading.Event:
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        """Take a signal as the wish to end."""
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    return stopping


if __name__ == "__main__":
    main()

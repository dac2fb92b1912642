"""`navbat-callpad`, the command: its options, its settings, its end."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import Final

import click

from config import callpad, loader, logs
from kiosk.admission import ask_aloud
from kiosk.callpad import pads
from kiosk.callpad.desk import Desk, Mapped
from kiosk.callpad.moving import Mover
from queue_server.client.credentials import Credentials, TokenUnreadable, live
from queue_server.client.http import Client, ServerAway, ServerRefused
from queue_server.client.pairing import Admitted
from queue_server.contracts.pairing import PlaceOut

_log = logging.getLogger(__name__)
#: seconds between two questions where this pad belongs, while the server is away
AGAIN: Final = 2.0


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
    credentials = Credentials(settings.server, settings.data, token, settings.token_file)
    try:
        serve(settings, credentials, opening, stopping)
    except TokenUnreadable as error:
        raise click.ClickException(str(error)) from None


def settings_from(file: Path | None, given: dict[str, object]) -> callpad.CallPad:
    """Return the settings of a file, changed by the command line; raises ConfigErrors.

    Without a file the installed one counts, or the defaults.
    """
    found = file or (callpad.PATH if callpad.PATH.exists() else None)
    settings = callpad.load(found) if found else callpad.CallPad()
    return loader.changed(settings, **given)


def serve(
    settings: callpad.CallPad,
    credentials: Credentials,
    opening: pads.Opening,
    stopping: threading.Event,
) -> None:
    """Serve the pad until told to stop; without a token it asks to be let in.

    Raises ClickException for a token that is no call pad's, TokenUnreadable.
    """

    def let_in(signed_off: bool) -> Admitted | None:  # noqa: FBT001 - a callback's one fact
        """Say codes in the journal."""
        return ask_aloud(settings.server, "callpad", stopping, signed_off=signed_off)

    def work(token: str, _place: PlaceOut | None, ended: threading.Event) -> None:
        """Serve the window that the server says."""
        client = Client(settings.server, token)
        place = _place_of(client, ended)
        if place is not None:
            mover = Mover(client, _window(place), settings.patience_seconds, ended)
            Desk(opening, _mapped(settings), mover.do, ended).run()

    live(credentials, let_in, work, stopping)


def _mapped(settings: callpad.CallPad) -> Mapped:
    signs = settings.signs.model_dump()
    return Mapped(
        pads.moves_of(settings.pad, settings.keys, settings.lines),
        {outcome: sign.encode("latin-1") for outcome, sign in signs.items()},
        settings.double_press_ms / 1000,
    )


def _place_of(client: Client, ended: threading.Event) -> PlaceOut | None:
    """Return where this pad belongs, as soon as the server says so; None when told to stop."""
    while not ended.is_set():
        try:
            return client.read("/device", PlaceOut)
        except ServerAway:
            ended.wait(AGAIN)
        except ServerRefused as error:
            # whoever watches the token ends this when it opens nothing any more
            _log.warning("no place: %s", error, extra={"action": "callpad"})
            ended.wait(AGAIN)
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

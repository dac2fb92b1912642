"""`navbat-printer fake`: a printer to train and test with."""

import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import click

from printer.errors import PrinterError
from printer.fake.control import Control, answer
from printer.fake.mishaps import Kind, read_mishap
from printer.fake.paper_path import NEW_ROLL_MM, Piece
from printer.fake.server import FakePrinter
from printer.fake.tray import Tray
from printer.model import GENERIC, find_model
from printer.paper import PAPERS

_FAULTS = ", ".join(Kind)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where it listens.")
@click.option("--port", default=9100, show_default=True, type=click.IntRange(0, 65535))
@click.option("--control", "control_port", type=click.IntRange(0, 65535), help="Port for commands.")
@click.option(
    "--folder",
    default="slips",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the slips fall, as pictures.",
)
@click.option("--model", default="epson-tm-t20iii", show_default=True, help="What it plays.")
@click.option("--paper", "mm", default="80", type=click.Choice(["58", "80"]), help="Roll, mm.")
@click.option("--roll", "metres", default=NEW_ROLL_MM // 1000, show_default=True, help="Metres.")
@click.option("--fault", "faults", multiple=True, metavar="NAME[:N]", help=f"Any of {_FAULTS}.")
def fake(
    host: str,
    port: int,
    control_port: int | None,
    folder: Path,
    model: str,
    mm: str,
    metres: int,
    faults: tuple[str, ...],
) -> None:
    """Play a printer with faults; each slip becomes a picture in a folder.

    Say `fault cover`, `fault none`, `roll 80`, `take` or `status`, on standard input or at the
    control port.
    """
    try:
        mishaps = [read_mishap(fault) for fault in faults]
        known = find_model(model) or GENERIC
        tray = Tray(folder, PAPERS[int(mm)].width_dots)
        printer = FakePrinter(known, _teller(tray), host=host, port=port, roll_mm=metres * 1000)
        printer.suffer(*mishaps)
    except PrinterError as error:
        raise click.ClickException(f"{error}.") from error
    except OSError as error:
        raise click.ClickException(f"port {port} cannot be used: {error.strerror}.") from error
    control = None if control_port is None else Control(printer.command, host, control_port)
    _play(printer, control, f"{known.title} at tcp://{host}:{printer.port}; slips in {folder}")


def _play(printer: FakePrinter, control: Control | None, greeting: str) -> None:
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    signal.signal(signal.SIGINT, lambda *_: stopping.set())
    printer.start()
    if control is not None:
        control.start()
        greeting += f"; commands at port {control.port}"
    click.echo(greeting)
    threading.Thread(target=_hear, args=(printer,), daemon=True).start()
    stopping.wait()
    if control is not None:
        control.close()
    printer.close()


def _hear(printer: FakePrinter) -> None:
    for words in sys.stdin:
        if words.strip():
            click.echo(answer(printer.command, words))


def _teller(tray: Tray) -> Callable[[Piece], None]:
    """Return what keeps each piece of paper and says so."""

    def tell(piece: Piece) -> None:
        """Keep a piece and say where it lies."""
        click.echo(f"{'torn piece' if piece.torn else 'slip'}: {tray.drop(piece)}")

    return tell

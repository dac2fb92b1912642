"""What every process here begins with: its token, and its ear for the signal that ends it."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from types import FrameType

import click


def stop_by_signal() -> threading.Event:
    """Return an event that SIGTERM or SIGINT sets."""
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        """Take a signal as the wish to end."""
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    return stopping


def token_in(file: Path) -> str:
    """Return the token that a file holds; raises ClickException where it cannot be read."""
    try:
        return file.read_text("utf-8").strip()
    except OSError as error:
        reason = (error.strerror or "error").lower()
        raise click.ClickException(
            f"{file} cannot be read ({reason}); put the board's token there, or give --token."
        ) from None

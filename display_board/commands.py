"""What `navbat-board` can do besides showing the board: its subcommands, each loaded when asked."""

from __future__ import annotations

from importlib import import_module
from typing import Final

import click

#: name → where its command stands; a module registers itself with one line here
SUBCOMMANDS: Final[dict[str, str]] = {
    "theme": "display_board.theme_cli:theme",
    "led": "display_board.led.cli:led",
    "voice": "display_board.voice_cli:voice",
}


class Subcommands(click.Group):
    """A group whose commands are imported when they are asked for, so that a board starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all subcommands, in their order."""
        return [*SUBCOMMANDS, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a subcommand, or None where there is none of that name."""
        if cmd_name not in SUBCOMMANDS:
            return super().get_command(ctx, cmd_name)
        module, _, name = SUBCOMMANDS[cmd_name].partition(":")
        command = getattr(import_module(module), name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{SUBCOMMANDS[cmd_name]} is no click command")
        return command

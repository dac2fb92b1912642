from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from display_board import commands
from display_board.app import main


@pytest.mark.parametrize("name", commands.SUBCOMMANDS)
def test_every_subcommand(name):
    """Each subcommand can be imported, says in its help what it does, and is in the list."""
    answer = CliRunner().invoke(main, [name, "--help"])
    assert answer.exit_code == 0
    assert "Usage: " in answer.output
    assert name in CliRunner().invoke(main, ["--help"]).output


def test_unknown_subcommand():
    """A subcommand that does not exist is a sentence, exit status 2."""
    answer = CliRunner().invoke(main, ["sing"])
    assert answer.exit_code == 2
    assert "No such command 'sing'" in answer.stderr


def test_what_is_no_command(monkeypatch):
    """A line of the table that names no command is a programmer's mistake, told as such."""
    monkeypatch.setitem(commands.SUBCOMMANDS, "sing", "display_board.led.wall:TICK")
    group = commands.Subcommands("x")
    with pytest.raises(TypeError, match="no click command"):
        group.get_command(click.Context(group), "sing")

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading

import pytest
from click.testing import CliRunner

from display_board.app import main, settings_from
from display_board.plan import Format
from display_board.television import style_of
from tests.socket_hall import NAMES, ROOT, TOKEN, call


def start(hall, folder):
    """Start the board's own process, without a screen."""
    options = ["--server", hall.url, "--token", TOKEN, "--hall", "1", "--data", str(folder)]
    return subprocess.Popen(
        [sys.executable, "-m", "display_board.app", *options, "--windowed", "--size", "640x360"],
        cwd=ROOT,
        env={**os.environ, "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def wait_for(file, holds):
    """Wait till a file holds what it should."""
    pause = threading.Event()
    for _ in range(600):
        if file.exists() and holds(json.loads(file.read_text())):
            return
        pause.wait(0.1)
    raise AssertionError(file.read_text() if file.exists() else "no file")


def test_the_whole_process(hall, tmp_path):
    """The process follows the hall over a kill of the server and ends when it is told to."""
    file = tmp_path / "cache" / "board-1.json"
    board = start(hall, tmp_path / "cache")
    try:
        wait_for(file, lambda known: known["names"] == NAMES)
        hall.publish(call("A042", 3))
        wait_for(file, lambda known: [row["number"] for row in known["calls"]] == ["A042"])
        hall.kill()
        hall.start()
        hall.publish(call("E117", 12))
        wait_for(file, lambda known: [row["number"] for row in known["calls"]] == ["E117", "A042"])
    finally:
        board.send_signal(signal.SIGTERM)
        printed, logged = board.communicate(timeout=10)
    assert board.returncode == 0
    assert printed == b""
    assert b"Traceback" not in logged


def refused(arguments, **environment):
    """Return how a board ended that could not begin."""
    answer = subprocess.run(
        [sys.executable, "-m", "display_board.app", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert "Traceback" not in answer.stderr
    return answer


def test_help():
    """Every option has its sentence."""
    answer = CliRunner().invoke(main, ["--help"])
    assert answer.exit_code == 0
    for option in (
        "--config",
        "--server",
        "--token",
        "--hall",
        "--windowed",
        "--size",
        "--diagonal",
    ):
        assert option in answer.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--size", "big"], "size"),
        (["--hall", "0"], "hall"),
        (["--server", "localhost"], "server"),
        (["--config", "/nowhere/board.toml"], "board.toml"),
    ],
)
def test_mistakes_of_the_command_line(arguments, said):
    """A wrong option is a sentence that names it, exit status 2."""
    answer = CliRunner().invoke(main, [*arguments, "--token", "x"])
    assert answer.exit_code == 2
    assert said in answer.stderr
    assert "Traceback" not in answer.output


def test_an_unreadable_token(tmp_path):
    """A board without a token asks to be let in; a file that is there must hold one."""
    file = tmp_path / "board.toml"
    file.write_text(f'token_file = "{tmp_path}"\n')
    answer = refused(["--config", str(file)])
    assert answer.returncode == 1
    assert f"{tmp_path} cannot be read" in answer.stderr


def test_command_line_over_file(tmp_path):
    """The command line counts more than the file, and the file more than the defaults."""
    file = tmp_path / "board.toml"
    file.write_text('hall = 2\nsize = "1280x720"\nlanguages = ["ru", "en"]\n')
    settings = settings_from(file, {"hall": 3, "diagonal_inches": 43.0})
    assert (settings.hall, settings.size, settings.diagonal_inches) == (3, "1280x720", 43.0)
    assert settings.languages == ("ru", "en")


def test_no_screen():
    """Where there is no screen the board says so in a sentence, exit status 1."""
    answer = refused(["--token", "x", "--windowed"], SDL_VIDEODRIVER="no-such-driver")
    assert answer.returncode == 1
    assert "screen cannot be opened" in answer.stderr


def test_how_it_looks(tmp_path):
    """The settings say layout, figures and theme; a theme that is none is exit status 2."""
    file = tmp_path / "board.toml"
    file.write_text('layout = "windows"\nfigures = true\ntheme = "dark"\nmedia = "/nowhere"\n')
    style = style_of(settings_from(file, {}))
    assert (style.form, style.theme.name) == (Format("windows", figures=True), "dark")
    file.write_text('theme = "drak"\n')
    answer = CliRunner().invoke(main, ["--config", str(file), "--token", "x"])
    assert answer.exit_code == 2
    assert "did you mean 'dark'" in answer.stderr


def test_says_what_cannot_be_read(tmp_path):
    """At its start the board logs what of it is too small or too pale, once each."""
    theme = tmp_path / "pale.toml"
    theme.write_text('name = "pale"\n[colours]\nwarn = "#FDC77F"\n')
    file = tmp_path / "board.toml"
    file.write_text(f'theme = "{theme}"\nviewing_distance_m = 30\nserver = "http://127.0.0.1:9"\n')
    board = subprocess.Popen(
        [
            *(sys.executable, "-m", "display_board.app", "--config", str(file), "--token", "x"),
            *("--windowed", "--size", "640x360", "--data", str(tmp_path / "cache")),
        ],
        cwd=ROOT,
        env={**os.environ, "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"},
        stderr=subprocess.PIPE,
        text=True,
    )
    said = []
    for line in board.stderr:
        said.append(line)
        if "board opened" in line:
            break
    board.send_signal(signal.SIGTERM)
    rest = board.communicate(timeout=20)[1]
    assert "warn on warn_soft has a contrast of" in "".join(said)
    assert "not the 262 mm that 30 m need" in "".join(said)
    assert "Traceback" not in rest

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from display_board.voice_cli import voice
from queue_server.voice import engine
from tests.queue_server.voice.test_recordings import recorded

ROOT = Path(__file__).parents[3]


def run(*arguments):
    """Type a command."""
    return CliRunner().invoke(voice, [str(argument) for argument in arguments])


def test_build(packs):
    """A build says what it did for each language and where the voice is."""
    answer = run("build", "--into", packs, "--language", "ru", "--language", "uz")
    assert answer.exit_code == 0
    assert answer.output.splitlines() == [
        "ru: is there already.",
        "uz: is there already.",
        f"The voice is in {packs}.",
    ]


def test_build_again(own_packs):
    """Asked to, it makes anew what looks up to date, and so mends a damaged clip."""
    (own_packs / "uz" / "go.wav").write_bytes(b"damaged")
    assert run("check", own_packs).exit_code == 1
    assert run("build", "--into", own_packs, "--language", "uz", "--again").exit_code == 0
    assert run("check", own_packs).exit_code == 0


def test_build_without_a_synthesizer(tmp_path, monkeypatch):
    """Without espeak-ng: one sentence that says what to install."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(engine, "WHEEL", "no_such_wheel")
    answer = run("build", "--into", tmp_path / "voice")
    assert answer.exit_code == 1
    assert answer.stderr.startswith("Error: There is no espeak-ng to speak with: install ")
    assert len(answer.stderr.splitlines()) == 1


def test_build_where_nothing_can_be_written(tmp_path):
    """A folder that cannot be is a sentence, not a traceback."""
    (tmp_path / "file").write_text("")
    answer = run("build", "--into", tmp_path / "file" / "voice")
    assert answer.exit_code == 1
    assert "cannot be written" in answer.stderr


def test_check(packs, own_packs):
    """Good packs are praised; every fault of a bad one is a line, and the status is 1."""
    good = run("check", packs)
    assert good.exit_code == 0
    assert "4 voice packs" in good.output
    (own_packs / "uz" / "number-42.wav").unlink()
    (own_packs / "ru" / "go.wav").write_bytes(b"")
    bad = run("check", own_packs)
    assert bad.exit_code == 1
    assert len(bad.stderr.splitlines()) == 2
    assert "ru: go: " in bad.stderr
    assert "uz: number-42: " in bad.stderr


def test_check_of_nothing(tmp_path):
    """No pack is a fault."""
    answer = run("check", tmp_path)
    assert answer.exit_code == 1
    assert "voice build" in answer.stderr


@pytest.mark.parametrize("language", ["uz", "ru", "kaa", "en"])
def test_script(language):
    """The script has a line for every clip."""
    answer = run("script", "--language", language)
    assert answer.exit_code == 0
    assert len(answer.output.splitlines()) in (149, 158)


def test_import(own_packs, tmp_path):
    """Recordings are counted; what is refused is named, and the status is 1."""
    folder = tmp_path / "recorded"
    folder.mkdir()
    (folder / "go.wav").write_bytes(recorded())
    good = run("import", folder, "--language", "ru", "--into", own_packs)
    assert good.exit_code == 0
    assert good.output == "1 recordings taken, 0 refused.\n"
    (folder / "Go.wav").write_bytes(recorded())
    assert run("import", folder, "--language", "ru", "--into", own_packs).exit_code == 1
    assert run("import", folder, "--into", tmp_path / "nothing").exit_code == 1


def test_the_board_s_program_has_it(packs):
    """`navbat-board voice check FOLDER` is this command, without a screen."""
    answer = subprocess.run(
        [sys.executable, "-m", "display_board.app", "voice", "check", str(packs)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "SDL_VIDEODRIVER": "none"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    assert "are whole and equally loud" in answer.stdout

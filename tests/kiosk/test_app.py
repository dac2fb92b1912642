from __future__ import annotations

import re
import signal
from datetime import UTC, datetime
from pathlib import Path

import pygame
import pytest
from click.testing import CliRunner

from config import devices, loader
from kiosk import app, terminal
from kiosk.app import main, settings_from
from kiosk.pin import Lock
from kiosk.state import Flow, Step
from kiosk.terminal import local_time
from kiosk.true_time import Machine, TrueTime
from kiosk.window import Window
from tests.kiosk.steps import flow_at


@pytest.fixture(autouse=True)
def _nothing_installed(tmp_path, monkeypatch):
    """No kiosk is installed on this machine, and its user has a home."""
    monkeypatch.setattr(devices, "KIOSK_PATH", tmp_path / "absent.toml")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in handlers.items():
        signal.signal(number, handler)


def run(*arguments: object):
    """Run the command, and return what it said."""
    return CliRunner().invoke(main, [str(one) for one in arguments])


def test_the_command_line_changes_the_file(tmp_path):
    """What is given wins over what is written."""
    file = tmp_path / "kiosk.toml"
    file.write_text('server = "http://a:1"\nprinter = "tcp://p:9100"\npaper_mm = 58\n')
    settings = settings_from(file, None, {"server": "http://b:2", "windowed": True})
    assert (settings.server, settings.printer) == ("http://b:2", "tcp://p:9100")
    assert (settings.paper_mm, settings.windowed) == (58, True)
    assert settings.data == devices.Kiosk().data


def test_a_kiosk_that_nobody_installed_keeps_its_state_at_home(tmp_path):
    """Apart for each device, so that two on one machine do not meet."""
    one = settings_from(None, "a", {"server": "http://b:2"})
    other = settings_from(None, "b", {"server": "http://b:2"})
    assert one.data.is_relative_to(tmp_path / "state")
    assert one.data != other.data
    assert settings_from(None, "a", {"data": Path("/x")}).data == Path("/x")


def test_mistakes_are_told_at_once(tmp_path):
    """A wrong printer, size and paper: three lines, no traceback."""
    with pytest.raises(loader.ConfigErrors) as caught:
        settings_from(None, None, {"printer": "lpt1", "size": "big", "paper_mm": 70})
    assert len(caught.value.errors) == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--token", "t", "--printer", "lpt1"], "printer"),
        (["--token", "t", "--printer", "tcp://"], "printer"),
        (["--token", "t", "--size", "big"], "size"),
        (["--token", "t", "--paper-mm", "70"], "paper_mm"),
        (["--config", "absent.toml", "--token", "t"], "absent.toml"),
        (["--station", "--token", "t", "--printer", "usb://x"], "printer"),
    ],
)
def test_a_mistake_ends_with_a_sentence(arguments, said):
    """One line that names what is wrong, exit status 1."""
    answer = run(*arguments)
    assert answer.exit_code == 1
    assert said in answer.output
    assert "Traceback" not in answer.output
    assert not pygame.display.get_init()


def test_a_token_that_cannot_be_read_ends_with_a_sentence(tmp_path):
    """A kiosk without a token asks to be let in; a file that is there must hold one."""
    file = tmp_path / "kiosk.toml"
    file.write_text(f'token_file = "{tmp_path}"\ndata = "{tmp_path}"\n', encoding="utf-8")
    answer = run("--config", file, "--printer", "tcp://127.0.0.1:1")
    assert answer.exit_code == 1
    assert f"{tmp_path} cannot be read" in answer.output


def test_a_folder_that_cannot_be_written_ends_with_a_sentence(tmp_path):
    """The print queue must be durable: without its folder there is no kiosk."""
    (tmp_path / "file").write_text("")
    answer = run(
        *("--token", "t", "--printer", f"png://{tmp_path}/slips"),
        *("--data", tmp_path / "file" / "queue", "--windowed", "--size", "800x600"),
    )
    assert answer.exit_code == 1
    assert re.fullmatch(r"Error: .+\.\n", answer.output.splitlines(keepends=True)[-1])
    assert not pygame.display.get_init()


def test_a_screen_that_is_not_there_ends_with_a_sentence(monkeypatch, tmp_path):
    """Where there is no display, it says what to set."""
    monkeypatch.setenv("SDL_VIDEODRIVER", "no-such-driver")
    answer = run("--token", "t", "--printer", f"png://{tmp_path}/slips", "--windowed")
    assert answer.exit_code == 1
    assert "The screen cannot be opened" in answer.output


def test_the_help_names_every_option():
    """A person finds what the contract promises."""
    said = run("--help").output
    for option in ("config", "server", "token", "printer", "windowed", "size", "diagonal"):
        assert f"--{option}" in said


def test_the_window_has_the_size_it_was_given():
    """Pixels from the settings, millimetres from the diagonal."""
    settings = devices.Kiosk(windowed=True, size="1024x768", diagonal_inches=15.0)
    window = Window.open(settings)
    assert (window.screen.width, window.screen.height) == (1024, 768)
    assert window.screen.mm(20) == 68
    pygame.display.quit()


def test_the_whole_screen_cannot_be_left_by_a_key():
    """F11 is for those who try it out in a window."""
    window = Window.open(devices.Kiosk(size="640x480"))
    window.toggle()
    assert window.full
    pygame.display.quit()


def test_the_clock_goes_by_the_center(catalogue, tmp_path):
    """By the server's time and the center's zone; where either is unknown no time is shown."""
    at = datetime(2026, 11, 23, 4, 42, tzinfo=UTC).timestamp()
    true_time = TrueTime(tmp_path, Machine("boot", lambda: 99.0, lambda: 0.0))
    flow = flow_at(Step.GROUP, catalogue)
    assert local_time(flow, true_time) is None
    true_time.heard(at, 0.0)
    assert f"{local_time(flow, true_time):%H:%M}" == "09:42"
    assert local_time(Flow("run"), true_time) is None


def test_a_rating_pad_needs_its_window():
    """One without the other is a mistake."""
    for arguments in (["--rating"], ["--window", "3"]):
        answer = run("--token", "t", *arguments)
        assert answer.exit_code == 2
        assert "--rating --window N" in answer.output


def test_a_pin_is_set_by_hand(tmp_path):
    """Typed twice, never shown; an unfit one is refused with a sentence."""
    options = [str(one) for one in ("--token", "t", "--data", tmp_path, "pin", "set")]
    answer = CliRunner().invoke(main, options, input="123456\n123456\n")
    assert answer.exit_code == 1
    assert "choose another" in answer.output
    assert not Lock(tmp_path).exists
    answer = CliRunner().invoke(main, options, input="480125\n480125\n")
    assert answer.exit_code == 0, answer.output
    assert "480125" not in answer.output
    assert Lock(tmp_path).judge("480125").right


def test_the_doctor_says_what_is_missing(tmp_path):
    """A table of findings; without a server it is not well."""
    answer = run(
        *("--token", "t", "--data", tmp_path, "--server", "http://127.0.0.1:9"),
        *("--printer", f"png://{tmp_path}/slips", "doctor"),
    )
    assert answer.exit_code == 1
    named = {line.split()[0]: line.split()[1] for line in answer.output.splitlines()}
    assert named["server"] == "WRONG"
    assert named["font"] == named["printer"] == named["data"] == "ok"


def test_the_command_is_the_one_of_the_wheel():
    """`navbat-kiosk` is `kiosk.app:main`."""
    assert app.main.name == "main"
    assert terminal.BEAT <= 0.05

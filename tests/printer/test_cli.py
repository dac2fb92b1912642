import threading

import pytest
from click.testing import CliRunner
from PIL import Image

from printer.cli import main
from printer.roll import RollCounter

FINE = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}


def _run(*words):
    return CliRunner().invoke(main, words)


def test_the_test_page_is_printed_on_wide_paper(tmp_path):
    """`test` prints the page and says honestly that it is printed."""
    ran = _run("test", "--printer", f"png://{tmp_path}")
    assert ran.exit_code == 0
    assert ran.output.startswith("Printed, and proved.\nmodel       ESC/POS printer (generic)\n")
    with Image.open(tmp_path / "test.png") as page:
        assert page.width == 576


def test_settings_say_printer_and_paper(tmp_path):
    """`--config` names printer and paper; what is for other programs is left alone."""
    settings = tmp_path / "kiosk.toml"
    settings.write_text(f'printer = "png://{tmp_path}"\npaper_mm = 58\n[other]\nkey = 1\n')
    assert _run("test", "--config", str(settings)).exit_code == 0
    with Image.open(tmp_path / "test.png") as page:
        assert page.width == 384


def test_options_win_over_settings(tmp_path):
    """What is said on the command line counts more than the file."""
    settings = tmp_path / "kiosk.toml"
    settings.write_text('printer = "png:///nowhere"\npaper_mm = 58\n')
    words = ("--config", str(settings), "--printer", f"png://{tmp_path}", "--paper", "80")
    assert _run("test", *words).exit_code == 0
    with Image.open(tmp_path / "test.png") as page:
        assert page.width == 576


def test_a_printer_that_cannot_prove_is_said_to_be_sent(tcp_printer):
    """A mute printer gets the page, and the command does not claim that it is printed."""
    ran = _run("test", "--printer", tcp_printer().address)
    assert ran.exit_code == 0
    assert ran.output.startswith("Sent: ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("test",), "Which printer?"),
        (("status",), "Which printer?"),
        (("roll",), "Which print queue?"),
        (("status", "--printer", "png:///a", "--model", "epson"), "no printer model"),
        (("fake", "--port", "0", "--fault", "covr"), "did you mean cover"),
        (("test", "--printer", "lpt1"), "is wrong"),
        (("status", "--printer", "lpt1"), "is wrong"),
        (("test", "--printer", "usb:///nowhere/lp0"), "cannot be reached"),
        (("status", "--printer", "usb:///nowhere/lp0"), "cannot be opened"),
        (("test", "--printer", "file:///dev/full"), "does not take data"),
    ],
)
def test_a_mistake_is_one_sentence(words, said):
    """What is wrong is one line on stderr, status 1, no traceback."""
    ran = _run(*words)
    assert ran.exit_code == 1
    assert ran.stdout == ""
    assert ran.stderr.startswith("Error: ")
    assert said in ran.stderr
    assert ran.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("printer = ", "cannot be read"),
        ("paper_mm = 57\n", "paper_mm"),
        ("printer = 7\n", "printer"),
    ],
)
def test_bad_settings_are_one_sentence(text, said, tmp_path):
    """A settings file with a mistake is named with the key."""
    settings = tmp_path / "kiosk.toml"
    settings.write_text(text)
    ran = _run("test", "--config", str(settings))
    assert ran.exit_code == 1
    assert said in ran.stderr
    assert ran.stderr.count("\n") == 1


def test_status_of_a_healthy_printer(tcp_printer):
    """`status` says what the printer can do, and what it says of itself."""
    ran = _run("status", "--printer", tcp_printer(answers=FINE).address)
    assert ran.exit_code == 0
    assert ran.stdout.splitlines() == [
        "model       ESC/POS printer (generic)",
        "proof       none: a slip is sent, never proved",
        "torn slip   never printed again by itself: staff looks",
        "near end    sensor and counter",
        "presenter   none",
        "roll        58 or 80 mm wide",
        "note        Proves nothing: a slip is at best 'sent'. Set the counter with each new roll.",
        "online      yes",
        "cover open  no",
        "paper       plenty",
        "fault       none",
    ]


def test_status_says_what_the_printer_is(fake_printer):
    """A printer that names itself is known by its name, with what it can prove."""
    ran = _run("status", "--printer", fake_printer("epson-eu-m30").address)
    assert "Epson EU-m30 (epson-eu-m30)" in ran.stdout
    assert "it confirms each slip" in ran.stdout


def test_status_shows_a_slip_in_the_mouth(fake_printer):
    """A printer with a presenter says whether something lies in it, and what happens then."""
    ran = _run("status", "--printer", fake_printer("custom-vkp80").address)
    assert "in mouth    nothing" in ran.stdout
    assert "drawn back in" in ran.stdout


def test_status_says_that_the_model_is_not_known_yet(fake_printer):
    """A printer that is off line does not say what it is, and the command does not pretend."""
    ran = _run("status", "--printer", fake_printer("epson-eu-m30", "cover").address)
    assert ran.exit_code == 1
    assert "(generic); what it is will be known once it is on line" in ran.stdout


def test_a_told_model_is_not_asked(tcp_printer):
    """`--model` counts more than what the printer would say; a Star is not asked at all."""
    ran = _run("status", "--printer", tcp_printer(answers=FINE).address, "--model", "star")
    assert "(star)" in ran.stdout
    assert "mute" in ran.stdout


def test_status_of_a_printer_without_paper(tcp_printer):
    """Trouble is said and makes the command fail."""
    ran = _run("status", "--printer", tcp_printer(answers=FINE | {1: 0x1A, 4: 0x72}).address)
    assert ran.exit_code == 1
    assert "paper       out" in ran.stdout
    assert "put in a new roll" in ran.stderr


def test_status_of_a_mute_printer(tcp_printer):
    """Silence is called by its name, and is no failure."""
    ran = _run("status", "--printer", tcp_printer().address)
    assert ran.exit_code == 0
    assert ran.stdout.splitlines()[-1].startswith("mute")


def test_a_test_page_is_proved_where_the_printer_can(fake_printer):
    """A printer that confirms its slips confirms the test page, too."""
    ran = _run("test", "--printer", fake_printer("epson-tm-t88vi").address)
    assert ran.output.startswith("Printed, and proved.\n")


def test_a_new_roll_is_noted_and_counted(tmp_path):
    """`roll` leaves a note for whoever prints; `status` shows the count of that folder."""
    settings = tmp_path / "kiosk.toml"
    settings.write_text(f'data = "{tmp_path}/data"\nprinter = "png://{tmp_path}/slips"\n')
    assert _run("roll", "--config", str(settings), "--metres", "80").exit_code == 0
    counter = RollCounter(tmp_path / "data")
    counter.load()
    assert counter.take_note(1000.0)
    counter.use(12_345)
    ran = _run("status", "--config", str(settings))
    assert "about 67.7 m left of this roll; 12.3 m printed in all" in ran.stdout


def test_no_thread_is_left_behind(tmp_path):
    """The command prints without a queue, and so without a thread."""
    before = threading.active_count()
    _run("test", "--printer", f"png://{tmp_path}")
    assert threading.active_count() == before

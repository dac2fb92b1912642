from __future__ import annotations

import pytest
from click.testing import CliRunner

from config import theming
from display_board.app import main
from display_board.plan import Format
from display_board.scene import Card, Screen, Words
from display_board.theme_check import TEXTS, contrasts, faults
from display_board.typeface import measure
from tests.display_board.scenes import FIGURES, FORMATS, board, ink, scene

FULL_HD = Screen(1920, 1080, 55)


def written(found):
    """Return the (ink, ground) of every text in a scene."""
    pairs = set()
    for index, words in enumerate(found):
        if isinstance(words, Words):
            under = [s for s in found[:index] if isinstance(s, Card) and s.rect.holds(ink(words))]
            pairs.add((words.colour, under[-1].fill if under else "page"))
    return pairs


def check(*arguments):
    """Return how `navbat-board theme check` ended."""
    return CliRunner().invoke(main, ["theme", "check", *map(str, arguments)])


def shipped(name):
    """Return a shipped theme's file."""
    return theming.FOLDER / f"{name}.toml"


@pytest.mark.parametrize("name", theming.shipped())
@pytest.mark.parametrize("layout", ["calls", "windows", "columns", "portrait"])
def test_shipped_themes_can_be_read(name, layout):
    """Every shipped theme, on 55 inches at 10 m, has nothing that is hard to read."""
    assert faults(theming.find(name), FULL_HD, 10, measure, Format(layout)) == ()


def test_high_contrast_is_seven():
    """The theme for weak eyes asks for 7:1 and reaches it; the light one would not."""
    strong = theming.find("high-contrast")
    assert strong.contrast == 7
    assert list(contrasts(strong)) == []
    pale = theming.Theme(contrast=7)
    assert any("accent_ink_soft on accent" in said for said in contrasts(pale))


def test_command_is_content():
    """A theme that can be read is one sentence, exit status 0."""
    answer = check(shipped("dark"), "--size", "1920x1080", "--diagonal", 55, "--distance", 10)
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert "10 m" in answer.stdout


def test_too_far():
    """At 20 m the same board is too small: the sentence says how high it is and must be."""
    answer = check(shipped("light"), "--distance", 20)
    assert answer.exit_code == 1
    assert "not the 175 mm that 20 m need" in answer.stderr
    answer = check(shipped("light"), "--diagonal", 32)
    assert answer.exit_code == 1
    assert "87 mm" in answer.stderr


def test_pale_accent(tmp_path):
    """An accent on which white cannot be read is named with its contrast."""
    file = tmp_path / "pale.toml"
    file.write_text('name = "pale"\n[colours]\naccent = "#7FB2E5"\n')
    answer = check(file)
    assert answer.exit_code == 1
    assert "accent_ink on accent has a contrast of 2.2:1, not 4.5:1" in answer.stderr


def test_small_type(tmp_path):
    """A theme that writes calls at half their size is told so."""
    file = tmp_path / "small.toml"
    file.write_text('name = "small"\ncalls = 0.5\n')
    answer = check(file)
    assert answer.exit_code == 1
    assert "newest call's capitals" in answer.stderr


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[colours]\nacent = '#000000'\n", "acent"),
        ("[colours]\naccent = 'blue'\n", "colours.accent"),
        ("name = 7\n", "name"),
        ("contrast = 3.0\n", "contrast"),
        ("[colours\n", "is not TOML"),
    ],
)
def test_mistakes_in_a_theme(tmp_path, written, said):
    """A mistake in a theme is a sentence that names its key, exit status 2."""
    file = tmp_path / "theme.toml"
    file.write_text(written)
    answer = check(file)
    assert answer.exit_code == 2
    assert said in answer.stderr
    assert "Traceback" not in answer.output


@pytest.mark.parametrize("wrong", [("--size", "big"), ("--diagonal", "1"), ("--layout", "spiral")])
def test_mistakes_of_the_command_line(wrong):
    """A wrong option is a sentence, exit status 2."""
    answer = check(shipped("light"), *wrong)
    assert answer.exit_code == 2
    assert wrong[0] in answer.stderr


def test_every_ink_is_checked():
    """Whatever colour a layout writes in on whatever ground, the check knows the pair."""
    known, shown = set(TEXTS), board(9, 2, windows=(1, 2, 40), figures=FIGURES)
    for form in FORMATS:
        for size in ((1920, 1080), (1080, 1920), (1920, 360)):
            for found in (scene(shown, size, form=form), scene(board(9), size, form=form)):
                assert written(found) <= known


def test_unknown_theme_of_the_settings():
    """A theme that does not exist is a sentence with the nearest name, exit status 2."""
    answer = CliRunner().invoke(main, ["--config", "/nowhere/board.toml", "--token", "x"])
    assert answer.exit_code == 2
    with pytest.raises(theming.loader.ConfigErrors, match="did you mean 'dark'"):
        theming.find("drak")

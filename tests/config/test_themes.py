"""The boards' themes: shipped ones are whole, and mistakes are told."""

from pathlib import Path

import pytest

from config import theming, tokens
from config.loader import ConfigErrors


@pytest.mark.parametrize("name", theming.shipped())
def test_shipped(name: str) -> None:
    """Each shipped theme bears its file's name and knows every colour."""
    theme = theming.find(name)
    assert theme.name == name
    assert theme.palette.keys() == tokens.load().colours.keys()


def test_light_is_the_tokens() -> None:
    """The light theme changes nothing: it is how every Navbat screen looks."""
    assert theming.find("light").palette == dict(tokens.load().colours)
    assert theming.Theme().palette == dict(tokens.load().colours)


def test_four_are_shipped() -> None:
    """There is a light, a dark and a high-contrast one, and one with a center's own accent."""
    assert theming.shipped() == ("center-green", "dark", "high-contrast", "light")
    assert set(theming.colours()) == set(theming.shipped())


def test_own_file(tmp_path: Path) -> None:
    """A center's own file changes what it names, and nothing else."""
    file = tmp_path / "own.toml"
    file.write_text('name = "own"\n[colours]\naccent = "#7A1FA2"\n')
    theme = theming.find(str(file))
    assert theme.palette["accent"] == "#7A1FA2"
    assert theme.palette["ink"] == tokens.load().colours["ink"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[colours]\nacent = "#000000"', "did you mean 'accent'"),
        ('[colours]\naccent = "#fff"', "colours.accent"),
        ("calls = 2.0", "calls"),
        ("colors = {}", "did you mean 'colours'"),
    ],
)
def test_mistakes(tmp_path: Path, text: str, said: str) -> None:
    """A mistake is a sentence that names the key."""
    file = tmp_path / "own.toml"
    file.write_text(text)
    with pytest.raises(ConfigErrors, match=said):
        theming.load(file)


def test_unknown_name() -> None:
    """A theme that is none is a sentence with the nearest one."""
    with pytest.raises(ConfigErrors, match="did you mean 'dark'"):
        theming.find("darc")

"""Settings files: strict, and every mistake at once."""

from pathlib import Path
from typing import Annotated

import pytest
from pydantic import Field

from config import loader


class Lamp(loader.Settings):
    """A lamp in a room."""

    watts: float
    colour: Annotated[str, Field(min_length=1)] = "white"


class Room(loader.Settings):
    """A room for the tests."""

    name: str
    floor: Annotated[int, Field(ge=0, le=99)] = 0
    open: bool = True
    lamps: tuple[Lamp, ...] = ()
    door: Lamp | None = None
    signs: dict[str, Lamp] = Field(default_factory=dict)


@pytest.fixture
def file(tmp_path):
    """Write a settings file and return its path."""

    def write(text: str) -> Path:
        path = tmp_path / "room.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def mistakes(path: Path) -> list[str]:
    """Return what the loader says about a bad file."""
    with pytest.raises(loader.ConfigErrors) as caught:
        loader.load(path, Room)
    return [str(error) for error in caught.value.errors]


def test_a_right_file_becomes_its_model(file):
    """Values arrive typed, what is left out takes its default."""
    room = loader.load(file('name = "hall"\nlamps = [{ watts = 5 }]'), Room)
    assert room == Room(name="hall", lamps=(Lamp(watts=5.0),))


def test_all_mistakes_are_told_at_once(file):
    """One run shows every mistake, each with file, key and sentence."""
    path = file('floor = "two"\nopen = "yes"\nlamps = [{ watts = 5 }, { watts = "abc" }]')
    assert mistakes(path) == [
        "room.toml: name: is missing; write it",
        "room.toml: floor: must be a whole number, not 'two'",
        "room.toml: open: must be true or false, not 'yes'",
        "room.toml: lamps[1].watts: must be a number, not 'abc'",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('nmae = "x"\nname = "x"', "nmae: is not a known key; did you mean 'name'?"),
        (
            'name = "x"\n[[lamps]]\nwatts = 1\ncolor = "red"',
            "lamps[0].color: is not a known key; did you mean 'colour'?",
        ),
        (
            'name = "x"\n[door]\nwatts = 1\ncoluor = "red"',
            "door.coluor: is not a known key; did you mean 'colour'?",
        ),
        (
            'name = "x"\n[signs.exit]\nwatts = 1\nwats = 2',
            "signs.exit.wats: is not a known key; did you mean 'watts'?",
        ),
    ],
)
def test_an_unknown_key_is_answered_with_the_nearest_known_one(file, text, told):
    """A slip of the pen is named beside what was meant, at any depth."""
    assert mistakes(file(text)) == [f"room.toml: {told}"]


def test_a_key_like_no_other_gets_no_suggestion(file):
    """A guess is only made where one is near."""
    assert mistakes(file('name = "x"\nzzz = 1')) == ["room.toml: zzz: is not a known key"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('name = "x"\nfloor = 100', "floor: must be at most 99, not 100"),
        ('name = "x"\nfloor = -1', "floor: must be at least 0, not -1"),
        ('name = "x"\nfloor = 1.5', "floor: must be a whole number, not 1.5"),
        ("name = 5", "name: must be a text in quotes, not 5"),
        ('name = "x"\nlamps = "one"', "lamps: must be a list, not 'one'"),
        ('name = "x"\ndoor = 5', "door: must be a table, not 5"),
        ('name = "x"\n[door]\nwatts = inf', "door.watts: must be a number, not Infinity"),
        (
            'name = "x"\n[door]\nwatts = 1\ncolour = ""',
            "door.colour: must be a text that is not empty, not ''",
        ),
    ],
)
def test_a_wrong_value_is_told_what_it_must_be(file, text, told):
    """The sentence says what is wanted and shows what was found."""
    assert mistakes(file(text)) == [f"room.toml: {told}"]


def test_a_long_value_is_shown_short(file):
    """A mistake fits into one line of a terminal."""
    (told,) = mistakes(file(f'name = "x"\nfloor = "{"9" * 500}"'))
    assert len(told) < 120
    assert told.endswith("…")


def test_a_syntax_mistake_names_its_line(file):
    """What is no TOML at all is found by line and column."""
    (told,) = mistakes(file('name = "x"\nfloor = = 3'))
    assert told == "room.toml: line 2, column 9: is not TOML: invalid value"


def test_a_missing_file_is_a_sentence(tmp_path):
    """A wrong path is named in full and needs no traceback."""
    path = tmp_path / "room.toml"
    assert mistakes(path) == [
        f"{path}: cannot be read (no such file or directory); check the path and its rights"
    ]


def test_a_file_in_another_encoding_is_a_sentence(tmp_path):
    """A file saved as Windows-1251 is told apart from wrong TOML."""
    path = tmp_path / "room.toml"
    path.write_bytes('name = "зал"'.encode("cp1251"))
    assert mistakes(path) == [
        "room.toml: is not UTF-8 text at byte 8; save the file as UTF-8",
    ]


def test_the_exception_itself_says_everything(file):
    """Whoever prints the exception prints one line per mistake."""
    with pytest.raises(loader.ConfigErrors) as caught:
        loader.load(file("floor = 100"), Room)
    assert str(caught.value).splitlines() == [
        "room.toml: name: is missing; write it",
        "room.toml: floor: must be at most 99, not 100",
    ]


def test_the_command_line_changes_what_it_gives():
    """An option that was given wins, one that was not leaves the file's value."""
    room = loader.changed(Room(name="hall", floor=2), name="lobby", floor=None)
    assert room == Room(name="lobby", floor=2)


def test_the_command_line_is_checked_as_a_file_is():
    """A wrong option is a sentence too."""
    with pytest.raises(loader.ConfigErrors, match="command line: floor: must be at most 99"):
        loader.changed(Room(name="hall"), floor=100)


def test_settings_do_not_change_once_read():
    """Nobody turns a screw while the machine runs."""
    with pytest.raises(ValueError, match="frozen"):
        Room(name="hall").name = "lobby"

import tomllib
from pathlib import Path

import pytest

from printer.errors import ModelUnknown
from printer.fake.mishaps import Kind
from printer.model import FOLDER, GENERIC, Model, WhenLeft, find_model, models

HANDBOOK = Path(__file__).parents[2] / "docs" / "handbook" / "printers.md"
WANTED = {
    "epson-tm-t20iii",
    "epson-tm-t88vi",
    "epson-eu-m30",
    "custom-vkp80",
    "custom-tg2480",
    "star",
    "citizen",
    "snbc-bt-t080",
    "generic",
}


def test_every_model_of_the_list_has_its_file():
    """The printers that we promise, each with a title, notes or not, and its sources."""
    assert set(models()) >= WANTED
    assert all(model.title and model.sources for model in models().values())


@pytest.mark.parametrize("name", sorted(WANTED))
def test_a_file_says_why(name):
    """Each file begins with a sentence about the printer; it is a page for people as well."""
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert text.count("\n#") >= 2
    assert "name" not in tomllib.loads(text)


def test_only_proof_and_a_confirmed_clear_allow_a_repeat():
    """Without any one of the three a slip is never sent again by itself."""
    assert {name for name, model in models().items() if model.can_repeat} == {
        "epson-tm-t20iii",
        "epson-tm-t88vi",
        "epson-eu-m30",
    }
    epson = models()["epson-eu-m30"]
    for lost in ({"proves": False}, {"clear": b""}, {"clear_answer": b""}):
        assert not epson.model_copy(update=lost).can_repeat


def test_what_is_left_in_the_mouth_goes_where_the_model_says():
    """Retract, eject, or leave it there."""
    presenter = models()["custom-vkp80"].presenter
    ways = {way: presenter.model_copy(update={"when_left": way}).put_away for way in WhenLeft}
    assert ways == {
        WhenLeft.RETRACT: b"\x1de\x02",
        WhenLeft.EJECT: b"\x1de\x05",
        WhenLeft.LEAVE: b"",
    }


def test_a_setting_names_a_model_or_lets_it_be_asked():
    """`auto` is no model, a name is one."""
    assert find_model("auto") is None
    assert find_model("generic") is GENERIC


@pytest.mark.parametrize(("name", "hint"), [("epson-tm-t88", "did you mean"), ("x", "use auto")])
def test_an_unknown_model_is_said_in_a_sentence(name, hint):
    """A wrong name is refused with what was meant."""
    with pytest.raises(ModelUnknown, match=hint):
        find_model(name)


def test_an_ability_that_does_not_exist_is_a_mistake():
    """A misspelt line in a file is not passed over."""
    with pytest.raises(ValueError, match="band_row"):
        Model(name="x", band_row=12)


def test_the_handbook_knows_every_model_and_fault():
    """What a technician may set or play is on the handbook's page, and nothing else."""
    page = HANDBOOK.read_text(encoding="utf-8")
    rows = [line.split("|") for line in page.splitlines() if line.startswith("|")]
    settings = {row[2].strip(" `") for row in rows if len(row) == 8} - {"setting", "---"}
    assert settings == set(models())
    words = {row[1].strip(" `").partition(":")[0] for row in rows if len(row) == 4}
    assert words >= set(Kind)

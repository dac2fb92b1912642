import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printer.errors import SpoolError
from printer.model import GENERIC, models
from printer.roll import LOW_MM, Roll, RollCounter, ask_new_roll, level, read_roll
from printer.status import PaperLevel, Status

STAR = models()["star"]


def test_paper_is_counted_and_never_below_nothing():
    """What is used comes off the roll; more than there was leaves nothing, not less."""
    roll = Roll(length_mm=1000).used(300)
    assert (roll.left_mm, roll.printed_mm) == (700, 300)
    assert roll.used(5000).left_mm == 0


def test_an_unknown_length_is_not_guessed():
    """Nobody said how long the roll was: what is left is not known."""
    assert Roll().used(300).left_mm is None


def test_a_new_roll_is_as_long_as_the_last_one():
    """Only the first roll must be told its length; the sum of all rolls goes on."""
    roll = Roll(length_mm=80_000).used(70_000).renewed(None, 5.0)
    assert (roll.left_mm, roll.printed_mm, roll.since) == (80_000, 70_000, 5.0)
    assert roll.renewed(50_000, 6.0).left_mm == 50_000


@pytest.mark.parametrize(
    ("said", "model", "roll", "expected"),
    [
        (PaperLevel.UNKNOWN, GENERIC, Roll(), PaperLevel.UNKNOWN),
        (PaperLevel.PLENTY, GENERIC, Roll(), PaperLevel.PLENTY),
        (PaperLevel.LOW, GENERIC, Roll(length_mm=80_000), PaperLevel.LOW),
        (PaperLevel.OUT, GENERIC, Roll(length_mm=80_000), PaperLevel.OUT),
        (PaperLevel.UNKNOWN, STAR, Roll(length_mm=80_000), PaperLevel.PLENTY),
        (PaperLevel.UNKNOWN, STAR, Roll(length_mm=LOW_MM), PaperLevel.LOW),
        (PaperLevel.PLENTY, GENERIC, Roll(length_mm=LOW_MM), PaperLevel.LOW),
    ],
)
def test_sensor_and_counter_agree_on_a_level(said, model, roll, expected):
    """The graver of the two counts, and what neither knows stays unknown."""
    assert level(Status(paper=said), model, roll) is expected


def test_the_count_survives_a_restart(tmp_path):
    """What was counted is there when the next program begins."""
    first = RollCounter(tmp_path)
    first.load()
    ask_new_roll(tmp_path, 80_000)
    assert first.take_note(7.0)
    first.use(111)
    again = RollCounter(tmp_path)
    again.load()
    assert again.roll == Roll(length_mm=80_000, used_mm=111, printed_mm=111, since=7.0)


def test_a_note_is_taken_once(tmp_path):
    """The note of a new roll is gone once it was heard."""
    counter = RollCounter(tmp_path)
    assert not counter.take_note(1.0)
    ask_new_roll(tmp_path, None)
    assert [counter.take_note(2.0), counter.take_note(3.0)] == [True, False]
    assert counter.roll.since == 2.0


@settings(deadline=None)
@given(st.one_of(st.binary(max_size=60), st.from_type(dict).map(lambda d: repr(d).encode())))
def test_garbage_in_the_count_is_a_new_count(tmp_path_factory, data):
    """Whatever stands in the file, the printer goes on."""
    folder = tmp_path_factory.mktemp("roll")
    (folder / "paper-roll.json").write_bytes(data)
    (folder / "new-roll.json").write_bytes(data)
    counter = RollCounter(folder)
    counter.load()
    assert counter.take_note(1.0)
    counter.use(5)
    assert counter.roll.used_mm == 5


@pytest.mark.parametrize("wrong", [{"used_mm": "x"}, {"more": 1}, {"length_mm": True}])
def test_a_count_of_other_fields_is_a_new_count(wrong, tmp_path):
    """Only numbers, and only ours."""
    (tmp_path / "paper-roll.json").write_text(json.dumps(wrong))
    assert read_roll(tmp_path) == Roll()


def test_a_note_that_cannot_be_left_is_said_in_a_sentence(tmp_path):
    """A file in the folder's place is a `SpoolError`."""
    (tmp_path / "file").write_text("")
    with pytest.raises(SpoolError, match="cannot be written"):
        ask_new_roll(tmp_path / "file", None)


def test_a_count_that_cannot_be_kept_never_stops_a_slip(tmp_path, caplog):
    """A folder that is gone costs the count, and a line in the log."""
    counter = RollCounter(tmp_path / "gone")
    counter.use(100)
    assert counter.roll.used_mm == 100
    assert "action=count" in caplog.text

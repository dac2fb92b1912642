import json
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printer.errors import SlipError
from printer.slip import MAX_URL_BYTES, REPEAT_MARKS, Slip, clean, from_json, labelled

TEXT = st.text(max_size=40)


@settings(deadline=None)
@given(st.text(max_size=80))
def test_clean_leaves_no_control_or_invisible_character(text):
    """No control, format, surrogate or unassigned character and no line break survives."""
    kept = clean(text)
    assert all(unicodedata.category(char)[0] != "C" for char in kept)
    assert not set(kept) & set("\u2028\u2029\x85\x7f\x1b\x1d\x10")


@settings(deadline=None)
@given(st.text(max_size=80))
def test_clean_is_stable(text):
    """What is clean stays as it is."""
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("A\x1b@\x1dV\x00042", "A@V042"),
        ("two\nlines\u2028here", "two lines here"),
        ("  Oʻzbekiston\x85 ", "Oʻzbekiston"),
        ("И\u0306од", "Йод"),
        ("a\u202eb\u200bc\ud800", "abc"),
        ("И\x00\u0306од", "Йод"),
        ("one \x1b two", "one two"),
    ],
)
def test_clean_by_example(raw, kept):
    """Commands lose their control bytes, breaks become spaces, letters are composed."""
    assert clean(raw) == kept


@settings(deadline=None)
@given(TEXT, TEXT, st.lists(st.tuples(TEXT, TEXT), max_size=4), st.lists(TEXT, max_size=3))
def test_a_slip_survives_json(center, service, lines, notes):
    """The journal gives back the very slip that it was given."""
    slip = Slip(
        ref="r", number="A001", center=center, service=service, lines=lines, notes=notes, copy=3
    )
    assert from_json(json.loads(json.dumps(slip.to_json()))) == slip


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"ref": "r"},
        {"ref": "r", "number": 7, "center": "", "service": ""},
        {"ref": "r", "number": "", "center": "", "service": "", "more": ""},
        {"ref": "r", "number": "", "center": "", "service": "", "lines": [["one"]]},
        {"ref": "r", "number": "", "center": "", "service": "", "copy": "two"},
        {"ref": "r", "number": "", "center": "", "service": "", "copy": None},
    ],
)
def test_what_is_no_slip_is_refused(data):
    """Anything but a slip's own fields with their types is a `SlipError`."""
    with pytest.raises(SlipError):
        from_json(data)


@pytest.mark.parametrize(
    "wrong",
    [
        {"ref": ""},
        {"ref": "\x00"},
        {"copy": 0},
        {"number": "A" * 13},
        {"service": "a" * 401},
        {"url": "h" * (MAX_URL_BYTES + 1)},
        {"notes": ("n",) * 13},
    ],
)
def test_what_cannot_stand_on_paper_is_refused(wrong):
    """A slip without a reference, or too long for paper, is never made."""
    good = {"ref": "r", "number": "A001", "center": "", "service": ""}
    with pytest.raises(SlipError):
        Slip(**(good | wrong))


def test_title_names_the_copy(slip):
    """The original is named by its number, a copy also by its count."""
    assert (slip.title, slip.as_copy(2).title) == ("A042", "A042-2")


def test_a_copy_is_another_job_of_the_same_slip(slip):
    """A copy keeps all but its count, and so has a key of its own."""
    assert slip.as_copy(2).key == (slip.ref, 2) != slip.key


def test_labelled_splits_at_the_first_colon():
    """A label ends at its colon; a time of day has none behind it; no colon, no label."""
    assert labelled("Berildi: 22.11.2026 10:42") == ("Berildi", "22.11.2026 10:42")
    assert labelled("Hech kim yoʻq") == ("", "Hech kim yoʻq")


@pytest.mark.parametrize("language", ["uz-Latn", "uz-Cyrl", "ru", "kaa", "en"])
def test_a_repeat_says_so_in_the_slip_s_language(language, slips):
    """Whoever finds two papers sees which one was sent again, whatever the caller did."""
    repeat = slips[language].as_repeat()
    assert repeat.marks == REPEAT_MARKS[language]
    assert repeat.as_copy(2).marks.endswith(REPEAT_MARKS[language])
    assert (repeat.key, repeat.title) == (slips[language].key, slips[language].title)


def test_a_repeat_in_another_language_is_marked_all_the_same():
    """A language that we do not know gets the two words that everybody here knows."""
    slip = Slip(ref="r", number="A001", center="", service="", language="tr", repeat=True)
    assert slip.marks == "TAKROR / ПОВТОР"


def test_an_older_program_reads_a_slip_without_the_newer_fields(slip):
    """What is new stays out of the journal until it is used."""
    assert not {"hints", "repeat"} & slip.to_json().keys()
    assert {"hints", "repeat"} <= replace(slip, hints=("h",), repeat=True).to_json().keys()


@pytest.mark.parametrize("wrong", [{"hints": ("x" * 401,)}, {"hints": ("x",) * 13}, {"repeat": 1}])
def test_hints_keep_their_measure(wrong):
    """Hints are short and few; a slip is a repeat or not."""
    with pytest.raises(SlipError):
        Slip(**{"ref": "r", "number": "", "center": "", "service": "", **wrong})

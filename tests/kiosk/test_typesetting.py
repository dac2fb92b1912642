from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.elements import Face
from kiosk.typesetting import LEADING, Setting, even, fit, fit_all, fits, line_height, wrap

FACES = tuple(Face("regular", size) for size in (30, 20, 10))
WORDS = st.lists(st.text("abcdʻ-", min_size=1, max_size=12), min_size=1, max_size=8).map(" ".join)


def measure(text: str, face: Face) -> int:
    """Each letter is as wide as half its size."""
    return len(text) * face.size // 2


def test_words_fill_the_line():
    """A line takes as many words as fit; nothing is lost."""
    assert wrap("aa bb cc", Face("regular", 10), 25, measure) == ("aa bb", "cc")


def test_lines_are_evened_out():
    """No single short word is left over on a line of its own."""
    text = "one two three four five six"
    assert wrap(text, FACES[2], 120, measure)[-1] == "six"
    assert [len(line) for line in even(text, FACES[2], 120, measure)] == [13, 13]


def test_a_long_word_parts_at_its_hyphen():
    """A word longer than its line is broken at the hyphen, and only then within."""
    assert wrap("family-composition", FACES[2], 60, measure) == ("family-", "composition")
    assert wrap("abcdefgh", FACES[2], 20, measure) == ("abcd", "efgh")


def test_a_word_that_fits_is_not_parted():
    """A hyphen is a place to break only where there is need."""
    assert wrap("ab ID-karta", FACES[2], 40, measure) == ("ab", "ID-karta")


def test_words_tied_together_stay_on_one_line():
    """A no-break space is none to break at."""
    assert wrap("aa bb\u00a0cc", FACES[2], 30, measure) == ("aa", "bb\u00a0cc")


def test_the_largest_face_that_fits_is_taken():
    """Type shrinks step by step until width, height and lines are kept."""
    assert fit("abcd", 60, 100, FACES, measure) == Setting(("abcd",), FACES[0])
    assert fit("abcd", 45, 100, FACES, measure).face == FACES[1]
    assert fit("aa bb", 30, 24, FACES, measure).face == FACES[2]
    assert fit("abcdefghijkl", 10, 10, FACES, measure).face == FACES[2]


def test_neighbours_are_set_alike():
    """One long name makes all of them smaller."""
    settings = fit_all(["a", "abcdefgh"], 100, 100, FACES, measure, 1)
    assert {one.face for one in settings} == {FACES[1]}


def test_a_paragraph_fills_its_lines():
    """Text to read is not evened out."""
    text = "one two three four five six"
    assert fit(text, 120, 99, FACES[2:], measure, evenly=False).lines[-1] == "six"


def test_no_text_takes_no_room():
    """An empty text has no lines."""
    assert fit("", 100, 100, FACES, measure) == Setting((), FACES[0])


@given(WORDS, st.integers(10, 200))
def test_nothing_is_lost_and_no_line_is_too_long(text, width):
    """Whatever the text and the width, the letters are all there, in lines that fit."""
    for lines in (wrap(text, FACES[2], width, measure), even(text, FACES[2], width, measure)):
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert all(measure(line, FACES[2]) <= width for line in lines)


@given(WORDS, st.integers(10, 200))
def test_evening_out_costs_no_line(text, width):
    """An even text has as many lines as a full one."""
    full = wrap(text, FACES[2], width, measure)
    assert len(even(text, FACES[2], width, measure)) == len(full)


@given(WORDS, st.integers(10, 300), st.integers(10, 200), st.integers(1, 4))
def test_a_smaller_face_is_taken_only_for_need(text, width, height, most):
    """If the first face fits, it is taken."""
    first = Setting(even(text, FACES[0], width, measure), FACES[0])
    chosen = fit(text, width, height, FACES, measure, most)
    assert (chosen == first) or not fits([text], [first], width, height, measure, most)


def test_lines_have_air():
    """A line is a fifth higher than its type."""
    assert line_height(Face("regular", 100)) == 100 * LEADING

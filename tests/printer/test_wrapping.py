import pytest

from printer.typeface import Face
from printer.wrapping import wrap

FACE = Face("Regular", 10)


def measure(text, face):
    """Every letter is as wide as the size."""
    return len(text) * face.size


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one", 100, ("one",)),
        ("", 100, ()),
        ("aaaa bb cc", 70, ("aaaa", "bb cc")),
        ("aaaaaaaaa bb", 50, ("aaaaa", "aaaa", "bb")),
        ("birth (all at once)", 120, ("birth (all", "at once)")),
        ("birth of one (all)", 120, ("birth of one", "(all)")),
    ],
)
def test_wrap_by_example(text, width, lines):
    """Lines are balanced, long words broken, and a remark starts its own line if that is free."""
    assert wrap(text, FACE, width, measure) == lines


def test_balancing_never_breaks_a_word_that_fits():
    """A long word stays whole even where narrower lines would be more even."""
    assert wrap("aaaaaaaaa b c d", FACE, 100, measure)[0].startswith("aaaaaaaaa")

"""How numbers are made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.numbering import PREFIXES, number


@pytest.mark.parametrize(
    ("count", "printed"), [(1, "A001"), (42, "A042"), (999, "A999"), (1000, "A1000")]
)
def test_a_number_has_a_letter_and_at_least_three_digits(count: int, printed: str) -> None:
    """Past 999 a number grows a digit, so that a busy day does not stop the tickets."""
    assert number("A", count) == printed


def test_the_letters_are_those_of_domain_md() -> None:
    """Twelve letters that look and sound alike in Latin and Cyrillic."""
    assert " ".join(PREFIXES) == "A E F G J K L M R T U V"


NUMBERED = st.tuples(st.sampled_from(PREFIXES), st.integers(1, 99_999))


@given(NUMBERED, NUMBERED)
def test_two_tickets_of_a_day_never_share_a_number(one, other) -> None:
    """Another letter or another count is another number."""
    assert (number(*one) == number(*other)) == (one == other)

"""How numbers are made."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.numbering import (
    BLOCK,
    KIOSKS_FROM,
    PREFIXES,
    Block,
    grant,
    number,
    parse,
    past,
    spans,
)


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


@given(NUMBERED)
def test_a_printed_number_is_read_back(one) -> None:
    """What stands on the paper says prefix and count."""
    assert parse(number(*one)) == one


@pytest.mark.parametrize("text", ["", "A", "A01", "a001", "AA001", "A001 ", "А001", "001"])
def test_what_is_no_number_is_not_read(text: str) -> None:
    """Cyrillic look-alikes, blanks and short counts are nothing."""
    assert parse(text) is None


@given(st.integers(1, 12), st.integers(0, 3000))
def test_no_count_is_ever_given_by_two(kiosks: int, highest: int) -> None:
    """Blocks never overlap, lie above what was given, and the center's counter steps over them."""
    blocks: list[Block] = []
    for _ in range(kiosks):
        blocks.append(grant(blocks, highest))
    spans = sorted((block.first, block.last) for block in blocks)
    assert all(a[1] < b[0] for a, b in itertools.pairwise(spans))
    assert all(block.first > highest for block in blocks)
    count, seen = highest, set()
    for _ in range(50):
        count = past(count + 1, blocks)
        assert not any(count in block for block in blocks)
        assert count not in seen
        seen.add(count)


def test_the_first_kiosk_has_three_digits() -> None:
    """500 numbers of each letter for a kiosk, and 499 before them for the center."""
    assert grant([], 0) == Block(KIOSKS_FROM, KIOSKS_FROM + BLOCK - 1) == Block(500, 999)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([], ()),
        ([500], ("A500",)),
        ([500, 501, 502], ("A500-A502",)),
        ([500, 502, 503, 900], ("A500", "A502-A503", "A900")),
    ],
)
def test_used_numbers_are_told_without_a_gap_untold(counts, said) -> None:
    """What lies between two runs was not given out, and the ledger does not say that it was."""
    assert spans("A", counts) == said

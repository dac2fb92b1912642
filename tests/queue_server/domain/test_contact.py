"""Where a visitor can be reminded, in one spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.contact import normal
from queue_server.domain.errors import Invalid


@pytest.mark.parametrize(
    "written",
    ["+998901234567", "90 123-45-67", "998 90 123 45 67", "00998901234567", " (90) 123.45.67 "],
)
def test_a_phone_number_has_one_spelling(written):
    """However it is written, it is found again."""
    assert normal(written) == "+998901234567"


def test_a_foreign_number_stays_foreign():
    """A plus says the country."""
    assert normal("+7 701 234 56 78") == "+77012345678"


def test_an_email_address_is_in_small_letters():
    """Nobody books twice with another case."""
    assert normal(" Aziza.K@Example.UZ ") == "aziza.k@example.uz"


@pytest.mark.parametrize(
    "written",
    ["", " ", "12345", "call me", "a@b", "a b@example.uz", "+998 90 123 45 67 89 01 23 45",
     "x@example.uz\nBcc: y@example.uz", "<script>@example.uz", "+99890123456а"],
)  # fmt: skip
def test_what_is_neither_is_refused_at_the_field(written):
    """Too short, too long, two addresses, a line break: one sentence."""
    with pytest.raises(Invalid) as refused:
        normal(written)
    assert refused.value.field == "contact"


@given(st.text(max_size=200))
def test_whatever_is_written_is_normal_or_refused(written):
    """No text breaks it, and what is normal stays so."""
    try:
        once = normal(written)
    except Invalid:
        return
    assert normal(once) == once

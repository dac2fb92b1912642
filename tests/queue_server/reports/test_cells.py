"""No text is ever run as a formula."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.reports.cells import plain, safe
from tests.queue_server.reports.made import HOSTILE


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-2+3", "@A1", "\t=1", "\r=1", " =1", "＝1"])
def test_what_would_begin_a_formula_is_made_a_text(text: str) -> None:
    """A mark before it takes its power; the text stays readable."""
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "+998", "3,5", "-0.25", "A042", "№ 5", "oʻ", ""])
def test_numbers_and_plain_texts_stay_as_they_are(text: str) -> None:
    """A negative number is no formula."""
    assert safe(text) == text


@given(st.text())
def test_no_cell_ever_begins_a_formula(text: str) -> None:
    """Whatever somebody is called, a cell begins harmlessly or is a number."""
    cell = plain(text)
    number = cell.lstrip("+-").replace(",", "", 1).replace(".", "", 1)
    assert not cell.lstrip(" ").startswith(("=", "@", "\t", "\r")) or number.isdecimal()
    assert not cell.lstrip(" ").startswith(("+", "-")) or number.isdecimal()


@pytest.mark.parametrize(("value", "cell"), [(7, "7"), (6.25, "6,25"), (-1.5, "-1,5"), (None, "")])
def test_a_number_has_the_comma_of_our_locales(value: float | None, cell: str) -> None:
    """Excel in Uzbek and Russian would take 12.5 for the 12th of May."""
    assert plain(value) == cell


def test_the_hostile_names_of_these_tests_are_hostile() -> None:
    """At least one name of the reports' tests would be run by a spreadsheet."""
    assert sum(safe(name) != name for name in HOSTILE) >= 5

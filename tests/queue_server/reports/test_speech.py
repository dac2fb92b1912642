"""Numbers and days as they are written in each language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from config.languages import LANGUAGES
from queue_server.reports.measures import MEASURES, Datum
from queue_server.reports.speech import Speech

In = Callable[[str], Speech]


def test_only_english_writes_a_point(in_language: In) -> None:
    """The others write a comma; thousands stand apart in all of them."""
    assert in_language("en").number(12_345.67, 1) == "12\u00a0345.7"
    others = {in_language(tag).number(12_345.67, 1) for tag in LANGUAGES if tag != "en"}
    assert others == {"12\u00a0345,7"}


def test_what_is_not_known_is_a_dash(english: Speech) -> None:
    """Nobody waited: that is not a wait of zero."""
    found = english.number(None), english.minutes(None), english.percent(None)
    assert found == ("–", "–", "–")
    assert english.datum(Datum("share", None)) == "–"


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_measure_has_a_name(in_language: In, tag: str) -> None:
    """No figure stands without a word, in any language."""
    assert all(in_language(tag)(name) for name in MEASURES)


def test_a_day_is_told_with_its_weekday(in_language: In) -> None:
    """A period of several days is told by its ends."""
    first, last = date(2026, 11, 23), date(2026, 11, 29)
    assert in_language("ru").days(first, first) == "понедельник, 23.11.2026"
    assert in_language("ru").days(first, last) == "23.11.2026 – 29.11.2026"

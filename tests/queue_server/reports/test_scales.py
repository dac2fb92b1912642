"""Scales with whole marks, shades, and lines that break where nothing was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from queue_server.reports.scales import SHADES, Scale, runs, scale, shade, slots

AMOUNTS = st.floats(min_value=0, max_value=1e6)


@given(AMOUNTS)
def test_a_scale_holds_its_greatest_value_between_few_whole_marks(most: float) -> None:
    """The end is no lower than the value; marks are whole, and few enough to read."""
    axis = scale(most)
    assert axis.end >= most * 0.999_999
    assert 2 <= len(axis.marks) <= 6
    assert all(mark == int(mark) for mark in axis.marks)


def test_a_scale_ends_near_its_greatest_value() -> None:
    """A chart is not half empty."""
    ends = [scale(most).end for most in (0, 3, 15, 17.8, 45, 99, 240)]
    assert ends == [1, 3, 15, 20, 60, 100, 300]


def test_what_is_beyond_a_scale_stays_at_its_end() -> None:
    """A dot is never drawn outside of its chart."""
    axis = Scale(1.5, 0.25, 0.5)
    assert [axis.share(value) for value in (0.1, 0.5, 1.0, 1.5, 9)] == [0, 0, 0.5, 1, 1]


@given(st.integers(0, 500), st.integers(1, 500))
def test_more_is_never_lighter(value: int, most: int) -> None:
    """A field is empty only where there is nothing, and the darkest where there is most."""
    assert (shade(value, most) == 0) == (value == 0)
    assert shade(value, most) <= shade(value + 1, most) <= SHADES
    assert shade(most, most) == SHADES


def test_places_fill_the_width() -> None:
    """Bars stand side by side without a gap or an overlap."""
    assert slots(4, 20, 80) == [(20, 20), (40, 20), (60, 20), (80, 20)]


def test_a_line_is_broken_where_there_is_nothing() -> None:
    """Nobody waited at noon, so no line is drawn through noon."""
    assert list(runs([None, 1, 2, None, 3, None])) == [range(1, 3), range(4, 5)]

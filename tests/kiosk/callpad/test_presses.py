"""Which presses of a pad's keys count."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from kiosk.callpad.presses import Presses, press

WITHIN = 0.3


def test_a_second_press_within_the_span_counts_as_none() -> None:
    """A trembling finger calls one visitor, not two."""
    presses, first = press(Presses(), "kp1", 10.0, WITHIN)
    presses, second = press(presses, "kp1", 10.299, WITHIN)
    _, third = press(presses, "kp1", 10.3, WITHIN)
    assert (first, second, third) == (True, False, True)


def test_another_key_is_another_matter() -> None:
    """Start right after Next is meant."""
    presses, _ = press(Presses(), "kp1", 10.0, WITHIN)
    assert press(presses, "kp2", 10.1, WITHIN)[1]


@given(st.lists(st.floats(0, 5), max_size=30))
def test_what_counts_is_never_closer_than_the_span(gaps: list[float]) -> None:
    """Whatever the rhythm, two counted presses of a key are at least so far apart."""
    at, presses, counted = 0.0, Presses(), []
    for gap in gaps:
        at += gap
        presses, counts = press(presses, "kp1", at, WITHIN)
        if counts:
            counted.append(at)
    assert all(b - a >= WITHIN for a, b in itertools.pairwise(counted))

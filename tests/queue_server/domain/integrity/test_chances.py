"""What chance brings about, against values computed by other means."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.integrity.chances import (
    binomial_tail,
    longest_run,
    mean_and_deviation,
    quantile,
)


@given(least=st.integers(0, 40), n=st.integers(0, 40), percent=st.integers(0, 100))
def test_the_binomial_tail_is_the_sum_of_its_exact_terms(least: int, n: int, percent: int) -> None:
    """Against exact fractions, to nine digits."""
    p = Fraction(percent, 100)
    exact = sum(math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(least, n + 1))
    assert binomial_tail(least, n, percent / 100) == pytest.approx(float(exact), rel=1e-9)


def test_a_known_tail() -> None:
    """Seven or more of twenty at 5 % come in 1 of 29,000."""
    assert binomial_tail(7, 20, 0.05) == pytest.approx(3.395e-5, rel=1e-3)


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0, 1))
def test_a_quantile_lies_among_the_values(values: list[float], share: float) -> None:
    """Never below the least or beyond the greatest."""
    ordered = sorted(values)
    assert ordered[0] <= quantile(ordered, share) <= ordered[-1] * (1 + 1e-12)


def test_quantiles_by_hand() -> None:
    """Between two neighbours; of nothing there is none."""
    assert quantile([1, 2, 3, 4, 5], 0.5) == 3
    assert quantile([10, 20], 0.05) == pytest.approx(10.5)
    with pytest.raises(ValueError, match="nothing"):
        quantile([], 0.5)


def test_mean_and_deviation_by_hand() -> None:
    """The sample's: n − 1."""
    assert mean_and_deviation([2, 4, 4, 4, 5, 5, 7, 9]) == (5, pytest.approx(2.138, abs=0.001))
    assert mean_and_deviation([7]) == (7, 0)
    assert mean_and_deviation([]) == (0, 0)


@given(st.lists(st.integers(0, 200)), st.integers(0, 100))
def test_no_run_is_longer_than_the_longest(moments: list[int], within: int) -> None:
    """The run fits into the stretch, and no other one has more."""
    ordered = sorted(moments)
    begin, end = longest_run(ordered, within)
    run = ordered[begin:end]
    assert not run or run[-1] - run[0] <= within
    assert all(sum(0 <= each - one <= within for each in ordered) <= len(run) for one in ordered)

"""When in the day visitors come, and what the morning says of the rest of it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.forecasting import Span
from queue_server.domain.forecasting_hours import (
    HALF_HOURS,
    Profile,
    busiest,
    doors_open,
    profile,
    rest_of_day,
    spans,
)
from queue_server.domain.opening import Calendar, Hours
from tests.queue_server.domain.test_forecasting import CENTER, day

NINE, SIX = 18, 36
TOTAL = Span(400, 340, 460)
#: even from nine to six
EVEN = Profile(tuple(1 / 18 if NINE <= place < SIX else 0.0 for place in range(HALF_HOURS)))


def came(**counts: int) -> list[int]:
    """Return half hours with these counts: `came(h9=20, h930=10)`."""
    found = [0] * HALF_HOURS
    for name, count in counts.items():
        clock = name[1:]
        hour, half = (clock[:-2], 1) if clock.endswith("30") else (clock, 0)
        found[2 * int(hour) + half] = count
    return found


def mondays(count: int, counts: list[int]) -> dict:
    """Return this day on so many Mondays before the fifth week."""
    return {day(28 - 7 * n): counts for n in range(1, count + 1)}


def test_doors_are_open_in_the_center_s_half_hours():
    """From nine to six on a weekday, to three on Saturday, never on Sunday."""
    assert [place for place, is_in in enumerate(doors_open(CENTER, day(0))) if is_in] == [
        *range(NINE, SIX)
    ]
    assert sum(doors_open(CENTER, day(5))) == 12
    assert not any(doors_open(CENTER, day(6)))


def test_a_half_hour_open_in_part_is_open():
    """Doors that open at a quarter past nine let visitors in from nine's half hour on."""
    odd = Calendar("Asia/Tashkent", Hours({"mon_fri": ("09:15", "17:45")}))
    assert sum(doors_open(odd, day(0))) == 18


def test_without_a_past_visitors_come_evenly():
    """Every open half hour gets its share."""
    assert profile({}, CENTER, day(0)).shares == pytest.approx(EVEN.shares)


def test_a_closed_day_has_no_visitors():
    """All shares are nothing."""
    assert not any(profile(mondays(3, came(h9=10)), CENTER, day(27)).shares)


def test_the_same_weekday_says_when():
    """Two thirds come at nine, one third at two; neighbours borrow a little."""
    how = profile(mondays(4, came(h9=200, h14=100)), CENTER, day(28))
    assert how.shares[NINE] == pytest.approx(0.54, abs=0.03)
    assert how.shares[28] == pytest.approx(0.21, abs=0.03)
    assert how.shares[NINE + 1] > how.shares[NINE + 3]
    assert sum(how.shares) == pytest.approx(1)


def test_other_weekdays_say_less():
    """One Monday outweighs three other days."""
    past = {day(21): came(h9=100)} | {day(n): came(h15=100) for n in (22, 23, 24)}
    how = profile(past, CENTER, day(28))
    assert how.shares[NINE] > how.shares[30]


def test_who_comes_before_the_doors_open_waits_there():
    """Half past eight is nine; the middle of the night is nobody's business."""
    how = profile(mondays(4, came(h830=100, h2=500)), CENTER, day(28))
    assert how.shares[NINE] > 0.7
    assert not any(how.shares[:NINE])


def test_months_ago_says_nothing():
    """Only the latest weeks do."""
    how = profile({day(0): came(h17=100)}, CENTER, day(70))
    assert how.shares == pytest.approx(EVEN.shares)


def test_restless_days_make_wide_bands():
    """A half hour that is empty or full is less sure than one that is always alike."""
    calm = profile(mondays(4, came(h9=50, h10=50)), CENTER, day(28))
    past = {day(28 - 7 * n): came(**{"h9" if n % 2 else "h10": 100}) for n in range(1, 5)}
    wild = profile(past, CENTER, day(28))
    assert wild.unrest > calm.unrest
    assert spans(TOTAL, wild)[NINE].high > spans(TOTAL, calm)[NINE].high


def test_half_hours_add_up_to_the_day():
    """And each has a band round it that never goes below nobody."""
    each = spans(TOTAL, EVEN)
    assert sum(span.expected for span in each) == pytest.approx(400)
    assert all(0 <= span.low <= span.expected <= span.high for span in each)
    assert each[0] == Span(0, 0, 0)


def test_before_the_doors_open_the_forecast_stands():
    """Nobody came, nobody was due."""
    today = rest_of_day(TOTAL, EVEN, came(), NINE)
    assert today.total.expected == pytest.approx(400)
    assert today.half_hours[NINE].expected == pytest.approx(400 / 18)


def test_the_night_tells_nothing():
    """Who came before the doors opened says nothing of the day, before they open and after."""
    usual = rest_of_day(TOTAL, EVEN, came(h9=22), 19)
    odd = rest_of_day(TOTAL, EVEN, came(h2=300, h9=22), 19)
    assert odd.total.expected == pytest.approx(usual.total.expected + 300)
    early = rest_of_day(TOTAL, EVEN, came(h830=12), 17.5)
    assert early.total.expected == pytest.approx(412)


def test_a_morning_as_expected_makes_the_day_surer():
    """The total stays, its band shrinks."""
    counts = [22 if NINE <= place < 27 else 0 for place in range(HALF_HOURS)]
    today = rest_of_day(TOTAL, EVEN, counts, 27)
    assert today.total.expected == pytest.approx(400, rel=0.01)
    assert today.total.high - today.total.low < 120


def test_a_busy_morning_makes_a_busy_rest_but_less_so():
    """Twice as many until half past one: more than was thought come after, not twice as many."""
    counts = [44 if NINE <= place < 27 else 0 for place in range(HALF_HOURS)]
    rest = rest_of_day(TOTAL, EVEN, counts, 27).total.expected - sum(counts)
    assert 200 * 1.3 < rest < 200 * 2


def test_a_morning_without_power_is_no_traceback():
    """Nobody until half past one: fewer are expected, but some."""
    today = rest_of_day(TOTAL, EVEN, came(), 27)
    assert 0 < today.total.expected < 200


def test_what_is_over_stays_as_it_was_thought():
    """So the page can show both; only what is to come is corrected."""
    counts = [44 if NINE <= place < 27 else 0 for place in range(HALF_HOURS)]
    today = rest_of_day(TOTAL, EVEN, counts, 27.5)
    assert today.half_hours[NINE] == spans(TOTAL, EVEN)[NINE]
    assert today.half_hours[30].expected > spans(TOTAL, EVEN)[30].expected


def test_at_the_end_the_day_is_what_came():
    """No doubt is left."""
    today = rest_of_day(TOTAL, EVEN, came(h9=390), HALF_HOURS)
    assert (today.so_far, today.total) == (390, Span(390, 390, 390))


@given(
    st.lists(st.integers(-5, 10**6), min_size=HALF_HOURS, max_size=HALF_HOURS),
    st.floats(0, HALF_HOURS),
    st.floats(0, 1e5),
)
def test_whoever_came_the_rest_is_a_number(counts, passed, expected):
    """Never fewer than came, never more than thrice what was thought of the rest."""
    today = rest_of_day(Span(expected, expected * 0.8, expected * 1.2), EVEN, counts, passed)
    assert today.total.low <= today.total.expected <= today.total.high
    assert today.so_far <= today.total.expected <= today.so_far + 3 * expected + 1e-6


def test_the_busiest_stretch_is_the_first_of_equals():
    """Three half hours on end, or as many as there are."""
    assert busiest([1, 5, 5, 5, 1, 5, 5, 5]) == (1, 4)
    assert busiest([2, 1]) == (0, 2)
    assert busiest([]) == (0, 0)


def test_a_past_day_that_was_closed_by_an_outage_is_left_out():
    """A day on which nobody came has no profile."""
    past = mondays(2, came(h9=100)) | {day(24): came()}
    assert profile(past, CENTER, day(28)) == profile(mondays(2, came(h9=100)), CENTER, day(28))
    assert day(28) - day(24) < timedelta(weeks=8)

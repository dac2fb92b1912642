"""Windows needed: as few as keep the promise, confirmed by another simulation."""

from math import inf, nan
from random import Random

import pytest

from queue_server.domain.staffing import needed
from queue_server.domain.staffing_plan import Aim

HALF_HOURS, NINE, SIX = 48, 18, 36
NONE = [0] * HALF_HOURS
MINUTES = [4.0, 6.0, 7.0, 8.0, 10.0, 18.0]
AIM = Aim(norm=15, target=0.8)


def from_nine(*counts: float) -> list[float]:
    """Return expected arrivals from nine o'clock on."""
    return [0.0] * NINE + [*counts] + [0.0] * (HALF_HOURS - NINE - len(counts))


def windows(arrivals, minutes=MINUTES, aim=AIM, seed=1) -> list[int]:
    """Return the windows needed from nine to six."""
    return [need.windows for need in needed(arrivals, minutes, NONE, aim, Random(seed))][NINE:SIX]


def kept_shares(arrivals, schedule, norm: float, days: int = 300) -> list[float]:
    """Return by half hour who waits no longer than the norm, minute for minute, window for window.

    Another way than the rule's: gaps between visitors are drawn, and each asks every window.
    """
    chance, kept, all_ = Random(99), [0] * HALF_HOURS, [0] * HALF_HOURS
    for _ in range(days):
        busy = [0.0] * max(schedule)
        for came in visits(arrivals, chance):
            place, at = int(came // 30), came
            while True:
                here = range(schedule[min(int(at // 30), HALF_HOURS - 1)] or 1)
                free = [number for number in here if busy[number] <= at]
                if free:
                    break
                at = min([busy[number] for number in here] + [(at // 30 + 1) * 30])
            busy[free[0]] = at + chance.choice(MINUTES)
            all_[place] += 1
            kept[place] += at - came <= norm
    return [good / n if n else 1.0 for good, n in zip(kept, all_, strict=True)]


def visits(arrivals, chance):
    """Yield when visitors come, first come first served."""
    for place, mean in enumerate(arrivals):
        at = place * 30.0
        while mean and (at := at + chance.expovariate(mean / 30)) < (place + 1) * 30:
            yield at


def test_the_schedule_keeps_the_promise_in_another_simulation():
    """In every half hour about 80 % wait no longer than the norm."""
    arrivals = from_nine(30, 36, 30, 24, 18, 12, 12, 16, 10, 4)
    schedule = [need.windows for need in needed(arrivals, MINUTES, NONE, AIM, Random(1))]
    assert min(kept_shares(arrivals, schedule, AIM.norm)) > 0.75


def test_a_window_fewer_all_day_breaks_it():
    """The schedule has nothing to spare at the busiest time."""
    arrivals = from_nine(30, 36, 30, 24, 18, 12, 12, 16, 10, 4)
    schedule = [need.windows for need in needed(arrivals, MINUTES, NONE, AIM, Random(1))]
    fewer = [max(count - 1, 0) for count in schedule]
    assert min(kept_shares(arrivals, fewer, AIM.norm)[NINE : NINE + 4]) < 0.7


def test_every_half_hour_reaches_the_target():
    """And the share that it reaches is told."""
    needs = needed(from_nine(20, 30, 25, 10), MINUTES, NONE, AIM, Random(3))
    assert all(need.within_norm >= 0.8 for need in needs[NINE : NINE + 4])
    assert needs[0].within_norm is None


def test_the_same_seed_needs_the_same_windows():
    """Nothing but the seed is chance, and another one changes little."""
    arrivals = from_nine(20, 30, 25, 10)
    assert windows(arrivals) == windows(arrivals)
    assert max(windows(arrivals, seed=8)) == pytest.approx(max(windows(arrivals)), abs=1)


def test_more_visitors_need_more_windows():
    """Thrice as many, more than twice the windows; a big hall needs less slack."""
    few, many = sum(windows(from_nine(10, 10, 10, 10))), sum(windows(from_nine(30, 30, 30, 30)))
    assert 2 * few <= many < 3.2 * few


def test_a_harder_aim_needs_more_windows():
    """Five minutes for 95 % are dearer than fifteen for 80 %."""
    arrivals = from_nine(20, 20, 20)
    assert sum(windows(arrivals, aim=Aim(5, 0.95))) > sum(windows(arrivals)) + 2


def test_nobody_comes_and_nobody_is_needed():
    """No windows, no shares."""
    assert windows(from_nine()) == [0] * 18


def test_windows_stay_until_the_last_visitor_has_gone():
    """Who came before the doors closed is served after it."""
    needs = needed(from_nine(*[0] * 17, 40), MINUTES, NONE, AIM, Random(1))
    assert needs[SIX - 1].windows > 0
    assert needs[SIX].windows > 0


@pytest.mark.parametrize("minutes", [[], [0.0, -3.0], [nan, inf]])
def test_without_times_at_the_windows_nothing_is_said(minutes):
    """No number is made up."""
    assert needed(from_nine(20), minutes, NONE, AIM, Random(1)) == ()


def test_absurd_numbers_end():
    """Visitors without end, windows that take six hours: a hall's most windows, no traceback."""
    needs = needed([1e9, -4.0] + [0.0] * 46, [360.0, nan], NONE, AIM, Random(1))
    assert 200 < max(need.windows for need in needs) <= 250


def test_the_plan_is_judged_beside_the_need():
    """Enough windows keep nearly everybody, half of them far fewer, none nobody."""
    arrivals = from_nine(30, 36, 30, 24, 18, 12)
    need = max(windows(arrivals))
    shares = {}
    for planned in (need + 2, need // 2, 0):
        plan = [planned if arrival else 0 for arrival in arrivals]
        needs = needed(arrivals, MINUTES, plan, AIM, Random(1))
        shares[planned] = needs[NINE + 2].by_plan
    assert shares[need + 2] > 0.95
    assert shares[need // 2] < 0.3
    assert shares[0] == 0


def test_the_plan_s_windows_also_stay_to_the_end():
    """Visitors of the last minutes are counted as served, not as lost."""
    arrivals = from_nine(*[0] * 17, 10)
    plan = [4 if place < SIX else 0 for place in range(HALF_HOURS)]
    needs = needed(arrivals, MINUTES, plan, AIM, Random(1))
    assert needs[SIX - 1].by_plan > 0.95

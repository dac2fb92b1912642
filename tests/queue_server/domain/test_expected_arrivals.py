"""Who is likely to come in the rest of today."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from queue_server.domain.catalogue import Catalogue
from queue_server.domain.expected_arrivals import arrivals
from queue_server.domain.facts import Facts
from queue_server.domain.lessons import Came, pooled
from queue_server.domain.observations import Observations
from queue_server.domain.opening import Surge
from tests.factories import DAY, a_catalogue, at

#: nine to five, the last ticket at half past four; the day is a Monday
FACTS = replace(
    Facts(),
    hours={"mon_fri": ("09:00", "17:00"), "sat": ("09:00", "13:00")},
    stop_before_close=timedelta(minutes=30),
)
CENTER = a_catalogue(facts=FACTS)
OPEN = range(18, 33)
USUAL = dict.fromkeys(OPEN, 10)


def a_past(*weeks: int, halves: dict[int, int] | None = None) -> list[Observations]:
    """Return the days so many weeks before today."""
    return [
        Observations(
            (DAY - timedelta(weeks=week)).isoformat(),
            arrivals={"A01": USUAL if halves is None else halves},
        )
        for week in weeks
    ]


def rates(
    past: list[Observations],
    today: dict[int, int] | None = None,
    minute: float = 0,
    catalogue: Catalogue = CENTER,
    day: date = DAY,
) -> tuple[float, ...]:
    """Return the rates as seen so many minutes after the opening."""
    return arrivals(catalogue, pooled(past), Came(day, today or {}), at(minute)).rates


def test_the_same_weekdays_tell_who_comes() -> None:
    """And nobody comes before the doors open or after the last ticket."""
    found = rates(a_past(1, 2, 3))
    assert [found[half] for half in OPEN] == pytest.approx([10.0] * len(OPEN))
    assert not any(found[half] for half in range(48) if half not in OPEN)


def test_other_weekdays_are_not_asked_where_there_are_enough() -> None:
    """A Friday is no Monday."""
    friday = Observations((DAY - timedelta(days=3)).isoformat(), arrivals={"A01": {20: 900}})
    assert sum(rates([*a_past(1, 2), friday])) == pytest.approx(150)
    assert sum(rates([friday])) > 500


def test_recent_weeks_weigh_more() -> None:
    """A hall that grows is believed to have grown."""
    grown = [*a_past(1, halves=dict.fromkeys(OPEN, 20)), *a_past(7)]
    assert sum(rates(grown)) > 225


def test_a_busy_morning_makes_a_busy_afternoon() -> None:
    """But less than in proportion: chance had its part."""
    today = dict.fromkeys(range(18, 24), 20)
    found = rates(a_past(1, 2, 3), today, 180)
    assert 14 < found[30] < 18


def test_an_announced_surge_multiplies() -> None:
    """Of today; and past surges are not taken for usual days."""
    tax = a_catalogue(facts=FACTS, surges=(Surge(DAY, 2.0, {}),))
    assert sum(rates(a_past(1, 2), catalogue=tax)) == pytest.approx(300)
    past = a_catalogue(facts=FACTS, surges=(Surge(DAY - timedelta(weeks=1), 2.0, {}),))
    assert sum(rates(a_past(1, 2), catalogue=past)) < 125


def test_neighbours_smooth_a_half_hour_and_nobody_is_lost() -> None:
    """A single half hour's luck is spread inside the doors' hours."""
    found = rates(a_past(1, 2, halves={24: 40}))
    assert 22 < found[24] < 26
    assert found[23] == found[25]
    assert sum(found) == pytest.approx(40)


def test_a_rush_at_the_opening_is_believed_when_it_comes_again() -> None:
    """The more days, the less is smoothed."""
    few, many = ((rates(a_past(*range(1, n), halves={18: 40}))[18]) for n in (3, 9))
    assert 30 < few < many
    assert many > 35


def test_without_history_today_goes_on_as_it_has() -> None:
    """Until the last ticket; nobody while nobody has come."""
    found = rates([], dict.fromkeys(range(18, 22), 6), 120)
    assert found[30] == pytest.approx(6)
    assert found[33] == 0
    assert rates([], {}, 60) == ()


def test_on_a_closed_day_nobody_comes() -> None:
    """If the center keeps its hours; a hall that works all the same has no doors."""
    sunday = DAY - timedelta(days=1)
    now = 12 * 60 - 1440
    kept = replace(CENTER, rules=replace(CENTER.rules, keep_hours=True))
    assert rates(a_past(2, 3), {40: 5}, now, kept, sunday) == ()
    assert any(rates([], {40: 5}, now, CENTER, sunday))


def test_shares_are_shrunk_to_the_usual() -> None:
    """One visitor with a head start is no half of them."""
    today = Observations(
        DAY.isoformat(), arrivals={"A01": {18: 3}, "E01": {18: 1}}, statutory=1, heads={20.0: 1}
    )
    found = arrivals(CENTER, pooled([today]), Came(DAY, {18: 4}), at(20))
    assert found.services == {"A01": 3.0, "E01": 1.0}
    assert found.statutory == pytest.approx(2 / 24)
    assert found.heads == {20.0: pytest.approx(1 / 24)}

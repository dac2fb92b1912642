from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from statistics import mean
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.simulation import days, reference
from queue_server.simulation.days import Spell
from queue_server.simulation.world import Coming, Spells
from tests.queue_server.simulation.halls import MONDAY, SUNDAY, drawn, lively

TASHKENT = ZoneInfo("Asia/Tashkent")


def test_the_same_seed_draws_the_same_day() -> None:
    """Visitors, spells and lunches are the same; another seed brings others."""
    world = lively()
    assert drawn(world, 7) == drawn(world, 7)
    assert drawn(world, 7).visitors != drawn(world, 8).visitors


def test_a_closed_day_brings_nobody() -> None:
    """On a Sunday the reference hall is closed."""
    world = reference.world()
    assert days.draw(world, SUNDAY, 1) is None
    assert days.expected(world, SUNDAY) == 0


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_everybody_comes_while_tickets_are_given(seed: int) -> None:
    """Visitors come in order, none before the doors open or after the last ticket."""
    day = drawn(reference.world(), seed)
    times = [visitor.at for visitor in day.visitors]
    assert times == sorted(times)
    assert day.opens <= times[0]
    assert times[-1] <= day.doors_close < day.ends
    assert all(at.microsecond % 1000 == 0 for at in times)


def test_about_as_many_come_as_expected() -> None:
    """Over many seeds a day brings its expected visitors, and days differ."""
    world = reference.world()
    counts = [len(drawn(world, seed).visitors) for seed in range(60)]
    assert mean(counts) == pytest.approx(days.expected(world, MONDAY), rel=0.03)
    assert max(counts) - min(counts) > 40


def test_the_morning_and_the_early_afternoon_are_the_busiest() -> None:
    """More come from ten to eleven than at noon, and more at three than at five."""
    hours = Counter[int]()
    for seed in range(20):
        hours.update(
            v.at.astimezone(TASHKENT).hour for v in drawn(reference.world(), seed).visitors
        )
    assert hours[10] > hours[13]
    assert hours[14] > hours[13]
    assert hours[9] > hours[16]


def test_a_crowd_waits_before_the_doors() -> None:
    """The first five minutes bring more than any other five minutes do on average."""
    day = drawn(reference.world(1.0), 3)
    first = sum(visitor.at < day.opens + timedelta(minutes=5) for visitor in day.visitors)
    assert first > 2 * len(day.visitors) / (8.5 * 12)


def test_spells_slow_one_window_or_all() -> None:
    """What takes longer at a window is the product of the spells that it stands in."""
    day = drawn(reference.world())
    half = timedelta(minutes=30)
    hall, own = Spell(day.opens, day.opens + half, 1.5), Spell(day.opens, day.opens + half, 1.6, 2)
    slow = replace(day, spells=(hall, own))
    assert slow.slowness(1, day.opens) == 1.5
    assert slow.slowness(2, day.opens) == pytest.approx(2.4)
    assert slow.slowness(2, day.opens + half) == 1.0


def test_hidden_spells_are_as_long_and_as_slow_as_the_world_says() -> None:
    """Spells last 20 to 60 minutes at 1.4 to 1.8 times; a world without them has none."""
    world = replace(reference.world(), spells=Spells(hall=4, window=1))
    spells = drawn(world).spells
    assert {spell.window for spell in spells} >= {None}
    for spell in spells:
        assert 1.4 <= spell.factor <= 1.8
        assert timedelta(minutes=20) <= spell.ends - spell.begins <= timedelta(minutes=60)
    assert drawn(replace(world, spells=Spells(0, 0))).spells == ()


def test_clerks_eat_by_turns() -> None:
    """Half of the windows have lunch at half past twelve, the others when these are back."""
    lunches = drawn(reference.world()).lunches
    begins = {number: each.begins.astimezone(TASHKENT) for number, each in lunches.items()}
    assert f"{begins[1]:%H:%M} {begins[2]:%H:%M}" == "12:30 13:15"
    assert len(lunches) == 8


def test_one_visitor_more_changes_nobody_elses_fate() -> None:
    """Each visitor has a stream of his own: a fuller day holds the same people, and more."""
    calm = replace(lively(), coming=Coming(unlike=0.0))
    fuller = replace(calm, visitors=calm.visitors * 1.5)
    few, many = drawn(calm, 5).visitors, drawn(fuller, 5).visitors
    assert len(few) < len(many)
    assert {visitor.at for visitor in few} <= {visitor.at for visitor in many}
    assert set(map(str, few)) <= set(map(str, many))

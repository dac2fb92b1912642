"""What the plan has on duty, where it is too little, and the textbook's guess."""

from dataclasses import replace

import pytest

from queue_server.domain.catalogue import Taking, Window
from queue_server.domain.facts import Facts
from queue_server.domain.staffing_plan import Aim, lacks, planned, quick
from tests.factories import a_catalogue
from tests.queue_server.domain.test_forecasting import day

LUNCH = (("12:30", "13:15"), ("13:15", "14:00"))
WEEK = {"mon_fri": ("09:00", "18:00"), "sat": ("09:00", "15:00")}


def center(*lunches: int, lunch=LUNCH):
    """Return a catalogue whose windows eat in these shifts."""
    taking = {"A01": Taking()}
    windows = tuple(Window(n, taking, lunch=shift) for n, shift in enumerate(lunches, 1))
    return a_catalogue(windows=windows, facts=Facts(hours=WEEK, lunch=lunch))


def test_all_windows_are_on_duty_but_at_lunch():
    """Five windows: two eat first, two after them, one does not."""
    plan = planned(center(1, 1, 2, 2, 0), day(0))
    assert plan[:18] == (0,) * 18
    assert plan[18:25] == (5,) * 7
    assert plan[25:28] == (3, 3, 3)
    assert plan[28:36] == (5,) * 8
    assert plan[36:] == (0,) * 12


def test_the_fewest_of_a_half_hour_count():
    """At one o'clock one shift eats and then the other: at no time are all there."""
    plan = planned(center(1, 1, 1, 2), day(0))
    assert plan[25:28] == (1, 1, 3)


def test_a_window_without_services_is_no_window():
    """And a lunch shift that the center does not have makes nobody leave."""
    catalogue = center(1, 3)
    idle = replace(catalogue.windows[0], number=9, takes={})
    catalogue = replace(catalogue, windows=(*catalogue.windows, idle))
    assert planned(catalogue, day(0))[26] == 1
    assert planned(center(1, 2, lunch=()), day(0))[26] == 2


def test_a_closed_day_has_no_plan():
    """Nobody is on duty on Sunday, and on Saturday after three."""
    assert not any(planned(center(1, 2), day(6)))
    assert planned(center(1, 2), day(5))[29:31] == (2, 0)


def test_lacks_that_touch_are_one():
    """A plan that keeps the aim lacks nothing, whatever was needed; nor does one with nobody."""
    needed, plan = [5, 6, 4, 7, 9, 9, 9], [4, 4, 4, 4, 8, 9, 4]
    kept = [0.7, 0.6, 0.5, 0.75, 0.9, 0.5, None]
    assert lacks(needed, plan, kept, Aim()) == [(0, 2), (3, 4)]
    assert lacks([], [], [], Aim()) == []


def test_erlang_c_is_the_textbook_s():
    """A hundred calls in half an hour of three minutes each, 80 % within 20 s: 14 agents."""
    assert quick(100, 3, Aim(norm=1 / 3, target=0.8)) == 14
    assert quick(100, 3, Aim(norm=1 / 3, target=0.9)) == 15


@pytest.mark.parametrize(("visitors", "expected"), [(0, 0), (-1, 0), (0.01, 1), (1e9, 250)])
def test_erlang_c_at_its_ends(visitors, expected):
    """Nobody needs nobody; without end it is as many as a hall has."""
    assert quick(visitors, 10, Aim()) == expected

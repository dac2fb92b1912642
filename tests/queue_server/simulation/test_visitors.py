from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from statistics import mean, stdev

import pytest

from config import catalogue as shipped
from queue_server import demo
from queue_server.domain import catalogue_document
from queue_server.simulation import reference
from queue_server.simulation.visitors import Crowd, Visitor
from queue_server.simulation.world import World, of_catalogue
from tests.queue_server.simulation.halls import lively

AT = datetime(2026, 11, 16, 5, 0, tzinfo=UTC)


def crowd(world: World, several: int = 4000) -> list[Visitor]:
    """Return so many who may come."""
    drawn = Crowd(world)
    return [drawn.draw(AT, random.Random(seed)) for seed in range(several)]


def test_services_take_as_long_as_the_truth_says() -> None:
    """The minutes drawn have the mean and the spread of the service."""
    world = reference.world()
    minutes = [each.minutes["F01"] for each in crowd(world) if each.service == "F01"]
    assert mean(minutes) == pytest.approx(10.0, rel=0.06)
    assert stdev(minutes) / mean(minutes) == pytest.approx(0.6, abs=0.08)


def test_shares_of_visitors_are_those_of_the_world() -> None:
    """So many never come, so many have a head start, so many come for an identity card."""
    people = crowd(reference.world())
    services = Counter(each.service for each in people)
    assert services["A01"] / len(people) == pytest.approx(0.26, abs=0.02)
    assert mean(not each.comes for each in people) == pytest.approx(0.05, abs=0.01)
    assert mean(each.category is not None for each in people) == pytest.approx(0.08, abs=0.015)


def test_a_plain_world_has_plain_visits() -> None:
    """Nobody is sent on, fetches a copy, gives up or rates in the reference hall."""
    for each in crowd(reference.world(), 500):
        assert (each.sent_on, each.fetches, each.patience, each.stars) == (None, None, None, None)
        assert each.outcome == "solved"


def test_in_a_lively_world_everything_happens_to_somebody() -> None:
    """Each habit shows, and who is sent on knows how long that takes."""
    people = crowd(lively())
    assert any(each.fetches for each in people)
    assert any(each.patience for each in people)
    assert {each.stars for each in people} == {None, 1, 2, 3, 4, 5}
    assert {each.outcome for each in people} == {"solved", "turned_away", "forwarded"}
    sent = [each for each in people if each.sent_on]
    assert sent
    assert all(each.sent_on in each.minutes and each.sent_on != each.service for each in sent)


def test_nobody_needs_what_no_window_can_do() -> None:
    """Who uses sign language comes for what a window with that skill takes."""
    offered = catalogue_document.parse(shipped.read(demo.SHIPPED))
    many = replace(of_catalogue(offered, 440), needs={"sign_language": 0.5})
    people = [each for each in crowd(many, 1000) if each.needs]
    able = [window for window in offered.windows if "sign_language" in window.skills]
    assert people
    for each in people:
        assert any(each.service in window.takes for window in able)


def test_a_stranger_is_served_too() -> None:
    """Somebody whom the play does not know has a visit of usual length."""
    stranger = Crowd(reference.world()).stranger(AT, "J01", random.Random(1))
    assert (stranger.comes, stranger.service) == (True, "J01")
    assert 1 < stranger.minutes["J01"] < 100

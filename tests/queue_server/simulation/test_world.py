from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from config import catalogue as shipped
from queue_server import demo
from queue_server.domain import catalogue_document
from queue_server.domain.catalogue import Catalogue
from queue_server.simulation import reference
from queue_server.simulation.world import hurried, level, of_catalogue, scaled
from tests.queue_server.simulation.halls import drawn


@pytest.fixture(scope="module")
def offered() -> Catalogue:
    """The demo's catalogue."""
    return catalogue_document.parse(shipped.read(demo.SHIPPED))


@pytest.mark.parametrize("load", [0.8, 0.9, 1.0])
def test_a_load_is_offered_work_over_the_clerks_time(load: float) -> None:
    """What all expected visitors take is so much of what the clerks have until the last ticket."""
    world = reference.world(load)
    each = sum(e.share * (world.work[e.service].minutes + 10 / 60) for e in world.errands)
    served = world.visitors * (0.95 * each + 0.05 * 0.75)
    breaks = world.visitors * 0.03 * 8
    time = sum((510 - 45) / clerk.slowness for clerk in world.clerks.values())
    assert served / (time - breaks) == pytest.approx(load, abs=0.001)


def test_more_load_is_more_visitors_and_nothing_else() -> None:
    """Worlds of two loads differ in their visitors alone."""
    light, heavy = reference.world(0.8), reference.world(1.0)
    assert light.visitors < heavy.visitors
    assert scaled(light, 1.0) == heavy


def test_a_plan_may_be_wrong_while_the_truth_stays() -> None:
    """The catalogue's minutes can be too low; how long services take does not change by it."""
    told, wrong = reference.world(), reference.world(planned=0.6)
    assert wrong.work == told.work
    planned = {each.id: each.minutes for each in wrong.catalogue.services}
    assert planned["A01"] == pytest.approx(0.6 * told.work["A01"].minutes)


def test_clerks_keep_their_speed() -> None:
    """A clerk is as slow every day, and no two clerks are alike."""
    clerks = reference.world(0.8).clerks
    assert clerks == reference.world(1.0).clerks
    assert len({clerk.slowness for clerk in clerks.values()}) == 8
    assert clerks != reference.world(seed=2).clerks


def test_everything_that_a_center_offers_at_windows_is_asked_for(offered: Catalogue) -> None:
    """Each service with a window is somebody's errand; groups keep their shares."""
    world = of_catalogue(offered, 440)
    first = {errand.service for errand in world.errands}
    assert first == {s.id for s in offered.services if "no-window" not in s.flags}
    shares = Counter[str]()
    for errand in world.errands:
        shares[offered.service(errand.service).group] += errand.share if not errand.event else 0
    assert shares == pytest.approx({group.prefix: group.share for group in offered.groups})


def test_life_events_bring_several_services_on_one_ticket(offered: Catalogue) -> None:
    """Who comes for a birth comes for its other services too."""
    birth = next(e for e in of_catalogue(offered, 440).errands if e.event == "birth")
    assert (birth.service, birth.legs) == ("A01", ("E03", "M01"))


def test_a_hurried_world_serves_faster_and_meets_as_many(offered: Catalogue) -> None:
    """Twice the pace is half the minutes; as many people come."""
    usual = of_catalogue(offered, 440)
    fast = hurried(usual, 2.0)
    assert fast.work["A01"].minutes == usual.work["A01"].minutes / 2
    assert fast.visitors == usual.visitors


def test_days_differ_by_weekday_and_weeks_by_a_slow_drift() -> None:
    """Mondays bring more than Fridays; the same weekday drifts from month to month."""
    world = reference.world()
    monday = date(2026, 9, 7)
    assert level(world, monday) > level(world, monday + timedelta(days=4))
    mondays = {round(level(world, monday + timedelta(weeks=week)), 4) for week in range(20)}
    assert len(mondays) == 20
    assert all(0.85 < each < 1.3 for each in mondays)


def test_an_announced_surge_brings_more(offered: Catalogue) -> None:
    """The day after a holiday brings as many times the visitors as was announced."""
    world = of_catalogue(offered, 440)
    surge = offered.surges[0]
    before = level(world, surge.day - timedelta(weeks=1))
    assert level(world, surge.day) / before == pytest.approx(surge.factor, rel=0.2)
    assert len(drawn(world, day=surge.day).visitors) > 440

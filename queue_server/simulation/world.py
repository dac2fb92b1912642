"""The truth of a hall that no prediction sees: who comes, how long things take, what goes wrong.

A `World` is one frozen value. Its `catalogue` is what everybody may know; all else is hidden.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from queue_server.domain.catalogue import Catalogue, Service
from queue_server.domain.catalogue_checks import NO_WINDOW

#: a local half hour ("09:30" is 19) → how many come in it, beside the others
Profile = Mapping[int, float]
#: many come at ten and at eleven, few while others eat, more again after lunch
USUAL: Final[Profile] = dict(
    zip(
        range(16, 40),
        (6, 7, 9, 11, 13, 14, 13, 12, 10, 8, 7, 8, 10, 11, 10, 9, 8, 6, 5, 4, 3, 2, 1, 1),
        strict=True,
    )
)
#: Monday to Sunday
WEEK: Final = (1.1, 1.02, 0.97, 0.98, 1.02, 0.7, 0.6)
#: languages of visitors with their shares
LANGUAGES: Final = {"uz-Latn": 0.6, "uz-Cyrl": 0.12, "ru": 0.2, "kaa": 0.05, "en": 0.03}
#: shares of all visitors with a head start of some kind, and of those who need the hands' language
CATEGORY_SHARE, NEEDS_SHARE = 0.08, 0.004
#: a visit for a life event, beside those for one service
EVENT_SHARE: Final = 0.04
#: those who planned were careful: services take less on average
PLAN_IS_LONG: Final = 0.88
_WEEKS_OF_A_SEASON: Final = 26


@dataclass(frozen=True, slots=True)
class Work:
    """How long a service truly takes at a clerk of usual speed: lognormal."""

    minutes: float
    #: standard deviation / mean
    spread: float = 0.6


@dataclass(frozen=True, slots=True)
class Errand:
    """What some visitors come for."""

    service: str
    share: float
    #: the life event, and what it brings beside the first service
    event: str | None = None
    legs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clerk:
    """Who works at a window."""

    login: str
    #: how many times as long as others this clerk takes
    slowness: float = 1.0


@dataclass(frozen=True, slots=True)
class Coming:
    """When people come, and how days differ."""

    profile: Profile = field(default_factory=lambda: USUAL)
    #: share of a day's visitors who stand before the door when it opens
    burst: float = 0.05
    #: factors of Monday to Sunday
    week: tuple[float, ...] = WEEK
    #: one day differs from the next by so much (standard deviation of the logarithm)
    unlike: float = 0.08
    #: the level drifts over the weeks: the season's swing, and one week beside the next
    season: float = 0.08
    weekly: float = 0.04


@dataclass(frozen=True, slots=True)
class Spells:
    """Hidden times when all goes slower: a slow network, a new form, a clerk who is not well."""

    #: expected number a day, of the whole hall and of each window
    hall: float = 0.5
    window: float = 0.25
    factor: tuple[float, float] = (1.4, 1.8)
    minutes: tuple[float, float] = (20.0, 60.0)


@dataclass(frozen=True, slots=True)
class Habits:
    """What visitors and clerks do beside the plain visit: shares of visits."""

    no_show: float = 0.05
    #: seconds until a clerk gives a visitor up, and until one who comes is at the window
    absent: float = 45.0
    walk: tuple[float, float] = (6.0, 14.0)
    #: a clerk's short break follows a visit so often, and takes so many minutes
    pause: float = 0.02
    pauses: tuple[float, float] = (4.0, 12.0)
    #: a clerk opens so many seconds after the doors, at most
    late: float = 0.0
    #: seconds until an idle clerk presses Next
    notices: float = 3.0
    #: at the wrong window: sent on after a moment
    sent_on: float = 0.0
    #: goes to fetch a copy, and comes back to the same window
    fetches: float = 0.0
    #: gives up waiting, and says so
    gives_up: float = 0.0
    #: says what it was like
    rates: float = 0.0
    #: turned away for papers, or sent to another house
    turned_away: float = 0.0
    forwarded: float = 0.0


#: what a demo's people do
LIVELY: Final = Habits(
    late=120.0,
    sent_on=0.02,
    fetches=0.02,
    gives_up=0.01,
    rates=0.22,
    turned_away=0.04,
    forwarded=0.02,
)


@dataclass(frozen=True, slots=True)
class World:
    """A hall with its people, as they truly are."""

    catalogue: Catalogue
    #: expected visitors of a mean day
    visitors: float
    work: Mapping[str, Work]
    errands: tuple[Errand, ...]
    #: window → its clerk
    clerks: Mapping[int, Clerk]
    #: category → share of visitors
    categories: Mapping[str, float] = field(default_factory=dict)
    languages: Mapping[str, float] = field(default_factory=lambda: LANGUAGES)
    #: need → share of visitors
    needs: Mapping[str, float] = field(default_factory=dict)
    coming: Coming = field(default_factory=Coming)
    spells: Spells = field(default_factory=Spells)
    habits: Habits = field(default_factory=Habits)
    seed: int = 1


def of_catalogue(
    catalogue: Catalogue, visitors: float, seed: int = 1, habits: Habits = LIVELY
) -> World:
    """Return a world of any center: all that it offers, asked for by so many on a mean day."""
    return World(
        catalogue=catalogue,
        visitors=visitors,
        work={each.id: _truth(each, seed) for each in catalogue.services},
        errands=_errands(catalogue),
        clerks=clerks(catalogue, seed),
        categories=_categories(catalogue),
        languages={tag: LANGUAGES.get(tag, 0.02) for tag in catalogue.languages},
        needs={need: NEEDS_SHARE for window in catalogue.windows for need in window.skills},
        habits=habits,
        seed=seed,
    )


def clerks(catalogue: Catalogue, seed: int) -> dict[int, Clerk]:
    """Return a clerk for each window: clerk1 at window 1, each with a speed of the own."""
    return {
        window.number: Clerk(
            f"clerk{window.number}",
            chance_of(seed, f"clerk:{window.number}").lognormvariate(0.0, 0.15),
        )
        for window in catalogue.windows
    }


def hurried(world: World, pace: float) -> World:
    """Return the world with service and breaks so many times as quick."""
    shorter = {name: replace(w, minutes=w.minutes / pace) for name, w in world.work.items()}
    low, high = world.habits.pauses
    return replace(
        world, work=shorter, habits=replace(world.habits, pauses=(low / pace, high / pace))
    )


def level(world: World, day: date) -> float:
    """Return how many times the mean day's visitors are expected on a day: nobody foresees it all.

    Weekday, announced surge, season and week; the day's own chance is not in it.
    """
    year, week, _ = day.isocalendar()
    weekly = chance_of(world.seed, f"week:{year}:{week}").gauss(0.0, world.coming.weekly)
    turn = math.tau * day.toordinal() / 7 / _WEEKS_OF_A_SEASON
    season = 1 + world.coming.season * math.sin(turn)
    usual = world.coming.week[day.weekday()] * world.catalogue.calendar.factor(day)
    return usual * season * math.exp(weekly)


def scaled(world: World, load: float) -> World:
    """Return the world with as many visitors as make this load on a mean day.

    Load = offered work / the clerks' time while tickets are given, net of lunches and short breaks;
    hidden slow spells come on top.
    """
    habits, hours = world.habits, _clerk_minutes(world)
    breaks = habits.pause * sum(habits.pauses) / 2
    return replace(world, visitors=load * hours / (_minutes_each(world) + load * breaks))


def chance_of(seed: int, what: str) -> random.Random:
    """Return a stream of chance for one thing alone: no cryptography, the same every time."""
    return random.Random(f"{seed}:{what}")  # noqa: S311


def _minutes_each(world: World) -> float:
    """Return the minutes of a window that a mean visitor takes."""
    habits = world.habits
    shares = sum(errand.share for errand in world.errands)
    walk = sum(habits.walk) / 2 / 60
    served = sum(
        errand.share * (walk + world.work[service].minutes)
        for errand in world.errands
        for service in (errand.service, *errand.legs)
    )
    return (1 - habits.no_show) * served / shares + habits.no_show * habits.absent / 60


def _clerk_minutes(world: World) -> float:
    """Return the minutes that all clerks have for visitors on a weekday, in a usual clerk's."""
    facts = world.catalogue.facts
    day = _span_minutes(next((span for span in facts.hours.values() if span), ("09:00", "18:00")))
    day -= facts.stop_before_close.total_seconds() / 60
    lunches = [_span_minutes(span) for span in facts.lunch]
    return sum(
        (day - (lunches[window.lunch - 1] if 0 < window.lunch <= len(lunches) else 0.0))
        / world.clerks[window.number].slowness
        for window in world.catalogue.windows
    )


def _span_minutes(span: tuple[str, ...]) -> float:
    begins, ends = (60 * int(clock[:2]) + int(clock[3:]) for clock in span)
    return float(ends - begins)


def _truth(service: Service, seed: int) -> Work:
    """Return how long a service truly takes: near the plan, for nobody has measured it."""
    chance = chance_of(seed, f"work:{service.id}")
    minutes = service.minutes * PLAN_IS_LONG * chance.lognormvariate(-0.02, 0.2)
    return Work(minutes, chance.uniform(0.45, 0.7))


def _errands(catalogue: Catalogue) -> tuple[Errand, ...]:
    """Return what people come for: each group's share, parted among its services, and events."""
    taken = [s for s in catalogue.services if catalogue.takers[s.id] and NO_WINDOW not in s.flags]
    members = {g.prefix: [s for s in taken if s.group == g.prefix] for g in catalogue.groups}
    single = [
        Errand(each.id, group.share / len(members[group.prefix]), legs=_own_legs(each))
        for group in catalogue.groups
        for each in members[group.prefix]
    ]
    all_shares = sum(errand.share for errand in single)
    whole = EVENT_SHARE * all_shares / max(len(catalogue.events), 1)
    events = [
        Errand(e.legs[0].service, whole, e.id, tuple(leg.service for leg in e.legs[1:]))
        for e in catalogue.events
    ]
    return (*single, *events)


def _own_legs(service: Service) -> tuple[str, ...]:
    return tuple(leg.service for leg in service.legs)


def _categories(catalogue: Catalogue) -> dict[str, float]:
    kinds = [each.id for each in catalogue.categories if each.id not in ("booked", "returned")]
    return {kind: CATEGORY_SHARE / len(kinds) for kind in kinds}

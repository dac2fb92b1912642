"""The reference hall: 8 windows with skills, 6 services, head starts, no-shows, lunch, slow spells.

On it predictions are measured (domain.md §4): the same hall and the same people for everybody.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from queue_server.domain.catalogue import Catalogue, Category, Group, Rules, Service, Taking, Window
from queue_server.domain.facts import Facts
from queue_server.simulation.world import Coming, Errand, Habits, Work, World, clerks, scaled

LANGUAGES: Final = ("uz-Latn", "uz-Cyrl", "ru", "kaa", "en")
#: service → what it is called, share of visitors, true minutes, their spread
SERVICES: Final = {
    "A01": ("Identity card", 0.26, 8.0, 0.55),
    "E01": ("Place of residence", 0.20, 5.5, 0.50),
    "F01": ("Passport", 0.18, 10.0, 0.60),
    "G01": ("Property", 0.13, 14.0, 0.65),
    "J01": ("Business", 0.09, 17.0, 0.70),
    "K01": ("Benefit", 0.14, 11.0, 0.60),
}
#: window → services that it takes first, services that it helps with, its lunch shift
WINDOWS: Final = {
    1: ("A01 E01", "F01", 1),
    2: ("A01 E01", "K01", 2),
    3: ("A01", "E01", 1),
    4: ("F01 K01", "A01", 2),
    5: ("F01 K01 G01", "", 1),
    6: ("G01 J01", "F01", 2),
    7: ("G01 J01", "E01", 1),
    8: ("F01 K01 A01", "E01 G01 J01", 2),
}
#: peaks in the morning and after lunch, days that are much like each other: queues come and go
COMING: Final = Coming(
    profile=dict(
        zip(
            range(18, 36),
            (9.5, 10.5, 11, 10.8, 10.4, 10, 9.5, 8.6, 8.2, 8.6, 10, 10.4, 10.4, 10, 9.6, 9.2, 9, 9),
            strict=True,
        )
    ),
    week=(1.06, 1.0, 0.97, 0.98, 0.99, 0.0, 0.0),
    unlike=0.05,
    season=0.03,
    weekly=0.02,
)
#: category → head start in minutes (None: statutory, without a limit), share of visitors
CATEGORIES: Final = {"disability": (None, 0.02), "infant": (20, 0.04), "elderly": (20, 0.02)}
HELP_AFTER: Final = timedelta(minutes=10)


def world(load: float = 0.9, seed: int = 1, planned: float = 1.0) -> World:
    """Return the reference hall with so much work for its windows' time.

    `planned`: the catalogue's minutes are so many times the true ones.
    """
    catalogue = hall(planned)
    made = World(
        catalogue=catalogue,
        visitors=0.0,
        work={name: Work(minutes, spread) for name, (_, _, minutes, spread) in SERVICES.items()},
        errands=tuple(Errand(name, share) for name, (_, share, _, _) in SERVICES.items()),
        clerks=clerks(catalogue, seed),
        categories={name: share for name, (_, share) in CATEGORIES.items()},
        needs={"sign_language": 0.004},
        coming=COMING,
        habits=Habits(pause=0.03),
        seed=seed,
    )
    return scaled(made, load)


def hall(planned: float = 1.0) -> Catalogue:
    """Return what everybody may know of the reference hall."""
    return Catalogue(
        code="REF",
        name=_in_all("Reference hall"),
        timezone="Asia/Tashkent",
        languages=LANGUAGES,
        groups=tuple(
            Group(name[0], _in_all(said), "document", share)
            for name, (said, share, _, _) in SERVICES.items()
        ),
        services=tuple(
            Service(name, name[0], _in_all(said), minutes * planned)
            for name, (said, _, minutes, _) in SERVICES.items()
        ),
        windows=tuple(_window(number) for number in WINDOWS),
        categories=tuple(_category(name) for name in CATEGORIES),
        rules=Rules(no_show_calls=None),
        facts=Facts(
            hours={"mon_fri": ("09:00", "18:00")},
            lunch=(("12:30", "13:15"), ("13:15", "14:00")),
            stop_before_close=timedelta(minutes=30),
        ),
    )


def _window(number: int) -> Window:
    first, helps, lunch = WINDOWS[number]
    takes = dict.fromkeys(first.split(), Taking())
    takes |= dict.fromkeys(helps.split(), Taking(2, HELP_AFTER))
    skills = frozenset({"sign_language"}) if number == 8 else frozenset[str]()  # noqa: PLR2004
    return Window(number, takes, skills=skills, lunch=lunch)


def _category(name: str) -> Category:
    minutes = CATEGORIES[name][0]
    head_start = None if minutes is None else timedelta(minutes=minutes)
    return Category(name, _in_all(name), head_start)


def _in_all(text: str) -> dict[str, str]:
    return dict.fromkeys(LANGUAGES, text)

"""Looking things up in what a center offers."""

from dataclasses import replace

import pytest

from queue_server.domain.catalogue import Category, Leg, LifeEvent, Rules, Taking, Window
from queue_server.domain.errors import (
    UnknownCategory,
    UnknownEvent,
    UnknownLanguage,
    UnknownNeed,
    UnknownService,
    UnknownWindow,
)
from tests.factories import DISABILITY, INFANT, a_catalogue, a_service, minutes, texts

BIRTH = LifeEvent("birth", texts("birth"), "family", (Leg("A01"), Leg("E01", ("A01",))))
CENTER = a_catalogue(events=(BIRTH,))


def test_what_is_there_is_found() -> None:
    """Services, windows, categories and life events are found by what names them."""
    assert CENTER.service("E02").id == "E02"
    assert CENTER.window(3).number == 3
    assert CENTER.category("infant") == INFANT
    assert CENTER.event("birth") == BIRTH


@pytest.mark.parametrize(
    ("look_up", "name", "refusal"),
    [
        (CENTER.service, "Z99", UnknownService),
        (CENTER.window, 99, UnknownWindow),
        (CENTER.category, "vip", UnknownCategory),
        (CENTER.event, "wedding", UnknownEvent),
        (CENTER.language, "fr", UnknownLanguage),
        (CENTER.language, "", UnknownLanguage),
        (CENTER.language, "uz-", UnknownLanguage),
        (CENTER.needs, ("sign_language", "tea"), UnknownNeed),
    ],
)
def test_what_is_not_there_is_refused_by_name(look_up, name, refusal) -> None:
    """Each refusal is of its own kind and names what was asked for."""
    with pytest.raises(refusal) as refused:
        look_up(name)
    assert (name[-1] if isinstance(name, tuple) else str(name)) in str(refused.value)


@pytest.mark.parametrize(
    ("wanted", "tag"),
    [
        (None, "uz-Latn"),
        ("uz", "uz-Latn"),
        ("uz-Latn", "uz-Latn"),
        ("uz-cyrl", "uz-Cyrl"),
        ("RU", "ru"),
        ("kaa", "kaa"),
    ],
)
def test_a_language_is_found_by_its_tag_or_its_beginning(wanted, tag) -> None:
    """The first language is the default, and the first that begins so is meant by "uz"."""
    assert CENTER.language(wanted) == tag


def test_needs_are_a_set() -> None:
    """No need, or those that a center knows."""
    assert CENTER.needs(()) == frozenset()
    assert CENTER.needs(("sign_language", "sign_language")) == {"sign_language"}


def test_a_group_holds_its_services_in_order() -> None:
    """A group is what shares a prefix letter; one without services is empty."""
    assert CENTER.services_by_group == {"A": ("A01", "A02"), "E": ("E01", "E02")}
    assert replace(CENTER, services=()).services_by_group == {"A": (), "E": ()}


def test_a_service_knows_the_windows_that_take_it() -> None:
    """Takers are all windows, first or helping; a service may have none."""
    center = a_catalogue(services=(*CENTER.services, a_service("E03")))
    assert center.takers == {
        "A01": {1, 3},
        "A02": {1, 3},
        "E01": {2, 3},
        "E02": {2, 3},
        "E03": set(),
    }


def test_the_halls_are_those_of_the_windows() -> None:
    """Each hall once, in order."""
    windows = Window(9, {}, hall=4), *CENTER.windows
    assert a_catalogue(windows=windows).halls == (1, 2, 4)


@pytest.mark.parametrize(
    ("category", "statutory"),
    [(DISABILITY, True), (INFANT, False), (Category("x", texts("x"), minutes(0)), False)],
)
def test_a_category_is_statutory_where_its_head_start_has_no_limit(category, statutory) -> None:
    """None is unlimited; zero minutes are a limit like any other."""
    assert category.statutory is statutory


def test_looking_things_up_does_not_change_a_catalogue() -> None:
    """Two equal catalogues stay equal, whichever has been looked into."""
    one, other = a_catalogue(), a_catalogue()
    assert (one.service("A01").id, len(one.takers), len(one.windows_by_number)) == ("A01", 4, 3)
    assert one == other


def test_a_center_that_has_decided_nothing_has_the_house_s_rules() -> None:
    """The norm, the tolerances and the 60 seconds of undo are those of domain.md."""
    assert Rules() == Rules(
        wait_norm=minutes(15),
        statutory_cap=None,
        least_call_time=minutes(0.5),
        no_show_calls=None,
        revive_within=minutes(30),
        undo_within=minutes(1),
        appointment_head_start=minutes(20),
        appointment_tolerance=minutes(10),
        late_behind=3,
        corner_session=minutes(15),
        corner_extensions=2,
    )
    assert Taking() == Taking(level=1, help_after=None)
    assert Window(1, {}).hall == 1

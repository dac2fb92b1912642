from __future__ import annotations

from queue_server.domain import catalogue_document
from queue_server.simulation import reference


def test_a_center_could_be_set_up_with_the_reference_halls_catalogue() -> None:
    """It is a faultless catalogue document like any other."""
    hall = reference.hall()
    assert catalogue_document.parse(catalogue_document.dump(hall)) == hall


def test_the_hall_is_the_one_of_the_handbook() -> None:
    """Eight windows with skills, six services, some of them only helped with."""
    hall = reference.hall()
    assert (len(hall.windows), len(hall.services)) == (8, 6)
    assert all(len(hall.takers[service.id]) >= 2 for service in hall.services)
    levels = {taking.level for window in hall.windows for taking in window.takes.values()}
    assert levels == {1, 2}
    assert [window.number for window in hall.windows if window.skills] == [8]


def test_whoever_needs_sign_language_is_served() -> None:
    """The one window that can takes every service."""
    hall = reference.hall()
    assert set(hall.window(8).takes) == set(hall.service_by_id)


def test_some_visitors_go_first() -> None:
    """Two of a hundred without a limit, six with a head start of twenty minutes."""
    shares = reference.world().categories
    statutory = {category.id for category in reference.hall().categories if category.statutory}
    assert statutory == {"disability"}
    assert sum(shares.values()) == 0.08

"""What is wrong with a device."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.device import GRAVE, Health, alerts, state
from tests.factories import at

FINE = Health(at(0), paper="plenty", disk_free_mb=9000, temperature_c=50.0)


def test_a_device_that_is_well_alerts_nobody() -> None:
    """Paper, room on the disk, a right clock and a cool box are no news."""
    assert alerts(FINE, at(0)) == ()


@pytest.mark.parametrize(
    ("health", "word"),
    [
        (Health(at(0), paper="out"), "no_paper"),
        (Health(at(0), printer="no_paper", paper="out"), "no_paper"),
        (Health(at(0), printer="cover_open"), "cover_open"),
        (Health(at(0), printer="stalled"), "printer"),
        (Health(at(0), unsure=True), "slips_unsure"),
        (Health(at(0), paper="low"), "paper_low"),
        (Health(at(2)), "clock_wrong"),
        (Health(at(-2)), "clock_wrong"),
        (Health(at(0), disk_free_mb=20), "disk_low"),
        (Health(at(0), temperature_c=91.0), "hot"),
    ],
)
def test_each_fault_has_its_word(health: Health, word: str) -> None:
    """One fault is one alert."""
    assert alerts(health, at(0)) == (word,)


def test_what_a_device_does_not_know_is_no_fault() -> None:
    """A box without a thermometer is not hot."""
    assert alerts(Health(at(0)), at(0)) == ()


def test_a_device_that_says_nothing_is_silent() -> None:
    """Before its first report nothing is known; after 90 s of silence it is silent."""
    assert state(None, (), at(0)) == "unknown"
    assert state(at(0), (), at(0) + timedelta(seconds=90)) == "ok"
    assert state(at(0), (), at(0) + timedelta(seconds=91)) == "silent"


@given(st.sets(st.sampled_from(["no_paper", "paper_low", "hot", "printer", "clock_wrong"])))
def test_the_gravest_alert_names_the_state(found: set[str]) -> None:
    """What stops the work is trouble, all else a warning."""
    wanted = "trouble" if found & GRAVE else "warning" if found else "ok"
    assert state(at(0), tuple(found), at(0)) == wanted

"""Numbers that a kiosk gives out by itself."""

from datetime import timedelta

from queue_server.usecases import leasing
from queue_server.usecases.access import Actor
from queue_server.usecases.ports import Center
from tests.conftest import HandClock
from tests.queue_server.usecases.people import KIOSK, do, events, issue, types

OTHER = Actor("device", "kiosk-2", "kiosk")


def test_a_kiosk_keeps_its_numbers_for_ever(center: Center, clock: HandClock) -> None:
    """Asked again, on another day too, the answer is the same, and it is granted once."""
    first = do(center, KIOSK, leasing.lease)
    clock.pass_(days=3)
    again = do(center, KIOSK, leasing.lease)
    assert (first.first, first.last) == (again.first, again.last) == (500, 999)
    assert (first.id, first.secret) == (again.id, again.secret)
    assert types(center).count("numbers_leased") == 1


def test_kiosks_share_no_number(center: Center) -> None:
    """Another kiosk has other numbers and another secret."""
    one, other = do(center, KIOSK, leasing.lease), do(center, OTHER, leasing.lease)
    assert one.last < other.first
    assert one.secret != other.secret


def test_the_center_s_counter_steps_over_the_kiosks(center: Center) -> None:
    """Behind 499 come the numbers after the last block, none twice."""
    do(center, KIOSK, leasing.lease)
    issue(center)
    with center.write() as work:
        assert work.day is not None
        work.numbers.skip_to(work.day, "A", 498)
    assert [issue(center).number for _ in range(3)] == ["A499", "A1000", "A1001"]


def test_a_block_is_granted_above_what_was_given_today(center: Center) -> None:
    """A center that has passed 500 already grants what lies higher."""
    issue(center)
    with center.write() as work:
        assert work.day is not None
        work.numbers.skip_to(work.day, "A", 640)
    assert do(center, KIOSK, leasing.lease).first == 1000


def test_a_block_holds_no_number_of_a_day_to_come(center: Center, clock: HandClock) -> None:
    """Appointments have their numbers already: what they took is no kiosk's."""
    issue(center)
    with center.write() as work:
        work.numbers.next(clock.now().date() + timedelta(days=3), "A")
        work.numbers.skip_to(clock.now().date() + timedelta(days=3), "A", 520)
    assert do(center, KIOSK, leasing.lease).first == 1000


def test_every_gap_of_a_day_is_explained(center: Center, clock: HandClock) -> None:
    """The next day begins with the numbers that each kiosk gave out by itself."""
    do(center, KIOSK, leasing.lease)
    clock.pass_(days=1)
    issue(center)
    (settled,) = [event for event in events(center) if event["type"] == "numbers_used"]
    assert (settled["subject"], settled["detail"]) == ("kiosk-1", "2026-11-23: none")

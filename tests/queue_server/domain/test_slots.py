"""The grid of appointments, and its room."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain import slots
from queue_server.domain.catalogue import Booking, Closure, Window
from queue_server.domain.facts import Facts
from queue_server.domain.opening import Holiday, Hours, Surge
from queue_server.domain.slots import Slot
from tests.factories import a_catalogue, texts

ZONE = ZoneInfo("Asia/Tashkent")
MONDAY = date(2026, 11, 23)
LUNCH = (("12:30", "13:15"), ("13:15", "14:00"))
FACTS = Facts({"mon_fri": ("09:00", "18:00"), "sat": ("09:00", "15:00")}, LUNCH)
CENTER = a_catalogue(facts=FACTS)


def at(clock: str, day: date = MONDAY) -> datetime:
    """Return a wall time of the center."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZONE)


def clocks(found) -> list[str]:
    """Return times as the wall shows them."""
    return [f"{each.astimezone(ZONE):%H:%M}" for each in found]


def with_windows(count: int, **more: object):
    """Return the center with so many windows for A01, ten minutes each visit."""
    takes = a_catalogue().window(1).takes
    windows = tuple(Window(number, takes, lunch=number % 3) for number in range(1, count + 1))
    return replace(CENTER, windows=windows, **more)


def test_the_grid_goes_through_the_day():
    """From the opening every quarter of an hour; the last visit ends before the doors close."""
    times = clocks(slots.grid(CENTER, CENTER.service("A01"), MONDAY))
    assert (times[0], times[1], times[-1], len(times)) == ("09:00", "09:15", "17:45", 36)


def test_a_long_service_begins_no_later_than_it_can_end():
    """Forty minutes before six is 17:20, and the grid's last time before that 17:15."""
    service = replace(CENTER.service("A01"), minutes=40.0)
    assert clocks(slots.grid(CENTER, service, MONDAY))[-1] == "17:15"


def test_doors_that_open_beside_the_grid_begin_with_its_next_time():
    """Ten past nine: the first appointment is at a quarter past."""
    facts = replace(FACTS, hours={"mon_fri": ("09:10", "10:00")})
    odd = replace(CENTER, facts=facts)
    assert clocks(slots.grid(odd, odd.service("A01"), MONDAY)) == ["09:15", "09:30", "09:45"]


@pytest.mark.parametrize("day", [date(2026, 11, 29), date(2026, 12, 8)], ids=["sunday", "holiday"])
def test_a_closed_day_has_no_times(day):
    """Sundays and holidays stay empty."""
    center = replace(CENTER, holidays=(Holiday(date(2026, 12, 8), texts("holiday")),))
    assert list(slots.grid(center, center.service("A01"), day)) == []


def test_a_service_that_is_closed_has_no_times_until_its_day_is_over():
    """A closure for Monday leaves Tuesday; one without a day leaves nothing."""
    service, tuesday = CENTER.service("A01"), MONDAY + timedelta(days=1)
    for_today = replace(CENTER, closed=(Closure("technical", group="A", day=str(MONDAY)),))
    for_good = replace(CENTER, closed=(Closure("technical", service="A01"),))
    assert [bool(list(slots.grid(for_today, service, d))) for d in (MONDAY, tuesday)] == [0, 1]
    assert list(slots.grid(for_good, service, tuesday)) == []


def test_a_services_own_hours_bound_its_grid():
    """Mornings only, with its own lunch cut out."""
    own = Hours({"mon_fri": ("09:00", "11:00")}, (("09:30", "10:00"),))
    service = replace(CENTER.service("A01"), hours=own)
    assert clocks(slots.grid(CENTER, service, MONDAY)) == [
        "09:00", "09:15", "10:00", "10:15", "10:30", "10:45",
    ]  # fmt: skip


def test_nobody_books_too_soon_or_too_far_ahead():
    """An hour ahead at least, fourteen days at most."""
    service, now = CENTER.service("A01"), at("10:20")
    assert clocks(slots.bookable(CENTER, service, MONDAY, now))[0] == "11:30"
    days = slots.days(CENTER, now)
    assert (days[0], days[-1], len(days)) == (MONDAY, date(2026, 12, 7), 15)
    assert slots.bookable(CENTER, service, date(2026, 12, 8), now) == []
    assert slots.bookable(CENTER, service, date(2026, 11, 20), now) == []


def test_exactly_the_lead_before_is_soon_enough():
    """At ten sharp, eleven can still be booked."""
    assert clocks(slots.bookable(CENTER, CENTER.service("A01"), MONDAY, at("10:00")))[0] == "11:00"


def test_the_room_is_the_booked_share_of_what_the_windows_can_do():
    """Ten windows × 15 minutes × 0.3 ÷ 10 minutes a visit are 4.5: four visitors."""
    center = with_windows(10)
    assert slots.capacity(center, center.service("A01"), at("09:00")) == 4


def test_who_is_at_lunch_serves_no_appointment():
    """Three of ten windows eat in the second shift: 7 × 0.45 are three visitors."""
    center = with_windows(10)
    assert slots.capacity(center, center.service("A01"), at("13:15")) == 3
    # a slot that reaches into the lunch has no more room than the lunch
    assert slots.capacity(center, center.service("A01"), at("12:30")) == 2


def test_there_is_room_for_one_while_anybody_is_there_and_for_none_at_lunch():
    """A single window: one visitor a slot, nobody while its clerk eats."""
    center = with_windows(1)
    assert slots.capacity(center, center.service("A01"), at("09:00")) == 1
    assert slots.capacity(center, center.service("A01"), at("12:30")) == 0
    assert slots.capacity(center, center.service("A01"), at("12:15")) == 1


def test_a_surge_leaves_less_room():
    """Twice as many come without an appointment: half the room."""
    center = with_windows(10, surges=(Surge(MONDAY, 2.0, texts("rush")),))
    assert slots.capacity(center, center.service("A01"), at("09:00")) == 2


def test_helpers_make_no_room():
    """Window 3 only helps with group E, so that group has one window."""
    center = replace(CENTER, booking=Booking(share=1.0))
    assert slots.capacity(center, center.service("E01"), at("09:00")) == 1
    assert slots.capacity(center, center.service("A01"), at("09:00")) == 3


def test_an_appointment_between_two_times_takes_room_of_the_first():
    """The reception may book seven past nine; it counts at nine and not at a quarter past."""
    service, booked = CENTER.service("A01"), {at("09:07"): 1, at("09:15"): 2}
    assert slots.slot(CENTER, service, at("09:00"), booked).booked == 1
    assert slots.slot(CENTER, service, at("09:15"), booked).booked == 2


def test_a_service_may_not_be_bookable_and_a_center_may_book_nothing():
    """The flag of one, or a horizon of none."""
    service = CENTER.service("A01")
    assert slots.offers(CENTER, service)
    assert not slots.offers(CENTER, replace(service, bookable=False))
    assert not slots.offers(replace(CENTER, booking=Booking(horizon_days=0)), service)


@given(st.integers(0, 9), st.integers(0, 9))
def test_free_places_are_never_negative(capacity, booked):
    """A slot may be overbooked after a window was taken away: it is full, not less than full."""
    assert Slot(at("09:00"), capacity, booked).free == max(capacity - booked, 0)


@given(
    windows=st.integers(1, 40),
    minutes=st.floats(1, 120),
    share=st.floats(0.01, 1),
    factor=st.floats(0.1, 5),
)
def test_more_windows_never_make_less_room(windows, minutes, share, factor):
    """Room grows with windows and share, and is never none while somebody is there."""

    def room(count: int) -> int:
        services = (replace(CENTER.service("A01"), minutes=minutes),)
        made = with_windows(count, services=services, booking=Booking(share=share),
                            surges=(Surge(MONDAY, factor, texts("rush")),))  # fmt: skip
        return slots.capacity(made, services[0], at("09:00"))

    assert 1 <= room(windows) <= room(windows + 1)

"""When a center is open, by the wall clock and by the instant."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.opening import Calendar, Holiday, Hours, Opening, Surge, of_weekday

TASHKENT, BERLIN = ZoneInfo("Asia/Tashkent"), ZoneInfo("Europe/Berlin")
WEEK = {"mon_fri": ("09:00", "18:00"), "sat": ("09:00", "15:00"), "sun": ()}
HOURS = Hours(WEEK, (("12:30", "13:15"),), timedelta(minutes=30))
CENTER = Calendar(
    "Asia/Tashkent",
    HOURS,
    (Holiday(date(2026, 12, 8), {"en": "Constitution Day"}),),
    (Surge(date(2026, 12, 9), 1.5, {"en": "After the holiday"}),),
)
MONDAY = date(2026, 11, 23)


def local(text: str, day: date = MONDAY) -> datetime:
    """Return a wall time of Tashkent."""
    return datetime.fromisoformat(f"{day}T{text}").replace(tzinfo=TASHKENT)


@pytest.mark.parametrize(
    ("clock", "is_open", "takes"),
    [
        ("08:59", False, False),
        ("09:00", True, True),
        ("12:45", True, True),
        ("17:29", True, True),
        ("17:30", True, False),
        ("18:00", False, False),
    ],
)
def test_tickets_end_before_the_doors_close(clock, is_open, takes):
    """Open from nine to six without a stop at noon; the last ticket is half an hour before."""
    assert (CENTER.is_open(local(clock)), CENTER.takes_tickets(local(clock))) == (is_open, takes)


def test_the_question_may_come_in_any_zone():
    """Nine o'clock in Tashkent is four in UTC."""
    assert CENTER.is_open(datetime(2026, 11, 23, 4, 0, tzinfo=UTC))
    assert not CENTER.is_open(datetime(2026, 11, 23, 3, 59, tzinfo=UTC))


def test_a_holiday_is_closed_whatever_the_week_says():
    """The eighth of December is a Tuesday and nobody is let in."""
    assert CENTER.opens(date(2026, 12, 8)) == ()
    assert not CENTER.takes_tickets(local("10:00", date(2026, 12, 8)))


def test_the_next_opening_steps_over_closed_days():
    """After Saturday comes Monday; before a holiday, the day after it."""
    assert CENTER.next_opening(local("16:00", date(2026, 11, 28))) == local(
        "09:00", date(2026, 11, 30)
    )
    assert CENTER.next_opening(local("18:30", date(2026, 12, 7))) == local(
        "09:00", date(2026, 12, 9)
    )
    assert CENTER.next_opening(local("08:00")) == local("09:00")


def test_a_center_that_never_opens_has_no_next_opening():
    """It is said, not searched for ever."""
    assert Calendar("Asia/Tashkent").next_opening(local("10:00")) is None


def test_a_surge_counts_on_its_day_only():
    """Other days bring as many visitors as usual."""
    assert (CENTER.factor(date(2026, 12, 9)), CENTER.factor(MONDAY)) == (1.5, 1.0)


def test_a_weekdays_own_hours_go_before_the_shared_ones():
    """Wednesday is long, Thursday closed, the others as written for all."""
    days = WEEK | {"wed": ("09:00", "20:00"), "thu": ()}
    assert [of_weekday(days, n) for n in range(7)] == [
        ("09:00", "18:00"), ("09:00", "18:00"), ("09:00", "20:00"), (), ("09:00", "18:00"),
        ("09:00", "15:00"), (),
    ]  # fmt: skip


def test_a_service_is_open_inside_the_center_and_closed_at_its_own_lunch():
    """It opens with the center though it says eight, and one clerk alone eats from one to two."""
    own = Hours({"mon_fri": ("08:00", "16:00")}, (("13:00", "14:00"),))
    spans = [(each.begins, each.ends) for each in CENTER.opens(MONDAY, own)]
    assert spans == [(local("09:00"), local("13:00")), (local("14:00"), local("16:00"))]
    assert not CENTER.takes_tickets(local("13:30"), own)
    assert CENTER.takes_tickets(local("15:29"), own)
    assert not CENTER.takes_tickets(local("15:30"), own)


def test_a_services_own_stop_goes_before_the_centers():
    """Who needs two hours stops two hours before its end."""
    own = Hours({"mon_fri": ("09:00", "16:00")}, stop_before_close=timedelta(hours=2))
    assert CENTER.takes_tickets(local("13:59"), own)
    assert not CENTER.takes_tickets(local("14:00"), own)


def test_a_change_of_summer_time_moves_the_doors_by_the_wall_clock():
    """In Berlin a day of March has 23 hours, and the doors still open at nine by the wall."""
    berlin = Calendar("Europe/Berlin", Hours({"sun": ("01:00", "09:00"), "mon_fri": ()}))
    (spring,) = berlin.opens(date(2027, 3, 28))
    (autumn,) = berlin.opens(date(2027, 10, 31))
    assert spring.ends - spring.begins == timedelta(hours=7)
    assert autumn.ends - autumn.begins == timedelta(hours=9)
    # half past two happens twice in October: the doors are open in both
    for fold in (0, 1):
        assert berlin.is_open(datetime(2027, 10, 31, 2, 30, tzinfo=BERLIN, fold=fold))


def test_an_hour_that_is_skipped_opens_no_door():
    """Doors open only between two and three in the night of March: that night they stay closed."""
    berlin = Calendar("Europe/Berlin", Hours({"sun": ("02:00", "03:00")}))
    assert berlin.opens(date(2027, 3, 28)) == ()


@given(
    moment=st.datetimes(datetime(2026, 11, 1), datetime(2027, 11, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis adds the zone
    zone=st.sampled_from(["Asia/Tashkent", "Europe/Berlin", "Australia/Lord_Howe"]),
)
def test_open_means_that_a_wall_clock_stands_within_the_hours(moment, zone):
    """The instants and the wall clock say the same, also on days of 23 and 25 hours."""
    calendar = Calendar(zone, Hours(WEEK))
    wall = moment.astimezone(ZoneInfo(zone))
    span = of_weekday(WEEK, wall.weekday())
    assert calendar.is_open(moment) == bool(span and span[0] <= f"{wall:%H:%M}" < span[1])


@given(st.datetimes(datetime(2026, 11, 1), datetime(2027, 11, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis adds the zone
def test_the_next_opening_is_the_first_after(moment):
    """It lies ahead, the doors are open then, and no opening lies between."""
    opening = CENTER.next_opening(moment)
    assert opening is not None
    assert moment < opening
    assert CENTER.is_open(opening)
    between = (
        moment + timedelta(hours=n) for n in range(1, int((opening - moment) / timedelta(hours=1)))
    )
    first = next((m for m in between if CENTER.is_open(m)), opening)
    assert first == opening or CENTER.is_open(moment)


def test_an_opening_ends_before_its_end():
    """At six sharp the doors are closed."""
    opening = Opening(local("09:00"), local("18:00"))
    assert opening.holds(local("09:00"))
    assert not opening.holds(local("18:00"))

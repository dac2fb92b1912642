"""What a catalogue may not say of hours, days, appointments, duties and closures."""

import copy
from typing import Any

import pytest

from config.wording import Wording
from queue_server.domain import catalogue_checks as checks
from queue_server.domain.catalogue_document import parse
from queue_server.domain.opening import BY_RULE, BY_STAFF
from tests.queue_server.domain.test_catalogue_checks import Document, document, put, text, told

__all__ = ["document"]

HOURS = {
    "mon_fri": ["09:00", "18:00"],
    "sat": ["09:00", "15:00"],
    "sun": [],
    "lunch": [["12:30", "13:15"], ["13:15", "14:00"]],
    "stop_tickets_before_close_minutes": 30,
}
MORNINGS = {"mon_fri": ["09:00", "13:00"]}
HOLIDAY = {"date": "2026-12-08", "texts": text("holiday")}
SURGE = {"date": "2026-12-09", "factor": 1.5, "texts": text("rush")}
NIGHT = "rules.day_ends: must be a time of the night like '04:00', 12:00 at the latest, not "
DUTY = {"window": 1, "groups": ["E"], "day": "2026-11-23", "reason": "ill"}


@pytest.fixture
def whole(document: Document) -> Document:
    """The small document with a calendar, appointments, a duty and a closure, and no mistake."""
    document["services"][0] |= {"hours": MORNINGS, "quota": 40}
    document["windows"][0]["lunch"] = 2
    return document | {
        "hours": HOURS | {"wed": ["09:00", "20:00"]},
        "holidays": [HOLIDAY],
        "surges": [SURGE],
        "booking": {"slot_minutes": 20, "share": 1, "reminder_minutes": []},
        "halls": [{"number": 1, "texts": text("hall")}],
        "duties": [DUTY],
        "closures": [{"service": "E01", "reason": "technical"}],
    }


def test_a_whole_calendar_has_no_mistake(whole):
    """The document that the other tests spoil is sound."""
    assert told(whole) == []


def test_a_whole_calendar_means_what_it_says(whole):
    """Hours, quota, lunch, duty and closure arrive in the catalogue."""
    meant = parse(whole)
    assert (meant.service("A01").quota, meant.window(1).lunch) == (40, 2)
    assert (set(meant.window(1).takes), meant.window(1).duty) == ({"E01"}, True)
    assert not meant.window(2).duty
    assert meant.closures == {"E01": "technical"}
    assert meant.halls == (1,)


MISTAKES: dict[str, tuple[Any, str]] = {
    "backward hours": (
        put("hours", "sat", value=["15:00", "09:00"]),
        "hours.sat: must be two times in order, like '09:00', '18:00', not 15:00–09:00",
    ),
    "no time at all": (
        put("hours", "mon_fri", value=["9", "18:00"]),
        "hours.mon_fri: must be two times in order, like '09:00', '18:00', not 9–18:00",
    ),
    "overlapping lunch": (
        put("hours", "lunch", value=[["12:30", "13:30"], ["13:15", "14:00"]]),
        "hours.lunch[1]: 13:15–14:00 overlaps 12:30–13:30",
    ),
    "lunch outside": (
        put("hours", "lunch", 1, value=["21:00", "21:30"]),
        "hours.lunch[1]: 21:00–21:30 is outside of the hours of every day",
    ),
    "backward lunch": (
        put("hours", "lunch", 1, value=["14:00", "13:15"]),
        "hours.lunch[1]: must be two times in order, like '09:00', '18:00', not 14:00–13:15",
    ),
    "stop before the opening": (
        put("hours", "stop_tickets_before_close_minutes", value=400),
        "hours.stop_tickets_before_close_minutes: 400 minutes are all the hours of sat",
    ),
    "negative stop": (
        put("hours", "stop_tickets_before_close_minutes", value=-5),
        "hours.stop_tickets_before_close_minutes: cannot be negative: -5",
    ),
    "service outside the center": (
        put("services", 0, "hours", value={"sat": ["09:00", "16:00"]}),
        "services[0].hours.sat: 09:00–16:00 is outside of the center's hours (09:00–15:00)",
    ),
    "service on a closed day": (
        put("services", 0, "hours", value={"sun": ["09:00", "12:00"]}),
        "services[0].hours.sun: 09:00–12:00 is outside of the center's hours (closed)",
    ),
    "service without a day": (
        put("services", 0, "hours", value={"mon_fri": []}),
        "services[0].hours: is closed on every day; leave it out for the center's hours",
    ),
    "kept hours that are not there": (
        lambda document: document.update(hours={}, rules={"keep_hours": True}, services=[
            each | {"hours": None} for each in document["services"]
        ], windows=[each | {"lunch": 0} for each in document["windows"]]),
        "rules.keep_hours: keeps tickets inside the hours, but there are no hours; write [hours]",
    ),
    "day that ends at no time": (
        put("rules", "day_ends", value="25:00"),
        NIGHT + "'25:00'",
    ),
    "day that ends in the afternoon": (
        put("rules", "day_ends", value="15:00"),
        NIGHT + "'15:00'",
    ),
    "holiday twice": (
        put("holidays", value=[HOLIDAY, HOLIDAY]),
        "holidays: names the day '2026-12-08' twice",
    ),
    "holiday that no year has": (
        put("holidays", 0, value=HOLIDAY | {"date": "2026-02-30"}),
        "holidays[0].date: must be a day like '2027-03-21', not '2026-02-30'",
    ),
    "holiday without a language": (
        put("holidays", 0, value=HOLIDAY | {"texts": {"en": "holiday"}}),
        "holidays[0]: has no text in 'uz-Latn'",
    ),
    "surge of nobody": (
        put("surges", 0, value=SURGE | {"factor": 0}),
        "surges[0].factor: must be more than 0, not 0",
    ),
    "surge on a holiday": (
        put("surges", 0, value=SURGE | {"date": "2026-12-08"}),
        "surges[0].date: 2026-12-08 is a holiday",
    ),
    "quota of nothing": (
        put("services", 0, "quota", value=0),
        "services[0].quota: must be at least 1, not 0; leave it out for no limit",
    ),
    "lunch shift that is not there": (
        put("windows", 0, "lunch", value=3),
        "windows[0].lunch: there is no lunch shift 3; hours.lunch has 2, 0 is none",
    ),
    "slots beside the hour": (
        put("booking", "slot_minutes", value=25),
        "booking.slot_minutes: must divide an hour and be at least 5, like 15; not 25",
    ),
    "share of nothing": (
        put("booking", "share", value=0),
        "booking.share: must be more than 0 and at most 1, not 0",
    ),
    "share of more than all": (
        put("booking", "share", value=1.1),
        "booking.share: must be more than 0 and at most 1, not 1.1",
    ),
    "horizon of years": (
        put("booking", "horizon_days", value=900),
        "booking.horizon_days: must be at most 366, not 900",
    ),
    "nobody may book": (
        put("booking", "per_contact", value=0),
        "booking.per_contact: must be at least 1, not 0",
    ),
    "reminder afterwards": (
        put("booking", "reminder_minutes", value=[60, 0]),
        "booking.reminder_minutes[1]: must be at least 1, not 0",
    ),
    "reminder twice": (
        put("booking", "reminder_minutes", value=[60, 60]),
        "booking.reminder_minutes: names the time '60' twice",
    ),
    "hall that is not there": (
        put("windows", 1, "hall", value=2),
        "windows[1].hall: there is no hall 2",
    ),
    "hall twice": (
        put("halls", 1, value={"number": 1, "texts": text("hall")}),
        "halls[1].number: 1 is there already",
    ),
    "duty of no window": (
        put("duties", 0, value=DUTY | {"window": 9}),
        "duties[0].window: there is no window 9",
    ),
    "duty for an unknown group": (
        put("duties", 0, value=DUTY | {"groups": ["K"]}),
        "duties[0].groups: there is no group 'K'",
    ),
    "duty without work": (
        put("duties", 0, value=DUTY | {"groups": []}),
        "duties[0]: window 1 takes no service",
    ),
    "two duties at once": (
        put("duties", 1, value=DUTY),
        "duties: names the window '1' twice",
    ),
    "duty on no day": (
        put("duties", 0, value=DUTY | {"day": "tomorrow"}),
        "duties[0].day: must be a day like '2027-03-21', not 'tomorrow'",
    ),
    "closure of an unknown service": (
        put("closures", 0, value={"service": "E09", "reason": "technical"}),
        "closures[0].service: there is no service 'E09'; did you mean 'E01'?",
    ),
    "closure of nothing": (
        put("closures", 0, value={"reason": "technical"}),
        "closures[0]: must name a service or a group, and not both",
    ),
    "closure of both": (
        put("closures", 0, value={"service": "E01", "group": "E", "reason": "technical"}),
        "closures[0]: must name a service or a group, and not both",
    ),
    "closure without a known reason": (
        put("closures", 0, value={"service": "E01", "reason": "tecnical"}),
        "closures[0].reason: there is no reason 'tecnical'; did you mean 'technical'?",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_is_a_sentence_at_its_key(whole, name):
    """One thing is wrong, and just that is told."""
    spoil, sentence = MISTAKES[name]
    whole = copy.deepcopy(whole)
    spoil(whole)
    assert told(whole) == [sentence]


def test_a_service_on_weekdays_need_not_name_the_centers_short_ones(whole):
    """The center is closed on Thursdays: Monday to Friday still means the other four."""
    whole = copy.deepcopy(whole)
    whole["hours"] |= {"thu": [], "fri": ["09:00", "12:00"]}
    assert told(whole) == []


def test_every_mistake_is_told_at_once(whole):
    """A person corrects the list in one go."""
    whole = copy.deepcopy(whole)
    for name in ("overlapping lunch", "quota of nothing", "slots beside the hour"):
        MISTAKES[name][0](whole)
    assert len(list(checks.errors(whole))) == 3


def test_the_reasons_of_closures_are_those_that_visitors_can_read():
    """Each is a text of `closing.*`; the texts have no other reasons but the center's own rules."""
    said = set(Wording.load().section("closing", "en")) - {"choose", "tile", "other"}
    assert said == {*BY_STAFF, *BY_RULE}

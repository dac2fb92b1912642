"""A catalogue as a document, there and back."""

import json
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.catalogue import (
    Booking,
    Catalogue,
    Category,
    Closure,
    Duty,
    Group,
    Leg,
    LifeEvent,
    Rules,
    Service,
    Taking,
    Window,
)
from queue_server.domain.catalogue_document import dump, parse
from queue_server.domain.facts import Facts, Notice, Place
from queue_server.domain.opening import Holiday, Hours, Surge

WEEK = {"mon_fri": ("09:00", "18:00"), "sat": (), "sun": ()}
IDS = ("A01", "A02", "E01", "E02")
CONFIRM = ("none", "clerk", "reception")
MINUTES = st.integers(0, 10_000).map(lambda seconds: timedelta(seconds=seconds))


def texts(name: str) -> dict[str, str]:
    """Return a text in two languages."""
    return {"uz-Latn": f"{name} uz", "en": f"{name} en"}


def window(number: int, first: set[str], helped: set[str], after: timedelta | None) -> Window:
    """Return a window that takes some services first and helps with others."""
    takes = dict.fromkeys(sorted(first), Taking())
    helping = Taking(2, after)
    takes |= dict.fromkeys(sorted(helped - first), helping)
    return Window(number, takes, hall=number, lunch=number % 3)


@st.composite
def windows(draw):
    """Draw windows that together take every service."""
    some = st.sets(st.sampled_from(IDS))
    drawn = [window(number, draw(some), draw(some), draw(st.none() | MINUTES)) for number in (2, 3)]
    return (window(1, set(IDS), set(), None), *(each for each in drawn if each.takes))


@st.composite
def facts(draw):
    """Draw what a center tells of itself, or does not."""
    maybe = st.sampled_from([{}, texts("where")])
    return Facts(
        hours=WEEK | draw(st.sampled_from([{}, {"wed": ("09:00", "20:00"), "thu": ()}])),
        lunch=(("12:30", "13:15"), ("13:15", "14:00")),
        stop_before_close=draw(st.sampled_from([timedelta(), timedelta(minutes=30)])),
        address=draw(maybe),
        phone=draw(st.sampled_from(["", "1099"])),
        legal_advice=draw(maybe),
        sign_language=draw(maybe),
        facilities=draw(st.sampled_from([(), (texts("lift"), texts("ramp"))])),
        places=(
            Place("w1", "window", texts("1"), 0, 0.5, 2, draw(st.floats(0.1, 9)), 1, 1),
            Place("door", "entrance", texts("door"), 3, 0, 1, 1),
        ),
    )


@st.composite
def catalogues(draw):
    """Draw small catalogues without a mistake."""
    return Catalogue(
        code="T",
        name=texts("center"),
        timezone="Asia/Tashkent",
        languages=("uz-Latn", "en"),
        groups=(Group("A", texts("A"), "family", 0.25), Group("E", texts("E"), "")),
        services=tuple(
            Service(
                id=name,
                group=name[0],
                texts=texts(name),
                minutes=draw(st.floats(0.5, 90)),
                documents=draw(st.sampled_from([(), ("id",)])),
                fee=draw(st.sampled_from(["", "free"])),
                flags=draw(st.frozensets(st.sampled_from(["online", "no-window"]))),
                legs=(Leg("E01", ("A01",)), Leg("E02", ("E01",))) if name == "A01" else (),
                search=draw(st.sampled_from([(), ("metrika", "метрика")])),
                fee_texts=texts("free") if name == "A02" else {},
                fee_checked=draw(st.sampled_from(["", "2026-11-01"])) if name == "A02" else "",
                hint=draw(st.sampled_from([{}, texts("do not queue again")])),
                hours=draw(st.sampled_from([None, Hours({"fri": ("09:00", "12:00")})])),
                quota=draw(st.none() | st.integers(1, 500)),
                bookable=draw(st.booleans()),
            )
            for name in IDS
        ),
        windows=draw(windows()),
        categories=(
            Category("war", texts("war"), None, "card", draw(st.sampled_from(CONFIRM))),
            Category("age", texts("age"), draw(MINUTES)),
        ),
        rules=Rules(
            wait_norm=draw(MINUTES),
            statutory_cap=draw(st.none() | st.integers(1, 9)),
            no_show_calls=draw(st.none() | st.integers(1, 9)),
            least_call_time=draw(MINUTES),
            late_behind=draw(st.integers(1, 9)),
            corner_session=draw(MINUTES.filter(lambda time: time > timedelta(minutes=1))),
            corner_extensions=draw(st.integers(0, 9)),
            keep_hours=draw(st.booleans()),
            day_ends=draw(st.sampled_from([time(0), time(4), time(5, 30)])),
        ),
        documents={"id": texts("id")},
        not_required=(texts("copy"),),
        events=(
            LifeEvent("birth", texts("birth"), "family", (Leg("A01"), Leg("E02", ("A01",)))),
            LifeEvent("loss", texts("loss"), "", (Leg("E01"),), texts("hint")),
        ),
        facts=draw(facts()),
        notices=draw(st.sampled_from([(), (Notice("n1", texts("closed on Sunday")),)])),
        holidays=draw(st.sampled_from([(), (Holiday(date(2026, 12, 8), texts("holiday")),)])),
        surges=draw(st.sampled_from([(), (Surge(date(2026, 12, 9), 1.5, texts("rush")),)])),
        booking=draw(bookings()),
        closed=draw(
            st.sampled_from(
                [
                    (),
                    (
                        Closure("technical", "A01"),
                        Closure("emergency", group="E", day="2026-11-23"),
                    ),
                ]
            )
        ),
    )


@st.composite
def bookings(draw):
    """Draw what a center has decided about appointments."""
    return Booking(
        slot=timedelta(minutes=draw(st.sampled_from([5, 10, 15, 20, 30, 60]))),
        horizon_days=draw(st.integers(0, 366)),
        lead=draw(MINUTES),
        share=draw(st.floats(0.01, 1)),
        per_contact=draw(st.integers(1, 9)),
        reminders=draw(st.sampled_from([(), (60,), (1440, 120)])),
    )


@given(catalogues())
def test_a_catalogue_survives_its_document(catalogue):
    """What is dumped, written as JSON, read and parsed is the same catalogue."""
    assert parse(json.loads(json.dumps(dump(catalogue)))) == catalogue


def small(*windows: Window) -> Catalogue:
    """Return a catalogue of two groups with these windows."""
    return Catalogue(
        code="T",
        name=texts("center"),
        timezone="Asia/Tashkent",
        languages=("uz-Latn", "en"),
        groups=(Group("A", texts("A"), ""), Group("E", texts("E"), "")),
        services=tuple(Service(name, name[0], texts(name), 5.0) for name in IDS),
        windows=windows,
        categories=(),
    )


def test_a_whole_group_is_named_by_its_prefix():
    """A document reads as a person would write it, in the window's own order."""
    takes = {"E01": Taking(), "E02": Taking(), "A01": Taking(), "A02": Taking(2)}
    (item,) = dump(small(Window(1, takes)))["windows"]
    assert (item["groups"], item["services"], item["helps"]) == (["E"], ["A01"], ["A02"])


def test_taking_first_wins_over_helping():
    """A window that takes one service and helps with its group takes that one first."""
    document = dump(small(Window(1, dict.fromkeys(IDS, Taking()))))
    document["windows"][0] |= {
        "groups": ["E"],
        "services": ["A01"],
        "helps": ["A"],
        "help_after_minutes": 10,
    }
    takes = parse(document).window(1).takes
    assert takes["A01"] == Taking()
    assert takes["A02"] == Taking(2, timedelta(minutes=10))


def test_a_document_may_say_more_than_the_domain_needs():
    """Phrases and points pass by."""
    document = dump(small(Window(1, dict.fromkeys(IDS, Taking()))))
    more = document | {"phrases": {}, "points": []}
    assert parse(more) == parse(document)


#: what came with the calendar
NEWER = ("holidays", "surges", "halls", "booking", "duties", "closures")
OF_SERVICES = ("hours", "quota", "bookable")


def test_a_duty_covers_the_plan_and_is_written_beside_it():
    """The window does what the duty says and knows why; there and back nothing is lost."""
    document = dump(small(Window(1, dict.fromkeys(IDS, Taking()), lunch=0)))
    duty = {"window": 1, "groups": ["E"], "helps": ["A"], "help_after_minutes": 5}
    document["duties"] = [duty | {"skills": ["sign_language"], "day": "", "reason": "ill"}]
    catalogue = parse(document)
    assert catalogue.window(1).takes["A01"] == Taking(2, timedelta(minutes=5))
    assert catalogue.window(1).skills == {"sign_language"}
    assert (catalogue.window(1).duty, catalogue.duties) == (True, (Duty(1, "", "ill"),))
    assert parse(dump(catalogue)) == catalogue
    del document["duties"]
    assert parse(document).window(1).takes == dict.fromkeys(IDS, Taking())


def test_a_document_may_be_older_than_the_code():
    """A center's database keeps what was written before events, facts and hints existed."""
    catalogue = small(Window(1, dict.fromkeys(IDS, Taking())))
    older = dump(replace(catalogue, categories=(Category("war", texts("war"), None),)))
    for section in ("events", "facts", "facilities", "places", "notices", "hours", *NEWER):
        del older[section]
    del older["windows"][0]["lunch"]
    for name in ("keep_hours", "day_ends"):
        del older["rules"][name]
    for name in ("search", "fee_texts", "fee_checked", "hint", "online", *OF_SERVICES):
        for service in older["services"]:
            del service[name]
    del older["categories"][0]["confirm"]
    read = parse(older)
    assert (read.events, read.facts, read.notices) == ((), Facts(), ())
    assert read.services == catalogue.services
    assert read.category("war").confirm == "none"
    assert (read.booking, read.rules.keep_hours, read.closures) == (Booking(), False, {})


def test_rules_that_are_not_given_are_the_houses():
    """A center decides only what it wants to."""
    document = dump(small(Window(1, dict.fromkeys(IDS, Taking()))))
    assert parse(document | {"rules": {"undo_seconds": 5}}).rules == Rules(
        undo_within=timedelta(seconds=5)
    )


def test_a_document_cannot_say_two_times_of_helping():
    """Such a window is refused aloud, not written wrong."""
    takes = dict.fromkeys(IDS, Taking()) | {
        "A01": Taking(2, timedelta(minutes=5)),
        "A02": Taking(2, timedelta(minutes=9)),
    }
    with pytest.raises(ValueError, match="window 1 helps after different times"):
        dump(small(Window(1, takes)))

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.document_changes import Change, changes, in_short


def service(name: str, **changes_: Any) -> dict[str, Any]:
    """Return a service of a document."""
    return {
        "id": name,
        "minutes": 10.0,
        "texts": {"ru": name, "en": name},
        "hours": None,
    } | changes_


def document(*services: dict[str, Any], **sections: Any) -> dict[str, Any]:
    """Return a document with these services."""
    return {"services": list(services), **sections}


A, B = service("A01"), service("B01")


def test_equal_documents_have_no_difference() -> None:
    """Whole and fractional numbers, and what is left out or said to be nothing, are equal."""
    other = service("A01", minutes=10, quota=None, search=[])
    assert changes(document(A), document(other, holidays=[])) == ()


def test_a_field_is_found_by_the_name_of_its_item() -> None:
    """One language of one service is one difference."""
    other = service("A01", texts={"ru": "новое", "en": "A01"})
    assert changes(document(B, A), document(B, other)) == (
        Change("services[A01].texts.ru", "A01", "новое"),
    )


def test_items_come_and_go_whole() -> None:
    """A new item was nothing, a removed one becomes nothing."""
    assert changes(document(A), document(B)) == (
        Change("services[A01]", A, None),
        Change("services[B01]", None, B),
    )


def test_another_order_is_one_difference() -> None:
    """Items that only moved are no other items."""
    assert changes(document(A, B), document(B, A)) == (
        Change("services", ["A01", "B01"], ["B01", "A01"]),
    )


def test_what_has_no_name_is_gone_or_new() -> None:
    """A document that may not be demanded is known by what it says."""
    one, two = {"texts": {"en": "copy"}}, {"texts": {"en": "photo"}}
    found = changes({"not_required": [one, two]}, {"not_required": [two]})
    assert found == (Change("not_required[0]", one, None),)
    assert [each.path for each in changes({"facilities": [one]}, {"facilities": [two]})] == [
        "facilities[0].texts.en"
    ]


@pytest.mark.parametrize(
    ("before", "after", "path"),
    [
        ({"hours": {"mon_fri": ["09:00", "18:00"]}}, {"hours": {"mon_fri": []}}, "hours.mon_fri"),
        ({"hours": {"wed": []}}, {"hours": {}}, "hours"),
        (
            {"booking": {"share": 0.3}},
            {"booking": {"share": 0.3, "reminder_minutes": []}},
            "booking.reminder_minutes",
        ),
    ],
)
def test_an_empty_list_of_hours_says_something(
    before: dict[str, Any], after: dict[str, Any], path: str
) -> None:
    """A closed day is not a day that nothing is said of; no reminders are not the usual ones."""
    assert [each.path for each in changes(before, after)] == [path]


def test_false_and_zero_are_told() -> None:
    """They are values, not nothing."""
    found = changes({"rules": {"keep_hours": True}}, {"rules": {"keep_hours": False}})
    assert found == (Change("rules.keep_hours", True, False),)
    zero = changes({"booking": {"horizon_days": 14}}, {"booking": {"horizon_days": 0}})
    assert zero == (Change("booking.horizon_days", 14, 0),)


@given(st.lists(st.sampled_from("ABCDEFGH"), unique=True), st.integers(1, 400))
def test_a_line_in_short_keeps_its_room(names: list[str], room: int) -> None:
    """It never grows beyond its room but for the words of how many more."""
    found = [Change(f"services[{name}01].texts.ru", None, name) for name in names]
    line = in_short(found, room)
    assert len(line) <= max(room, 40)
    if not names:
        assert line == ""


def test_a_line_in_short_counts_the_rest() -> None:
    """It says the first paths and how many more there are."""
    found = [Change(f"rules.{name}", 1, 2) for name in "abcd"]
    assert in_short(found, 500) == "rules.a, rules.b, rules.c, rules.d"
    assert in_short(found, 35) == "rules.a, rules.b … and 2 more"

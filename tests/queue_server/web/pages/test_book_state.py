"""What the page of appointments knows; each function is pure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.queue_server.web.pages.conftest import STATIC

SERVICES = {
    "E01": {"words": ["Pasport olish", "Получение паспорта", "Паспорт олиш", "id-karta"]},
    "F02": {"words": ["Haydovchilik guvohnomasi, oʻtkazish", "Водительские права"]},
    "A01": {"words": ["Tugʻilganlikni qayd etish", "Туғилганликни қайд этиш", "загс"]},
}


@pytest.fixture(scope="module")
def state(scripts: Page) -> Page:
    """A page with the functions loaded."""
    # as a page of UTF-8 reads it: the empty page does not say which letters it has
    scripts.add_script_tag(content=(STATIC / "book/book_state.js").read_text(encoding="utf-8"))
    return scripts


def call(page: Page, name: str, *given: Any) -> Any:
    """Call one of the functions."""
    return page.evaluate("([name, ...given]) => navbatBook[name](...given)", [name, *given])


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("pasport", ["E01"]),
        ("ПАСПОРТ", ["E01"]),
        ("паспорт олиш", ["E01"]),
        ("haydovchi", ["F02"]),
        ("xaydovchi", ["F02"]),
        ("ҳайдовчилик", ["F02"]),
        ("водит", ["F02"]),
        ("tug'ilgan", ["A01"]),
        ("туғил", ["A01"]),
        ("tuǵıl", ["A01"]),
        ("ўтказиш", ["F02"]),
        ("ЗАГС", ["A01"]),
        ("e01", ["E01"]),
        ("id karta", ["E01"]),
        ("sport", []),
        ("паспорт загс", []),
    ],
)
def test_any_spelling_in_any_script_finds_a_service(
    state: Page, sought: str, found: list[str]
) -> None:
    """Every word that is sought begins one of the service's."""
    assert call(state, "find", SERVICES, sought) == found


@pytest.mark.parametrize("sought", ["", "  ", "-"])
def test_nothing_sought_is_no_search(state: Page, sought: str) -> None:
    """The groups are shown instead."""
    assert call(state, "find", SERVICES, sought) is None


def test_days_are_told_apart_without_a_time_zone(state: Page) -> None:
    """The page's browser may stand anywhere: a day is a day."""
    for ahead in range(400):
        day = date(2026, 11, 20) + timedelta(days=ahead)
        parts = call(state, "dayParts", day.isoformat())
        assert (parts["year"], parts["month"] + 1, parts["day"]) == (day.year, day.month, day.day)
        assert parts["weekday"] == day.weekday()


def test_free_times_stand_in_two_halves(state: Page) -> None:
    """Noon is in the second; what is taken is in none."""
    slots = [{"at": at, "free": free} for at, free in (("09:00", 1), ("10:00", 0), ("12:00", 2))]
    found = state.evaluate("(slots) => navbatBook.halves(slots, (at) => at)", slots)
    assert [s["at"] for s in found["morning"]] == ["09:00"]
    assert [s["at"] for s in found["afternoon"]] == ["12:00"]


@pytest.mark.parametrize(
    ("status", "code", "field", "text", "step"),
    [
        (0, None, None, "trouble", "contact"),
        (503, None, None, "trouble", "contact"),
        (409, "slot_taken", "at", "taken", "time"),
        (422, "no_such_slot", "at", "too_late_now", "time"),
        (409, "too_many_bookings", "contact", "too_many", "contact"),
        (422, "invalid", "contact", "bad_contact", "contact"),
        (409, "bookings_closed", "service", "bookings_closed", "service"),
        (422, "unknown_service", "service", "bookings_closed", "service"),
        (429, "try_later", None, "try_later", "contact"),
        (418, "odd", None, "trouble", "contact"),
    ],
)
def test_a_refusal_leads_back_to_its_step(
    state: Page, status: int, code: str | None, field: str | None, text: str, step: str
) -> None:
    """Each says what to do, and the step to do it in."""
    assert call(state, "refusal", status, code, field) == {"text": f"booking.{text}", "step": step}

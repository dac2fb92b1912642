"""An appointment as a calendar reads it: RFC 5545."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from queue_server.web.calendar_file import LINE, Appointment, calendar_file

NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
VISIT = Appointment(
    uid="t1@navbat.demo",
    begins=datetime(2026, 11, 24, 10, 0, tzinfo=timezone(timedelta(hours=5))),
    ends=datetime(2026, 11, 24, 10, 15, tzinfo=timezone(timedelta(hours=5))),
    title="Заявление; о браке, сегодня",
    place="Namuna, 1-uy",
    words="Kod: K7QM2RXT\nC:\\",
    url="https://navbat.example/t/t1?key=abc",
)


def fields(text: str) -> dict[str, str]:
    """Return the properties of a file as a calendar unfolds them; the last of each name."""
    unfolded = text.replace("\r\n ", "").split("\r\n")
    return dict(line.split(":", 1) for line in unfolded if line)


def unescaped(value: str) -> str:
    """Return a text value as it is meant."""
    return (
        value.replace("\\\\", "\0").replace("\\n", "\n").replace("\\,", ",")
        .replace("\\;", ";").replace("\0", "\\")
    )  # fmt: skip


def test_a_file_says_when_where_and_what_in_utc() -> None:
    """Ten in Tashkent is five in UTC; texts are escaped."""
    told = fields(calendar_file(VISIT, NOW))
    assert (told["DTSTART"], told["DTEND"]) == ("20261124T050000Z", "20261124T051500Z")
    assert told["DTSTAMP"] == "20261123T050000Z"
    assert told["SUMMARY"] == "Заявление\\; о браке\\, сегодня"
    assert told["LOCATION"] == "Namuna\\, 1-uy"
    assert (told["UID"], told["URL"]) == (VISIT.uid, VISIT.url)
    assert (told["METHOD"], told["STATUS"], told["TRIGGER"]) == ("PUBLISH", "CONFIRMED", "-PT120M")


def test_every_part_that_begins_ends() -> None:
    """In the order of the standard, and with the line ends that it asks for."""
    text = calendar_file(VISIT, NOW)
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert text.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")
    for part in ("VCALENDAR", "VEVENT", "VALARM"):
        assert text.count(f"BEGIN:{part}\r\n") == text.count(f"END:{part}\r\n") == 1
    assert "\n" not in text.replace("\r\n", "")


def test_a_cancelled_appointment_is_taken_out_of_the_calendar() -> None:
    """The same UID with a higher sequence, and no alarm."""
    told = fields(calendar_file(VISIT, NOW, cancelled=True))
    assert (told["METHOD"], told["STATUS"], told["SEQUENCE"]) == ("CANCEL", "CANCELLED", "1")
    assert "TRIGGER" not in told


def test_what_is_not_known_is_left_out() -> None:
    """A center without an address has no place."""
    assert "LOCATION" not in fields(calendar_file(replace(VISIT, place=""), NOW))


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=300))
def test_no_line_is_too_long_and_no_letter_is_torn(title: str) -> None:
    """75 bytes at most, each line whole UTF-8, and unfolded it is the same text again."""
    text = calendar_file(replace(VISIT, title=title), NOW)
    for line in text.encode().split(b"\r\n"):
        assert len(line) <= LINE
        line.decode()
    assert unescaped(fields(text)["SUMMARY"]) == title

"""An appointment as a file for a calendar: iCalendar, RFC 5545."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

#: a line has at most so many bytes before it goes on in the next one
LINE: Final = 75
#: the calendar reminds so long before
ALARM: Final = timedelta(hours=2)
_ESCAPES: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True)
class Appointment:
    """What a calendar is told; `uid` stays the same when the file is taken again."""

    uid: str
    begins: datetime
    ends: datetime
    title: str
    place: str
    words: str
    url: str


def calendar_file(appointment: Appointment, now: datetime, *, cancelled: bool = False) -> str:
    """Return the file: lines with CRLF, folded, its times in UTC."""
    return "".join(f"{_folded(line)}\r\n" for line in _lines(appointment, now, cancelled=cancelled))


def _lines(appointment: Appointment, now: datetime, *, cancelled: bool) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Navbat//Appointments//EN")
    yield f"METHOD:{'CANCEL' if cancelled else 'PUBLISH'}"
    yield from ("BEGIN:VEVENT", f"UID:{appointment.uid}", f"DTSTAMP:{_utc(now)}")
    yield f"DTSTART:{_utc(appointment.begins)}"
    yield f"DTEND:{_utc(appointment.ends)}"
    for name, text in (
        ("SUMMARY", appointment.title),
        ("LOCATION", appointment.place),
        ("DESCRIPTION", appointment.words),
    ):
        if text:
            yield f"{name}:{text.translate(_ESCAPES)}"
    yield f"URL:{appointment.url}"
    yield from (
        ("SEQUENCE:1", "STATUS:CANCELLED") if cancelled else ("SEQUENCE:0", "STATUS:CONFIRMED")
    )
    if not cancelled:
        minutes = ALARM // timedelta(minutes=1)
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:-PT{minutes}M")
        yield from (f"DESCRIPTION:{appointment.title.translate(_ESCAPES)}", "END:VALARM")
    yield from ("END:VEVENT", "END:VCALENDAR")


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _folded(line: str) -> str:
    """Return the line in pieces of at most LINE bytes, none of which ends inside a letter."""
    pieces, room = [""], LINE
    for letter in line:
        size = len(letter.encode())
        if size > room:
            # the blank that begins a further line counts too
            pieces.append("")
            room = LINE - 1
        pieces[-1] += letter
        room -= size
    return "\r\n ".join(pieces)

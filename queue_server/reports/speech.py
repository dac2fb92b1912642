"""What a report says in one language: its words, and numbers as they are written there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from queue_server.reports.measures import Datum, Kind

#: languages that write a decimal point; the others write a comma
_POINT: Final = frozenset({"en"})
#: keeps the thousands of a number together
_GAP: Final = "\u00a0"
#: stands where there is no value
NOTHING: Final = "–"
#: digits behind the point
_DIGITS: Final[Mapping[Kind, int]] = {"count": 0, "minutes": 1, "hours": 1, "ratio": 2}


@dataclass(frozen=True, slots=True)
class Speech:
    """One language of the reports."""

    language: str
    #: `say("report.title", "ru", n=3)`
    say: Callable[..., str]

    def __call__(self, name: str, /, **values: object) -> str:
        """Return a text of the reports."""
        return self.say(f"report.{name}", self.language, **values)

    def number(self, value: float | None, digits: int = 0) -> str:
        """Return a number, its thousands apart; a dash where there is none."""
        if value is None:
            return NOTHING
        text = f"{value:,.{digits}f}".replace(",", _GAP)
        return text if self.language in _POINT else text.replace(".", ",")

    def minutes(self, value: float | None) -> str:
        """Return minutes with their unit."""
        return NOTHING if value is None else self("minutes", n=self.number(value, 1))

    def percent(self, share: float | None, digits: int = 0) -> str:
        """Return a share of one as percent."""
        return NOTHING if share is None else f"{self.number(100 * share, digits)}{_GAP}%"

    def day(self, day: date) -> str:
        """Return a date."""
        return f"{day:%d.%m.%Y}"

    def days(self, first: date, last: date) -> str:
        """Return a period of whole days."""
        if first == last:
            return f"{self(f'weekday_{first.weekday()}')}, {self.day(first)}"
        return f"{self.day(first)} – {self.day(last)}"

    def datum(self, datum: Datum) -> str:
        """Return a value as it stands in a table: units are said in the head or beside it."""
        value = datum.value
        if isinstance(value, str):
            return value
        if isinstance(value, datetime):
            return f"{value:%d.%m.%Y %H:%M}"
        if isinstance(value, date):
            return self.day(value)
        return (
            self.percent(value, 1)
            if datum.kind == "share"
            else self.number(value, _DIGITS[datum.kind])
        )

"""A report as tables in one language: what the page, the workbook and the paper show alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from queue_server.contracts.reports import CountOut, Dimension, ReportOut, SliceOut
from queue_server.reports.measures import APPOINTMENTS, CONDUCT, MEASURES, Datum
from queue_server.reports.speech import Speech

_WAITS: Final = ("wait_mean", "wait_median", "wait_p90", "wait_longest", "service_level")
_OUTCOMES: Final = ("visitors", "served", "no_shows", "abandoned")
_RATED: Final = ("satisfaction", "ratings")
_QUEUE: Final = (*_OUTCOMES, *_WAITS, "transaction_minutes", *_RATED)
_MIX: Final = ("index", "index_low", "index_high", "index_n")

#: table → the figures in its columns
FIGURES: Final[Mapping[str, tuple[str, ...]]] = {
    "days": _QUEUE,
    "groups": _QUEUE,
    "services": (*_QUEUE, "turned_away", "prohibited"),
    "windows": (
        *("served", "transactions", "transaction_minutes", "wrap_up_minutes", "occupancy"),
        *("logged_in_hours", "serving_hours", "wrap_up_hours", "paused_hours", "adherence"),
        *("transactions_per_hour", "no_shows"),
    ),
    "clerks": (
        *("transactions", "timed", "transaction_minutes", "transactions_per_hour", "occupancy"),
        *("logged_in_hours", "calls", "out_of_order", "no_shows", "turned_away", *_RATED),
    ),
    "hours": (*_OUTCOMES, *_WAITS),
    "channels": (*_OUTCOMES, *_WAITS),
    "categories": (*_OUTCOMES, *_WAITS),
}
_DIMENSIONS: Final[Mapping[str, Dimension]] = {
    "groups": "group",
    "services": "service",
    "windows": "window",
    "clerks": "clerk",
    "hours": "hour",
    "channels": "channel",
    "categories": "category",
}
#: what the catalogue has no name for: channels, and visitors without a category
_OWN_NAMES: Final[Mapping[str, str]] = {
    **{key: f"channel_{key}" for key in ("kiosk", "reception", "booking", "mobile")},
    "none": "category_none",
}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads; the table's name and the heads are texts of `report.<name>`."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Datum, ...], ...]
    #: so many of the first columns name the row
    lead: int = 1


def tables(report: ReportOut, speech: Speech) -> dict[str, Table]:
    """Return every table of a report by its name, in the order of a workbook's sheets."""
    made = (
        overview(report, speech),
        days(report),
        *(slices(report, name, speech) for name in ("groups", "services", "windows", "clerks")),
        slices(report, "hours", speech),
        heat(report, speech),
        calls(report, speech),
        slices(report, "channels", speech),
        slices(report, "categories", speech),
    )
    return {table.name: table for table in made}


def overview(report: ReportOut, speech: Speech) -> Table:
    """Return every measure of the whole period, one a row, with its unit."""
    named = [("norm", Datum("minutes", report.norm_minutes))]
    named += [(name, each.datum(report.total)) for name, each in MEASURES.items()]
    named += [(name, Datum("count", of(report))) for name, of in APPOINTMENTS.items()]
    rows = tuple((_text(speech(name)), datum, _text(_unit(datum, speech))) for name, datum in named)
    return Table("overview", ("measure", "value", "unit"), rows)


def days(report: ReportOut) -> Table:
    """Return the days, one a row."""
    figures = FIGURES["days"]
    rows = tuple(
        (
            Datum("day", date.fromisoformat(day.day)),
            *(MEASURES[name].datum(day.figures) for name in figures),
        )
        for day in report.days
    )
    return Table("days", ("day", *figures), rows)


def slices(report: ReportOut, name: str, speech: Speech) -> Table:
    """Return the parts of a dimension that had anything, one a row."""
    figures, (heads, lead) = FIGURES[name], _LEADS[name]
    mix = _MIX if name == "clerks" else ()
    rows = tuple(
        (
            *lead(part, speech),
            *(MEASURES[each].datum(part.figures) for each in figures),
            *(_mix(part) if mix else ()),
        )
        for part in parts(report, name)
    )
    return Table(name, (*heads, *figures, *mix), rows, len(heads))


def parts(report: ReportOut, name: str) -> list[SliceOut]:
    """Return the parts of a table's dimension that had anything."""
    return [part for part in report.by.get(_DIMENSIONS[name], []) if _lived(part)]


def heat(report: ReportOut, speech: Speech) -> Table:
    """Return the hours of the weekdays, one a row."""
    heads = ("weekday", "hour", "days", "visitors", "served", "wait_mean", "service_level")
    rows = tuple(
        (
            _text(speech(f"weekday_{each.weekday - 1}")),
            Datum("count", each.hour),
            Datum("count", each.days),
            Datum("count", each.visitors),
            Datum("count", each.served),
            Datum("minutes", each.wait_minutes),
            Datum("share", each.within_norm),
        )
        for each in report.heat
    )
    return Table("heat", heads, rows, 2)


def calls(report: ReportOut, speech: Speech) -> Table:
    """Return how the order of the queue was kept: counts, then reasons and documents by name."""
    conduct = report.total.conduct
    rows = [
        (_text(speech(name)), _text(""), MEASURES[name].datum(report.total)) for name in CONDUCT
    ]
    for name, named in (("reasons", conduct.reasons), ("documents", conduct.documents)):
        rows += [
            (_text(speech(name)), _text(called(each, speech)), Datum("count", each.count))
            for each in named
        ]
    return Table("order", ("heading_what", "heading_which", "count"), tuple(rows), 2)


def called(named: CountOut, speech: Speech) -> str:
    """Return the name of a reason or document; one that may not be demanded says so."""
    text = in_language(named.texts, speech) or named.key
    forbidden = named.key.startswith("not_required-")
    return f"{text} ({speech('forbidden')})" if forbidden else text


def in_language(texts: Mapping[str, str], speech: Speech) -> str:
    """Return a text in the language, or the first one there is, or nothing."""
    return texts.get(speech.language) or next(iter(texts.values()), "")


def title(part: SliceOut, speech: Speech) -> str:
    """Return the name of a part of a report, or its key where it has none."""
    own = _OWN_NAMES.get(part.key)
    return speech(own) if own else in_language(part.texts, speech) or part.name or part.key


def _lived(part: SliceOut) -> bool:
    figures = part.figures
    return any(
        (figures.visitors, figures.served, figures.conduct.calls, figures.work.logged_in_hours)
    )


def _mix(part: SliceOut) -> tuple[Datum, ...]:
    mix = part.mix
    if mix is None:
        return (Datum("ratio", None),) * 3 + (Datum("count", 0),)
    return (
        Datum("ratio", mix.index),
        Datum("ratio", mix.low),
        Datum("ratio", mix.high),
        Datum("count", mix.n),
    )


def _unit(datum: Datum, speech: Speech) -> str:
    """Return what a value is counted in; counts and shares say it themselves."""
    return speech(f"unit_{datum.kind}") if datum.kind in {"minutes", "hours"} else ""


def _text(text: str) -> Datum:
    return Datum("text", text)


def _number(text: str) -> Datum:
    return Datum("count", int(text)) if text.isdecimal() else _text(text)


def _named(part: SliceOut, speech: Speech) -> Sequence[Datum]:
    return _text(part.key), _text(title(part, speech))


def _numbered(part: SliceOut, _speech: Speech) -> Sequence[Datum]:
    return (_number(part.key),)


def _clerk(part: SliceOut, _speech: Speech) -> Sequence[Datum]:
    return Datum("count", part.window), _text(part.key), _text(part.name)


def _called(part: SliceOut, speech: Speech) -> Sequence[Datum]:
    return (_text(title(part, speech)),)


#: table → the heads of its first columns, and what stands in them
_LEADS: Final[
    Mapping[str, tuple[tuple[str, ...], Callable[[SliceOut, Speech], Sequence[Datum]]]]
] = {
    "groups": (("code", "name"), _named),
    "services": (("code", "name"), _named),
    "windows": (("window",), _numbered),
    "clerks": (("window", "login", "clerk"), _clerk),
    "hours": (("hour",), _numbered),
    "channels": (("channels",), _called),
    "categories": (("categories",), _called),
}

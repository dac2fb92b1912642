"""What a rule found: about whom, the numbers, and the events that prove it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

from queue_server.domain.integrity.reading import Deed

Unit = Literal["count", "share", "seconds", "minutes"]

#: a finding shows at most so many of its cases; `observed` counts them all
SHOWN: Final = 50
#: a strip shows so many calls, the marked ones among their neighbours
STRIP: Final = 24
_ID_LENGTH: Final = 20


class Subject(NamedTuple):
    """Whom or what a finding is about."""

    kind: Literal["person", "device", "center"]
    #: login or device; empty for the center
    name: str = ""


CENTER: Final = Subject("center")


class Evidence(NamedTuple):
    """What was seen beside what was to be expected."""

    observed: float
    #: from here on, or beyond this, the rule finds something
    threshold: float
    #: what the center's own days let one expect; None where nothing is to be expected
    expected: float | None = None
    #: out of how many
    n: int = 0
    unit: Unit = "count"


class Case(NamedTuple):
    """One instance, and the events that prove it."""

    #: milliseconds since 1970
    at: int
    seqs: tuple[int, ...]
    ticket: str = ""
    window: int | None = None
    #: what was measured: seconds, places in the queue …
    value: float | None = None


class Mark(NamedTuple):
    """One call in a strip of calls in order."""

    ticket: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that differs: one rule, one day, one subject."""

    rule: str
    day: str
    subject: Subject
    evidence: Evidence
    cases: tuple[Case, ...]
    #: which of the rule's conditions it was, where it has several
    form: str = ""
    strip: tuple[Mark, ...] = ()

    @property
    def id(self) -> str:
        """The same for the same rule, condition, day and subject: looking again adds no double."""
        said = "\n".join((self.rule, self.form, self.day, *self.subject))
        return hashlib.sha256(said.encode()).hexdigest()[:_ID_LENGTH]

    @property
    def at(self) -> int:
        """When its last case happened, milliseconds since 1970."""
        return max((case.at for case in self.cases), default=0)

    @property
    def tickets(self) -> tuple[str, ...]:
        """Numbers of the tickets in it, in order, each once."""
        return tuple(dict.fromkeys(case.ticket for case in self.cases if case.ticket))

    @property
    def windows(self) -> tuple[int, ...]:
        """Windows in it."""
        return tuple(sorted({case.window for case in self.cases if case.window is not None}))

    @property
    def seqs(self) -> tuple[int, ...]:
        """The events that prove it."""
        return tuple(dict.fromkeys(seq for case in self.cases for seq in case.seqs))

    def plain(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "rule": self.rule,
            "form": self.form,
            "day": self.day,
            "subject": list(self.subject),
            "evidence": list(self.evidence),
            "cases": [list(each) for each in self.cases],
            "strip": [list(mark) for mark in self.strip],
        }


def of_plain(plain: Mapping[str, Any]) -> Finding:
    """Return the finding of plain data."""
    return Finding(
        rule=plain["rule"],
        day=plain["day"],
        subject=Subject(*plain["subject"]),
        evidence=Evidence(*plain["evidence"]),
        cases=tuple(
            Case(at, tuple(seqs), ticket, window, value)
            for at, seqs, ticket, window, value in plain["cases"]
        ),
        form=plain["form"],
        strip=tuple(Mark(*each) for each in plain["strip"]),
    )


def case(*deeds: Deed, value: float | None = None) -> Case:
    """Return a case proved by these events; the last one says when, which ticket and where."""
    last = deeds[-1]
    ticket = last.slip.number if last.slip else ""
    return Case(last.at, tuple(deed.seq for deed in deeds), ticket, last.window, value)


def cases(found: Iterable[Case]) -> tuple[Case, ...]:
    """Return cases in order, as many as are shown."""
    return tuple(sorted(found, key=lambda each: (each.at, each.seqs))[:SHOWN])


def strip(calls: Sequence[Deed], marked: Collection[int]) -> tuple[Mark, ...]:
    """Return calls in order from shortly before the first one whose seq is marked."""
    places = [place for place, call in enumerate(calls) if call.seq in marked]
    begin = max(0, min(places, default=0) - STRIP // 4)
    return tuple(
        Mark(call.slip.number if call.slip else "", call.seq in marked)
        for call in calls[begin : begin + STRIP]
    )

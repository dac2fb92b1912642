"""Integrity: what the rules have found, with its evidence, for whoever looks into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from flask import Response, request
from markupsafe import Markup

from queue_server.contracts.integrity import AlertOut, CaseOut, State
from queue_server.domain.integrity.registry import RULES
from queue_server.reports.speech import Speech
from queue_server.usecases import integrity
from queue_server.usecases.alert_shapes import STATES
from queue_server.web import alert_pictures
from queue_server.web.auth import needs, the_person
from queue_server.web.pages.offers import named
from queue_server.web.pages.rendering import page, reader_language, starting_data
from queue_server.web.site import site

#: chips of states: never told apart by colour alone
LOOKS: Final[dict[State, tuple[str, str]]] = {
    "open": ("warn", "eye"),
    "explained": ("accent", "note"),
    "confirmed": ("bad", "warning"),
    "dismissed": ("good", "finish"),
}
#: what the value of a rule's case is
_VALUES: Final = {
    "r1": "rank",
    "r2": "rank",
    "r4": "seconds",
    "r6": "others",
    "r7_share": "seconds",
    "r8": "seconds",
    "r10_early": "seconds",
    "r11": "gone",
    "r13_hour": "minutes",
    "r13_share": "seconds",
    "r14": "minutes",
    "r16_clock": "seconds",
    "r16_gap": "missing",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One case in an alert's table."""

    time: str
    ticket: str
    window: str
    value: str
    seqs: Sequence[int]


@dataclass(frozen=True, slots=True)
class Shown:
    """One alert in the reader's language."""

    alert: AlertOut
    day: str
    about: str
    sentence: str
    #: what the cases' values are; empty where they have none
    value: str
    lines: Sequence[Line]
    bars: Sequence[alert_pictures.Bar]
    threshold: str
    words: Sequence[tuple[str, str, str, State]]


@needs("integrity:read")
def show() -> Response:
    """Show the alerts of `?state=&rule=`, by default those that are open."""
    person, language = the_person(), reader_language()
    query = request.args
    state, rule = query.get("state", "open"), query.get("rule", "")
    found = integrity.listed(site().center, person.actor, state, rule)
    with site().center.read() as work:
        catalogue = work.catalogues.current()
    teller = _Teller(language, ZoneInfo(catalogue.timezone))
    data = starting_data(("integrity", "error"), language, csrf_token=person.csrf_token)
    return page(
        "integrity/integrity.html",
        language=language,
        data=data,
        center=named(catalogue.name, language),
        found=found,
        shown=[teller.told(alert) for alert in found.alerts],
        states=STATES,
        looks=LOOKS,
        rules=[each.id for each in RULES],
        state=state,
        rule=rule,
        settles=person.actor.may("integrity:settle"),
        reads_log=person.actor.may("log:read"),
        most=integrity.MOST,
        drawn=Markup,  # our own drawings: they hold numbers only
    )


class _Teller:
    """Says alerts in one language, by the center's clock."""

    def __init__(self, language: str, zone: ZoneInfo) -> None:
        self._speech = Speech(language, site().say)
        self._language, self._zone = language, zone

    def told(self, alert: AlertOut) -> Shown:
        """Return an alert as its card shows it."""
        key = "_".join(part for part in (alert.rule.lower(), alert.form) if part)
        evidence = alert.evidence
        numbers = {
            "observed": self._number(evidence.observed, evidence.unit),
            "bound": self._number(evidence.threshold, evidence.unit),
            "expected": self._number(evidence.expected, evidence.unit),
        }
        value = _VALUES.get(key, "")
        return Shown(
            alert=alert,
            day=self._speech.day(datetime.fromisoformat(alert.day)),
            about=self._about(alert),
            sentence=self._say(key, **numbers, n=self._speech.number(evidence.n)),
            value=value,
            lines=[self._line(case, value) for case in alert.cases],
            bars=alert_pictures.bars(evidence, numbers),
            threshold=numbers["bound"],
            words=[(w.by.name, self._time(w.at), w.text, w.state) for w in alert.words],
        )

    def _about(self, alert: AlertOut) -> str:
        subject = alert.subject
        if subject.kind == "person":
            return subject.name
        if subject.kind == "device":
            return self._say("device", name=subject.name)
        return self._say("center")

    def _line(self, case: CaseOut, value: str) -> Line:
        said = ""
        if value == "gone":
            said = self._say("yes" if case.value else "no")
        elif value and case.value is not None:
            said = self._figure(case.value)
        return Line(
            time=self._time(case.at),
            ticket=case.ticket,
            window=self._say("window_n", n=case.window) if case.window else "",
            value=said,
            seqs=case.seqs,
        )

    def _number(self, value: float | None, unit: str) -> str:
        if value is None or unit == "count":
            return self._figure(value)
        if unit == "share":
            return self._speech.percent(value, 1)
        return self._say(f"n_{unit}", n=self._figure(value))

    def _figure(self, value: float | None) -> str:
        """Return a number with a digit behind the point only where there is something."""
        whole = value is None or abs(value - round(value)) < 0.05  # noqa: PLR2004 - rounds away
        return self._speech.number(value, 0 if whole else 1)

    def _time(self, at: str) -> str:
        return f"{datetime.fromisoformat(at).astimezone(self._zone):%d.%m.%Y %H:%M:%S}"

    def _say(self, name: str, /, **values: object) -> str:
        return site().say(f"integrity.{name}", self._language, **values)

"""Alerts of the integrity rules: `/api/v1/integrity`. docs/integrity.md says what each rule sees.

An alert names numbers and events. It is no verdict, and nothing follows from it by itself.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from queue_server.contracts.history import ByOut
from queue_server.contracts.shapes import Reply, Request

State = Literal["open", "explained", "confirmed", "dismissed"]
Step = Literal["explain", "confirm", "dismiss"]


class SettleAlert(Request):
    """What a controller says of an alert; no visitor is named in it."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


class SubjectOut(Reply):
    """Whom or what an alert is about."""

    kind: Literal["person", "device", "center"]
    #: login or device; empty for the center
    key: str
    #: how people call that person
    name: str = ""


class EvidenceOut(Reply):
    """What was seen beside what was to be expected."""

    observed: float
    threshold: float
    expected: float | None = None
    #: out of how many
    n: int
    unit: Literal["count", "share", "seconds", "minutes"]


class CaseOut(Reply):
    """One instance, and the events of the log that prove it."""

    at: str
    seqs: list[int]
    ticket: str = ""
    window: int | None = None
    value: float | None = None


class MarkOut(Reply):
    """One call in a strip of calls in order."""

    ticket: str
    marked: bool


class WordOut(Reply):
    """What a controller wrote, and where that brought the alert."""

    id: int
    at: str
    by: ByOut
    state: State
    text: str


class AlertOut(Reply):
    """One rule, one day, one subject."""

    id: str
    rule: str
    #: which of the rule's conditions it was, where it has several
    form: str = ""
    day: str
    state: State
    raised_at: str
    subject: SubjectOut
    evidence: EvidenceOut
    tickets: list[str]
    windows: list[int]
    seqs: list[int]
    cases: list[CaseOut]
    strip: list[MarkOut]
    words: list[WordOut]
    #: whether it is about the reader, who then cannot settle it
    own: bool
    #: what the reader may do with it
    steps: list[Step]


class AlertsOut(Reply):
    """Alerts, those of the newest day first."""

    alerts: list[AlertOut]
    #: whether there are more of them than these
    more: bool
    #: state → how many alerts, of every rule
    counts: dict[State, int]
    #: rule → how many alerts, of the state asked for
    rules: dict[str, int]


class CheckedOut(Reply):
    """What a look at the open day has brought."""

    day: str
    #: alerts that are new, or open again
    raised: int

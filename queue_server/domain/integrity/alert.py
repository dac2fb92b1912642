"""An alert: a finding that a controller looks at, and what becomes of it.

Nothing follows from an alert by itself; a person says what it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from queue_server.domain.integrity.errors import AlertSettled, OwnAlert
from queue_server.domain.integrity.finding import Finding


class AlertState(StrEnum):
    """How far an alert has been looked at."""

    OPEN = "open"
    #: there is a reason for what was seen; it may still be confirmed or dismissed
    EXPLAINED = "explained"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


#: from which states a controller may bring an alert to each
MOVES: Final[Mapping[AlertState, frozenset[AlertState]]] = {
    AlertState.EXPLAINED: frozenset({AlertState.OPEN}),
    AlertState.CONFIRMED: frozenset({AlertState.OPEN, AlertState.EXPLAINED}),
    AlertState.DISMISSED: frozenset({AlertState.OPEN, AlertState.EXPLAINED}),
}


@dataclass(frozen=True, slots=True)
class Alert:
    """One finding, and how far it has been looked at."""

    finding: Finding
    raised_at: datetime
    state: AlertState = AlertState.OPEN

    @property
    def id(self) -> str:
        """The finding's: looking again raises no second one."""
        return self.finding.id

    @property
    def about(self) -> str:
        """The login of the person that it is about; empty for a device or the center."""
        subject = self.finding.subject
        return subject.name if subject.kind == "person" else ""

    def is_about(self, login: str) -> bool:
        """Whether it is about this person."""
        return bool(login) and self.about == login


def raised(finding: Finding, known: Alert | None, at: datetime) -> Alert | None:
    """Return the alert that a finding makes of the one known by its id, or None for no change.

    More of the same opens an alert again: what was said of it was said of less. One that was
    confirmed stays so.
    """
    if known is None:
        return Alert(finding, at)
    if finding == known.finding:
        return None
    more = len(finding.seqs) > len(known.finding.seqs)
    again = more and known.state in (AlertState.EXPLAINED, AlertState.DISMISSED)
    return replace(known, finding=finding, state=AlertState.OPEN if again else known.state)


def settled(alert: Alert, to: AlertState, by: str) -> Alert:
    """Return the alert after a controller's word; raises OwnAlert, AlertSettled."""
    if alert.is_about(by):
        raise OwnAlert
    if alert.state not in MOVES[to]:
        raise AlertSettled(state=alert.state)
    return replace(alert, state=to)


@dataclass(frozen=True, slots=True)
class Word:
    """What a controller wrote on an alert, and where that brought it; id 0 before it is kept."""

    alert: str
    state: AlertState
    at: datetime
    by: str
    text: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which alerts somebody looks for; what is empty leaves nothing out."""

    state: str = ""
    rule: str = ""
    #: the login of one who must not see what is about that person
    hidden_from: str = ""

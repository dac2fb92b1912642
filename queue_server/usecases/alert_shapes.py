"""Alerts as the pages and programs see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final, get_args

from queue_server.contracts.history import ByOut
from queue_server.contracts.integrity import (
    AlertOut,
    CaseOut,
    EvidenceOut,
    MarkOut,
    State,
    Step,
    SubjectOut,
    WordOut,
)
from queue_server.domain.integrity.alert import MOVES, Alert, AlertState, Word
from queue_server.domain.integrity.finding import Case, Finding
from queue_server.usecases.act import Act
from queue_server.usecases.recording import instant

#: (state, rule) → how many alerts
Counts = Mapping[tuple[str, str], int]
STATES: Final[tuple[State, ...]] = get_args(State)
STEPS: Final[Mapping[Step, AlertState]] = {
    "explain": AlertState.EXPLAINED,
    "confirm": AlertState.CONFIRMED,
    "dismiss": AlertState.DISMISSED,
}
#: login → (name, role)
_People = Mapping[str, tuple[str, str]]


def shown(act: Act, found: Sequence[Alert]) -> Iterator[AlertOut]:
    """Yield alerts as their reader sees them."""
    people = {each.login: (each.name, each.role) for each in act.work.access.people()}
    words = act.work.alerts.words(alert.id for alert in found)
    for alert in found:
        yield _shown(act, alert, people, words.get(alert.id, ()))


def state(of: AlertState) -> State:
    """Return a state in its wire form."""
    return of.value


def _shown(act: Act, alert: Alert, people: _People, words: Sequence[Word]) -> AlertOut:
    finding, own = alert.finding, alert.is_about(act.actor.name) and act.actor.kind == "person"
    settles = act.actor.may("integrity:settle") and not own
    steps = [step for step, to in STEPS.items() if settles and alert.state in MOVES[to]]
    return AlertOut(
        id=alert.id,
        rule=finding.rule,
        form=finding.form,
        day=finding.day,
        state=state(alert.state),
        raised_at=instant(alert.raised_at),
        subject=_subject(finding, people),
        evidence=EvidenceOut(**finding.evidence._asdict()),
        tickets=list(finding.tickets),
        windows=list(finding.windows),
        seqs=list(finding.seqs),
        cases=[_case(each) for each in finding.cases],
        strip=[MarkOut(ticket=mark.ticket, marked=mark.marked) for mark in finding.strip],
        words=[_word(each, people) for each in words],
        own=own,
        steps=steps,
    )


def _subject(finding: Finding, people: _People) -> SubjectOut:
    kind, key = finding.subject
    name = people.get(key, (key, ""))[0] if kind == "person" else key
    return SubjectOut(kind=kind, key=key, name=name)


def _case(case: Case) -> CaseOut:
    return CaseOut(
        at=instant(datetime.fromtimestamp(case.at / 1000, UTC)),
        seqs=list(case.seqs),
        ticket=case.ticket,
        window=case.window,
        value=case.value,
    )


def _word(word: Word, people: _People) -> WordOut:
    name, role = people.get(word.by, (word.by, ""))
    by = ByOut(kind="person", login=word.by, name=name, role=role)
    return WordOut(id=word.id, at=instant(word.at), by=by, state=state(word.state), text=word.text)

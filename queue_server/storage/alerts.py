"""What the integrity rules leave: alerts, what was written on them, digests of days."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from sqlalchemy import Integer, Text, func, insert, or_, select

from queue_server.domain.integrity import digest as digesting
from queue_server.domain.integrity import finding
from queue_server.domain.integrity.alert import Alert, AlertState, Wanted, Word
from queue_server.domain.integrity.digest import Digest
from queue_server.storage.backend import Row
from queue_server.storage.schema import said
from queue_server.storage.statements import NO_OFFSET, Statement, argument
from queue_server.storage.tables import alert_words, alerts, digests
from queue_server.storage.times import from_ms, to_ms
from queue_server.storage.transaction import Transaction
from queue_server.storage.upserts import put

_a, _w, _d = alerts.c, alert_words.c, digests.c
_WORD: Final = ("alert", "state", "at", "by", "text")
_alert = (_a.body, _a.raised_at, _a.state)
_hidden = argument("hidden", Text())
_shown = or_(_hidden == said(""), _a.about != _hidden)
_state, _rule = argument("state", Text()), argument("rule", Text())
_period = _d.day.between(argument("first", Text()), argument("last", Text()))

GET: Final = Statement(select(*_alert).where(_a.id == argument("id", Text())))
PUT: Final = put(alerts, "id")
FIND: Final = Statement(
    select(*_alert)
    .where(
        or_(_state == said(""), _a.state == _state),
        or_(_rule == said(""), _a.rule == _rule),
        _shown,
    )
    .order_by(_a.day.desc(), func.length(_a.rule), _a.rule, _a.raised_at.desc(), _a.id)
    .limit(argument("limit", Integer()))
    .offset(NO_OFFSET)
)
COUNTS: Final = Statement(
    select(_a.state, _a.rule, func.count()).where(_shown).group_by(_a.state, _a.rule)
)
ADD_WORD: Final = Statement(
    insert(alert_words).inline().values({name: argument(name) for name in _WORD}).returning(_w.id)
)
WORDS: Final = Statement(
    select(_w.id, *(_w[name] for name in _WORD))
    .where(_w.alert == argument("alert", Text()))
    .order_by(_w.id)
)
DIGESTS: Final = Statement(select(_d.body).where(_period).order_by(_d.day))
LOOKED_AT: Final = Statement(select(_d.day, _d.closed_seq).where(_period))
PUT_DIGEST: Final = put(digests, "day")


class SqlAlerts:
    """The port `Alerts` on a database."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, alert_id: str) -> Alert | None:
        """Return an alert."""
        row = self._transaction.one(GET, {"id": alert_id})
        return None if row is None else _read(row)

    def put(self, alert: Alert) -> None:
        """Keep a new alert, or the next value of one."""
        found = alert.finding
        values = {
            "id": alert.id,
            "rule": found.rule,
            "day": found.day,
            "about": alert.about,
            "state": alert.state.value,
            "raised_at": to_ms(alert.raised_at),
            "body": json.dumps(found.plain(), ensure_ascii=False),
        }
        self._transaction.run(PUT, values)

    def find(self, wanted: Wanted, limit: int) -> Sequence[Alert]:
        """Return alerts, those of the newest day first."""
        values = {
            "state": wanted.state,
            "rule": wanted.rule,
            "hidden": wanted.hidden_from,
            "limit": limit,
        }
        return [_read(row) for row in self._transaction.all(FIND, values)]

    def counts(self, hidden_from: str) -> Mapping[tuple[str, str], int]:
        """Return how many alerts there are by (state, rule), without those hidden from somebody."""
        rows = self._transaction.all(COUNTS, {"hidden": hidden_from})
        return {(state, rule): count for state, rule, count in rows}

    def add_word(self, word: Word) -> Word:
        """Keep what somebody wrote and return it with its id."""
        values = {
            "alert": word.alert,
            "state": word.state.value,
            "at": to_ms(word.at),
            "by": word.by,
            "text": word.text,
        }
        row = self._transaction.one(ADD_WORD, values)
        assert row is not None
        return Word(word.alert, word.state, word.at, word.by, word.text, row[0])

    def words(self, alert_ids: Iterable[str]) -> Mapping[str, Sequence[Word]]:
        """Return what was written on alerts, the oldest first."""
        found: defaultdict[str, list[Word]] = defaultdict(list)
        for alert_id in alert_ids:
            for id_, alert, state, at, by, text in self._transaction.all(
                WORDS, {"alert": alert_id}
            ):
                found[alert].append(Word(alert, AlertState(state), from_ms(at), by, text, id_))
        return found

    def digests(self, first: date, last: date) -> Sequence[Digest]:
        """Return the digests of a period, both ends included, in order."""
        rows = self._transaction.all(DIGESTS, _ends(first, last))
        return [digesting.of_plain(json.loads(body)) for (body,) in rows]

    def looked_at(self, first: date, last: date) -> Mapping[date, int]:
        """Return up to which event each day of a period was looked at."""
        rows = self._transaction.all(LOOKED_AT, _ends(first, last))
        return {date.fromisoformat(day): seq for day, seq in rows}

    def put_digest(self, day: date, closed_seq: int, digest: Digest) -> None:
        """Keep what a day leaves, in place of what was kept before."""
        body = json.dumps(digest.plain(), ensure_ascii=False)
        values = {"day": day.isoformat(), "closed_seq": closed_seq, "body": body}
        self._transaction.run(PUT_DIGEST, values)


def _read(row: Row) -> Alert:
    body, raised_at, state = row
    return Alert(finding.of_plain(json.loads(body)), from_ms(raised_at), AlertState(state))


def _ends(first: date, last: date) -> dict[str, object]:
    return {"first": first.isoformat(), "last": last.isoformat()}

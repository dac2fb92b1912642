"""Alerts, words and digests, kept and found again, on both databases."""

from dataclasses import replace
from datetime import date

import pytest

from queue_server.domain.integrity.alert import Alert, AlertState, Wanted, Word
from queue_server.domain.integrity.digest import Digest
from queue_server.domain.integrity.finding import (
    CENTER,
    Case,
    Evidence,
    Finding,
    Mark,
    Subject,
)
from tests.factories import at

FOUND = Finding(
    rule="R2",
    day="2026-11-23",
    subject=Subject("person", "ann"),
    evidence=Evidence(0.1, 0.05, 0.01, 60, "share"),
    cases=(Case(1, (7, 9), "A001", 3, 4.5), Case(2, (11,))),
    strip=(Mark("A001", marked=True), Mark("A002", marked=False)),
)
ALERT = Alert(FOUND, at(0))
OF_CENTER = Alert(replace(FOUND, rule="R16", subject=CENTER, day="2026-11-24"), at(1))


@pytest.fixture
def kept(database):
    """Three alerts: Ann's, the center's, and one of Ben's that was dismissed."""
    bens = replace(FOUND, subject=Subject("person", "ben"))
    with database.write() as work:
        for each in (ALERT, OF_CENTER, Alert(bens, at(2), AlertState.DISMISSED)):
            work.alerts.put(each)
    return database


def test_an_alert_is_read_back_as_it_was(kept):
    """Finding, evidence, cases and strip, with its state and time."""
    with kept.read() as work:
        assert work.alerts.get(ALERT.id) == ALERT
        assert work.alerts.get("nothing") is None


def test_an_alert_is_kept_once(kept):
    """Its next value takes the place of the one before."""
    explained = replace(ALERT, state=AlertState.EXPLAINED)
    with kept.write() as work:
        work.alerts.put(explained)
    with kept.read() as work:
        assert work.alerts.get(ALERT.id) == explained
        assert len(work.alerts.find(Wanted(), 9)) == 3


@pytest.mark.parametrize(
    ("wanted", "about"),
    [
        (Wanted(), ["", "ben", "ann"]),
        (Wanted(state="open"), ["", "ann"]),
        (Wanted(rule="R2"), ["ben", "ann"]),
        (Wanted(state="open", rule="R2"), ["ann"]),
        (Wanted(hidden_from="ann"), ["", "ben"]),
        (Wanted(state="confirmed"), []),
    ],
)
def test_alerts_are_found_by_state_rule_and_reader(kept, wanted, about):
    """The newest day first, and of a day the newest alert."""
    with kept.read() as work:
        assert [alert.about for alert in work.alerts.find(wanted, 9)] == about
        assert len(work.alerts.find(wanted, 1)) == min(len(about), 1)


def test_alerts_are_counted_by_state_and_rule(kept):
    """What is hidden from somebody is not counted either."""
    with kept.read() as work:
        everything = {("open", "R2"): 1, ("open", "R16"): 1, ("dismissed", "R2"): 1}
        assert work.alerts.counts("") == everything
        del everything["open", "R2"]
        assert work.alerts.counts("ann") == everything


def test_words_stand_in_their_order(kept):
    """Each with its author, its time and the state that it brought."""
    first = Word(ALERT.id, AlertState.EXPLAINED, at(5), "cora", "It was a training day.")
    second = Word(ALERT.id, AlertState.DISMISSED, at(6), "cora", "Seen in the plan.")
    with kept.write() as work:
        ids = [work.alerts.add_word(word).id for word in (first, second)]
        work.alerts.add_word(replace(first, alert=OF_CENTER.id))
    with kept.read() as work:
        words = work.alerts.words([ALERT.id])
        assert words == {ALERT.id: [replace(first, id=ids[0]), replace(second, id=ids[1])]}
    assert ids[0] < ids[1]


def test_a_day_s_digest_is_kept_in_place_of_the_one_before(database):
    """Read back as it was, with the event up to which the day was looked at."""
    digests = [
        Digest("2026-11-23", {"A01": (12.5, 30.0)}, {"sue": 3}, {"ann": (("A001", 4, 9),)}),
        Digest("2026-11-24", answered=7, missed=1, calls=8, near_norm=2),
    ]
    days = [date(2026, 11, 23), date(2026, 11, 24)]
    with database.write() as work:
        for day, digest in zip(days, digests, strict=True):
            work.alerts.put_digest(day, 10, Digest(day.isoformat()))
            work.alerts.put_digest(day, 99, digest)
    with database.read() as work:
        assert work.alerts.digests(*days) == digests
        assert work.alerts.digests(days[1], days[1]) == digests[1:]
        assert work.alerts.looked_at(days[0], days[0]) == {days[0]: 99}

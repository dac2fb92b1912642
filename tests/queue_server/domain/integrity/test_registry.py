"""All rules together: each has its sentence, and none fails whatever a log says."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.wording import Wording
from queue_server.domain.integrity.day_book import DayBook
from queue_server.domain.integrity.digest import Digest, of_plain
from queue_server.domain.integrity.digesting import digest
from queue_server.domain.integrity.finding import of_plain as finding_of_plain
from queue_server.domain.integrity.reading import read
from queue_server.domain.integrity.registry import RULES, findings
from tests.factories import DAY, INFANT, Rules, a_catalogue
from tests.queue_server.domain.day_log import SUPERVISOR
from tests.queue_server.domain.integrity.rule_log import RECEPTION, RuleLog

TODAY = DAY.isoformat()
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from(["0001-01-01T00:00:00", "9999-12-31T23:59:59Z", "queue", "person", "waiting"]),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)


def a_lively_log() -> RuleLog:
    """Return a day with a little of everything."""
    log = RuleLog()
    log.window("opened", 0)
    log.window("opened", 0, "ben")
    for number in range(8):
        log.issue(str(number), number, (RECEPTION, SUPERVISOR)[number % 2])
    log.grant("7", 9)
    for number in range(5):
        log.serve(str(number), 10 + 5 * number, 13 + 5 * number, ("ann", "ben")[number % 2])
    log.undo("4", 33.5)
    log.call("5", 40, rule_rank=3)
    log.hold("5", 41)
    log.call("6", 42, "ben")
    log.miss("6", 44)
    log.cancel("7", 45, RECEPTION)
    log.rate("0", 46, 5, demanded=True)
    log.window("closed", 60)
    return log


#: facts of events, of their actors and tickets
NAMES = (
    "at",
    "type",
    "seq",
    "window",
    "ticket",
    "actor",
    "rule_rank",
    "reason",
    "prev",
    "id",
    "issued_at",
    "order_key",
    "needs",
    "state",
    "place",
    "service",
    "clerk",
    "kind",
    "name",
    "was",
    "not_before",
    "category",
    "outcome",
    "subject",
)
EVENTS = a_lively_log().sealed()


def test_the_rules_are_numbered_and_said() -> None:
    """R1 to R19, each with a sentence, and a name in every language."""
    assert [rule.id for rule in RULES] == [f"R{number}" for number in range(1, 20)]
    assert all(rule.sentence.endswith(".") for rule in RULES)
    texts = Wording.load().texts
    assert {f"integrity.{rule.id.lower()}_name" for rule in RULES} <= set(texts)


def test_each_rule_is_its_own() -> None:
    """Nothing that a rule finds bears another one's number, and every id is another."""
    book = a_lively_log().book()
    for rule in RULES:
        assert {one.rule for one in rule.find(book)} <= {rule.id}
    ids = [one.id for one in findings(book)]
    assert len(set(ids)) == len(ids) > 1


def test_an_id_is_the_same_each_time() -> None:
    """Looking again, with more events, finds the same under the same id."""
    log = a_lively_log()
    early = {one.id for one in findings(log.book())}
    log.issue("new", 70)
    log.call("new", 71, rule_rank=3)
    assert early == {one.id for one in findings(log.book())}


def test_a_finding_outlives_the_database() -> None:
    """What is kept as plain data is read back the same."""
    import json  # noqa: PLC0415 - as the database does

    for one in findings(a_lively_log().book()):
        assert finding_of_plain(json.loads(json.dumps(one.plain()))) == one
    left = digest(a_lively_log().book())
    assert of_plain(json.loads(json.dumps(left.plain()))) == left
    assert of_plain(left.plain() | {"of a later program": 1}) == left


def test_what_a_day_leaves() -> None:
    """Seconds of solved services, grants, both hands, no-shows, calls."""
    left = digest(a_lively_log().book())
    assert left.seconds == {"A01": (180.0,) * 4}
    assert left.grants == {"reception": 1}
    assert (left.answered, left.missed, left.calls, left.near_norm) == (5, 1, 7, 1)


@given(
    st.lists(
        st.tuples(
            st.integers(0, len(EVENTS) - 1),
            st.sampled_from(["drop", "top", "ticket", "actor", "gone"]),
            st.sampled_from(NAMES),
            ODD,
        ),
        max_size=12,
    )
)
def test_no_rule_fails_on_odd_events(changes: list[tuple[int, str, str, Any]]) -> None:
    """Facts may be missing, of another type, or nonsense: every rule still answers."""
    events: list[Any] = [dict(event) for event in EVENTS]
    for place, where, name, value in changes:
        event = events[place]
        if where == "gone" or not isinstance(event, dict):
            events[place] = value
        elif where == "drop":
            event.pop(name, None)
        elif where == "top":
            event[name] = value
        elif isinstance(event.get(where), dict):
            event[where] = event[where] | {name: value}
    strict = a_catalogue(rules=Rules(keep_hours=True))
    for day, catalogue in ((TODAY, a_catalogue()), ("nonsense", strict)):
        book = DayBook(day, tuple(events), catalogue, (Digest(TODAY),))
        for one in findings(book):
            assert one.day == day
        digest(book)


@given(ODD)
def test_what_is_no_event_is_read_as_none(value: Any) -> None:
    """Reading never fails."""
    assert read(value) is None


def test_an_empty_day_has_nothing() -> None:
    """No rule finds anything in no events."""
    assert findings(DayBook(TODAY, (), a_catalogue())) == ()


@pytest.mark.parametrize("category", ["", INFANT.id])
def test_a_deed_knows_its_ticket(category: str) -> None:
    """What stands on the ticket is read with its event."""
    log = RuleLog()
    log.issue("a", 0, category=category or None)
    deed = read(log.events[0])
    assert deed is not None
    assert deed.slip is not None
    assert (deed.slip.id, deed.slip.category, deed.actor) == ("a", category, "device")

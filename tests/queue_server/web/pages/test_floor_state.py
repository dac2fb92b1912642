"""What the floor makes of a snapshot and of events: the pure module, without a server."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page

from queue_server.domain import alerting
from queue_server.usecases.recording import instant

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
NOW_MS = NOW.timestamp() * 1000
NEAR = alerting.NEAR

APPLY = """async (messages) => {
  const { apply, unknown } = await import("/floor/floor_state.js");
  return messages.reduce(apply, unknown());
}"""
CALL = """async ([name, ...values]) => {
  const module = await import("/floor/floor_state.js");
  return module[name](...values);
}"""
FOUND = """async ([tickets, filter]) => {
  const { found } = await import("/floor/floor_state.js");
  return found(tickets, filter, (ticket) => ticket.service[0]).map(({ number }) => number);
}"""
LINES = """async ([waiting, now]) => {
  const { lines } = await import("/floor/floor_state.js");
  return Object.fromEntries(lines(waiting, (ticket) => ticket.service[0], now));
}"""


def ago(minutes: float) -> str:
    """Return the wire form of a time so many minutes ago."""
    return instant(NOW - timedelta(minutes=minutes))


def ticket(id_: str = "t1", **changes: Any) -> dict[str, Any]:
    """Return a ticket of the snapshot."""
    number = f"A{int(id_[1:]):03}"
    issued = changes.get("issued_at", ago(5))
    base = {
        "id": id_, "number": number, "service": "A01", "state": "waiting", "language": "ru",
        "needs": [], "category": None, "claimed": None, "statutory": False, "issued_at": issued,
        "since": issued, "order_key": issued, "serial": int(id_[1:]), "place": "queue",
        "not_before": None, "hold_until": None, "slot": None, "window": None, "clerk": None,
        "called_at": None, "recalls": 0, "overtaken": 0, "reason": None, "version": 1,
    }  # fmt: skip
    return base | changes


def window(number: int, **changes: Any) -> dict[str, Any]:
    """Return a window of the snapshot, open and free."""
    base = {
        "number": number, "hall": 1, "label": "", "state": "open", "clerk": f"clerk{number}",
        "opened_at": ago(60), "since": ago(2), "reason": None, "ticket": None, "skills": [],
        "takes": {"A01": {"level": 1, "help_after": None}}, "languages": [], "duty": False,
    }  # fmt: skip
    return base | changes


def snapshot(seq: int = 10, **changes: Any) -> dict[str, Any]:
    """Return a snapshot of the floor."""
    base = {
        "seq": seq, "at": ago(0), "halted": None, "norm": 15, "windows": [window(1), window(2)],
        "waiting": [], "parked": [], "clerks": [], "closures": [],
        "figures": {"groups": [], "alerts": [], "day": None},
    }  # fmt: skip
    return {"snapshot": base | changes}


def told(seq: int, kind: str, facts: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return an event about a ticket: what is absent is not said, nor since when it is so."""
    said = {key: value for key, value in facts.items() if value is not None}
    for name in ("since", "overtaken", "reason"):
        said.pop(name, None)
    return {"event": {"seq": seq, "type": kind, "at": ago(0), "ticket": said, **changes}}


def shift(seq: int, kind: str, **changes: Any) -> dict[str, Any]:
    """Return an event about window 1."""
    base = {"seq": seq, "type": kind, "at": ago(0), "window": 1, "hall": 1, "clerk": "ann"}
    return {"event": base | changes}


def after(scripts: Page, *messages: dict[str, Any]) -> dict[str, Any]:
    """Return the floor's state after these messages."""
    return dict(scripts.evaluate(APPLY, list(messages)))


def numbers(tickets: list[dict[str, Any]]) -> list[str]:
    """Return the numbers of tickets, in order."""
    return [each["number"] for each in tickets]


def test_a_new_ticket_takes_its_place_in_the_order(scripts: Page) -> None:
    """By order key, time of issue and serial: a head start stands before."""
    old = [ticket("t1", issued_at=ago(9)), ticket("t2", issued_at=ago(3))]
    new = ticket("t3", issued_at=ago(0), order_key=ago(5))
    state = after(scripts, snapshot(waiting=old), told(11, "ticket_issued", new))
    assert numbers(state["waiting"]) == ["A001", "A003", "A002"]
    assert state["waiting"][1]["since"] == ago(0)


def test_a_called_ticket_moves_to_its_window_and_counts_whom_it_overtook(scripts: Page) -> None:
    """It leaves the line; those overtaken count one more."""
    line = [ticket("t1"), ticket("t2", overtaken=2)]
    called = ticket("t1", state="called", window=2, clerk="clerk2", called_at=ago(0))
    event = told(11, "ticket_called", called, overtook=["t2"])
    state = after(scripts, snapshot(waiting=line), event)
    assert state["windows"][1]["ticket"]["number"] == "A001"
    assert state["windows"][0]["ticket"] is None
    assert [(t["number"], t["overtaken"]) for t in state["waiting"]] == [("A002", 3)]


@pytest.mark.parametrize(
    ("kind", "becomes", "where"),
    [
        ("ticket_held", "on_hold", "parked"),
        ("ticket_missed", "no_show", "parked"),
        ("ticket_returned", "waiting", "waiting"),
        ("ticket_finished", "finished", None),
    ],
)
def test_a_ticket_leaves_its_window(
    scripts: Page, kind: str, becomes: str, where: str | None
) -> None:
    """The window is free since then, and the ticket is where its state puts it."""
    hand = ticket("t1", state="serving", window=1, called_at=ago(4), since=ago(3))
    gone = ticket("t1", state=becomes, called_at=ago(4))
    seen = snapshot(windows=[window(1, ticket=hand), window(2)])
    state = after(scripts, seen, told(11, kind, gone))
    assert state["windows"][0]["ticket"] is None
    assert state["windows"][0]["since"] == ago(0)
    found = {name: numbers(state[name]) for name in ("waiting", "parked")}
    assert found == {name: ["A001"] if name == where else [] for name in found}


def test_starting_begins_a_new_stay_and_a_recall_does_not(scripts: Page) -> None:
    """The timer of a card counts from the state's beginning."""
    called = ticket("t1", state="called", window=1, called_at=ago(4), since=ago(4))
    seen = snapshot(windows=[window(1, ticket=called)])
    again = after(scripts, seen, told(11, "ticket_recalled", called | {"recalls": 1}))
    assert again["windows"][0]["ticket"]["since"] == ago(4)
    begun = after(scripts, seen, told(11, "ticket_started", called | {"state": "serving"}))
    assert begun["windows"][0]["ticket"]["since"] == ago(0)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("window_opened", {"state": "open", "clerk": "ann", "opened_at": ago(0)}),
        ("window_paused", {"state": "paused", "reason": "tea", "opened_at": ago(60)}),
        ("window_resumed", {"state": "open", "reason": None}),
        ("window_wrap_up_began", {"state": "wrap_up", "reason": None}),
        ("window_wrap_up_ended", {"state": "open"}),
        ("window_closed", {"state": "closed", "clerk": None, "opened_at": None}),
    ],
)
def test_a_shift_changes(scripts: Page, kind: str, expected: dict[str, Any]) -> None:
    """Each event of a shift has its state, its clerk and its beginning."""
    state = after(scripts, snapshot(), shift(11, kind, reason="tea"))
    assert state["windows"][0]["since"] == ago(0)
    assert {name: state["windows"][0][name] for name in expected} == expected
    assert state["windows"][1] == window(2)


@pytest.mark.parametrize("kind", ["duty_changed", "hall_suspended", "issuing_closed", "day_opened"])
def test_what_no_event_tells_in_full_is_read_again(scripts: Page, kind: str) -> None:
    """The state says that it is stale until the next snapshot, which may be as old as the event."""
    event = {"event": {"seq": 11, "type": kind, "at": ago(0), "subject": "1"}}
    assert after(scripts, snapshot(), event)["stale"]
    assert not after(scripts, snapshot(), event, snapshot(11))["stale"]
    assert after(scripts, snapshot(), event, snapshot(9))["stale"]


def test_a_new_catalogue_makes_the_names_old(scripts: Page) -> None:
    """The page is to be loaded again, not only the hall."""
    event = {"event": {"seq": 11, "type": "catalogue_changed", "at": ago(0), "subject": "2"}}
    assert after(scripts, snapshot(), event)["outdated"]


def test_an_event_that_is_known_changes_nothing(scripts: Page) -> None:
    """A snapshot may already hold what an event tells."""
    seen = snapshot(waiting=[ticket("t1")])
    late = told(10, "ticket_cancelled", ticket("t1", state="cancelled"))
    assert after(scripts, seen, late) == after(scripts, seen)


def test_figures_replace_figures(scripts: Page) -> None:
    """They stand in no log, and the newest count."""
    new = {"groups": [], "alerts": [{"kind": "idle"}], "day": {"served": 3}}
    assert after(scripts, snapshot(), {"figures": new})["figures"] == new


@pytest.mark.parametrize("waited", [0, 10.5, 10.6, 15, 15.1, 60])
def test_levels_are_the_domain_s(scripts: Page, waited: float) -> None:
    """Page and server agree on green, amber and red."""
    expected = alerting.level(timedelta(minutes=waited), timedelta(minutes=15))
    assert scripts.evaluate(CALL, ["level", waited * 60000, 15 * 60000, NEAR]) == expected


def test_lines_count_who_waits_and_the_longest_wait(scripts: Page) -> None:
    """A delayed visitor is counted but does not wait; the next leg waits from its beginning."""
    waiting = [
        ticket("t1", issued_at=ago(8)),
        ticket("t2", issued_at=ago(30), not_before=ago(-10)),
        ticket("t3", service="E01", issued_at=ago(40), called_at=ago(20), since=ago(3)),
    ]
    assert scripts.evaluate(LINES, [waiting, NOW_MS]) == {
        "A": {"waiting": 2, "waited": 8 * 60000},
        "E": {"waiting": 1, "waited": 3 * 60000},
    }


@pytest.mark.parametrize(
    ("typed", "group", "expected"),
    [
        ("", "", ["A042", "E042", "A142"]),
        ("42", "", ["A042", "E042", "A142"]),
        ("042", "", ["A042", "E042", "A142"]),
        ("a42", "", ["A042", "A142"]),
        ("A 142", "", ["A142"]),
        ("", "E", ["E042"]),
        ("9", "", []),
    ],
)
def test_a_number_is_found_however_it_is_typed(
    scripts: Page, typed: str, group: str, expected: list[str]
) -> None:
    """Small letters, blanks and missing noughts do not matter."""
    tickets = [
        ticket("t1", number="A042"),
        ticket("t2", number="E042", service="E01"),
        ticket("t3", number="A142"),
    ]
    assert scripts.evaluate(FOUND, [tickets, {"group": group, "typed": typed}]) == expected


@pytest.mark.parametrize(
    ("state", "minutes", "expected"),
    [
        ("serving", 19, None),
        ("serving", 21, "long"),
        ("called", 2, None),
        ("called", 4, "missing"),
    ],
)
def test_what_lasts_too_long_is_marked(
    scripts: Page, state: str, minutes: float, expected: str | None
) -> None:
    """Twice the planned ten minutes, or three minutes without coming."""
    hand = ticket(state=state, since=ago(minutes), called_at=ago(minutes))
    bounds = {"overlong": alerting.OVERLONG, "missing": alerting.MISSING.total_seconds()}
    assert scripts.evaluate(CALL, ["strained", hand, 10, NOW_MS, bounds]) == expected


def test_a_duty_names_whole_groups_by_their_letter(scripts: Page) -> None:
    """So the server is told just what was chosen, and nothing twice."""
    services = [{"id": each, "group": each[0]} for each in ("A01", "A02", "E01", "E02", "J01")]
    levels = {"A01": 1, "A02": 1, "E01": 1, "E02": 2, "J01": 2}
    folded = scripts.evaluate(CALL, ["folded", levels, services])
    assert folded == {"groups": ["A"], "services": ["E01"], "helps": ["E02", "J"]}


def test_services_that_a_duty_would_leave_alone(scripts: Page) -> None:
    """Those that this window took and no other does."""
    both = window(1, takes={"A01": {"level": 1}, "E01": {"level": 2}, "J01": {"level": 1}})
    left = scripts.evaluate(CALL, ["orphans", [both, window(2)], 1, {"J01": {"level": 1}}])
    assert left == ["E01"]


EXPECTED = """async ([state, ticket, norm, now]) => {
  const { expectedOf, willMiss } = await import("/floor/floor_state.js");
  return [expectedOf(state, ticket), willMiss(state, ticket, norm, now)];
}"""


@pytest.mark.parametrize(
    ("waited", "expected", "found"),
    [
        (5, 8, [8, False]),
        (5, 11, [11, True]),
        # beyond the norm already: it has missed it, and is red
        (16, 3, [3, False]),
        (5, None, [None, False]),
    ],
)
def test_who_will_miss_the_norm_is_known_before(
    scripts: Page, waited: int, expected: int | None, found: list[Any]
) -> None:
    """The wait so far and the one still to come are more than the norm."""
    figures = {"expected": {} if expected is None else {"t1": expected}}
    seen = scripts.evaluate(
        EXPECTED, [{"figures": figures}, ticket(issued_at=ago(waited)), 15 * 60000, NOW_MS]
    )
    assert seen == found


def test_only_who_waits_is_expected(scripts: Page) -> None:
    """A figure of a moment ago says nothing of somebody at a window."""
    figures = {"expected": {"t1": 4}}
    called = ticket(state="called")
    assert scripts.evaluate(EXPECTED, [{"figures": figures}, called, 900000, NOW_MS])[0] is None

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page

from queue_server.domain import routing, ticket
from queue_server.domain.catalogue import Taking
from queue_server.domain.routing import Desk
from queue_server.domain.ticket import Move, State, Step, Ticket
from queue_server.usecases.recording import instant

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
NOW_MS = NOW.timestamp() * 1000
AT = instant(NOW)
DESK = {
    "takes": {"A01": {"level": 1, "help_after": None}},
    "skills": [],
    "languages": [],
    "places": ["window:3", "clerk:clerk3"],
}
#: the panel's word for a move → the domain's
SAME_MOVE = {"leg": Move.ADD_LEG}

APPLY = """async ([messages, desk]) => {
  const { apply, unknown } = await import("/panel/panel_state.js");
  return messages.reduce((state, message) => apply(state, message, desk), unknown(3));
}"""
RANKED = """async ([waiting, desk, now]) => {
  const { ranked } = await import("/panel/panel_state.js");
  return ranked(waiting, desk, now).map((ticket) => ticket.id);
}"""
MAY = """async ([state, move, now, rules]) => {
  const { may } = await import("/panel/panel_state.js");
  return may(state, move, now, rules);
}"""


def facts(**changes: Any) -> dict[str, Any]:
    """Return a ticket as events tell of it."""
    base = {
        "id": "t1", "number": "A001", "service": "A01", "state": "waiting", "language": "ru",
        "issued_at": AT, "order_key": AT, "serial": 1, "version": 1, "recalls": 0,
        "place": "queue", "category": None, "needs": [], "window": None, "clerk": None,
        "called_at": None, "not_before": None, "hold_until": None, "legs": ["A01"],
    }  # fmt: skip
    return base | changes


def event(seq: int, kind: str, **changes: Any) -> dict[str, Any]:
    """Return a message of the window's topic."""
    told = {"v": 1, "seq": seq, "at": AT, "type": kind, "window": 3, "reason": None}
    return {"event": told | {"ticket": facts(**changes)}}


def called(version: int = 2) -> dict[str, Any]:
    """Return what changes when the ticket is called to this window."""
    return {"state": "called", "window": 3, "called_at": AT, "version": version}


def reply(**changes: Any) -> dict[str, Any]:
    """Return the reply to the clerk's own command."""
    legs = [{"service": "A01", "state": "in_hand", "outcome": None}]
    return {"reply": {**facts(**changes), "legs": legs, "since": AT}}


def snapshot(seq: int, **changes: Any) -> dict[str, Any]:
    """Return a snapshot of the window."""
    base = {"seq": seq, "state": "open", "clerk": "clerk3", "ticket": None}
    return {"snapshot": base | {"waiting": [], "parked": []} | changes}


def after(scripts: Page, *messages: dict[str, Any]) -> dict[str, Any]:
    """Return the panel's state after these messages."""
    return dict(scripts.evaluate(APPLY, [list(messages), DESK]))


def ids(tickets: list[dict[str, Any]]) -> list[str]:
    """Return the tickets' ids."""
    return [each["id"] for each in tickets]


def test_a_snapshot_is_the_whole_window(scripts: Page) -> None:
    """A snapshot replaces all that was known."""
    state = after(scripts, event(1, "ticket_issued"), snapshot(5, ticket=facts(id="t9")))
    assert (state["seq"], state["shift"], state["hand"]["id"]) == (5, "open", "t9")
    assert state["waiting"] == []


def test_an_old_snapshot_is_ignored(scripts: Page) -> None:
    """A snapshot that was overtaken on its way changes nothing."""
    state = after(scripts, snapshot(5), event(6, "ticket_issued"), snapshot(5))
    assert ids(state["waiting"]) == ["t1"]


def test_an_event_counts_once(scripts: Page) -> None:
    """The same event twice is one event."""
    issued = event(6, "ticket_issued")
    assert ids(after(scripts, snapshot(5), issued, issued)["waiting"]) == ["t1"]


def test_an_event_from_before_the_snapshot_changes_nothing(scripts: Page) -> None:
    """What the snapshot already shows is not done again."""
    closed = {"v": 1, "seq": 4, "at": AT, "type": "window_closed", "window": 3, "clerk": "clerk3"}
    assert after(scripts, snapshot(5), {"event": closed})["shift"] == "open"


def test_a_call_moves_the_ticket_into_the_hand(scripts: Page) -> None:
    """Called to this window it leaves the line and is in hand."""
    state = after(
        scripts, snapshot(5), event(6, "ticket_issued"), event(7, "ticket_called", **called())
    )
    assert (state["hand"]["id"], state["waiting"]) == ("t1", [])
    assert state["hand"]["legs"] == [{"service": "A01", "state": "in_hand"}]


def test_a_call_elsewhere_takes_the_ticket_from_the_line(scripts: Page) -> None:
    """Called to another window it is no longer anybody's here."""
    elsewhere = {**called(), "window": 7}
    state = after(
        scripts, snapshot(5), event(6, "ticket_issued"), event(7, "ticket_called", **elsewhere)
    )
    assert (state["hand"], state["waiting"]) == (None, [])


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_reply_and_event_may_come_in_any_order(scripts: Page, order: tuple[int, int]) -> None:
    """The reply to the own command and its event make the same state, whichever is first."""
    held = {"state": "on_hold", "place": "window:3", "version": 3}
    two = [reply(**held), event(7, "ticket_held", **held)]
    start = [snapshot(5), event(6, "ticket_called", **called())]
    state = after(scripts, *start, *(two[place] for place in order))
    assert (state["hand"], ids(state["parked"])) == (None, ["t1"])


def test_a_late_event_does_not_undo_a_newer_reply(scripts: Page) -> None:
    """An event about an older version of the ticket changes nothing but the position."""
    state = after(
        scripts,
        snapshot(5),
        reply(**called(version=3), recalls=1),
        event(6, "ticket_called", **called(version=2)),
    )
    assert (state["hand"]["version"], state["hand"]["recalls"], state["seq"]) == (3, 1, 6)


@pytest.mark.parametrize(
    ("state", "place", "parked"),
    [
        ("on_hold", "window:3", True),
        ("on_hold", "clerk:clerk3", True),
        ("on_hold", "window:4", False),
        ("no_show", "queue", True),
    ],
)
def test_what_is_parked_here(scripts: Page, state: str, place: str, parked: bool) -> None:  # noqa: FBT001
    """The own holds and the no-shows of own services are parked here, others' holds are not."""
    told = event(6, "ticket_held", state=state, place=place, version=2)
    assert bool(after(scripts, snapshot(5), told)["parked"]) is parked


def test_a_no_show_of_a_foreign_service_is_not_parked_here(scripts: Page) -> None:
    """A window that does not take the service has nothing to do with its no-shows."""
    told = event(6, "ticket_missed", state="no_show", service="T09", version=2)
    assert after(scripts, snapshot(5), told)["parked"] == []


def test_a_revived_ticket_waits_again(scripts: Page) -> None:
    """Revived, it leaves the parked ones and waits."""
    missed = event(6, "ticket_missed", state="no_show", version=2)
    revived = event(7, "ticket_revived", state="waiting", version=3)
    state = after(scripts, snapshot(5), missed, revived)
    assert (state["parked"], ids(state["waiting"])) == ([], ["t1"])


@pytest.mark.parametrize(
    ("kind", "shift", "clerk"),
    [
        ("window_opened", "open", "clerk3"),
        ("window_paused", "paused", "clerk3"),
        ("window_resumed", "open", "clerk3"),
        ("window_closed", "closed", None),
    ],
)
def test_the_shift_follows_its_events(
    scripts: Page, kind: str, shift: str, clerk: str | None
) -> None:
    """What happens to the window's shift is seen at once."""
    told = {"event": {"v": 1, "seq": 6, "at": AT, "type": kind, "window": 3, "clerk": "clerk3"}}
    state = after(scripts, snapshot(5), told)
    assert (state["shift"], state["clerk"]) == (shift, clerk)


def shift_event(seq: int, kind: str, **told: Any) -> dict[str, Any]:
    """Return an event of the window's shift."""
    base = {"v": 1, "seq": seq, "at": AT, "type": kind, "window": 3, "clerk": "clerk3"}
    return {"event": base | told}


def test_who_stopped_the_window_and_why_is_kept(scripts: Page) -> None:
    """A snapshot of a break knows its reason only; who began it is remembered until it ends."""
    stopped = shift_event(6, "window_paused", by="supervisor", reason="a fire drill")
    seen = snapshot(7, state="paused", pause_reason="a fire drill", paused_at=AT)
    rest = {"since": AT, "reason": "a fire drill", "by": "supervisor"}
    assert after(scripts, snapshot(5), stopped)["rest"] == rest
    assert after(scripts, snapshot(5), stopped, seen)["rest"] == rest
    assert after(scripts, seen)["rest"] == rest | {"by": None}
    assert after(scripts, snapshot(5), stopped, shift_event(8, "window_resumed"))["rest"] is None
    closed = shift_event(8, "window_closed", by="supervisor")
    state = after(scripts, snapshot(5), closed, snapshot(9, state="closed"))
    assert state["rest"]["by"] == "supervisor"


def test_papers_are_finished_until_the_log_says_so(scripts: Page) -> None:
    """Wrapping up begins with its event or snapshot and ends with its event, or the shift."""
    began = shift_event(6, "window_wrap_up_began")
    assert after(scripts, snapshot(5), began)["wrapping"] == AT
    assert after(scripts, snapshot(5, wrapping_at=AT))["wrapping"] == AT
    for end in ("window_wrap_up_ended", "window_closed", "window_paused"):
        assert after(scripts, snapshot(5), began, shift_event(7, end))["wrapping"] is None


@pytest.mark.parametrize(
    ("kind", "reason", "halted"),
    [
        ("hall_suspended", "a fire drill", "suspended:a fire drill"),
        ("day_closed", None, "closed"),
        ("hall_resumed", None, None),
        ("day_opened", None, None),
    ],
)
def test_a_hall_that_stands_still(
    scripts: Page, kind: str, reason: str | None, halted: str | None
) -> None:
    """Everybody hears that the hall stands still, and when it goes on."""
    told = {"event": {"v": 1, "seq": 6, "at": AT, "type": kind, "reason": reason}}
    assert after(scripts, snapshot(5, halted="suspended:before"), told)["halted"] == halted


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("message_sent", "mail"),
        ("duty_changed", "renewed"),
        ("duty_ended", "renewed"),
        ("catalogue_changed", "renewed"),
        ("ticket_noted", "noted"),
    ],
)
def test_what_must_be_read_anew_is_counted(scripts: Page, kind: str, count: str) -> None:
    """Texts stand in no event: what must be asked for is counted, and nothing else changes."""
    before = after(scripts, snapshot(5, ticket=facts(**called())))
    told = event(6, kind, **called()) if kind == "ticket_noted" else shift_event(6, kind)
    state = after(scripts, snapshot(5, ticket=facts(**called())), told)
    assert state == before | {"seq": 6, count: 1}


def test_a_hold_that_runs_out_is_told_once(scripts: Page) -> None:
    """The end of an own hold is told until something else becomes of its ticket."""
    held = event(6, "ticket_held", state="on_hold", place="window:3", version=2)
    ended = event(7, "ticket_hold_ended", state="waiting", version=3)
    start = [snapshot(5), held]
    over = after(scripts, *start, ended)["over"]
    assert [(each["id"], each["number"]) for each in over] == [("t1", "A001")]
    gone = event(8, "ticket_called", **called(4) | {"window": 4})
    assert after(scripts, *start, ended, gone)["over"] == []
    assert after(scripts, *start, ended, snapshot(9))["over"] == []
    foreign = event(7, "ticket_hold_ended", id="t2", state="waiting", version=3)
    assert after(scripts, *start, foreign)["over"] == []


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ((True, 0), (True, 1), True),
        ((True, 1), (True, 2), False),
        ((False, 0), (True, 1), False),
        ((True, 0), (False, 1), False),
        ((True, 0), (True, 0), False),
    ],
)
def test_who_begins_to_wait_for_a_free_clerk(
    scripts: Page,
    before: tuple[bool, int],
    now: tuple[bool, int],
    told: bool,  # noqa: FBT001
) -> None:
    """Only the first one, and only while the clerk has nothing to do."""
    call = "async ([a, b]) => (await import('/panel/panel_state.js')).begins(a, b)"
    states = [{"free": free, "count": count} for free, count in (before, now)]
    assert scripts.evaluate(call, states) is told


@pytest.mark.parametrize(
    ("shift", "hand", "wrapping", "free", "wrap_up"),
    [
        ("open", None, None, True, True),
        ("open", None, AT, False, True),
        ("open", {"state": "serving"}, None, False, True),
        ("open", {"state": "called"}, None, False, False),
        ("paused", None, None, False, False),
    ],
)
def test_when_a_clerk_is_free_and_may_finish_papers(
    scripts: Page,
    shift: str,
    hand: dict[str, str] | None,
    wrapping: str | None,
    free: bool,  # noqa: FBT001
    wrap_up: bool,  # noqa: FBT001
) -> None:
    """Papers are finished after a service, or as its end; meanwhile nobody counts as free."""
    call = """async (state) => {
      const { free, mayWrapUp } = await import('/panel/panel_state.js');
      return [free(state), mayWrapUp(state)];
    }"""
    state = {"shift": shift, "hand": hand, "wrapping": wrapping}
    assert scripts.evaluate(call, state) == [free, wrap_up]


def test_nothing_is_changed_in_place(scripts: Page) -> None:
    """`apply` returns a new state and leaves the one it got as it was."""
    kept = scripts.evaluate(
        """async ([start, message, desk]) => {
          const { apply, unknown } = await import("/panel/panel_state.js");
          const before = apply(unknown(3), start, desk);
          const was = JSON.stringify(before);
          apply(before, message, desk);
          return JSON.stringify(before) === was;
        }""",
        [snapshot(5, ticket=facts(**called())), event(6, "ticket_finished", version=9), DESK],
    )
    assert kept is True


@pytest.mark.parametrize(
    "move", ["recall", "start", "finish", "no-show", "hold", "return", "transfer", "leg"]
)
def test_the_keys_know_the_moves(scripts: Page, move: str) -> None:
    """A key is open in just the states at a window from which the domain allows its move."""
    named = SAME_MOVE.get(move) or Move(move.replace("-", "_"))
    rules = {"least_call": 30}
    long_ago = instant(NOW - timedelta(hours=1))
    for state in ticket.AT_WINDOW:
        hand = {"state": str(state), "called_at": long_ago}
        panel = {"shift": "open", "hand": hand}
        found = scripts.evaluate(MAY, [panel, move, NOW_MS, rules])
        assert found["now"] is (state in ticket.MOVES[named])
    nothing = {"shift": "open", "hand": None}
    assert scripts.evaluate(MAY, [nothing, move, NOW_MS, rules])["now"] is False


@pytest.mark.parametrize(("ago", "left"), [(0, 30), (29.5, 1), (30, 0), (90, 0)])
def test_no_show_counts_down(scripts: Page, ago: float, left: int) -> None:
    """No-show opens when the visitor has had the least call time, and tells how long that is."""
    hand = {"state": "called", "called_at": instant(NOW - timedelta(seconds=ago))}
    panel = {"shift": "open", "hand": hand}
    found = scripts.evaluate(MAY, [panel, "no-show", NOW_MS, {"least_call": 30}])
    assert found == {"now": left == 0, "seconds": left}


def test_nothing_may_be_done_on_a_break(scripts: Page) -> None:
    """A paused window has no moves."""
    hand = {"state": "called", "called_at": AT}
    panel = {"shift": "paused", "hand": hand}
    assert scripts.evaluate(MAY, [panel, "recall", NOW_MS, {}])["now"] is False


@pytest.mark.parametrize("seed", range(20))
def test_the_line_stands_in_the_rules_order(scripts: Page, seed: int) -> None:
    """The panel's order of those who wait is the one of `rule_order`, for any hall."""
    chance = random.Random(seed)
    desk = _desk(chance)
    waiting = [_waiting(chance, place) for place in range(25)]
    rows = [_row(each) for each in waiting]
    expected = [each.id for each in routing.rule_order(waiting, desk, NOW)]
    assert scripts.evaluate(RANKED, [rows, _as_told(desk), NOW_MS]) == expected


def _desk(chance: random.Random) -> Desk:
    takes = {
        service: Taking(chance.choice((1, 2)), chance.choice((None, timedelta(minutes=10))))
        for service in ("A01", "E02", "R03")
    }
    speaks = frozenset(chance.choice(((), ("ru",), ("ru", "en"))))
    skills = frozenset(chance.choice(((), ("sign_language",))))
    return Desk(3, "clerk3", takes, skills, speaks)


def _waiting(chance: random.Random, serial: int) -> Ticket:
    issued = NOW - timedelta(minutes=chance.choice((0, 3, 10, 10, 25)))
    service = chance.choice(("A01", "E02", "R03", "T09"))
    head = timedelta(minutes=chance.choice((0, 0, 20)))
    made = Ticket(
        id=f"t{serial}", day=NOW.date(), prefix=service[0], count=serial, serial=serial,
        service=service, legs=(Step(service),), language=chance.choice(("ru", "en", "kaa")),
        issued_at=issued, order_key=issued - head, issued_by="kiosk-1", state=State.WAITING,
        needs=frozenset(chance.choice(((), (), ("sign_language",)))),
        place=chance.choice(("queue", "queue", "queue", "window:3", "window:4", "clerk:clerk3")),
    )  # fmt: skip
    return replace(made, not_before=chance.choice((None, None, NOW + timedelta(minutes=5))))


def _row(waits: Ticket) -> dict[str, Any]:
    return facts(
        id=waits.id,
        service=waits.service,
        language=waits.language,
        needs=sorted(waits.needs),
        issued_at=instant(waits.issued_at),
        order_key=instant(waits.order_key),
        serial=waits.serial,
        place=waits.place,
        not_before=instant(waits.not_before) if waits.not_before else None,
    )


def _as_told(desk: Desk) -> dict[str, Any]:
    takes = {
        service: {
            "level": taking.level,
            "help_after": taking.help_after.total_seconds() if taking.help_after else None,
        }
        for service, taking in desk.takes.items()
    }
    return {
        "takes": takes,
        "skills": sorted(desk.skills),
        "languages": sorted(desk.languages),
        "places": sorted(desk.own_places),
    }

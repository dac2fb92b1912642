from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config import tokens
from display_board.figures import Bulletin, Figures, Wait
from display_board.state import Board, Message, Row, apply
from display_board.view import HIGHLIGHT, see, see_windows, turn

CASES = json.loads((Path(__file__).parent.parent / "board_cases.json").read_text())


def board(facts):
    """Return the board that a case describes."""
    told = facts["figures"]
    figures = Figures(
        tuple(told["next"]),
        tuple(Wait(**wait) for wait in told["waits"]),
        tuple(Bulletin(tuple(map(tuple, notice["texts"]))) for notice in told["notices"]),
    )
    rows = tuple(Row(**row) for row in facts["rows"])
    windows = tuple(facts["windows"])
    return Board(**{**facts, "rows": rows, "windows": windows, "figures": figures})


def message(facts):
    """Return the message that a case describes."""
    return Message(facts["kind"], facts["now"], facts["at"], facts.get("body"))


def plain(value):
    """Return a value as a case writes it."""
    return json.loads(json.dumps(asdict(value)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case):
    """The board does what the shared case says; the web board runs the same ones."""
    state = board(case["start"])
    for facts in case["messages"]:
        state = apply(state, message(facts))
    assert plain(state) == case["expected"]
    for instant in case.get("seen", ()):
        look = see_windows if instant.get("by") == "windows" else see
        assert plain(look(state, instant["now"], instant["room"])) == instant["view"], instant


#: a busy machine is no fault of the board
calmly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
numbers = st.sampled_from(["A001", "A002", "B003", "E004"])
calls = st.fixed_dictionaries(
    {
        "number": numbers,
        "window": st.integers(1, 4),
        "called_at": st.sampled_from(["2026-11-22T05:40:00Z", "2026-11-22T05:41:00Z", "?"]),
        "recalls": st.integers(0, 2),
    }
)
types = st.sampled_from(["ticket_called", "ticket_recalled", "ticket_started", "ticket_undone"])


@st.composite
def messages(draw):
    """Return what a server may send, sensible or not, and losses between."""
    sent, now = [], 0.0
    for seq in range(1, draw(st.integers(1, 14))):
        now += draw(st.sampled_from([0.5, 3.0, 20.0]))
        kind = draw(st.sampled_from(["event"] * 5 + ["snapshot", "lost", "connected"]))
        body = {"seq": seq}
        if kind == "event":
            at_window = draw(st.sampled_from([True, True, False, None]))
            body |= {**draw(calls), "type": draw(types), "at_window": at_window}
        elif kind == "snapshot":
            found = draw(
                st.lists(
                    calls, max_size=4, unique_by=(lambda c: c["number"], lambda c: c["window"])
                )
            )
            body |= {"calls": found}
        sent.append(Message(kind, now, "2026-11-22T05:42:00Z", body))
    return sent


@calmly
@given(messages())
def test_one_ticket_one_row(sent):
    """Whatever comes, no number and no window stands on the board twice."""
    state = Board()
    for each in sent:
        state = apply(state, each)
        assert len({row.number for row in state.rows}) == len(state.rows)
        assert len({row.window for row in state.rows}) == len(state.rows)


@calmly
@given(messages())
def test_never_empty_by_error(sent):
    """Only the server's word takes a number off: a loss or an unreadable message never does."""
    state = Board()
    for each in sent:
        after = apply(state, each)
        body = each.body
        if each.kind in ("lost", "connected") or (
            each.kind == "event" and body["at_window"] is None
        ):
            assert after.rows == state.rows
        state = after


@calmly
@given(messages(), st.floats(0, 500), st.integers(1, 5))
def test_every_call_is_on_a_page(sent, now, room):
    """The newest call is always seen, and the pages together show each earlier one once."""
    state = Board()
    for each in sent:
        state = apply(state, each)
    views = [see(state, now + 600 + 8 * k, room) for k in range(see(state, now, room).pages)]
    shown = [call.number for view in views for call in view.others]
    assert sorted(shown) == sorted(row.number for row in state.rows[1:])
    assert all(len(view.others) <= room for view in views)


def test_busy_hall_shows_the_last_page():
    """A hall with a call every 14 s still shows every page: no number waits for a quiet hour."""
    state = apply(Board(), Message("snapshot", 0.0, "", {"seq": 0, "calls": []}))
    shown = set()
    for seq in range(1, 61):
        event = {"seq": seq, "type": "ticket_called", "at_window": True}
        event |= {"number": f"A{seq % 12:03}", "window": seq % 12, "called_at": "", "recalls": 0}
        state = apply(state, Message("event", seq * 14.0, "", event))
        view = see(state, seq * 14.0 + 7.0, 4)
        if seq > 12:
            shown.add(view.page)
    assert shown == {0, 1, 2}


def test_highlight_as_the_design_says():
    """A call stands out as long as the design tokens say, within the 5 to 8 s of the rule."""
    assert tokens.load().motion["highlight"] == HIGHLIGHT * 1000
    assert 5 <= HIGHLIGHT <= 8


def test_languages_turn():
    """The labels go through all languages, each for 8 to 10 s."""
    seen = [turn(second, 5) for second in range(45)]
    assert sorted(set(seen)) == [0, 1, 2, 3, 4]
    assert all(8 <= seen.count(language) <= 10 for language in range(5))

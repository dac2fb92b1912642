from __future__ import annotations

import json

import pytest

from display_board import view
from tests.display_board.conftest import SCRIPTS
from tests.display_board.test_state import CASES

RUN = """
(test) => {
  let board = test.start;
  for (const message of test.messages) { board = navbatBoard.apply(board, message); }
  const look = (s) => s.by === 'windows' ? navbatBoard.seeWindows : navbatBoard.see;
  const seen = (test.seen || []).map((s) => look(s)(board, s.now, s.room));
  return {board: board, seen: seen};
}
"""


@pytest.fixture(scope="module")
def board_script(browser):
    """Load the script as a television does, into an empty page."""
    page = browser.new_page()
    page.add_script_tag(path=SCRIPTS / "board" / "board_state.js")
    yield page
    page.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(board_script, case):
    """The web board does what the shared case says, like the native one."""
    found = board_script.evaluate(RUN, case)
    assert found["board"] == case["expected"]
    assert found["seen"] == [instant["view"] for instant in case.get("seen", ())]


def test_nothing_is_changed_in_place(board_script):
    """`apply` returns a new board and leaves the one that it got as it was."""
    for case in CASES:
        kept = board_script.evaluate(
            "(test) => { const was = JSON.stringify(test.start);"
            " test.messages.forEach((m) => navbatBoard.apply(test.start, m));"
            " return JSON.stringify(test.start) === was; }",
            json.loads(json.dumps(case)),
        )
        assert kept, case["name"]


def test_same_times(board_script):
    """Both boards let a call stand out equally long and turn their languages together."""
    assert board_script.evaluate("navbatBoard.HIGHLIGHT") == view.HIGHLIGHT
    turned = board_script.evaluate("[0, 8.9, 9, 44.9, 45].map((s) => navbatBoard.turn(s, 5))")
    assert turned == [view.turn(second, 5) for second in (0, 8.9, 9, 44.9, 45)]

from __future__ import annotations

from pathlib import Path

import pytest

from queue_server.voice import announcements
from tests.queue_server.voice.test_announcements import CASES

SCRIPTS = Path(__file__).parents[3] / "queue_server" / "web" / "static" / "board"
RUN = """
(steps) => {
  let queue = navbatVoice.EMPTY;
  const began = [];
  for (const step of steps) {
    if (step.do === "look") { queue = navbatVoice.look(queue, step.now, step.live); }
    if (step.do === "hear") { queue = navbatVoice.hear(queue, step.call, step.now, step.age); }
    if (step.do === "end") { queue = navbatVoice.end(queue, step.now); }
    if (step.do === "stay") { queue = navbatVoice.stay(queue, step.present); }
    if (step.do === "hush") { queue = navbatVoice.hush(queue); }
    if (step.do === "begin") {
      const next = navbatVoice.begin(queue, step.now);
      queue = next.queue;
      began.push(next.call);
    }
  }
  return began;
}
"""


@pytest.fixture(scope="module")
def script(browser):
    """Load the script as a television does, into an empty page."""
    page = browser.new_page()
    page.add_script_tag(path=SCRIPTS / "voice.js")
    yield page
    page.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(script, case):
    """The web board announces what the shared case says, like the native one."""
    wanted = [step["expected"] for step in case["steps"] if step["do"] == "begin"]
    assert script.evaluate(RUN, case["steps"]) == wanted


def test_same_limits(script):
    """Both boards are silent about what is equally old, and let equally many wait."""
    assert script.evaluate("navbatVoice.LIMIT") == announcements.LIMIT
    assert script.evaluate("navbatVoice.MOST") == announcements.MOST


def test_nothing_is_changed_in_place(script):
    """Each function returns a new queue and leaves the one that it got as it was."""
    for case in CASES:
        script.evaluate(RUN, case["steps"])
    empty = script.evaluate("navbatVoice.EMPTY")
    assert empty["waiting"] == []
    assert empty["known"] == []
    assert empty["looked_at"] is None
